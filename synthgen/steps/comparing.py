"""The comparing step: has each answer to a message scored by itself, and each two compared in both orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import NamedTuple

from synthgen.calls import Answered, Request
from synthgen.judging.contest import Contest
from synthgen.judging.preference import Preference
from synthgen.judging.verdict import Verdict
from synthgen.records import Row, State
from synthgen.steps.asking import Asking, Progress
from synthgen.steps.judge import Judge
from synthgen.steps.umpire import Umpire
from synthgen.text import normalize


class Scored(NamedTuple):
    """One verdict on one answer."""

    who: int
    repeat: int


class Duel(NamedTuple):
    """Two answers shown in one order: `a` first, or `b` first where it is turned."""

    a: int
    b: int
    turned: bool


class Comparing(Asking[Scored | Duel, Verdict | Preference]):
    """Rows have a message and then an answer of each side, empty where one has none.

    Without a `judge` nothing is scored, and without an `umpire` nothing compared; the rest is as `Asking` has it.
    """

    def __init__(
        self,
        judge: Judge | None,
        umpire: Umpire | None,
        repeats: int,
        tries: int,
        answers_of: Callable[[Row], Sequence[Answered]],
    ) -> None:
        super().__init__("judge" if judge else "compare", tries, answers_of)
        self._judge = judge
        self._umpire = umpire
        self._repeats = repeats

    def questions(self, row: Row) -> list[Scored | Duel]:
        there = _answered(row)
        scored = [Scored(*place) for place in product(there, range(self._repeats))] if self._judge else []
        alike = _alike(row)
        pairs = [pair for pair in combinations(there, 2) if pair not in alike] if self._umpire else []
        return [*scored, *(Duel(*pair, turned) for pair in pairs for turned in (False, True))]

    def purpose_of(self, question: Scored | Duel) -> str:
        return "judge" if isinstance(question, Scored) else "compare"

    def ask(
        self, row: Row, question: Scored | Duel, before: Verdict | Preference | None, faulty: str
    ) -> tuple[Request, str]:
        language = row.slot.cell.language
        if isinstance(question, Scored):
            assert self._judge is not None
            assert not isinstance(before, Preference)
            turns = (row.messages[0], row.messages[1 + question.who])
            return self._judge.request(turns, language, repeat=question.repeat, before=before, faulty=faulty)
        assert self._umpire is not None
        a, b = (row.messages[1 + who].content for who in question[:2])
        first, second = (b, a) if question.turned else (a, b)
        return self._umpire.request(row.query, first, second, language, faulty=faulty if before else None)

    def read(
        self, row: Row, question: Scored | Duel, answer: Answered, before: Verdict | Preference | None
    ) -> Verdict | Preference:
        if isinstance(question, Scored):
            assert self._judge is not None
            assert not isinstance(before, Preference)
            turns = (row.messages[0], row.messages[1 + question.who])
            return self._judge.read(answer.text, answer.finish, turns, row.slot.cell.language, before)
        assert self._umpire is not None
        return self._umpire.read(answer)

    def lacks(self, found: Verdict | Preference) -> bool:
        return not found.is_whole

    def done(self, progress: Progress[Scored | Duel, Verdict | Preference]) -> Row:
        return replace(progress.row, state=State.REPLIED)

    def contest(self, row: Row) -> Contest:
        """Return what came of a row, as far as it was asked."""
        verdicts: dict[int, list[Verdict]] = {}
        preferences: dict[tuple[int, int], list[Preference]] = {}
        for question, found in self.so_far(row).all_found():
            if isinstance(question, Scored) and isinstance(found, Verdict):
                verdicts.setdefault(question.who, []).append(found)
            elif isinstance(question, Duel) and isinstance(found, Preference):
                preferences.setdefault((question.a, question.b), []).append(found)
        both = {pair: (found[0], found[1]) for pair, found in preferences.items() if len(found) == 2}
        return Contest(verdicts, both, _alike(row) if self._umpire else frozenset())


def _answered(row: Row) -> list[int]:
    """Return the places of the sides that have an answer."""
    return [place for place, turn in enumerate(row.messages[1:]) if turn.content.strip()]


def _alike(row: Row) -> frozenset[tuple[int, int]]:
    """Return the pairs of answers that are the same but for white space, case and width."""
    texts = {place: normalize(row.messages[1 + place].content) for place in _answered(row)}
    return frozenset(pair for pair in combinations(texts, 2) if texts[pair[0]] == texts[pair[1]])
