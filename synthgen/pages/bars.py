"""Counts as bars: those of one side as they are, those of two sides as shares of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synthgen.pages.blocks import Picture
from synthgen.pages.words import count, label
from synthgen.report.charts import Bar, bar_chart
from synthgen.report.figures import share

MOST_BARS = 60
# More names than these are parted into two pictures.
_MOST_TOGETHER = 20


def count_bars(
    title: str,
    counts: Sequence[Mapping[str, int]],
    *,
    wholes: Sequence[float] | None = None,
    wanted: Sequence[Mapping[str, float]] = (),
    most: int = MOST_BARS,
    note: str = "",
) -> list[Picture]:
    """Return pictures of the counts of each side by name: none where no side has any, two of one scale for many names.

    `wholes` are what shares are of, the sum of the counts where it is not said; `wanted` are counts too, by name.
    The first side's order is kept; where there are too many names the first ones are shown, and how many are not.
    """
    names = [*dict.fromkeys(name for side in (*counts, *wanted) for name in side)]
    if not any(sum(side.values()) for side in counts):
        return []
    several = len(counts) > 1
    bars = []
    for name in names[:most]:
        for number, side in enumerate(counts):
            whole = (wholes[number] if wholes else sum(side.values())) or 1
            aim = wanted[number].get(name) if number < len(wanted) else None
            unit = whole if several else 1
            told = _told(side.get(name, 0), whole, aim, as_share=several or bool(wholes))
            bars.append(Bar(label(name), side.get(name, 0) / unit, told, None if aim is None else aim / unit, number))
    notes = [note] if note else []
    if len(names) > most:
        notes.append(f"{len(names) - most:,} more are not shown.")
    bars = _apart(bars)
    longest = max(max(bar.value, bar.wanted or 0) for bar in bars)
    half = len(bars) if len(bars) <= _MOST_TOGETHER * len(counts) else -(-len(bars) // 2 // len(counts)) * len(counts)
    return [
        Picture(
            title if not start else f"{title}, continued",
            bar_chart(bars[start : start + half], longest),
            " ".join(notes),
        )
        for start in range(0, len(bars), half)
    ]


def _told(value: float, whole: float, aim: float | None, *, as_share: bool) -> str:
    told = f"{count(value)} ({share(value, whole)})" if as_share else count(value)
    return told if aim is None or round(aim) == value else f"{told} of {count(aim)}"


def _apart(bars: Sequence[Bar]) -> list[Bar]:
    """Return the bars with labels that differ: two long names may have been cut to the same."""
    seen: dict[tuple[str, int], int] = {}
    told = []
    for bar in bars:
        times = seen[bar.label, bar.series] = seen.get((bar.label, bar.series), 0) + 1
        name = bar.label if times == 1 else f"{bar.label} ({times})"
        told.append(Bar(name, bar.value, bar.told, bar.wanted, bar.series))
    return told
