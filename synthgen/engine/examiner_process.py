"""An examiner in a process of its own, so that filters do not hold up the one that speaks to the models.

Filters over long texts take a third of a run's processor time. Beside a second core that is what keeps a run from
several hundred calls a second; below that nobody is held up, and the run examines its texts itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import IO, Any

from synthgen.engine.caller import Caller
from synthgen.engine.examiner import Examiner, Examining, Finding
from synthgen.interpreter import interpreter_for
from synthgen.records import Candidate, Stage
from synthgen.spec import Spec

# Requests in flight from which a model may answer faster than one core can examine.
WORTHWHILE = 100
# What is asked together in one message: many make it cheap, few let the first go on while the last are looked at.
_TOGETHER = 8
_SIZE_BYTES = 4
# What the process says first. Where anything else comes, something printed as it started, it cannot be understood.
_GREETING = b"synthgen examiner\n"


@contextlib.asynccontextmanager
async def examining(
    examiner: Examiner, spec: Spec, plain: Mapping[Stage, bool], callers: Iterable[Caller]
) -> AsyncIterator[Examining]:
    """Give what examines texts for a run with these callers."""
    in_flight = sum(caller.gate.most for caller in set(callers))
    if in_flight < WORTHWHILE or len(_cores()) < 2:
        yield examiner
        return
    aside = await ExaminerProcess.start(examiner, spec, plain)
    try:
        yield aside
    finally:
        await aside.close()


class ExaminerProcess:
    """Sends what gathers in a turn of the event loop together. Once the process has died, texts are examined here."""

    def __init__(self, examiner: Examiner, process: asyncio.subprocess.Process) -> None:
        self._examiner = examiner
        self._process = process
        self.is_alive = True
        self._gathered: list[Sequence[Candidate]] = []
        self._waiting: deque[tuple[Sequence[Candidate], asyncio.Future[list[Finding]]]] = deque()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, examiner: Examiner, spec: Spec, plain: Mapping[Stage, bool]) -> ExaminerProcess:
        """Start the process. `examiner` is what it is to be like."""
        command, environment = interpreter_for(__spec__.name)
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the run, which still needs findings for what is in flight.
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(_framed((spec, plain)))
        return cls(examiner, process)

    async def examine(self, candidates: Sequence[Candidate]) -> list[Finding]:
        if not self.is_alive or not candidates:
            return await self._examiner.examine(candidates)
        if not self._gathered:
            asyncio.get_running_loop().call_soon(self._send)
        self._gathered.append(candidates)
        found: asyncio.Future[list[Finding]] = asyncio.get_running_loop().create_future()
        self._waiting.append((candidates, found))
        return await found

    async def close(self) -> None:
        """End the process."""
        self._reading.cancel()
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    def _send(self) -> None:
        assert self._process.stdin is not None
        for at in range(0, len(self._gathered), _TOGETHER):
            self._process.stdin.write(_framed(self._gathered[at : at + _TOGETHER]))
        self._gathered = []

    async def _read(self) -> None:
        # Whatever is wrong with the process, what waits for it is examined here.
        with contextlib.suppress(Exception):
            await self._take_findings()
        self.is_alive = False
        for candidates, found in self._waiting:
            if found.done():
                continue
            try:
                found.set_result(await self._examiner.examine(candidates))
            except Exception as error:  # what ended the process ends here where it can be told
                found.set_exception(error)

    async def _take_findings(self) -> None:
        """Give out what the process finds until it ends. Raises what comes of an answer that is none."""
        assert self._process.stdout is not None
        if await self._process.stdout.readexactly(len(_GREETING)) != _GREETING:
            return
        while True:
            size = int.from_bytes(await self._process.stdout.readexactly(_SIZE_BYTES))
            for findings in pickle.loads(await self._process.stdout.readexactly(size)):  # noqa: S301  # our own
                _, found = self._waiting.popleft()
                if not found.done():
                    found.set_result(findings)


def _cores() -> Sequence[int]:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return [*os.sched_getaffinity(0)]
    return range(os.cpu_count() or 1)


def _framed(value: Any) -> bytes:
    pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(pickled).to_bytes(_SIZE_BYTES) + pickled


def _received(stream: IO[bytes]) -> Any:
    """Return the next value of a stream, None at its end."""
    size = int.from_bytes(stream.read(_SIZE_BYTES))
    return pickle.loads(stream.read(size)) if size else None  # noqa: S301  # from the process that started this one


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer lists of candidates with lists of findings, several at a time, until nobody asks any more."""
    examiner = Examiner(*_received(questions))
    while asked := _received(questions):
        answers.write(_framed([[examiner.find(candidate) for candidate in candidates] for candidates in asked]))
        answers.flush()


def main() -> None:
    # What a library prints is not to get in among the answers.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        answers.write(_GREETING)
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
