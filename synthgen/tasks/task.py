"""The tasks that a spec's notes serve, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from synthgen.spec import Spec
from synthgen.weights import named_weights

Kind = Literal["recognize", "write", "next_turn", "reason"]

REPLY = "reply"
REASON_THEN_REPLY = "reason_then_reply"
# What is typed for every task there is, each as often as the rows allow.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of lesson: its name, the folder of its template, and the fields that its answer is made from.

    A field is its part ("session", "user" or "assistant") and its name.
    """

    name: str
    kind: Kind
    fields: tuple[tuple[str, str], ...] = ()


def tasks_of(spec: Spec) -> dict[str, Task]:
    """Return the tasks of a spec by name.

    Each label field is a task to recognize it, each text of a session one to write it, named by the field, or by its
    path where two would be named alike. Replies are a task by themselves, and one more where texts of turns reason
    about them.
    """
    recognized: list[tuple[str, str]] = []
    written: list[tuple[str, str]] = []
    reasons: list[tuple[str, str]] = []
    for path, rule in spec.annotation.fields():
        part, _, name = path.partition(".")
        kind = recognized if rule.labels else written if part == "session" else reasons
        kind.append((part, name))
    replies = [Task(REPLY, "next_turn")]
    if reasons:
        # What the user's turn shows comes before what the reply to it is about.
        by_side = sorted(reasons, key=lambda field: field[0] != "user")
        replies.append(Task(REASON_THEN_REPLY, "reason", tuple(by_side)))
    named = Counter([name for _, name in recognized + written] + [REPLY, REASON_THEN_REPLY])

    def own(kind: Kind, fields: Iterable[tuple[str, str]]) -> list[Task]:
        return [Task(name if named[name] == 1 else f"{part}.{name}", kind, ((part, name),)) for part, name in fields]

    return {task.name: task for task in (*own("recognize", recognized), *replies, *own("write", written))}


def tasks_said(text: str, spec: Spec) -> dict[str, float]:
    """Return the shares in "emotion=2,reply", none for "all". Raises UsageError, which lists the tasks there are."""
    return {} if text.strip() == ALL else named_weights("--tasks", text, [*tasks_of(spec)])
