"""Which split each row goes to: exact shares, strata by topic and language, and nothing alike on two sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from synthgen.dedup.rules import Rules
from synthgen.export.example import Example
from synthgen.formats.watch import Watch, unwatched, watched
from synthgen.splits.families import Families
from synthgen.splits.kinship import Kinship
from synthgen.splits.shares import Dealer, checked_shares, counts_of
from synthgen.splits.strata import Strata


class Names(Sequence[str]):
    """The split of each row, a byte a row."""

    def __init__(self, splits: Sequence[str], numbers: bytearray) -> None:
        self._splits = splits
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return Names(self._splits, self._numbers[place])
        return self._splits[self._numbers[place]]


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """The split of each row by its place in the stream, from 0, and figures of them that JSON can hold."""

    names: Sequence[str]
    told: Mapping[str, Any]


def split_names(
    rows: Callable[[], Iterator[Example]],
    shares: Mapping[str, float],
    *,
    seed: int,
    similarity: float = 0.80,
    watch: Watch = unwatched,
) -> SplitPlan:
    """Deal rows to splits by the weights in `shares`, those that belong together to one.

    Rows belong together when what the user says, what the assistant says or the whole is the same or at or above
    `similarity` (a ratio of letters, 0.5 to 1), when they have a turn of some length in common, when they come from one
    transcript or one original, and when they are about one person. The same rows, shares and seed give the same
    splits. The rows are read once; what they are compared by waits on disk. `watch` is told what is done to them after
    that. Raises UsageError, DiskError, and what reading rows raises.
    """
    shares = checked_shares(shares)
    strata = Strata()
    with Kinship(Rules(similarity=similarity).similarity) as kinship:
        for example in rows():
            strata.add(example.topic, example.language)
            kinship.add(example)
        joins, common = kinship.join(watch), kinship.common
    families = Families(kinship.heads())
    wanted = counts_of(shares, len(kinship))
    dealer = Dealer(strata.sizes(), list(wanted.values()))
    numbers = bytearray(len(kinship))
    heads = families.heads(seed)
    for head in watched(heads, watch, "Dealing groups to splits", len(heads)):
        members = families.members(head)
        split = dealer.deal(Counter(map(strata.of_rows.__getitem__, members)))
        for number in members:
            numbers[number] = split
    names = Names(list(wanted), numbers)
    told = _told(names, wanted, strata, dealer) | {"groups": _groups(names, families)}
    return SplitPlan(names, told | {"joins": joins, "too_common": common})


def _told(names: Names, wanted: Mapping[str, int], strata: Strata, dealer: Dealer) -> dict[str, Any]:
    topics: dict[str, Counter[str]] = {}
    languages: dict[str, Counter[str]] = {}
    for (topic, language), got in zip(strata.all, dealer.got, strict=True):
        counts = dict(zip(wanted, got, strict=True))
        topics.setdefault(topic, Counter()).update(counts)
        languages.setdefault(language, Counter()).update(counts)
    rows = dict(zip(wanted, dealer.rows, strict=True))
    missed = {split: rows[split] - count for split, count in wanted.items() if rows[split] != count}
    return {
        "rows": rows,
        "wanted": dict(wanted),
        "missed": missed,
        "why": "rows that belong together stay together, and no choice of such groups fits" if missed else "",
        "topics": {topic: dict(counts) for topic, counts in topics.items()},
        "languages": {language: dict(counts) for language, counts in languages.items()},
        "farthest_stratum": dealer.farthest(),
    }


def _groups(names: Names, families: Families) -> dict[str, Any]:
    """Return how many groups of two rows or more there are, the rows in them, and the largest with its split."""
    sizes = {size: count for size, count in families.sizes().items() if size > 1}
    largest = {"rows": max(sizes, default=1), "split": names[families.largest()]} if names else {}
    return {
        "groups": sum(sizes.values()),
        "rows": sum(size * count for size, count in sizes.items()),
        "largest": largest,
    }
