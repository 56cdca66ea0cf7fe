"""What texts show by themselves, found here and in a process beside."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import shutil
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from synthgen.calls import Backend, Reply, Request
from synthgen.dedup.index import sketches_of
from synthgen.engine.budget import Budget, Prices
from synthgen.engine.caller import Caller, Limits
from synthgen.engine.examiner import Examiner, Finding
from synthgen.engine.examiner_process import WORTHWHILE, ExaminerProcess, examining, serve
from synthgen.records import Candidate, Stage
from synthgen.spec import Spec

PLAIN: dict[Stage, bool] = {"query": False, "reply": False}
SPEC = Spec.model_validate(
    {"name": "trial", "topics": [{"name": "Stress"}], "query": {"words": [5, 60]}, "reply": {"words": [5, 60]}}
)
GOOD = "My sister moved in with us last spring, and I have not slept well for about three weeks since then."
AT_RISK = "I have not slept well for three weeks, and most nights I lie there planning to kill myself before morning."
SHORT = "I sleep badly."
CANDIDATES = [
    *(Candidate("query", text, "en") for text in (GOOD, AT_RISK, SHORT)),
    Candidate("query", GOOD, "en", risk=True),
    Candidate("reply", "As an AI language model, I cannot help you with this, but please do talk to somebody.", "en"),
]


def examiner() -> Examiner:
    return Examiner(SPEC, PLAIN)


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(coroutine, 60))


async def started() -> ExaminerProcess:
    return await ExaminerProcess.start(examiner(), SPEC, PLAIN)


def script(path: Path, first: str) -> str:
    """Return an interpreter that does something first."""
    path.write_text(f'#!/bin/sh\n{first}\nexec "{sys.executable}" "$@"\n')
    path.chmod(0o755)
    return str(path)


def test_what_a_text_shows() -> None:
    good, at_risk, short, flagged, refusal = (examiner().find(candidate) for candidate in CANDIDATES)
    assert [(found.drop, found.risk) for found in (good, at_risk, flagged)] == [
        (None, False),
        (None, True),
        (None, True),
    ]
    assert good.sketches == sketches_of(GOOD)
    assert not short.sketches
    assert [found.drop and found.drop.reason for found in (short, refusal)] == ["too_short", "self_reference"]


def test_a_spec_may_not_look_for_risk() -> None:
    spec = SPEC.model_copy(update={"crisis": SPEC.crisis.model_copy(update={"detect": False})})
    assert not Examiner(spec, PLAIN).find(CANDIDATES[1]).risk


def test_a_process_finds_the_same_whatever_is_asked_at_once() -> None:
    async def ask() -> list[list[Finding]]:
        aside = await started()
        try:
            sizes = [1, 3, 0, 5, 2] * 20
            return await asyncio.gather(*(aside.examine(CANDIDATES[:size]) for size in sizes))
        finally:
            await aside.close()

    expected = [examiner().find(candidate) for candidate in CANDIDATES]
    assert run(ask()) == [expected[:size] for size in [1, 3, 0, 5, 2] * 20]


def test_what_waits_for_the_process_does_not_hold_up_others() -> None:
    async def ask() -> bool:
        aside = await started()
        try:
            waiting = asyncio.ensure_future(aside.examine(CANDIDATES * 20))
            # No text is looked at in this process meanwhile.
            await asyncio.sleep(0)
            return not waiting.done() and len(await waiting) == 20 * len(CANDIDATES)
        finally:
            await aside.close()

    assert run(ask())


def test_a_process_that_never_comes_up_costs_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", shutil.which("false"))

    async def ask() -> list[Finding]:
        aside = await started()
        try:
            return await aside.examine(CANDIDATES)
        finally:
            await aside.close()

    assert run(ask()) == [examiner().find(candidate) for candidate in CANDIDATES]


def test_a_process_that_is_killed_costs_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "process"
    monkeypatch.setattr("sys.executable", script(tmp_path / "python", f'echo $$ > "{told}"'))

    async def ask() -> tuple[list[Finding], list[list[Finding]]]:
        aside = await started()
        try:
            first = await aside.examine(CANDIDATES)
            waiting = [asyncio.ensure_future(aside.examine(CANDIDATES)) for _ in range(50)]
            os.kill(int(told.read_text()), signal.SIGKILL)
            before = await asyncio.gather(*waiting)
            return first, [*before, await aside.examine(CANDIDATES)]
        finally:
            await aside.close()

    first, after = run(ask())
    assert after == [first] * 51


@pytest.mark.parametrize(
    "printed",
    ["x", "a line that something prints before the process greets", "synthgen examiner\n\0\0\0\5hello"],
    ids=["a_letter", "a_line", "no_pickle"],
)
def test_a_process_that_prints_as_it_starts_costs_no_finding(
    printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "printed").write_text(printed)
    monkeypatch.setattr("sys.executable", script(tmp_path / "python", f'cat "{tmp_path}/printed"'))

    async def ask() -> list[list[Finding]]:
        aside = await started()
        try:
            waiting = [asyncio.ensure_future(aside.examine(CANDIDATES)) for _ in range(20)]
            return [*await asyncio.gather(*waiting), await aside.examine(CANDIDATES)]
        finally:
            await aside.close()

    assert run(ask()) == [[examiner().find(candidate) for candidate in CANDIDATES]] * 21


class Loud(dict[Stage, bool]):
    """What prints where it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (f"print('hello', flush=True) or {dict(self)}",)


