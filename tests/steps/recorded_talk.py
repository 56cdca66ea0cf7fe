"""A model for steps that ask question by question: it answers from a list and keeps what was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from synthgen.calls import Answered, Reply, Request, Usage


class RecordedTalk:
    """Answers from a list, by `usual` at its end, and keeps what was answered as a ledger does.

    An answer is a text, a function of the request, either with a finish reason, or an error to raise.
    """

    usual: ClassVar[Callable[[Request], str]]

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)
        self.requests: list[Request] = []
        self.answered: list[Answered] = []

    async def generate(self, request: Request, template: str) -> Reply:
        self.requests.append(request)
        answer = self._answers.pop(0) if self._answers else self.usual
        if isinstance(answer, Exception):
            raise answer
        text, finish = answer if isinstance(answer, tuple) else (answer, "stop")
        text = text(request) if callable(text) else text
        self.answered.append(Answered(request.purpose, text, finish))
        return Reply(text, finish, Usage(1, 1), "m")
