"""Asking question by question: what is asked next follows from the answers, whatever the questions are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.calls import Answered, Reply, Request, Sampling, Usage
from synthgen.errors import ServerError
from synthgen.records import Cell, Row, Slot, State, Turn
from synthgen.steps.asking import Asking, Progress

ROW = Row("trial-000001", Slot(Cell("", "en"), 1, 0, {}), (Turn("user", "Hello?"),))


class Letters(Asking[str, str]):
    """Asks for letters, and lacks those that are missing in what was found: "ab" wants an a and a b."""

    def __init__(self, wanted: Sequence[str], tries: int, answered: list[Answered]) -> None:
        super().__init__("letters", tries, lambda row: list(answered))
        self._wanted = wanted
        self.last: Progress[str, str] | None = None

    def questions(self, row: Row) -> Sequence[str]:
        return self._wanted

    def purpose_of(self, question: str) -> str:
        return f"ask_{question}"

    def ask(self, row: Row, question: str, before: str | None, faulty: str) -> tuple[Request, str]:
        said = f"{question}|{before}|{faulty}"
        return Request(self.purpose_of(question), Sampling(max_tokens=9), text=said), "letters/en.j2"

    def read(self, row: Row, question: str, answer: Answered, before: str | None) -> str:
        return "".join(letter for letter in question if letter in answer.text or letter in (before or ""))

    def lacks(self, found: str) -> bool:
        return found not in self._wanted

    def done(self, progress: Progress[str, str]) -> Row:
        self.last = progress
        return replace(progress.row, state=State.REPLIED)


class Talk:
    """Answers from a list, "" at its end, and keeps what was answered as a ledger does."""

    def __init__(self, *answers: str | Exception) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []
        self.answered: list[Answered] = []

    async def generate(self, request: Request, template: str) -> Reply:
        self.asked.append(request.text)
        answer = self._answers.pop(0) if self._answers else ""
        if isinstance(answer, Exception):
            raise answer
        self.answered.append(Answered(request.purpose, answer))
        return Reply(answer, "stop", Usage(1, 1), "m")


def finished(step: Letters, talk: Talk) -> list[tuple[str, str]]:
    row = ROW
    while step.is_due(row):
        row = asyncio.run(step.run(row, talk))
    assert row.state is State.REPLIED
    assert step.last is not None
    return step.last.found


def test_what_is_lacking_is_asked_for_again_with_what_was_found() -> None:
    talk = Talk("xa", "bx", "c")
    assert finished(Letters(["ab", "c"], 2, talk.answered), talk) == [("ab", "ab"), ("c", "c")]
    assert talk.asked == ["ab|None|", "ab|a|xa", "c|None|"]


def test_after_the_tries_the_next_question_has_tries_of_its_own() -> None:
    talk = Talk("a", "no", "no", "no", "c")
    assert finished(Letters(["ab", "c"], 1, talk.answered), talk) == [("ab", "a"), ("c", "")]
    assert talk.asked == ["ab|None|", "ab|a|a", "c|None|", "c||no"]


def test_no_questions_are_done_without_a_call() -> None:
    talk = Talk()
    assert finished(Letters([], 2, talk.answered), talk) == []
    assert talk.asked == []


def test_the_request_that_is_due_is_the_one_that_is_sent() -> None:
    talk = Talk("a", "b", "c")
    step, row = Letters(["ab", "c"], 2, talk.answered), ROW
    for _ in range(3):
        due, template = step.request(row)
        row = asyncio.run(step.run(row, talk))
        assert (due.text, template) == (talk.asked[-1], "letters/en.j2")


def test_a_call_that_fails_leaves_the_row_where_it_was() -> None:
    talk = Talk("a", ServerError("down"), "b")
    step = Letters(["ab"], 2, talk.answered)
    asyncio.run(step.run(ROW, talk))
    with pytest.raises(ServerError):
        asyncio.run(step.run(ROW, talk))
    assert finished(step, talk) == [("ab", "ab")]
    assert talk.asked == ["ab|None|", "ab|a|a", "ab|a|a"]


def test_answers_to_what_is_asked_no_more_are_passed_over() -> None:
    talk = Talk("a", "b")
    talk.answered = [Answered("ask_x", "ab"), Answered("ask_c", "c"), Answered("ask_ab", "ab"), Answered("ask_c", "c")]
    assert finished(Letters(["ab", "c"], 0, talk.answered), talk) == [("ab", "ab"), ("c", "c")]
    assert talk.asked == []


@given(st.lists(st.sampled_from(["a", "b", "ab", "c", "", "x"]), max_size=12), st.data(), st.integers(0, 3))
def test_after_a_stop_at_any_answer_all_goes_on_as_without_it(
    answers: list[str], data: st.DataObject, tries: int
) -> None:
    wanted = ["ab", "c", "abc"]
    whole = Talk(*answers)
    found = finished(Letters(wanted, tries, whole.answered), whole)
    cut = data.draw(st.integers(0, len(whole.answered)))
    again = Talk(*answers[cut:])
    again.answered = whole.answered[:cut]
    assert finished(Letters(wanted, tries, again.answered), again) == found
    assert again.asked == whole.asked[cut:]
    assert [question for question, _ in found] == wanted
    assert len(whole.asked) <= len(wanted) * (1 + tries)
