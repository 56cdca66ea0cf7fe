"""Instruction-tuning tasks made of annotated dialogues, mixed in given shares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from synthgen.annotation.labels import LabelSet
from synthgen.errors import FileError, UsageError
from synthgen.export.example import Example
from synthgen.formats.annotated import annotation_in
from synthgen.hashing import seed_of
from synthgen.prompts import Prompts
from synthgen.records import Role
from synthgen.spec import Spec
from synthgen.tasks.asks import Ask, asks_of
from synthgen.tasks.lessons import FOLDER, Lessons
from synthgen.tasks.mixing import Sieve, mixed
from synthgen.tasks.talk import Talk
from synthgen.tasks.task import tasks_of
from synthgen.text import nearest_language

Examples = Callable[[], Iterator[Example]]


class Tasks:
    """The tasks wanted of a spec's notes, with their `shares`; without shares all tasks, each as often as it can be.

    Raises UsageError for a task that the spec does not have.
    """

    def __init__(self, spec: Spec, prompts: Prompts, shares: Mapping[str, float], seed: int = 0) -> None:
        known = tasks_of(spec)
        if unknown := [name for name in shares if name not in known]:
            raise UsageError(f"--tasks: {unknown[0]!r} is not known.", hint=f"choose among {', '.join(known)}.")
        self.spec, self.prompts, self.shares, self.seed = spec, prompts, shares, seed
        self.wanted = {name: known[name] for name in (shares or known)}
        self._kinds = {task.kind for task in self.wanted.values()}
        self._sets = cache(lambda name: LabelSet(spec.label_set(name), ""))
        self._speakers = cache(self._speakers_in)

    def asks(self, example: Example) -> Iterator[tuple[Ask, Talk, str]]:
        """Yield what a dialogue can be asked, with its talk and the language to ask in. A row's notes may be null."""
        turns = tuple(turn for turn in example.turns if turn.role != "system")
        language = self._language(example)
        talk = Talk(turns, self._speakers(language))
        annotation, _ = annotation_in(
            example.row, self.spec.annotation, lambda name, words: self._sets(name).found(words)
        )
        for task in self.wanted.values():
            for ask in asks_of(task, talk, annotation):
                yield ask, talk, language

    def _language(self, example: Example) -> str:
        """Return a dialogue's language where all templates know it, else that of its script."""
        said = re.split(r"[-_]", example.language.lower())[0]
        if all(self.prompts.has(f"{FOLDER}/{kind}", said, plain=False) for kind in self._kinds):
            return said
        return nearest_language("\n".join(turn.content for turn in example.turns))

    def _speakers_in(self, language: str) -> Mapping[Role, str]:
        roles = self.spec.roles
        return {
            "user": self.spec.translated(roles.user, language),
            "assistant": self.spec.translated(roles.assistant, language),
        }


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """How many lessons of each task there could be (`available`) and how many there will be (`wanted`)."""

    tasks: Tasks
    rows: Examples
    available: Mapping[str, int]
    wanted: Mapping[str, int]

    def examples(self) -> Iterator[Example]:
        """Yield the lessons in the order of their dialogues, the same whenever it is called.

        Raises FileError when the rows are no longer those that were counted, and TemplateError.
        """
        tasks = self.tasks
        lessons = Lessons(tasks.spec, tasks.prompts, tasks.seed)
        sieves = {
            name: Sieve(wanted, self.available[name], seed_of(tasks.seed, "task", name))
            for name, wanted in self.wanted.items()
        }
        for example in self.rows():
            for ask, talk, language in tasks.asks(example):
                if sieves[ask.task.name].keeps():
                    yield lessons.lesson(example, talk, ask, language)
        for name, sieve in sieves.items():
            if sieve.kept < sieve.wanted:
                raise FileError(
                    f"only {sieve.kept} of {sieve.wanted} {name} tasks were found again: the rows changed meanwhile.",
                    hint="export again.",
                )


def plan_tasks(rows: Examples, tasks: Tasks) -> TaskPlan:
    """Count what the rows allow and settle how many lessons of each task there will be; `rows` is called once here.

    Raises UsageError for a task with a share that no row has anything for.
    """
    counted = Counter(ask.task.name for example in rows() for ask, _, _ in tasks.asks(example))
    available = {name: counted[name] for name in tasks.wanted}
    lacking = [name for name, count in available.items() if not count]
    if lacking and (tasks.shares or len(lacking) == len(available)):
        raise UsageError(
            f"--tasks: no row has what {', '.join(lacking)} needs.",
            hint="leave it out, or label the rows first, by `synthgen annotate`.",
        )
    return TaskPlan(tasks, rows, available, mixed(available, tasks.shares) if tasks.shares else available)
