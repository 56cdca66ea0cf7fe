"""Who helps and who is helped: told, by labels in two languages, or guessed by manner."""

from __future__ import annotations

import pytest

from synthgen.errors import UsageError
from synthgen.transcripts.roles import joined, roles_of, told_sides
from synthgen.transcripts.transcript import Utterance


def said(*turns: tuple[str, str]) -> list[Utterance]:
    return [Utterance(speaker, text) for speaker, text in turns]


@pytest.mark.parametrize(
    ("helper", "helped"),
    [
        ("Coach", "Caregiver"),
        ("HEALTH COACH", "CLIENT"),
        ("Therapist 1", "Patient"),
        ("T", "C"),
        ("Dr. Smith", "Mrs. Jones"),
        ("咨询师", "来访者"),
        ("諮商師", "個案"),
        ("老师", "小明"),
        ("Interviewer", "P03"),
        ("assistant", "user"),
    ],
)
def test_labels_tell_roles(helper: str, helped: str) -> None:
    talk = said((helper, "Come in."), (helped, "Thank you."), (helper, "What brings you here?"))
    assert roles_of(talk, {}).sides == {helper: "assistant", helped: "user"}


def test_what_the_user_says_comes_first() -> None:
    talk = said(("Coach", "I feel low."), ("Client", "Why?"))
    roles = roles_of(talk, told_sides("coach=user, CLIENT=assistant"))
    assert roles.sides == {"Coach": "user", "Client": "assistant"}
    assert roles.how == "as --speakers says"


def test_names_are_guessed_by_who_asks_and_who_tells() -> None:
    talk = said(
        ("Ruth", "How was the week?"),
        ("Imre", "Long. I was up at four most nights, and my knee is bad again, and nobody has called me back."),
        ("Ruth", "What went through your mind at four?"),
        ("Imre", "Money. And whether my daughter is all right. Should I call her?"),
        ("Ruth", "What would you say to her?"),
        ("Lena", "He never calls."),
    )
    roles = roles_of(talk, {})
    assert roles.sides == {"Ruth": "assistant", "Imre": "user"}
    assert "guess" in roles.how


def test_one_known_label_tells_the_other() -> None:
    assert roles_of(said(("Counselor", "Hello."), ("Imre", "Hello.")), {}).sides == {
        "Counselor": "assistant",
        "Imre": "user",
    }


@pytest.mark.parametrize("labels", [[""], ["", ""], ["Imre"], []])
def test_without_two_speakers_nobody_has_a_role(labels: list[str]) -> None:
    assert roles_of(said(*((label, "Hello.") for label in labels)), {}).sides == {}


@pytest.mark.parametrize("text", ["coach", "coach=boss", "=user", "coach=assistant,,", ""])
def test_what_is_no_role_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--speakers"):
        told_sides(text)


def test_turns_in_a_row_by_one_speaker_are_one() -> None:
    talk = [
        Utterance("A", "One.", 1),
        Utterance("A", "Two.", 2),
        Utterance("B", "Three.", 2),
        Utterance("A", "Four.", 2),
    ]
    assert joined(talk, by_sheet=False) == [Utterance("A", "One.\nTwo.", 1), *talk[2:]]
    assert joined(talk, by_sheet=True) == talk
    unlabelled = [Utterance("", "One."), Utterance("", "Two.")]
    assert joined(unlabelled, by_sheet=False) == unlabelled
