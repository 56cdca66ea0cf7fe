"""Tasks made of the dialogues of an export, each in the split of its dialogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from synthgen.export.example import Example
from synthgen.export.pairs import Rows
from synthgen.export.tally import Tally
from synthgen.tasks.tasks import Tasks, plan_tasks


@dataclass(slots=True)
class Lessons:
    """The tasks made of the dialogues in `rows`. `place` is that of the dialogue that the last one was made of."""

    rows: Rows
    tasks: Tasks
    place: int = field(default=0, init=False)

    def examples(self, tally: Tally) -> Iterator[Example]:
        """Yield the tasks in the order of their dialogues, and count in the tally what becomes of these.

        Raises UsageError for a task that no row has anything for.
        """
        counts, dialogue = Tally(doing="Counting tasks"), None

        def followed() -> Iterator[Example]:
            # A dialogue is asked for only when all tasks of the one before are made.
            nonlocal dialogue
            for place, dialogue in enumerate(self.rows(counts)):
                self.place = place
                yield dialogue

        plan, counts = plan_tasks(followed, self.tasks), tally
        for lesson in plan.examples():
            source = dialogue.row.get("source") if dialogue is not None else None
            yield replace(lesson, row={**lesson.row, "source": source})
