"""Rows of any file through the filters of a spec: the recipe behind `synthgen filter`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from synthgen.errors import UsageError
from synthgen.filters import CEILING, FILTERS, Ceilings, Check, build_ceilings, named_checks
from synthgen.filters.crisis import shows_risk
from synthgen.formats.rows import open_writer, read_records
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.formats.sources import source_of
from synthgen.records import Candidate, Cell, Drop, Turn
from synthgen.spec import Spec

NO_DIALOGUE = Drop("conversation", "no_dialogue", "It holds no message of a user in a shape that is known.")


@dataclass(frozen=True, slots=True)
class Sifted:
    """What became of a file's rows; drops are counted by (filter, reason)."""

    rows: int
    dropped: Counter[tuple[str, str]]

    @property
    def kept(self) -> int:
        return self.rows - self.dropped.total()


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that does not pass: its number in the file, its id if it has one, the filter, and the drop."""

    number: int
    id: str
    filter: str
    drop: Drop

    def record(self) -> dict[str, Any]:
        """Return the fault as a row of a file."""
        told = asdict(self.drop)
        return {"row": self.number, "id": self.id, "filter": self.filter} | {
            key: told[key] for key in ("stage", "reason", "detail", "evidence")
        }


@dataclass(slots=True)
class Sieve:
    """The filters of a spec, in order, and the ceilings over all rows that pass them."""

    spec: Spec
    checks: Mapping[str, Check]
    ceilings: Ceilings | None
    _passed: int = field(default=0, init=False)

    def fault(self, row: Mapping[str, Any]) -> tuple[str, Drop] | None:
        """Return why a row does not pass, with the filter's name, or None. A row that passes counts in the ceilings."""
        turns = [turn for turn in dialogue_of(row) or () if turn.role != "system"]
        if not any(turn.role == "user" for turn in turns):
            return "shape", NO_DIALOGUE
        language = language_of(row, turns)
        for candidate in candidates_of(turns, language, self._risk(row, turns)):
            for name, check in self.checks.items():
                if (drop := check(candidate)) is not None:
                    return name, drop
            if self.ceilings is not None and candidate.stage != "query":
                stage, cell = candidate.stage, Cell("", language, f"1-{len(turns)}" if candidate.turns else "")
                if (drop := self.ceilings.over(self._passed, turns, cell, stage, candidate.risk)) is not None:
                    return CEILING, drop
                self.ceilings.claim(self._passed, turns, cell, stage)
                self._passed += 1
        return None

    def _risk(self, row: Mapping[str, Any], turns: Sequence[Turn]) -> bool:
        flagged = {topic.name for topic in self.spec.topics if topic.risk}
        said = (turn.content for turn in turns if turn.role == "user")
        topic = row.get("topic")
        return (isinstance(topic, str) and topic in flagged) or (self.spec.crisis.detect and any(map(shows_risk, said)))


def candidates_of(turns: Sequence[Turn], language: str, risk: bool) -> Iterator[Candidate]:
    """Yield what filters are asked about: a message, then its reply; or a conversation of more turns as a whole."""
    query = turns[0].content
    if [turn.role for turn in turns] in (["user"], ["user", "assistant"]):
        yield Candidate("query", query, language)
        if len(turns) > 1:
            yield Candidate("reply", turns[1].content, language, query=query, risk=risk)
        return
    text = "\n".join(turn.content for turn in turns)
    yield Candidate("conversation", text, language, risk=risk, turns=tuple(turns))


def sieve_of(spec: Spec, only: Collection[str] = (), skip: Collection[str] = (), *, plain: bool = False) -> Sieve:
    """Return the filters of a spec: those in `only` (all when empty), without those in `skip`.

    `plain` is for rows of very small models, which are asked for less.

    Raises UsageError for a name that is no filter's, SpecError for options that cannot be.
    """
    known = [*FILTERS, CEILING]
    for name in (*only, *skip):
        if name not in known:
            raise UsageError(f"{name}: no such filter.", hint=f"there are {', '.join(known)}.")
    chosen = {name: spec.filters.get(name, True) or name in only for name in known}
    for name in known:
        if (only and name not in only) or name in skip:
            chosen[name] = False
    spec = spec.model_copy(update={"filters": chosen})
    return Sieve(spec, named_checks(spec, plain), build_ceilings(spec, plain))


def sift_file(
    path: str | Path,
    sieve: Sieve,
    *,
    out: Path | None = None,
    dropped: Path | None = None,
    told: Callable[[Fault], None] = lambda fault: None,
) -> Sifted:
    """Put a file's rows through a sieve, one in memory at a time.

    Rows that pass are written to `out` as they are, the faults of the others to `dropped`; `told` hears of each.
    Raises FileError, MissingExtraError, DiskError or UsageError.
    """
    source = source_of(path)
    for target in (out, dropped):
        if target is not None and target.resolve() == source.path.resolve():
            raise UsageError(f"{target}: is the file that is read.", hint="write to another one.")
    rows, faults = 0, Counter[tuple[str, str]]()
    with ExitStack() as files:
        kept = files.enter_context(open_writer(out, like=[source])) if out else None
        explained = files.enter_context(open_writer(dropped)) if dropped else None
        for record in read_records(source):
            rows += 1
            if (found := sieve.fault(record.row)) is None:
                if kept is not None:
                    kept.write(record.row, record.line)
                continue
            fault = Fault(record.number, str(record.row.get("id") or ""), *found)
            faults[fault.filter, fault.drop.reason] += 1
            told(fault)
            if explained is not None:
                explained.write(fault.record())
    return Sifted(rows, faults)
