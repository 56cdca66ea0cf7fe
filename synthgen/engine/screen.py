"""What a text passes: filters, the ceiling of the run and the duplicate index, in which it takes its place at once."""

from __future__ import annotations

from collections.abc import Iterable

from synthgen.dedup.index import DuplicateIndex, Sketches, Twin
from synthgen.engine.examiner import Examiner, Finding
from synthgen.engine.exemplars import seeds_of
from synthgen.engine.meanings import Meanings
from synthgen.filters import Ceiling
from synthgen.records import Candidate, Drop, Row, Stage, State
from synthgen.spec import Spec
from synthgen.store.codec import row_number
from synthgen.store.ledger import Ledger

STAGES: tuple[Stage, ...] = ("query", "reply")
# Seeds hold places among the rows, by keys beyond any row's number.
FIRST_SEED = 1 << 40


class Screen:
    """Judges texts. The texts behind the index are in the ledger, save those not committed yet."""

    def __init__(
        self,
        spec: Spec,
        examiner: Examiner,
        ceiling: Ceiling | None,
        ledger: Ledger,
        meanings: Meanings | None = None,
    ) -> None:
        """`ceiling` bounds how many replies may open or close alike, None for no bound; `meanings` are compared too."""
        self._spec = spec
        self._examiner = examiner
        self._ceiling = ceiling
        self._ledger = ledger
        self._meanings = meanings
        self._uncommitted: dict[tuple[Stage, int], str] = {}
        # Seeds are taken places too, or a model that copies its examples would pass.
        self._seeds = [
            seed for topic in spec.topics for language in spec.languages for seed in seeds_of(spec, topic, language)
        ]
        self._indexes = {
            "query": DuplicateIndex(spec.dedup.similarity, lambda key: self._text("query", key)),
            "reply": DuplicateIndex(spec.dedup.similarity, lambda key: self._text("reply", key)),
        }
        for key, seed in enumerate(self._seeds, FIRST_SEED):
            self._indexes["query"].claim(key, seed)

    @property
    def is_comparing(self) -> bool:
        """Whether a text that has passed `examine` is still to pass `compare`."""
        return self._meanings is not None

    async def restore_meanings(self, rows: Iterable[Row]) -> None:
        """Embed the rows that have a reply, held or accepted, anew. Raises a ModelError."""
        if self._meanings:
            await self._meanings.restore(enumerate(self._seeds, FIRST_SEED), rows)

    def restore(self, rows: Iterable[Row]) -> None:
        """Take the places of rows that are accepted or still under way."""
        for row in rows:
            if row.drop is None or row.drop.stage == "reply":
                self._claim("query", row)
            if row.reply and row.drop is None:
                self._claim("reply", row)
                self._count(row)

    def candidate(self, row: Row, stage: Stage) -> Candidate:
        """Return the row's text of a stage as filters are asked about it."""
        return Candidate(
            stage=stage,
            text=row.query if stage == "query" else row.reply,
            language=row.slot.cell.language,
            query=row.query if stage == "reply" else "",
            finish=row.finish,
            risk=row.risk if stage == "reply" else self._spec.topic(row.slot.cell.topic).risk,
            shown=row.shown if stage == "query" else (),
            page=row.page,
            cited=row.cited,
        )

    def examine(self, row: Row, stage: Stage) -> Finding:
        """Return what the row's text of a stage shows, once it has taken its place if it may."""
        found = self._examiner.find(self.candidate(row, stage))
        return found if found.drop else found._replace(drop=self.admit(row, stage, found.sketches))

    def admit(self, row: Row, stage: Stage, sketches: Sketches) -> Drop | None:
        """Return why a text that passes its filters may not join the others, or None once it has taken its place."""
        if stage == "query":
            return self._claim(stage, row, sketches)
        over = self._ceiling.over(self.candidate(row, stage)) if self._ceiling else None
        drop = over or self._claim(stage, row, sketches)
        if drop is None:
            self._count(row)
        return drop

    async def compare(self, row: Row) -> Drop | None:
        """Return why the row's newest text, which is committed, is not new by what it means; None where it is.

        Raises a ModelError.
        """
        if self._meanings is None:
            return None
        stage: Stage = "reply" if row.state is State.REPLIED else "query"
        number = row_number(row.id)
        twin = await self._meanings.claim(stage, number, row.reply if stage == "reply" else row.query)
        if twin is None:
            return None
        self._indexes[stage].release(number)
        if self._ceiling and stage == "reply":
            self._ceiling.release(number)
        return self._doubled(stage, twin, "semantic_duplicate", "It means the same as")

    def committed(self, row: Row) -> None:
        """Let go of texts that the ledger has now."""
        number = row_number(row.id)
        for stage in STAGES:
            self._uncommitted.pop((stage, number), None)

    def release(self, row: Row) -> None:
        """Give back the places of a row that is dropped or surplus."""
        number = row_number(row.id)
        for stage in STAGES:
            self._indexes[stage].release(number)
        if self._ceiling:
            self._ceiling.release(number)
        if self._meanings:
            self._meanings.release(number)

    def _count(self, row: Row) -> None:
        if self._ceiling:
            self._ceiling.claim(row_number(row.id), row.reply, row.slot.cell.language)

    def _claim(self, stage: Stage, row: Row, sketches: Sketches = ()) -> Drop | None:
        number, text = row_number(row.id), row.query if stage == "query" else row.reply
        twin = self._indexes[stage].claim(number, text, sketches)
        if twin is None:
            self._uncommitted[stage, number] = text
            return None
        return self._doubled(stage, twin, "duplicate", "It is nearly the same as")

    def _doubled(self, stage: Stage, twin: Twin, reason: str, how: str) -> Drop:
        whose = f"row {twin.key}" if twin.key < FIRST_SEED else "a seed of the spec"
        return Drop(
            stage,
            reason,
            f"{how} another text of the set (similarity {twin.similarity:.2f}). "
            "Write it anew, with another opening, other details and another structure.",
            evidence=f"{twin.similarity:.3f} to {whose}: {self._text(stage, twin.key)[:80]}",
            # A new message costs as much as a mended one and is farther from its twin.
            repairable=stage == "reply",
        )

    def _text(self, stage: Stage, key: int) -> str:
        if key >= FIRST_SEED:
            return self._seeds[key - FIRST_SEED]
        return self._uncommitted.get((stage, key)) or self._ledger.text(key, stage)
