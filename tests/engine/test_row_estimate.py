"""What rows will ask, where some is asked about few of them only."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from synthgen.calls import Answered, Request, Sampling, Usage
from synthgen.engine.note_source import seat_of
from synthgen.engine.row_estimate import SAMPLED_ROWS, USUAL_SHARE, estimate_asking, loads_of
from synthgen.records import Row, Turn
from synthgen.steps.asking import Asking, Progress

ROWS = 3 * SAMPLED_ROWS
RARE = "Only this one asks for more."


class Wide(Asking[str, str]):
    """Asks a short question about every row, and a long one about rows that say so."""

    def questions(self, row: Row) -> Sequence[str]:
        return ["short", "long"] if row.query == RARE else ["short"]

    def purpose_of(self, question: str) -> str:
        return question

    def ask(self, row: Row, question: str, before: str | None, faulty: str) -> tuple[Request, str]:
        text = "word " * (3000 if question == "long" else 3)
        return Request(question, Sampling(max_tokens=90), (Turn("user", text),)), "template"

    def read(self, row: Row, question: str, answer: Answered, before: str | None) -> str:
        return answer.text

    def lacks(self, found: str) -> bool:
        return False

    def done(self, progress: Progress[str, str]) -> Row:
        return progress.row


def rows(rare: Sequence[int]) -> list[Row]:
    texts = [RARE if number in rare else f"Message {number}." for number in range(ROWS)]
    return [Row("", seat_of(number), (Turn("user", text),)) for number, text in enumerate(texts)]


def per_token(usage: Usage) -> float:
    return 1.0 * usage.prompt_tokens


@pytest.mark.parametrize("place", [0, SAMPLED_ROWS, ROWS // 2, ROWS - 1])
def test_what_one_row_of_many_is_asked_counts_in_full(place: int) -> None:
    step = Wide("short", 0, lambda row: ())
    found, without = (estimate_asking(step, rows(rare), per_token) for rare in ([place], []))
    assert (found.rows, found.passed_over) == (ROWS, 0)
    assert found.usual.calls_for == {"short": ROWS, "long": 1}
    assert without.usual.calls_for == {"short": ROWS}
    assert found.usual.prompt_tokens - without.usual.prompt_tokens > 2000
    assert found.most.completion_tokens == 90 * (ROWS + 1)
    assert found.usual.completion_tokens == int(90 * USUAL_SHARE) * (ROWS + 1)
    assert found.usual.cost == found.usual.prompt_tokens


def test_what_was_answered_already_is_not_asked_again() -> None:
    def answered(row: Row) -> list[Answered]:
        return [Answered("short", "Yes.", "stop")] * (row.slot.seat < 10) + [Answered("long", "No.", "stop")]

    found = estimate_asking(Wide("short", 0, answered), rows([0, 1, ROWS - 1]), per_token)
    # The long one is answered after the short one alone: what came before it was to nothing that was asked.
    assert found.usual.calls_for == {"short": ROWS - 10, "long": 1}
    assert found.rows == ROWS - 10


def test_calls_of_which_no_sample_could_be_had_are_counted_without_tokens() -> None:
    request = Request("short", Sampling(max_tokens=90), (Turn("user", "word"),))
    usual, most = loads_of({"short": 2, "long": 5}, [request], per_token)
    assert usual.calls == most.calls == 7
    assert most.completion_tokens == 180
