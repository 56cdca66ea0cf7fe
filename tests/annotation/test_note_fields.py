"""Fields: which are wanted, what is asked in them, and the schema and the form of the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from annotation_trials import SPEC, fields

from synthgen.annotation.fields import SESSION, chosen, fields_of, notes_form, notes_schema
from synthgen.annotation.labels import LabelSet
from synthgen.annotation.samples import MOST, samples_of
from synthgen.errors import UsageError
from synthgen.rules.annotation import Label


def paths(*wanted: str) -> list[str]:
    return [path for path, _ in chosen(SPEC.annotation, wanted).fields()]


def test_without_a_choice_all_fields_are_wanted() -> None:
    assert chosen(SPEC.annotation, []) is SPEC.annotation


def test_a_name_chooses_a_part_or_a_field() -> None:
    assert paths("session") == ["session.summary", "session.topic", "session.guide"]
    assert paths("mood", "assistant.act") == ["user.mood", "assistant.act"]
    assert paths("act", "user") == ["user.look", "user.mood", "assistant.act"]


@pytest.mark.parametrize("name", ["nothing", "user.act", "", "user."])
def test_an_unknown_field_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no such field") as refused:
        chosen(SPEC.annotation, [name])
    assert "user.mood" in refused.value.hint


def test_fields_are_told_in_the_language() -> None:
    look, mood = fields("user", "zh")
    assert (look.shown, look.about, look.words, look.labels) == ("观察", "看得出什么。", 20, None)
    assert (mood.name, mood.shown, mood.most) == ("mood", "心情", 2)
    assert mood.labels is not None
    assert mood.labels.words[0] == "平静"


def test_one_label_is_one_and_very_small_models_are_asked_for_less() -> None:
    summary, topic, guide = fields("session")
    assert (topic.most, topic.several, guide.most, summary.words) == (1, False, 3, 30)
    plain = fields_of(SPEC, SPEC.annotation.session, "en", plain=True)
    assert (plain[0].words, plain[2].most) == (15, 2)


def resolved(schema: dict[str, Any], number: str) -> dict[str, Any]:
    part = schema["properties"][number]
    definition: dict[str, Any] = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return definition


def test_the_schema_has_each_turn_under_its_number_and_reasons_before_labels() -> None:
    user, assistant = fields("user"), fields("assistant")
    schema = notes_schema({3: user, 4: assistant, 5: user})
    assert schema["required"] == ["3", "4", "5"]
    assert schema["additionalProperties"] is False
    assert len(schema["$defs"]) == 2
    third = resolved(schema, "3")
    assert third == resolved(schema, "5")
    assert list(third["properties"]) == third["required"] == ["look", "mood"]
    assert third["properties"]["mood"] == {
        "type": "array",
        "items": {"type": "string", "enum": ["Calm", "Worry", "Anger, open", "Hope and Trust"]},
        "minItems": 1,
        "maxItems": 2,
    }
    assert list(resolved(schema, "4")["properties"]) == ["reasoning", "act"]
    assert third["properties"]["look"] == {"type": "string"}


def test_the_schema_of_a_session_is_one_object_with_labels_in_its_language() -> None:
    schema = notes_schema({SESSION: fields("session", "zh")})
    assert schema["properties"]["topic"] == {"type": "string", "enum": ["押金", "维修"]}
    assert schema["properties"]["guide"] == {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "maxItems": 3,
    }
    assert schema["required"] == ["summary", "topic", "guide"]


def test_texts_are_bounded_for_very_small_models() -> None:
    schema = notes_schema({1: fields("user")}, plain=True)
    assert resolved(schema, "1")["properties"]["look"]["maxLength"] == 160


def test_the_form_looks_like_the_answer() -> None:
    assert json.loads(notes_form({1: fields("user"), 2: fields("assistant")}, "...")) == {
        "1": {"look": "...", "mood": ["..."]},
        "2": {"reasoning": "...", "act": ["..."]},
    }
    assert json.loads(notes_form({SESSION: fields("session")}, "……")) == {
        "summary": "……",
        "topic": "……",
        "guide": ["……"],
    }


def test_samples_reason_by_what_the_label_means() -> None:
    (sample,) = samples_of(fields("user"))
    assert sample.text == "Tuesday suits me."
    assert json.loads(sample.notes) == {"look": "at ease", "mood": ["Calm"]}
    assert list(samples_of(fields("session"))) == []


def test_of_a_large_set_some_samples_are_shown() -> None:
    many = LabelSet([Label(name=f"L{at}", examples={"*": [f"Text {at}."]}) for at in range(100)], "en")
    assert [sample.text for sample in samples_of([replace(fields("user")[1], labels=many)])] == [
        f"Text {at}." for at in range(MOST)
    ]
