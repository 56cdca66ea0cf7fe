"""What is sound in an answer is kept, what lacks is told, and nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest
from annotation_trials import fields

from synthgen.annotation.faults import fault_of
from synthgen.annotation.fields import SESSION, Asked
from synthgen.annotation.findings import Findings, annotation_of, joined, notes_of
from synthgen.parsing import RawNotes, parse_notes
from synthgen.records import Annotation, Note

USER, ASSISTANT, SESSION_FIELDS = fields("user"), fields("assistant"), fields("session")
ASKED: Asked = {3: USER, 4: ASSISTANT}


def found(*raw: RawNotes, asked: Asked = ASKED) -> Findings:
    return notes_of(raw, asked)


def told(findings: Findings) -> list[tuple[Any, ...]]:
    return [(lack.place, lack.field.name, lack.reason, lack.found, lack.kept) for lack in findings.lacks]


THIRD = RawNotes(3, {"look": "Arms crossed.", "mood": ("Worry", "平静")})
FOURTH = RawNotes(4, {"reasoning": "She asks first.", "act": "Question"})


def test_sound_notes_are_kept_under_canonical_names() -> None:
    assert found(THIRD, FOURTH) == Findings(
        {
            3: {"look": Note("Arms crossed."), "mood": Note(("Worry", "Calm"))},
            4: {"reasoning": Note("She asks first."), "act": Note(("Question",))},
        },
        (),
    )


def test_a_turn_without_notes_is_told_and_the_others_are_kept() -> None:
    findings = found(THIRD)
    assert told(findings) == [(4, "reasoning", "no_turn", (), ()), (4, "act", "no_turn", (), ())]
    assert findings.settled(ASKED)[4] == {"reasoning": Note(None, "no_turn"), "act": Note(None, "no_turn")}
    assert findings.settled(ASKED)[3]["look"] == Note("Arms crossed.")


@pytest.mark.parametrize(
    ("mood", "lack", "settled"),
    [
        (("Worry", "bored"), ("unknown_label", ("bored",), ("Worry",)), Note(("Worry",))),
        (("bored",), ("unknown_label", ("bored",), ()), Note(None, "unknown_label: bored")),
        (
            "Worry, Calm, angry",
            ("too_many", ("Worry", "Calm", "Anger, open"), ()),
            Note(None, "too_many: Worry, Calm, Anger, open"),
        ),
        ("Worry, Calm, angry, bored", ("unknown_label", ("bored",), ()), Note(None, "unknown_label: bored")),
        ((), ("empty", (), ()), Note(None, "empty")),
        ("...", ("empty", (), ()), Note(None, "empty")),
    ],
)
def test_labels_that_are_not_sound_are_told(mood: Any, lack: tuple[Any, ...], settled: Note) -> None:
    findings = found(RawNotes(3, {"look": "x", "mood": mood}), FOURTH)
    assert told(findings) == [(3, "mood", *lack)]
    assert findings.settled(ASKED)[3]["mood"] == settled


def test_keys_may_be_written_in_other_ways() -> None:
    findings = found(
        RawNotes(3, {" LOOK ": "x", "心情": "Calm", "extra": "y"}),
        FOURTH,
        asked={3: fields("user", "zh"), 4: ASSISTANT},
    )
    assert findings.lacks == ()
    assert findings.notes[3] == {"look": Note("x"), "mood": Note(("Calm",))}


def test_of_several_notes_on_a_turn_the_first_sound_ones_count() -> None:
    poor = RawNotes(3, {"look": "poor", "mood": "bored"})
    again = RawNotes(3, {"look": "again", "mood": "Calm"})
    assert found(poor, THIRD, again, FOURTH).notes[3]["look"] == Note("Arms crossed.")


def test_notes_without_a_number_belong_to_no_turn_but_the_only_one() -> None:
    loose = RawNotes(None, THIRD.fields)
    assert 3 in {lack.place for lack in found(loose, FOURTH).lacks}
    assert found(loose, asked={3: USER}).lacks == ()
    assert found(loose, RawNotes(3, {"look": "own"}), asked={3: USER}).notes[3]["look"] == Note("own")
    assert found(RawNotes(5, THIRD.fields), asked={3: USER}).lacks[0].reason == "no_turn"


def test_a_session_has_one_label_texts_and_steps() -> None:
    raw = RawNotes(
        None, {"summary": ("It is", "short."), "topic": "维修", "guide": "1. Ask.\n2) Listen.\n第3步：Wait."}
    )
    findings = found(raw, asked={SESSION: SESSION_FIELDS})
    assert findings.lacks == ()
    assert findings.notes[SESSION] == {
        "summary": Note("It is short."),
        "topic": Note("Repairs"),
        "guide": Note(("Ask.", "Listen.", "Wait.")),
    }


def test_of_one_label_two_are_too_many_and_of_steps_the_first_are_kept() -> None:
    raw = RawNotes(1, {"summary": "x", "topic": ("维修", "Deposit"), "guide": ("a", "b", "c", "d")})
    findings = found(raw, asked={SESSION: SESSION_FIELDS})
    assert [lack.reason for lack in findings.lacks] == ["too_many", "too_many"]
    assert findings.settled({SESSION: SESSION_FIELDS})[SESSION]["topic"] == Note(None, "too_many: Repairs, Deposit")
    assert findings.settled({SESSION: SESSION_FIELDS})[SESSION]["guide"] == Note(("a", "b", "c"))


def test_a_turn_that_comes_back_whole_is_taken_whole() -> None:
    before = found(RawNotes(3, {"look": "first", "mood": "bored"}), FOURTH)
    again = found(RawNotes(3, {"look": "second", "mood": "Calm"}), asked={3: USER})
    assert joined(before, again) == Findings(
        {3: {"look": Note("second"), "mood": Note(("Calm",))}, 4: before.notes[4]}, ()
    )


def test_what_was_sound_before_is_kept_when_the_turn_lacks_again() -> None:
    before = found(RawNotes(3, {"look": "first", "mood": "Worry, bored"}), FOURTH)
    again = found(RawNotes(3, {"look": "second", "mood": "tired"}), asked={3: USER})
    both = joined(before, again)
    assert both.settled(ASKED)[3] == {"look": Note("first"), "mood": Note(("Worry",))}
    assert [lack.field.name for lack in both.lacks] == ["mood"]
    assert joined(both, found(asked={3: USER})).settled(ASKED) == both.settled(ASKED)
    mended = joined(both, found(RawNotes(3, {"mood": "Calm"}), asked={3: USER}))
    assert (mended.notes[3], mended.lacks) == ({"look": Note("first"), "mood": Note(("Calm",))}, ())


def test_faults_are_told_in_the_language_of_the_conversation() -> None:
    lacks = found(RawNotes(3, {"look": "x", "mood": "bored, tired"})).lacks
    assert (
        fault_of(lacks, "en") == 'Turn 3: "mood" names what is not on its list: "bored", "tired". Turn 4 has no notes.'
    )
    assert fault_of(lacks, "zh") == '第 3 轮的 "mood" 中有不在列表里的词：“bored”、“tired”。第 4 轮没有标注。'
    lacks = found(RawNotes(0, {"topic": "", "guide": ("a",) * 9}), asked={SESSION: SESSION_FIELDS}).lacks
    assert fault_of(lacks, "en") == (
        'The session: "summary" is missing. The session: "topic" is empty. '
        'The session: "guide" has too many entries, at most 3 may stand.'
    )
    assert "整场谈话缺少" in fault_of(lacks, "zh-CN")
    assert "最多 3 项" in fault_of(lacks, "zh")


def test_evidence_is_short_and_can_be_stored() -> None:
    (lack,) = found(RawNotes(3, {"look": "x", "mood": "\ud800\x00" + "long " * 1000}), FOURTH).lacks
    assert len(lack.note.why) < 100
    assert lack.note.why.encode().isascii()


def test_the_answer_of_a_model_is_read_to_the_end() -> None:
    text = '```json\n{"3": {"look": "Sits still.", "mood": ["worried"]}, "4": {"reasoning": "Asks'
    findings = notes_of(parse_notes(text), ASKED)
    assert findings.notes[3] == {"look": Note("Sits still."), "mood": Note(("Worry",))}
    assert {lack.place for lack in findings.lacks} == {4}


def test_notes_are_settled_in_the_order_of_writing() -> None:
    findings = found(RawNotes(3, {"mood": "Calm"}), FOURTH)
    assert list(findings.settled(ASKED)) == [3, 4]
    assert findings.settled(ASKED)[3] == {"look": Note(None, "missing"), "mood": Note(("Calm",))}
    assert list(findings.settled(ASKED)[3]) == ["look", "mood"]
    assert Findings({}, ()).settled({3: USER})[3]["mood"] == Note(None, "no_answer")


def test_notes_in_pieces_are_put_together() -> None:
    pieces = (RawNotes(3, {"look": "first"}), RawNotes(3, {"mood": "bored"}), RawNotes(3, {"mood": "Calm"}), FOURTH)
    assert found(*pieces).lacks == ()
    assert found(*pieces).notes[3] == {"look": Note("first"), "mood": Note(("Calm",))}


def test_the_windows_of_a_conversation_make_one_annotation() -> None:
    look, topic = {"look": Note("x")}, {"topic": Note("Repairs")}
    assert annotation_of([{5: look}, {0: topic}, {3: look}]) == Annotation(topic, {3: look, 5: look})
    assert list(annotation_of([{5: look}, {3: look}]).turns) == [3, 5]
    assert annotation_of([{5: look}]).session == {}
