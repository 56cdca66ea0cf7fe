"""Lessons: what they ask, in which words and language, what answers them, and that nothing of the answer is told."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from task_trials import PSY, ROOT, TENANT, annotated, answer, noter, of_task, plan, question

from synthgen.errors import TemplateError
from synthgen.records import Note, Turn
from synthgen.rules.annotation import NoteField
from synthgen.spec import Spec, parse_spec
from synthgen.tasks.task import tasks_of
from synthgen.text import cjk_share

SPECS = {"psy_insight": PSY, "tenant_advice": TENANT}
CASES = [("psy_insight", "en"), ("psy_insight", "zh"), ("tenant_advice", "en"), ("tenant_advice", "zh")]
JOINED = {"en": ", ", "zh": "、"}


def names(spec: Spec, label_set: str, language: str) -> dict[str, str]:
    return {label.name: label.names.get(language, label.name) for label in spec.label_set(label_set)}


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_task_is_asked_wherever_there_is_a_note(name: str, language: str) -> None:
    spec = SPECS[name]
    rows = [annotated(spec, number, language)[0] for number in (1, 2)]
    found = plan(rows, spec)
    counts = Counter(lesson.row["task"] for lesson in found.examples())
    places = {"session": 1, "user": 3, "assistant": 3}
    for task in tasks_of(spec).values():
        each = places[task.fields[0][0]] if task.kind in ("recognize", "write") else 3
        assert counts[task.name] == found.available[task.name] == found.wanted[task.name] == 2 * each


@pytest.mark.parametrize(("name", "language"), CASES)
def test_labels_are_asked_for_and_answered_in_the_language_of_the_dialogue(name: str, language: str) -> None:
    spec = SPECS[name]
    row, annotation = annotated(spec, 1, language)
    lessons = [*plan([row], spec).examples()]
    for task in tasks_of(spec).values():
        if task.kind != "recognize":
            continue
        [(part, field)] = task.fields
        shown = names(spec, spec.annotation.field(f"{part}.{field}").labels, language)
        for lesson in of_task(lessons, task.name):
            number = lesson.row["turn"]
            value = (annotation.turns[number] if number else annotation.session)[field].value
            labels = (value,) if isinstance(value, str) else value or ()
            assert answer(lesson) == JOINED[language].join(shown[label] for label in labels)
            assert [turn.role for turn in lesson.turns] == ["user", "assistant"]
            assert all(word in question(lesson) for word in shown.values())
            assert spec.translated(field, language).casefold() in question(lesson).casefold()


def test_half_of_the_wordings_tell_what_labels_mean() -> None:
    rows = [annotated(PSY, number, "en")[0] for number in range(4)]
    lessons = of_task([*plan(rows, shares={"topic": 1}).examples()], "topic")
    assert sorted("losing work" in question(lesson) for lesson in lessons) == [False, False, True, True]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_texts_of_a_session_are_written_as_they_were_noted(name: str, language: str) -> None:
    spec = SPECS[name]
    row, annotation = annotated(spec, 1, language)
    texts = [name for name, rule in spec.annotation.session.items() if not rule.labels]
    lessons = [lesson for lesson in plan([row], spec).examples() if lesson.row["task"] in texts]
    assert {lesson.row["task"] for lesson in lessons} == {*texts} != set()
    for lesson in lessons:
        note = annotation.session[lesson.row["task"]]
        if isinstance(note.value, tuple):
            # The second step came with a number of its own.
            assert answer(lesson) == f"1. {note.value[0]}\n2. {note.value[0]}"
        else:
            assert answer(lesson) == note.value
        assert all(turn["content"] in question(lesson) for turn in row["messages"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_reply_is_the_last_turn_of_the_real_talk(language: str) -> None:
    row, _ = annotated(PSY, 1, language)
    said = [Turn(turn["role"], turn["content"]) for turn in row["messages"]]
    lessons = [*plan([row], shares={"reply": 1}).examples()]
    assert [lesson.row["turn"] for lesson in lessons] == [2, 4, 6]
    for lesson in lessons:
        system, *turns = lesson.turns
        assert turns == said[: lesson.row["turn"]]
        assert system.role == "system"
        assert PSY.translated("supporter", language) in system.content


@pytest.mark.parametrize(("language", "names"), [("en", "Observation,Reasoning,Reply"), ("zh", "观察,理由,回应")])
def test_observation_and_reasoning_come_before_the_reply(language: str, names: str) -> None:
    row, annotation = annotated(PSY, 1, language)
    colon = "：" if language == "zh" else ": "
    lessons = [*plan([row], shares={"reason_then_reply": 1}).examples()]
    assert [lesson.row["turn"] for lesson in lessons] == [2, 4, 6]
    for lesson in lessons:
        number = lesson.row["turn"]
        values = (
            annotation.turns[number - 1]["observation"].value,
            annotation.turns[number]["reasoning"].value,
            row["messages"][number - 1]["content"],
        )
        wanted = [f"{name}{colon}{value}" for name, value in zip(names.split(","), values, strict=True)]
        assert answer(lesson).splitlines() == wanted
        assert all(name.casefold() in question(lesson).casefold() for name in names.split(","))


def test_only_what_was_noted_is_asked_for_before_a_reply() -> None:
    def choose(part: str, name: str, rule: NoteField, place: int) -> Note:
        return (
            Note(None, "unclear") if name == "observation" or place == 4 else noter(PSY, "en")(part, name, rule, place)
        )

    lessons = [*plan([annotated(PSY, 1, "en", choose)[0]], shares={"reason_then_reply": 1}).examples()]
    assert [lesson.row["turn"] for lesson in lessons] == [2, 6]
    for lesson in lessons:
        assert "observation" not in "\n".join(turn.content for turn in lesson.turns).casefold()
        assert answer(lesson).startswith("Reasoning: ")


@pytest.mark.parametrize(("name", "language"), CASES)
def test_a_prompt_does_not_change_with_what_is_noted(name: str, language: str) -> None:
    spec = SPECS[name]
    one, other = (
        [*plan([annotated(spec, 1, language, noter(spec, language, shift))[0]], spec).examples()] for shift in (0, 1)
    )
    assert [(lesson.id, question(lesson)) for lesson in one] == [(lesson.id, question(lesson)) for lesson in other]
    noted = [at for at, lesson in enumerate(one) if lesson.row["task"] != "reply"]
    assert all(answer(one[at]) != answer(other[at]) for at in noted)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_no_prompt_shows_the_answer_or_what_was_said_after_it(name: str, language: str) -> None:
    spec = SPECS[name]
    tasks = tasks_of(spec)
    lessons = [*plan([annotated(spec, 1, language)[0]], spec).examples()]
    assert {lesson.row["task"] for lesson in lessons} == {*tasks}
    for lesson in lessons:
        number = lesson.row["turn"]
        shown = [int(at) for at in re.findall(r"<1-(\d)>", question(lesson))]
        last = 6 if not number else number if tasks[lesson.row["task"]].kind == "recognize" else number - 1
        assert shown == [*range(1, last + 1)]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_prompts_are_filled_in_and_of_one_language(name: str, language: str) -> None:
    spec = SPECS[name]
    rows = [annotated(spec, number, language)[0] for number in range(8)]
    for lesson in plan(rows, spec).examples():
        for turn in lesson.turns:
            assert (
                re.search(
                    r"\{[{%#]|[}%#]\}|None|Undefined|\(\)|（）|\n\n\n|  |\.\.(?!\.)|。。|[.。] ?[,，]", turn.content
                )
                is None
            )
            assert turn.content == turn.content.strip()
        if spec is PSY:
            assert (cjk_share(question(lesson)) > 0.8) is (language == "zh")


@pytest.mark.parametrize("said", ["zh-CN", "ZH_hant", "zh"])
def test_a_dialect_is_asked_about_in_its_language(said: str) -> None:
    [lesson] = plan([annotated(PSY, 1, "zh")[0] | {"language": said}], shares={"topic": 1}).examples()
    assert "持续的抑郁" in question(lesson)
    assert lesson.language == said


def test_a_language_without_templates_is_asked_about_by_its_script() -> None:
    [lesson] = plan([annotated(PSY, 1, "en")[0] | {"language": "nl"}], shares={"topic": 1}).examples()
    assert "Ongoing Depression" in question(lesson)


def test_a_lesson_says_what_it_was_made_from() -> None:
    lessons = [*plan([annotated(PSY, 7, "en", topic="Job Crisis", source={"fake": True})[0]]).examples()]
    assert len({lesson.id for lesson in lessons}) == len(lessons)
    emotion = of_task(lessons, "emotion")[1]
    assert emotion.id == "row-7-emotion-3"
    wording = emotion.row["wording"]
    about = {"task": "emotion", "dialogue": "row-7", "turn": 3, "wording": wording, "source": {"fake": True}}
    assert dict(emotion.row) == about
    assert (emotion.topic, emotion.language) == ("Job Crisis", "en")
    assert of_task(lessons, "summary")[0].row["turn"] is None


def test_sessions_of_other_makers_are_read_as_they_stand() -> None:
    path = ROOT / "tests" / "formats" / "psy_insight_sessions.json"
    lessons = [*plan(json.loads(path.read_text(encoding="utf-8"))).examples()]
    # Labels by synonyms, lists written as texts; a blank turn and one that follows another of the same side.
    said = {lesson.id: answer(lesson) for lesson in lessons}
    assert said["2-psychotherapy"] == "Solution-Focused Brief Therapy"
    assert said["2-emotion-2"] == "Sadness, Anger"
    assert said["4-emotion-3"] == "内疚、悲伤"
    assert {"2-emotion-3", "2-emotion-5", "2-reply-1", "2-summary", "5-emotion-1", "6-reply-3"}.isdisjoint(said)


def test_a_task_may_have_a_template_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "tasks" / "recognize" / "emotion"
    own.mkdir(parents=True)
    wordings = "".join(f"{{% block wording_{at} %}}Way {at}{{% endblock %}}" for at in (2, 1, 10))
    (own / "en.j2").write_text(wordings + "{% block answer %}<{{ value[0] }}>{% endblock %}", encoding="utf-8")
    lessons = [*plan([annotated(PSY, 1, "en")[0]], folders=[tmp_path]).examples()]
    emotion = of_task(lessons, "emotion")
    assert {question(lesson) for lesson in emotion} == {"Way 1", "Way 2", "Way 10"}
    assert all(re.fullmatch(r"<\w+>", answer(lesson)) for lesson in emotion)
    assert "Choose" in question(of_task(lessons, "strategy")[0]) or "fit" in question(of_task(lessons, "strategy")[0])


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{% block answer %}{% endblock %}", "has no block 'wording_1'"),
        ("{% block wording_1 %}{{ value }}{% endblock %}{% block answer %}{% endblock %}", "'value' is undefined"),
        ("{% block wording_1 %}{% endblock %}", "has no block 'answer'"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_by_its_name(tmp_path: Path, source: str, told: str) -> None:
    own = tmp_path / "tasks" / "write" / "summary"
    own.mkdir(parents=True)
    (own / "en.j2").write_text(source, encoding="utf-8")
    with pytest.raises(TemplateError, match=f"tasks/write/summary/en.j2.*{told}"):
        list(plan([annotated(PSY, 1, "en")[0]], shares={"summary": 1}, folders=[tmp_path]).examples())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_template_has_at_least_four_wordings_and_each_is_its_own(language: str) -> None:
    rows = [annotated(PSY, number, language)[0] for number in range(4)]
    lessons = [*plan(rows, shares={"topic": 1, "summary": 1, "guide": 1}).examples()]
    lessons += [
        *plan([annotated(PSY, 9, language, turns=8)[0]], shares={"reply": 1, "reason_then_reply": 1}).examples()
    ]
    for task in ("topic", "summary", "guide", "reply", "reason_then_reply"):
        told = {re.sub(r"<.*?>", "", lesson.turns[0].content) for lesson in of_task(lessons, task)}
        assert len(told) == len(of_task(lessons, task)) == 4


def test_fields_without_a_word_about_them_make_whole_sentences() -> None:
    spec = parse_spec(
        """
name: desk
topics: [Delivery, Refund]
labels: {mood: [Calm, Cross]}
annotation:
  session: {gist: {}, advice: {steps: true}}
  user: {mood: {labels: mood}, look: {steps: true}}
""",
        "desk.yaml",
    )
    for language in ("en", "zh"):
        rows = [annotated(spec, number, language)[0] for number in range(4)]
        for lesson in plan(rows, spec).examples():
            assert re.search(r"[:：] *(\n|$)\n*[:：]|: *\.|：。|\(\)|[.。] *[.。]", question(lesson)) is None
            assert all(line == line.rstrip() for line in question(lesson).splitlines())
