"""The fake backend: answers from a function, a list, a recorded file, or made up by the composer."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from synthgen.backends.composer import compose
from synthgen.calls import Backend, Reply, Request, Usage
from synthgen.errors import BadRequestError, ModelFileError
from synthgen.hashing import seed_of
from synthgen.text import estimate_tokens

Answer = str | Reply
Script = Callable[[Request], Answer | Awaitable[Answer]] | Sequence[Answer]


class Scripted:
    """A model that says what its script says; nothing it answers was written by one.

    A script is a function of the request (plain or async) or a list that is answered from in order. `latency`
    is how long an answer takes, in seconds. `fail` is called with each request first and may raise a ModelError.
    """

    name = "scripted"
    plain = False
    slots = 64
    fake = True
    local = True

    def __init__(self, script: Script, *, latency: float = 0.0, fail: Callable[[Request], None] | None = None) -> None:
        self._script = script
        self._latency = latency
        self._fail = fail
        self._answered = 0

    async def complete(self, request: Request) -> Reply:
        """Answer one request. Raises what `fail` raises, and BadRequestError when a list is used up."""
        if self._fail is not None:
            self._fail(request)
        answer = self._next(request)
        await asyncio.sleep(self._latency)
        text = await answer if inspect.isawaitable(answer) else answer
        if isinstance(text, Reply):
            return text
        usage = Usage(estimate_tokens(prompt_of(request)), estimate_tokens(text))
        return Reply(text=text, finish="stop", usage=usage, model=self.name)

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _next(self, request: Request) -> Answer | Awaitable[Answer]:
        if callable(self._script):
            return self._script(request)
        if self._answered == len(self._script):
            raise BadRequestError(
                f"scripted: all {len(self._script)} answers are used up.",
                hint="give the script more answers, or use `scripted` alone, which never runs out.",
            )
        self._answered += 1
        return self._script[self._answered - 1]


def open_scripted(argument: str, seed: int) -> Backend:
    """Return the backend of `scripted` or `scripted:PATH`.

    Without a path its answers are made up, the same for the same seed, request and sampling seed. A path names
    a .jsonl file with one answer a line: a JSON string, or an object with `text`. Raises ModelFileError.
    """
    if argument:
        return Scripted(read_answers(Path(argument)))
    return Scripted(lambda request: compose(prompt_of(request), request.schema, seed_of(seed, request.sampling.seed)))


def read_answers(path: Path) -> list[str]:
    """Return the answers recorded in a .jsonl file, in order. Raises ModelFileError."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ModelFileError(
            f"scripted:{path}: cannot be read: {error.strerror}.", hint="give the path of a .jsonl file of answers."
        ) from error
    except UnicodeDecodeError as error:
        raise ModelFileError(f"scripted:{path}: not UTF-8 text.", hint="save it as UTF-8.") from error
    return [_answer_in(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def prompt_of(request: Request) -> str:
    """Return all that a request says, as one text."""
    return request.text or "\n\n".join(turn.content for turn in request.messages)


def _answer_in(line: str, where: str) -> str:
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise ModelFileError(f"{where}: not JSON: {error}.", hint="write one JSON value a line.") from error
    if isinstance(answer, dict):
        answer = answer.get("text")
    if not isinstance(answer, str):
        raise ModelFileError(f"{where}: no answer in it.", hint='write a JSON string or {"text": "..."} a line.')
    return answer
