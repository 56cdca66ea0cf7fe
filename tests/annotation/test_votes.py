"""The majority of several votes, and how far they agree."""

from __future__ import annotations

import pytest
from annotation_trials import fields

from synthgen.annotation.fields import SESSION
from synthgen.annotation.votes import majority
from synthgen.records import Annotation, Note

ASKED = {SESSION: fields("session"), 1: fields("user")}


def vote(*mood: str, look: str | None = "x", topic: str | None = "Deposit", summary: str = "s") -> Annotation:
    session = {"summary": Note(summary), "topic": Note(topic, "" if topic else "missing"), "guide": Note(("a",))}
    return Annotation(
        session, {1: {"look": Note(look, "" if look else "empty"), "mood": Note(mood or None, "" if mood else "empty")}}
    )


def test_one_vote_stands_as_it_is() -> None:
    alone = vote("Calm")
    assert majority([alone], ASKED) is alone


def test_labels_in_more_than_half_of_the_votes_are_kept_the_most_voted_first() -> None:
    found = majority([vote("Calm", "Worry"), vote("Worry"), vote("Worry", "Calm")], ASKED).turns[1]["mood"]
    assert found.value == ("Worry", "Calm")
    assert found.confidence == pytest.approx(5 / 6, abs=1e-4)


def test_half_of_the_votes_is_no_majority() -> None:
    found = majority([vote("Calm"), vote("Worry")], ASKED).turns[1]["mood"]
    assert found == Note(None, "no_majority: Calm, Worry")


def test_votes_that_did_not_answer_do_not_count() -> None:
    found = majority([vote(), vote("Worry"), vote("Worry")], ASKED).turns[1]["mood"]
    assert found == Note(("Worry",), confidence=1.0)
    assert majority([vote(), vote()], ASKED).turns[1]["mood"] == Note(None, "empty")


def test_no_more_labels_are_kept_than_a_field_may_have() -> None:
    votes = [vote("Calm", "Worry", "Anger, open")] * 3
    assert majority(votes, ASKED).turns[1]["mood"].value == ("Calm", "Worry")


def test_one_label_is_the_most_frequent_and_a_tie_goes_to_the_first_vote() -> None:
    topics = ["Repairs", "Deposit", "Deposit", None]
    found = majority([vote("Calm", topic=topic) for topic in topics], ASKED).session["topic"]
    assert found == Note("Deposit", confidence=pytest.approx(2 / 3, abs=1e-4))
    tied = majority([vote("Calm", topic="Repairs"), vote("Calm", topic="Deposit")], ASKED).session["topic"]
    assert tied == Note("Repairs", confidence=0.5)


def test_texts_are_of_the_first_vote_whose_labels_are_most_like_the_majority() -> None:
    votes = [vote("Calm", look="a"), vote("Worry", look="b"), vote("Worry", look="c")]
    assert majority(votes, ASKED).turns[1]["look"] == Note("b")
    votes[1] = vote("Worry", look=None)
    assert majority(votes, ASKED).turns[1]["look"] == Note("c")
    session = majority([vote("Calm", topic="Repairs", summary="r"), vote("Calm"), vote("Calm")], ASKED).session
    assert session["summary"] == Note("s")


def test_a_turn_that_no_vote_has_says_so() -> None:
    empty = Annotation({}, {})
    found = majority([empty, empty], ASKED)
    assert found.turns[1] == {"look": Note(None, "missing"), "mood": Note(None, "missing")}
    assert set(found.session) == {"summary", "topic", "guide"}
