"""Rows of any file through the filters of a spec: the recipe behind `synthgen filter`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from synthgen.errors import UsageError
from synthgen.files import private_files, share_files
from synthgen.filters import CEILING, FILTERS, Ceilings, Check, build_ceilings, named_checks
from synthgen.filters.crisis import shows_risk
from synthgen.formats.private import private_source
from synthgen.formats.records import own_id
from synthgen.formats.rows import open_writer, read_records
from synthgen.formats.shapes import dialogue_of, language_of, said_language
from synthgen.formats.sources import place_of, source_of
from synthgen.formats.watch import Watch, unwatched
from synthgen.records import Candidate, Cell, Drop, Stage, Turn
from synthgen.spec import Spec
from synthgen.store.private import private_run

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
    """The filters of a spec for each stage, in order, and the ceilings over all rows that pass them."""

    spec: Spec
    checks: Mapping[Stage, Mapping[str, Check]]
    ceilings: Ceilings | None
    _passed: int = field(default=0, init=False)

    def fault(self, row: Mapping[str, Any]) -> tuple[str, Drop] | None:
        """Return why a row does not pass, with the filter's name, or None. A row that passes counts in the ceilings."""
        turns = [turn for turn in dialogue_of(row) or () if turn.role != "system"]
        if not any(turn.role == "user" for turn in turns):
            return "shape", NO_DIALOGUE
        language = self._language(row, turns)
        for candidate in candidates_of(turns, language, self._risk(row, turns)):
            for name, check in self.checks[candidate.stage].items():
                if (drop := check(candidate)) is not None:
                    return name, drop
            if self.ceilings is not None and candidate.stage != "query":
                stage, cell = candidate.stage, Cell("", language, f"1-{len(turns)}" if candidate.turns else "")
                if (drop := self.ceilings.over(self._passed, turns, cell, stage, candidate.risk)) is not None:
                    return CEILING, drop
                self.ceilings.claim(self._passed, turns, cell, stage)
                self._passed += 1
        return None

    def _language(self, row: Mapping[str, Any], turns: Sequence[Turn]) -> str:
        """Return a row's language. All that do not say theirs are to be in the spec's, where it has but one."""
        languages = [*self.spec.languages]
        if len(languages) == 1:
            return said_language(row) or languages[0]
        return language_of(row, turns, languages)

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


def sieve_of(
    spec: Spec,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    *,
    plain: Mapping[Stage, bool] = MappingProxyType({}),
) -> Sieve:
    """Return the filters of a spec: those in `only` (all when empty), without those in `skip`.

    `plain` are the stages whose texts very small models wrote, which are asked for less.

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
    stages: tuple[Stage, ...] = ("query", "reply", "conversation")
    checks = {stage: named_checks(spec, plain.get(stage, False)) for stage in stages}
    return Sieve(spec, checks, build_ceilings(spec, plain.get("reply", False)))


def sift_file(
    path: str | Path,
    sieve: Sieve,
    *,
    out: Path | None = None,
    dropped: Path | None = None,
    told: Callable[[Fault], None] = lambda fault: None,
    watch: Watch = unwatched,
) -> Sifted:
    """Put a file's rows through a sieve, one in memory at a time.

    Rows that pass are written to `out` as they are, the faults of the others to `dropped`; `told` hears of each, and
    `watch` how many rows are through. Both files are for their owner alone if any row was made from transcripts or case
    reports.
    Raises FileError, RunError, MissingExtraError, DiskError or UsageError.
    """
    source = source_of(path)
    for target in (out, dropped):
        if target is not None and place_of(target) == place_of(source.path):
            raise UsageError(f"{target}: is the file that is read.", hint="write to another one.")
    rows, faults = 0, Counter[tuple[str, str]]()
    private = private_run(path)
    # A pipe tells only at its end that nothing of it was private.
    with private_files(), ExitStack() as files:
        kept = files.enter_context(open_writer(out, like=[source])) if out else None
        explained = files.enter_context(open_writer(dropped)) if dropped else None
        for record in read_records(source):
            rows += 1
            watch("Filtering rows", rows, 0)
            private = private or private_source(record.row)
            if (found := sieve.fault(record.row)) is None:
                if kept is not None:
                    kept.write(record.row, record.line)
                continue
            fault = Fault(record.number, own_id(record.row), *found)
            faults[fault.filter, fault.drop.reason] += 1
            told(fault)
            if explained is not None:
                explained.write(fault.record())
    if not private:
        share_files(*filter(None, (out, dropped)))
    return Sifted(rows, faults)
