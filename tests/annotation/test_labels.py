"""Labels by names and synonyms, however they are written, and never by a guess."""

from __future__ import annotations

import pytest
from annotation_trials import SPEC
from hypothesis import given
from hypothesis import strategies as st

from synthgen.annotation.labels import LabelSet

MOODS, ACTS = (LabelSet(SPEC.label_set(name), "zh") for name in ("mood", "act"))


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("Worry", "Worry"),
        (" worry. ", "Worry"),
        ("WORRIED", "Worry"),
        ("Ｗｏｒｒｙ", "Worry"),
        ("担心", "Worry"),
        ("焦虑。", "Worry"),
        ("anger  open", "Anger, open"),
        ("Anger, open", "Anger, open"),
        ("hope_and_trust", "Hope and Trust"),
        ("- **Calm**", "Calm"),
        ("“平静”", "Calm"),
    ],
)
def test_a_word_stands_for_its_label(written: str, label: str) -> None:
    assert MOODS.canonical(written) == label


@pytest.mark.parametrize(
    "written", ["", " ", "...", "Worryy", "Wory", "not worry", "mild worry", "Cal m e", "担", "担心吗"]
)
def test_what_is_no_name_stands_for_nothing(written: str) -> None:
    assert MOODS.canonical(written) is None


def test_a_word_that_two_labels_share_when_folded_has_to_be_exact() -> None:
    assert ACTS.canonical("C++") == "Advice"
    assert ACTS.canonical("c") == "Self-help"
    assert ACTS.canonical("C!") is None


@pytest.mark.parametrize(
    ("written", "known", "unknown"),
    [
        (["Worry, Calm"], ["Worry", "Calm"], []),
        (["担心、平静"], ["Worry", "Calm"], []),
        (["担心和平静"], ["Worry", "Calm"], []),
        (["Anger, open, Worry"], ["Anger, open", "Worry"], []),
        (["Calm and Hope and Trust"], ["Calm", "Hope and Trust"], []),
        (["Worry", "worried", "担心"], ["Worry"], []),
        (["Worry, bored", "tired"], ["Worry"], ["bored", "tired"]),
        (["calm but sad"], [], ["calm but sad"]),
        (["", "-", "、"], [], []),
    ],
)
def test_labels_are_found_in_texts(written: list[str], known: list[str], unknown: list[str]) -> None:
    assert MOODS.found(written) == (known, unknown)


def test_labels_are_shown_in_the_language_of_the_conversation() -> None:
    assert MOODS.words == ["平静", "担心", "愤怒", "Hope and Trust"]
    assert LabelSet(SPEC.label_set("topics"), "en").words == ["Deposit", "Repairs"]
    calm = LabelSet(SPEC.label_set("mood"), "en").shown["Calm"]
    assert calm == ("Calm", "at ease", ("Tuesday suits me.",))


@given(st.lists(st.text(), max_size=5))
def test_any_text_is_taken(texts: list[str]) -> None:
    known, _ = MOODS.found(texts)
    assert set(known) <= {label.name for label in SPEC.label_set("mood")}


def test_a_long_text_takes_a_moment() -> None:
    known, unknown = MOODS.found(["a, " * 60_000 + "Calm"])
    assert len(unknown) <= 51
    assert known == []