def test_what_is_printed_in_the_process_does_not_get_in_among_its_findings() -> None:
    async def ask() -> tuple[list[Finding], bool]:
        aside = await ExaminerProcess.start(examiner(), SPEC, Loud(PLAIN))
        try:
            found = await aside.examine(CANDIDATES)
            return found, aside.is_alive
        finally:
            await aside.close()

    assert run(ask()) == ([examiner().find(candidate) for candidate in CANDIDATES], True)


def test_nothing_is_imported_from_the_folder_that_a_run_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("random", "pickle", "jieba", "synthgen"):
        (tmp_path / f"{module}.py").write_text(f"open({str(tmp_path / 'imported')!r}, 'w')\nraise SystemExit\n")
    monkeypatch.chdir(tmp_path)

    async def ask() -> tuple[list[Finding], bool]:
        aside = await started()
        try:
            return await aside.examine(CANDIDATES), aside.is_alive
        finally:
            await aside.close()

    assert run(ask()) == ([examiner().find(candidate) for candidate in CANDIDATES], True)
    assert not (tmp_path / "imported").exists()


def test_a_filter_that_fails_there_fails_here_by_its_own_error() -> None:
    async def ask() -> None:
        aside = await started()
        try:
            await aside.examine([Candidate("conversation", GOOD, "en")])
        finally:
            await aside.close()

    with pytest.raises(KeyError, match="conversation"):
        run(ask())


def test_the_process_answers_until_nobody_asks_any_more() -> None:
    questions, answers = io.BytesIO(), io.BytesIO()
    for value in ((SPEC, PLAIN), [CANDIDATES[:2], CANDIDATES[2:3]], [CANDIDATES[3:]]):
        pickled = pickle.dumps(value)
        questions.write(len(pickled).to_bytes(4) + pickled)
    questions.seek(0)
    serve(questions, answers)
    answers.seek(0)
    found = []
    while size := int.from_bytes(answers.read(4)):
        found.append(pickle.loads(answers.read(size)))  # noqa: S301  # what was just pickled
    expected = [examiner().find(candidate) for candidate in CANDIDATES]
    assert found == [[expected[:2], expected[2:3]], [expected[3:]]]


class Silent(Backend):
    """A backend that nobody asks."""

    name, slots, plain, fake, local = "silent", 1, False, True, True

    async def complete(self, request: Request) -> Reply:
        raise AssertionError

    async def aclose(self) -> None:
        return None


@pytest.mark.parametrize(("in_flight", "is_aside"), [(WORTHWHILE - 1, False), (WORTHWHILE, True)])
def test_only_a_run_with_many_calls_in_flight_has_a_process(in_flight: int, is_aside: bool) -> None:
    if is_aside and len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one core has no room for a second process")

    async def ask() -> tuple[bool, list[Finding]]:
        caller = Caller(Silent(), Limits(in_flight, None, None), Budget(Prices(0.0, 0.0), None, None))
        async with examining(examiner(), SPEC, PLAIN, [caller, caller]) as examiners:
            return isinstance(examiners, ExaminerProcess), await examiners.examine(CANDIDATES)

    kind, found = run(ask())
    assert kind is is_aside
    assert found == [examiner().find(candidate) for candidate in CANDIDATES]
