"""The figures of an annotation, from notes made by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from note_trials import SPEC

from synthgen.formats.annotated import LeftOut
from synthgen.records import Annotation, Note
from synthgen.report.notes import NoteCount
from synthgen.spec import parse_spec
from synthgen.statistics.agreement import label_agreement, set_agreement
from synthgen.statistics.recognition import recognition

HOUSE = parse_spec(SPEC, "house.yaml")
ROLES = {1: "user", 2: "assistant", 3: "user"}
MOODS = ["Calm", "Worry", "Anger"]


def noted(*moods: str, topic: str = "", confidence: float | None = None) -> Annotation:
    """Return an annotation whose user turns have these moods, a letter each; "" leaves the field empty."""
    names = {mood[0]: mood for mood in MOODS}
    turns = {
        number: {"mood": Note(tuple(names[each] for each in letters), confidence=confidence)}
        if letters
        else {"mood": Note(None, "unknown_label: Wobbly")}
        for number, letters in zip((1, 3), moods, strict=False)
    }
    return Annotation({"topic": Note(topic) if topic else Note(None, "empty")}, turns)


def labels(letters: str) -> frozenset[str]:
    return frozenset(mood for mood in MOODS if mood[0] in letters)


def test_what_is_filled_and_what_is_not() -> None:
    counts = NoteCount(HOUSE, gold=False)
    counts.add(ROLES, [noted("C", "CW", topic="Repairs", confidence=0.5)])
    counts.add(ROLES, [noted("", "W", confidence=1.0)])
    assert counts.figures() == {
        "fields": {
            "session.topic": {"filled": 1, "missing": {"empty": 1}, "labels": {"Repairs": 1}},
            "user.mood": {
                "filled": 3,
                "missing": {"unknown_label": 1},
                "labels": {"Calm": 2, "Worry": 2},
                "mean_confidence": pytest.approx(2 / 3, abs=1e-4),
            },
        }
    }


def test_nothing_counted_has_no_figures() -> None:
    assert NoteCount(HOUSE, gold=False).figures() == {"fields": {}}
    assert NoteCount(HOUSE, gold=True).figures() == {"fields": {}, "gold": {}, "gold_left_out": {}}


def test_agreement_leaves_out_what_either_left_empty() -> None:
    ours, theirs = ["C", "W", "", "CW", "A", "W"], ["C", "A", "C", "W", "", "W"]
    counts = NoteCount(HOUSE, gold=False)
    for at in (0, 2, 4):
        counts.add(ROLES, [noted(*ours[at : at + 2]), noted(*theirs[at : at + 2])])
    found = counts.figures()["agreement"]
    a, b = ([labels(each) or None for each in side] for side in (ours, theirs))
    assert found["user.mood"]["overall"] == asdict(set_agreement(a, b))
    assert found["user.mood"]["overall"]["items"] == 4
    assert found["user.mood"]["labels"] == {name: asdict(each) for name, each in label_agreement(a, b, MOODS).items()}
    assert found["session.topic"] == {
        "overall": {"items": 0, "exact": None, "jaccard": None, "krippendorff": None},
        "labels": {},
    }


def of_conversations(*pairs: tuple[str, str]) -> dict[str, Any]:
    """Return the figures of gold moods against told ones, two turns a conversation."""
    counts = NoteCount(HOUSE, gold=True)
    for at in range(0, len(pairs), 2):
        (gold, told), (other_gold, other_told) = pairs[at : at + 2]
        counts.add(ROLES, [noted(told, other_told)], noted(gold, other_gold))
    found: dict[str, Any] = counts.figures()["gold"]["user.mood"]
    return found


def test_gold_is_met_as_the_statistics_say() -> None:
    pairs = [("C", "C"), ("C", "W"), ("AW", "A"), ("W", ""), ("W", "W"), ("", "C"), ("A", "W"), ("C", "C")]
    found = of_conversations(*pairs)
    meant = [(at // 2, labels(gold), labels(told) or None) for at, (gold, told) in enumerate(pairs) if gold]
    groups, gold, told = zip(*meant, strict=True)
    wanted = asdict(recognition(gold, told, MOODS, groups=groups))
    confusion = wanted.pop("confusion")
    assert {(each["gold"], each["told"]): each["count"] for each in found.pop("confusion")} == confusion
    assert found.pop("conversations") == 4
    assert found == wanted
    assert (found["items"], found["unanswered"]) == (7, 1)
    json.dumps(found)


def test_intervals_know_that_turns_of_one_conversation_are_alike() -> None:
    # Whole conversations are right or wrong: twice as many turns tell nothing more.
    pairs = [("C", "C")] * 20 + [("W", "A")] * 20
    found = of_conversations(*pairs)
    low, high = found["exact_interval"]
    gold, told = zip(*((labels(one), labels(other)) for one, other in pairs), strict=True)
    by_turn = recognition(gold, told, MOODS).exact_interval
    assert by_turn is not None
    assert high - low > 1.25 * (by_turn[1] - by_turn[0])
    assert found["exact"] == 0.5
    assert of_conversations(("C", "C"), ("W", "A"))["exact_interval"] is None


def test_words_in_gold_that_are_no_labels_are_counted() -> None:
    counts = NoteCount(HOUSE, gold=True)
    unknown = [LeftOut(1, "mood", "Greeting"), LeftOut(3, "mood", "Greeting"), LeftOut(0, "topic", "Rent")]
    counts.add(ROLES, [noted("C", "C")], noted("C", ""), unknown)
    assert counts.figures()["gold_left_out"] == {"user.mood": {"Greeting": 2}, "session.topic": {"Rent": 1}}


def test_figures_are_json() -> None:
    counts = NoteCount(HOUSE, gold=True)
    counts.add(ROLES, [noted("C", "W", topic="Deposit"), noted("C", "A", topic="Deposit")], noted("C", "C"))
    figures = counts.figures()
    assert json.loads(json.dumps(figures)) == figures | {"gold": json.loads(json.dumps(figures["gold"]))}
