"""What came of several answers to one message, as files hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

from synthgen.judging.contest import Contest


def contest_outcome(names: Sequence[str], contest: Contest) -> dict[str, Any]:
    """Return each answer's mean points by metric, and who wins of each two: a name, "tie", or None if undecided."""
    found: dict[str, Any] = {}
    if contest.verdicts:
        found["scores"] = {names[who]: contest.points(who) for who in sorted(contest.verdicts)}
    winners = []
    for a, b in combinations(range(len(names)), 2):
        if contest.has(a, b):
            outcome = contest.outcome(a, b)
            winner = {"a": names[a], "b": names[b], "tie": "tie"}[outcome] if outcome else None
            winners.append({"a": names[a], "b": names[b], "winner": winner})
    return found | ({"winners": winners} if winners else {})


def contest_grounds(names: Sequence[str], contest: Contest) -> dict[str, Any]:
    """Return every verdict on each answer, and what was said of each two in both orders."""
    scored = {names[who]: [asdict(each) for each in own] for who, own in contest.verdicts.items()}
    compared = [
        {"a": names[a], "b": names[b], "a_first": asdict(straight), "b_first": asdict(turned)}
        for (a, b), (straight, turned) in contest.preferences.items()
    ]
    return {"verdicts": scored, "preferences": compared}
