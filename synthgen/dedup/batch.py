"""Duplicates among rows and files of rows, and rows that an evaluation set holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from synthgen.dedup.evaluation import Evaluation
from synthgen.dedup.evaluation_files import evaluation_files
from synthgen.dedup.matching import match_rows
from synthgen.dedup.outcome import Outcome
from synthgen.dedup.places import Place, Places
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import REASONS, USUAL, Match, Rules
from synthgen.dedup.texts import texts_in
from synthgen.errors import FileError, UsageError
from synthgen.files import private_files
from synthgen.formats.pipes import readable_again
from synthgen.formats.rows import Writer, open_writer, read_records
from synthgen.formats.sources import STDIN, Source, format_of, place_of, source_of
from synthgen.formats.watch import Watch, unwatched, watched

# Clusters that a result names.
_BIGGEST = 5


# Compares the rows that are still kept in another way, and returns those that are dropped for it.
Compare = Callable[[Pool, Mapping[int, Match], Watch], Mapping[int, Match]]


@dataclass(frozen=True, slots=True)
class DedupResult:
    """What became of the rows.

    `dropped` counts by reason; `silent` rows hold no text that could be compared, and are kept. `clusters` is how
    many kept rows have duplicates; `biggest` are some of them, with how many. `written` are the files made.
    """

    rows: int
    dropped: Mapping[str, int]
    silent: int
    clusters: int
    biggest: tuple[tuple[Place, int], ...]
    written: tuple[Path, ...]

    @property
    def kept(self) -> int:
        return self.rows - sum(self.dropped.values())


def dedup_files(
    paths: Sequence[str | Path],
    out: str | Path | None = None,
    *,
    dropped: str | Path | None = None,
    clusters: str | Path | None = None,
    against: Sequence[str | Path] = (),
    rules: Rules = USUAL,
    compare: Compare = lambda pool, matches, watch: {},
    watch: Watch = unwatched,
) -> DedupResult:
    """Keep one of each cluster of rows that are alike.

    `paths` are files, run folders or "-" for stdin; `against` are evaluation sets, which may be .txt files and folders
    of files as well. In their order, the kept rows go to `out`, the others with their twins to `dropped`; `clusters`
    tells for kept rows which others are like them. Files of rows that were made from transcripts or case reports are
    for their owner alone. `compare` looks once more at the rows that are kept; `watch` is told how far the work has
    come. The rows are read twice and are not held in memory. Raises FileError, UsageError, MissingExtraError or
    DiskError, and what `compare` raises.
    """
    asked = {"--out": out, "--dropped": dropped, "--clusters": clusters}
    outputs = {option: Path(path) for option, path in asked.items() if path is not None}
    with ExitStack() as stack:
        named, references = [source_of(path) for path in paths], evaluation_files(against)
        _check_files(named, references, outputs)
        evaluation = stack.enter_context(Evaluation(rules))
        for file in references:
            watch("Reading evaluation sets", 0, 0)
            evaluation.read(file)
        sources = [stack.enter_context(readable_again(source)) for source in named]
        stamps = [_stamp(source) for source in sources]
        pool, places = stack.enter_context(Pool(rules)), stack.enter_context(Places())
        held = _pooled(pool, watched(_placed(sources, places), watch, "Reading rows"), evaluation, rules)
        pool.check(", ".join(source.name for source in sources))
        matches = match_rows(pool, held, rules, watch)
        matches |= compare(pool, matches, watch)
        outcome = Outcome(pool, places, matches, evaluation.places)
        with (
            private_files(bool(pool.private)),
            _opened(outputs.get("--out"), sources) as kept,
            _opened(outputs.get("--dropped")) as gone,
            _opened(outputs.get("--clusters")) as told,
        ):
            if kept or gone:
                records = chain.from_iterable(map(read_records, sources))
                outcome.write_rows(watched(records, watch, "Writing rows", len(pool)), kept, gone)
            if told:
                watch("Writing clusters", 0, 0)
                outcome.write_clusters(told)
            if stamps != [_stamp(source) for source in sources]:
                raise FileError("a file was changed while it was read.", hint="run it again when nothing writes to it.")
        return _result(outcome, tuple(outputs.values()))


def _placed(sources: list[Source], places: Places) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of files, and note where they stand."""
    for source in sources:
        places.begin(source.name)
        for record in read_records(source):
            places.add(record.number, record.row)
            yield record.row


def _pooled(pool: Pool, rows: Iterable[Mapping[str, Any]], evaluation: Evaluation, rules: Rules) -> dict[int, Match]:
    """Take what is compared of all rows, and return those that the evaluation sets hold, by number."""
    found = {}
    for number, row in enumerate(rows):
        pool.add(row)
        if evaluation.told and (held := evaluation.find(texts_in(row, rules.fields))):
            found[number] = held.as_match()
    return found


def _result(outcome: Outcome, written: tuple[Path, ...]) -> DedupResult:
    counts = Counter(match.reason for match in outcome.matches.values())
    clusters = outcome.clusters()
    biggest = sorted(clusters, key=lambda number: -len(clusters[number]))[:_BIGGEST]
    return DedupResult(
        rows=len(outcome.pool),
        dropped={reason: counts[reason] for reason in REASONS if counts[reason]},
        silent=outcome.pool.silent,
        clusters=len(clusters),
        biggest=tuple((outcome.places[number], len(clusters[number])) for number in biggest),
        written=written,
    )


def _check_files(sources: list[Source], references: list[Path], outputs: Mapping[str, Path]) -> None:
    """Refuse files that would be read empty or overwritten, before anything is read."""
    if not sources:
        raise UsageError("no file to look at.", hint="name one or more, or - for stdin.")
    read = [*(source.path for source in sources), *references]
    if read.count(Path(STDIN)) > 1:
        raise UsageError("stdin is named twice.", hint="it can be read once.")
    for path in outputs.values():
        format_of(path)
    places = {option: place_of(path) for option, path in outputs.items()}
    for path in read:
        for option, place in places.items():
            if place == place_of(path):
                raise UsageError(f"{option} {place}: is read as well.", hint="write to another file.")
    if len(set(places.values())) < len(places):
        raise UsageError(f"{' and '.join(places)}: are one file.", hint="write each to a file of its own.")
    both = {place_of(source.path) for source in sources} & {place_of(path) for path in references}
    if both:
        raise UsageError(f"--against {min(both)}: is looked at as well.", hint="all of its rows would be dropped.")


def _opened(path: Path | None, like: Sequence[Source] = ()) -> AbstractContextManager[Writer | None]:
    return open_writer(path, like) if path else nullcontext()


def _stamp(source: Source) -> tuple[int, int]:
    """Return what changes with a file; one that is not there is told when it is read."""
    if not source.path.exists():
        return 0, 0
    standing = source.path.stat()
    return standing.st_mtime_ns, standing.st_size
