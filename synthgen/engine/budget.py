"""A budget that holds: room is reserved before a request is sent, and settled when it is answered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from synthgen.calls import Request, Usage
from synthgen.errors import BudgetError
from synthgen.text import estimate_tokens

# Tokens that a chat template adds around each message.
MESSAGE_OVERHEAD = 16


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in one currency."""

    prompt: float = 0.0
    completion: float = 0.0

    def cost(self, usage: Usage) -> float:
        return (usage.prompt_tokens * self.prompt + usage.completion_tokens * self.completion) / 1e6


def most_usage(request: Request) -> Usage:
    """Return what a request can use at the most: no token is shorter than a byte."""
    texts = [turn.content for turn in request.messages] or [request.text]
    prompt = sum(len(text.encode()) + MESSAGE_OVERHEAD for text in texts)
    if request.schema is not None:
        # A server without schema decoding gets the schema in words.
        prompt += 2 * len(str(request.schema))
    return Usage(prompt, request.sampling.max_tokens)


def expected_tokens(request: Request) -> int:
    """Return about what a request uses when the answer is as long as it may be."""
    texts = [turn.content for turn in request.messages] or [request.text]
    return sum(map(estimate_tokens, texts)) + request.sampling.max_tokens


class Budget:
    """The tokens and money that a run may use; None is no bound."""

    def __init__(self, prices: Prices, max_tokens: int | None = None, max_cost: float | None = None) -> None:
        self._prices = prices
        self._max_tokens = max_tokens
        self._max_cost = max_cost
        self.tokens = 0
        self.cost = 0.0
        self._reserved_tokens = 0
        self._reserved_cost = 0.0
        self._settled = asyncio.Event()

    async def reserve(self, request: Request) -> Usage:
        """Hold room for a request, waiting for others to settle. Raises BudgetError when it can never fit."""
        if self._max_tokens is None and self._max_cost is None:
            return Usage(0, 0)
        usage = most_usage(request)
        while not self._fits(usage):
            if not self._reserved_tokens:
                raise BudgetError(
                    f"The budget is used up: {self.tokens:,} tokens, cost {self.cost:.4f}; "
                    f"the next call may need {usage.prompt_tokens + usage.completion_tokens:,} tokens.",
                    hint="raise --max-tokens-total or --max-cost and run the same command again.",
                )
            self._settled.clear()
            await self._settled.wait()
        self._hold(usage, 1)
        return usage

    def settle(self, reserved: Usage, used: Usage | None) -> None:
        """Give a reservation back and count what was used; None is nothing."""
        self._hold(reserved, -1)
        if used is not None:
            self.spend(used)
        self._settled.set()

    def spend(self, used: Usage, cost: float | None = None) -> None:
        """Count what was used, in this process or (with its cost) in an earlier one."""
        self.tokens += used.prompt_tokens + used.completion_tokens
        self.cost += self._prices.cost(used) if cost is None else cost

    def _fits(self, usage: Usage) -> bool:
        tokens = self.tokens + self._reserved_tokens + usage.prompt_tokens + usage.completion_tokens
        cost = self.cost + self._reserved_cost + self._prices.cost(usage)
        return (self._max_tokens is None or tokens <= self._max_tokens) and (
            self._max_cost is None or cost <= self._max_cost
        )

    def _hold(self, usage: Usage, sign: int) -> None:
        self._reserved_tokens += sign * (usage.prompt_tokens + usage.completion_tokens)
        self._reserved_cost += sign * self._prices.cost(usage)
