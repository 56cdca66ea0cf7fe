"""What a text passes: filters, the ceiling of the run and the duplicate index, in which it takes its place at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from synthgen.dedup.index import DuplicateIndex, Sketches, Twin
from synthgen.engine.examiner import Examiner, Finding
from synthgen.engine.exemplars import seeds_of
from synthgen.engine.meanings import Meanings
from synthgen.filters import Ceilings
from synthgen.records import Candidate, Drop, Row, Stage, State
from synthgen.spec import Spec
from synthgen.steps.talk_plan import plan_talk
from synthgen.store.codec import row_number
from synthgen.store.ledger import Ledger

# The texts of rows that are compared with their like: messages (which open conversations too), replies, and whole
# conversations.
COMPARED: tuple[Stage, ...] = ("query", "reply", "conversation")
# Texts of a stage whose sketches are in memory, about a kilobyte each: a run waits for its models and not for a file,
# so its memory need not grow with its rows.
IN_MEMORY = 16_384
# Why a text is dropped that means what another one does.
SEMANTIC_DUPLICATE = "semantic_duplicate"
# Seeds hold places among the rows, by keys beyond any row's number.
FIRST_SEED = 1 << 40


class Screen:
    """Judges texts. The texts behind the index are in the ledger, save those not committed yet."""

    def __init__(
        self,
        spec: Spec,
        examiner: Examiner,
        ceilings: Ceilings | None,
        ledger: Ledger,
        meanings: Meanings | None = None,
        seed: int = 0,
    ) -> None:
        """`ceilings` bound how many texts may open or close alike, None for no bound; `meanings` are compared too.

        `seed` is the run's, by which the people of conversations are dealt.
        """
        self._spec = spec
        self._examiner = examiner
        self._ceilings = ceilings
        self._ledger = ledger
        self._meanings = meanings
        self._seed = seed
        self._uncommitted: dict[tuple[Stage, int], str] = {}
        # Seeds are taken places too, or a model that copies its examples would pass.
        self._seeds = [
            seed for topic in spec.topics for language in spec.languages for seed in seeds_of(spec, topic, language)
        ]
        self._indexes = {stage: self._index(stage) for stage in COMPARED}
        for key, text in enumerate(self._seeds, FIRST_SEED):
            self._indexes["query"].claim(key, text)

    @property
    def is_comparing(self) -> bool:
        """Whether a text that has passed `examine` is still to pass `compare`."""
        return self._meanings is not None

    async def restore_meanings(self, rows: Iterable[Row]) -> None:
        """Embed anew what an earlier process has compared of rows, accepted or under way. Raises a ModelError."""
        if self._meanings:
            seeds: Iterator[tuple[Stage, int, str]] = (
                ("query", key, text) for key, text in enumerate(self._seeds, FIRST_SEED)
            )
            texts = ((stage, row_number(row.id), text_of(row, stage)) for row in rows for stage in _meant(row))
            await self._meanings.restore(chain(seeds, texts))

    def restore(self, rows: Iterable[Row]) -> None:
        """Take the places of rows that are accepted or still under way."""
        for row in rows:
            for stage in _places(row):
                self._claim(stage, row)
            if self._ceilings and (row.drop is None or row.slot.cell.turns):
                sound = row.messages[: len(row.messages) - bool(row.drop)]
                whole: Stage = "conversation" if row.slot.cell.turns else "reply" if row.reply else "query"
                self._ceilings.claim(row_number(row.id), sound, row.slot.cell, whole)
                if row.state is State.ACCEPTED:
                    self._ceilings.settle(row_number(row.id))

    def candidate(self, row: Row, stage: Stage) -> Candidate:
        """Return the row's text of a stage as filters are asked about it."""
        return candidate_of(self._spec, row, stage, self._seed)

    def examine(self, row: Row, stage: Stage) -> Finding:
        """Return what the row's text of a stage shows, once it has taken its place if it may."""
        found = self._examiner.find(self.candidate(row, stage))
        return found if found.drop else found._replace(drop=self.admit(row, stage, found.sketches))

    def admit(self, row: Row, stage: Stage, sketches: Sketches) -> Drop | None:
        """Return why a text that passes its filters may not join the others, or None once it has taken its place."""
        number, cell = row_number(row.id), row.slot.cell
        if self._ceilings and (over := self._ceilings.over(number, row.messages, cell, stage, row.risk)):
            return over
        if compared := _compared(row, stage):
            drop = self._claim(compared, row, sketches)
            if drop is not None:
                return drop
        if self._ceilings:
            self._ceilings.claim(number, row.messages, cell, stage)
        return None

    async def compare(self, row: Row) -> Drop | None:
        """Return why the row's newest text, which is committed, is not new by what it means; None where it is.

        Raises a ModelError.
        """
        if self._meanings is None or (stage := _newest(row)) is None:
            return None
        number = row_number(row.id)
        twin = await self._meanings.claim(stage, number, text_of(row, stage))
        if twin is None:
            return None
        self._indexes[stage].release(number)
        if self._ceilings and stage == "reply":
            self._ceilings.release(number)
        return self._doubled(stage, twin, SEMANTIC_DUPLICATE, "It means the same as")

    def committed(self, row: Row) -> None:
        """Let go of texts that the ledger has now."""
        number = row_number(row.id)
        for stage in COMPARED:
            self._uncommitted.pop((stage, number), None)
        if self._ceilings and row.state is State.ACCEPTED:
            self._ceilings.settle(number)

    def release(self, row: Row) -> None:
        """Give back the places of a row that is dropped or surplus."""
        number = row_number(row.id)
        for stage in COMPARED:
            self._indexes[stage].release(number)
        if self._ceilings:
            self._ceilings.release(number)
        if self._meanings:
            self._meanings.release(number)

    def _index(self, stage: Stage) -> DuplicateIndex:
        return DuplicateIndex(self._spec.dedup.similarity, lambda key: self._text(stage, key), in_memory=IN_MEMORY)

    def _claim(self, stage: Stage, row: Row, sketches: Sketches = ()) -> Drop | None:
        number, text = row_number(row.id), text_of(row, stage)
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


