"""What a step is given: a way to its model, which notes the calls that are to be committed with the row."""

from __future__ import annotations

import time
from collections.abc import Mapping

from synthgen.calls import Call, Reply, Request
from synthgen.engine.budget import Prices
from synthgen.engine.caller import Caller
from synthgen.prompts import Prompts


class StepContext:
    """What a step gets: `generate`, and nothing else that it could use."""

    def __init__(self, callers: Mapping[str, Caller], prompts: Prompts, prices: Prices) -> None:
        self._callers = callers
        self._prompts = prompts
        self._prices = prices
        self.calls: list[Call] = []
        # The purpose of the last request, by which is told whose server it was that failed.
        self.asked = ""

    async def generate(self, request: Request, template: str) -> Reply:
        self.asked = request.purpose
        caller = self._callers[request.purpose]
        started = time.monotonic()
        reply = await caller.call(request)
        self.calls.append(
            Call(
                request,
                reply,
                backend=caller.backend.name,
                template=template,
                template_hash=self._prompts.hash(template),
                cost=self._prices.cost(reply.usage),
                seconds=time.monotonic() - started,
            )
        )
        return reply
