"""What a card says is in the files: splits, columns, rows by topic and language, and what was not written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from synthgen.card.facts import Facts
from synthgen.card.files import Kind, Written, WrittenFile
from synthgen.card.markdown import code, escaped, table

# Topics with most rows are told one by one, the others together.
_MOST_TOPICS = 100


def contents(facts: Sequence[Facts], files: Sequence[WrittenFile], written: Written) -> Iterator[str]:
    """Yield the sections about what was written."""
    yield "## What is in it"
    yield table(["split", ">rows", ">files", ">size"], _splits(files))
    if files and files[0].columns:
        yield table(["column", "holds"], [(code(name), told(kind)) for name, kind in files[0].columns.items()])
    if cells := cells_of(facts, written):
        yield "### Rows by topic and language"
        yield from _topics(cells, is_exact=bool(written.cells))
    if any((written.settings, written.left_out, written.changed, written.tasks)):
        yield "### Export"
    if written.settings:
        rows = [(_words(name), _value(value)) for name, value in written.settings.items()]
        yield table(["setting", "value"], rows)
    for counts, what in ((written.tasks, "task"), (written.left_out, "left out"), (written.changed, "changed")):
        if counts:
            yield table([what, ">rows"], [(_words(name), f"{count:,}") for name, count in counts.items()])


def cells_of(facts: Sequence[Facts], written: Written) -> Mapping[tuple[str, str], int]:
    """Return rows by topic and language: what an export wrote, or else what there was to be written."""
    return written.cells or sum((Counter(source.cells) for source in facts), Counter())


def told(kind: Kind) -> str:
    """Return what a column holds as people are told it: "list of (role: text, content: text)"."""
    if isinstance(kind, str):
        return escaped(kind)
    if isinstance(kind, list):
        return f"list of {told(kind[0])}"
    inner = ", ".join(f"{escaped(name)}: {told(each)}" for name, each in kind.items())
    return f"({inner})"


def size_told(size: int) -> str:
    """Return a number of bytes with the unit that suits it."""
    amount, units = float(size), ["B", "kB", "MB", "GB"]
    while amount >= 1000 and len(units) > 1:
        amount /= 1000
        units.pop(0)
    return f"{amount:,.0f} {units[0]}" if units[0] == "B" else f"{amount:,.1f} {units[0]}"


def _words(name: str) -> str:
    return escaped(name.replace("_", " "))


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{escaped(str(name))} {_value(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return escaped(f"{value:g}" if isinstance(value, float) else str(value))


def _splits(files: Sequence[WrittenFile]) -> Iterator[tuple[str, ...]]:
    for split in dict.fromkeys(file.split for file in files):
        own = [file for file in files if file.split == split]
        size = size_told(sum(file.bytes for file in own))
        yield code(split), f"{sum(file.rows for file in own):,}", f"{len(own):,}", size


def _topics(cells: Mapping[tuple[str, str], int], *, is_exact: bool) -> Iterator[str]:
    """Yield the counts; those of a run are of its own rows, of which the export may have left some out."""
    by_topic: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (topic, language), count in cells.items():
        by_topic[topic][language] += count
    spoken = sorted({language for _, language in cells})
    ordered = sorted(by_topic.items(), key=lambda each: -each[1].total())
    shown, others = ordered[:_MOST_TOPICS], ordered[_MOST_TOPICS:]
    if others:
        rest: Counter[str] = sum((counts for _, counts in others), Counter())
        shown.append((f"{len(others):,} other topics", rest))
    rows = [
        (escaped(topic) or "(none)", *(f"{counts[language]:,}" for language in spoken), f"{counts.total():,}")
        for topic, counts in shown
    ]
    if not is_exact:
        yield "Counted in what the rows were taken from."
    yield table(["topic", *(f">{escaped(language) or '(none)'}" for language in spoken), ">all"], rows)
