"""Conversations that do not go back and forth, or have too few or too many turns."""

from __future__ import annotations

from synthgen.filters.check import Check, drop
from synthgen.filters.turns import spoken
from synthgen.records import Candidate, Drop, Role, Turn
from synthgen.spec import Spec

_SIDES: tuple[Role, Role] = ("user", "assistant")


def build(spec: Spec, plain: bool) -> Check:
    """Return a check that the user speaks first, that the sides take turns, and that the turns are as many as wanted.

    Where nobody says how many are wanted, as with conversations of files, any number will do, and either side may end.
    """

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage not in ("turn", "conversation"):
            return None
        turns = spoken(candidate)
        for at, turn in enumerate(turns):
            if turn.role != _SIDES[at % 2]:
                return _broken(candidate, turns, at, spec)
        low, high = candidate.band or (0, len(turns))
        # A talk that goes on is never too short.
        if candidate.stage == "conversation" and len(turns) < low:
            return _too_few(candidate, len(turns), (low, high))
        return _too_many(candidate, len(turns), (low, high)) if len(turns) > high else None

    return check


def _broken(candidate: Candidate, turns: list[Turn], at: int, spec: Spec) -> Drop:
    names = {"user": spec.roles.user, "assistant": spec.roles.assistant}
    due = names[_SIDES[at % 2]]
    due_zh = spec.translated(due, candidate.language)
    how_en = f"the {names[turns[at].role]} speaks twice in a row" if at else f"the {names['assistant']} speaks first"
    how_zh = "同一方连续说了两轮" if at else "先开口的不对"
    return drop(
        candidate,
        "broken_alternation",
        en=f"Turn {at + 1}: {how_en}, but it is the {due}'s turn. The {names['user']} speaks first and the two take "
        "strict turns; put two turns of one side together or write the one that is missing.",
        zh=f"第{at + 1}轮：{how_zh}，这里应由{due_zh}说话。"
        f"对话由{spec.translated(names['user'], candidate.language)}开口，"
        "双方一人一轮；请把同一方连着的两轮合成一轮，或补上缺的那一轮。",
        evidence=turns[at].content,
    )


def _too_few(candidate: Candidate, count: int, band: tuple[int, int]) -> Drop:
    low, high = band
    return drop(
        candidate,
        "too_few_turns",
        en=f"It has {count} turns; {low} to {high} are wanted, both sides counted. Let the talk go deeper by "
        f"{low - count} more before it comes to its close.",
        zh=f"全文只有{count}轮，需要{low}到{high}轮（双方合计）。请在收尾之前把谈话再深入{low - count}轮。",
        evidence=f"{count} turns",
    )


def _too_many(candidate: Candidate, count: int, band: tuple[int, int]) -> Drop:
    low, high = band
    return drop(
        candidate,
        "too_many_turns",
        en=f"It has {count} turns; {low} to {high} are wanted, both sides counted. Leave out {count - high} and keep "
        "the close.",
        zh=f"全文有{count}轮，需要{low}到{high}轮（双方合计）。请删去{count - high}轮，保留收尾。",
        evidence=f"{count} turns",
    )