def candidate_of(spec: Spec, row: Row, stage: Stage, seed: int) -> Candidate:
    """Return the row's text of a stage as filters are asked about it, in a run by this spec and seed."""
    talk = stage in ("turn", "conversation")
    return Candidate(
        stage=stage,
        text=text_of(row, stage),
        language=row.slot.cell.language,
        query=row.query if stage == "reply" else "",
        finish=row.finish,
        risk=row.risk or (stage != "reply" and spec.topic(row.slot.cell.topic).risk),
        shown=row.shown if stage == "query" else (),
        turns=row.messages if talk else (),
        band=row.slot.cell.band if talk else None,
        facts=plan_talk(spec, row.slot, seed).facts() if talk else {},
        page=row.page,
        cited=row.cited,
    )


def text_of(row: Row, stage: Stage) -> str:
    """Return the row's text of a stage: a message, a reply, the newest turn, or all turns a line each."""
    match stage:
        case "query":
            return row.query
        case "reply":
            return row.reply
        case "turn":
            return row.messages[-1].content if row.messages else ""
        case "conversation":
            return "\n".join(turn.content for turn in row.messages)


def _compared(row: Row, stage: Stage) -> Stage | None:
    """Return as what a text is compared with others: the turn that opens a conversation as the message that it is."""
    if stage == "turn":
        return "query" if len(row.messages) == 1 else None
    return stage


def _newest(row: Row) -> Stage | None:
    """Return what the newest text of a row is that passed, None for a turn within a conversation."""
    if row.slot.cell.turns:
        return "conversation" if row.state is State.REPLIED else "query" if len(row.messages) == 1 else None
    return "reply" if row.state is State.REPLIED else "query"


def _meant(row: Row) -> Iterator[Stage]:
    """Yield as what a row was compared by meaning; its newest text is compared as the row goes on."""
    if len(row.messages) > 1:
        yield "query"
    if row.state is State.ACCEPTED:
        yield "conversation" if row.slot.cell.turns else "reply"


def _places(row: Row) -> Iterator[Stage]:
    """Yield as what a row of an earlier process holds a place."""
    if row.slot.cell.turns:
        if len(row.messages) > 1 or (row.messages and row.drop is None):
            yield "query"
        if row.state is not State.DRAFTED and row.drop is None:
            yield "conversation"
        return
    if row.drop is None or row.drop.stage == "reply":
        yield "query"
    if row.reply and row.drop is None:
        yield "reply"
