"""Annotated dialogues whose every turn and note can be told apart, for the tests of tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from synthgen.export.annotation import with_annotation
from synthgen.export.example import Example, example_of
from synthgen.prompts import Prompts
from synthgen.records import Annotation, Note
from synthgen.rules.annotation import NoteField
from synthgen.spec import Spec, read_spec
from synthgen.tasks.tasks import TaskPlan, Tasks, plan_tasks

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
PSY, TENANT = (read_spec(ROOT / "topic_specs" / f"{name}.yaml") for name in ("psy_insight", "tenant_advice"))
SAID = {
    "en": ("I still think of number {} all day long.", "Let us look at number {} together, then."),
    "zh": ("第{}件事我一直放不下，心里很乱。", "那我们一起看看第{}件事，好吗？"),
}
NOTED = {"en": "What the {} shows at {}.", "zh": "{}在第{}处看到的情况。"}

PROMPTS = Prompts([TEMPLATES])

# Chooses the note of a field: its part, its name, its rule, the turn's number or 0.
Choose = Callable[[str, str, NoteField, int], Note]


def noter(spec: Spec, language: str, shift: int = 0) -> Choose:
    """Choose labels in turn, `shift` further on, two where there may be several; texts that name their place."""

    def choose(part: str, name: str, rule: NoteField, place: int) -> Note:
        if rule.labels:
            names = [label.name for label in spec.label_set(rule.labels)]
            picked = [names[(place + shift + at) % len(names)] for at in range(2 if rule.several else 1)]
            return Note(tuple(picked) if rule.several else picked[0])
        text = NOTED[language].format(f"{part} {name}", f"{place}+{shift}")
        return Note((text, f"2. {text}")) if rule.steps else Note(text)

    return choose


def annotated(
    spec: Spec, number: int, language: str, choose: Choose | None = None, turns: int = 6, **more: Any
) -> tuple[dict[str, Any], Annotation]:
    """Return a native row with a note on everything, and its notes. Each turn holds its own number, as "<3-2>"."""
    choose = choose or noter(spec, language)
    roles = ["assistant" if at % 2 else "user" for at in range(turns)]
    messages = [
        {"role": role, "content": SAID[language][at % 2].format(f"<{number}-{at + 1}>")}
        for at, role in enumerate(roles)
    ]
    row = {"id": f"row-{number}", "language": language, "messages": messages, **more}
    rules = spec.annotation
    sides: Mapping[str, Mapping[str, NoteField]] = {"user": rules.user, "assistant": rules.assistant}
    session = {name: choose("session", name, rule, 0) for name, rule in rules.session.items()}
    noted = {
        at: {name: choose(role, name, rule, at) for name, rule in sides[role].items()}
        for at, role in enumerate(roles, 1)
    }
    annotation = Annotation(session, noted)
    return with_annotation(row, annotation, rules), annotation


def source(rows: Sequence[Mapping[str, Any]]) -> Callable[[], Iterator[Example]]:
    """Return what yields the rows as examples, as often as it is called."""
    return lambda: (example for at, row in enumerate(rows, 1) if (example := example_of(row, at)))


def plan(
    rows: Sequence[Mapping[str, Any]],
    spec: Spec = PSY,
    shares: Mapping[str, float] | None = None,
    *,
    seed: int = 0,
    folders: Sequence[Path] = (),
) -> TaskPlan:
    return plan_tasks(
        source(rows), Tasks(spec, Prompts([*folders, TEMPLATES]) if folders else PROMPTS, shares or {}, seed)
    )


def question(lesson: Example) -> str:
    """Return all that stands before the answer."""
    return "\n".join(turn.content for turn in lesson.turns[:-1])


def answer(lesson: Example) -> str:
    return lesson.turns[-1].content


def of_task(lessons: Sequence[Example], name: str) -> list[Example]:
    return [lesson for lesson in lessons if lesson.row["task"] == name]
