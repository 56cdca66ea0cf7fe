"""Near duplicates among very many texts that are all there already: who is near to whom, in little memory.

An index that texts pass one by one holds a kilobyte of each. Here their sketches wait on disk, 400 bytes of each, and
one band at a time is sorted, so that texts which share it stand side by side. In memory a text takes about 150 bytes.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, groupby, islice, repeat
from operator import eq, rshift, xor
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Hamming

from synthgen.dedup.bands import ROWS, sketch_of
from synthgen.dedup.columns import Columns
from synthgen.dedup.groups import Groups
from synthgen.dedup.index import BANDS, digest_of
from synthgen.dedup.shingles import forms
from synthgen.formats.watch import Watch, unwatched, watched

# The least share of long texts (`synthgen.dedup.shingles`).
LONG = 0.1
_WIDTH = BANDS * ROWS
# Bands are pairs of minima. An index has each minimum in one of them, which overlooks one in a hundred of the twins at
# ratios of 0.80 to 0.90; with each of them in four, none of 12,000 was overlooked, and no sketch takes longer for it.
_PAIRS = [(at, at + 1) for at in range(0, _WIDTH, 2)] + [
    (at, BANDS + (at + 7 * turn) % BANDS) for turn in range(3) for at in range(BANDS)
]
# Texts of one bucket that each is compared with. A bucket of more is put in order by the next band, so that those
# which share that as well stand near; and whoever is like another shares several bands with it.
_REACH = 256
# Texts made from one template would be read over and over. So one that was taken for a twin in vain half as many
# times as this is read only for those that seem to share half of its shingles, and after all of them no more.
_PATIENCE = 128
# Pairs that were read in vain are remembered until another one takes their slot.
_SLOTS = (1 << 20) - 3


class Minima(NamedTuple):
    """The minima of a text's shingles in one form, and the least share of them that twins have in common."""

    values: array[int]
    least: float


def minima_of(text: str) -> list[Minima]:
    """Return the minima of a normalized text, one for each of its forms."""
    return [Minima(array("I", digest_of(form.shingles)), form.least) for form in forms(text)]


def minima_of_both(one: Sequence[Minima], other: Sequence[Minima]) -> list[Minima]:
    """Return the minima of two texts together, in a tenth of the time that reading them takes.

    It returns nothing where either is short, or nearly so: together they may have another form than each by itself.
    """
    if len(one) > 1 or len(other) > 1 or one[0].least != LONG or other[0].least != LONG:
        return []
    return [Minima(array("I", map(min, one[0].values, other[0].values)), LONG)]


class NearTexts(contextlib.AbstractContextManager["NearTexts"]):
    """Texts by number, to be joined where a pair's `rapidfuzz` ratio is at or above a similarity, 0 to 1.

    `fetch` returns the normalized text of a number.
    """

    def __init__(self, similarity: float, fetch: Callable[[int], str]) -> None:
        self._cutoff = similarity * 100 - 1e-9  # 0.55 * 100 is more than 55
        self._fetch = fetch
        self._columns = Columns(_WIDTH)
        self._numbers = array("I")
        self._least = array("B")

    def __exit__(self, *_: object) -> None:
        self._columns.__exit__()

    def add(self, number: int, minima: Iterable[Minima]) -> None:
        """Take a text by its minima. Raises DiskError."""
        for values, least in minima:
            self._columns.append(values, sketch_of(values).ends)
            self._numbers.append(number)
            self._least.append(round(least * _WIDTH))

    def join(self, groups: Groups, copies: bytearray, watch: Watch = unwatched, doing: str = "") -> int:
        """Join the groups of texts that are near; return how many joins there were.

        `copies` has a 1 for each number whose text another one has: they are passed over. `watch` is told of each band
        that is `doing`. Raises DiskError.
        """
        comparison = _Comparison(self._columns.beside(), groups, self._cutoff, self._fetch)
        entries = array("I", (entry for entry, number in enumerate(self._numbers) if not copies[number]))
        following = self._prints(*_PAIRS[0])
        for at in watched(range(len(_PAIRS)), watch, doing, len(_PAIRS)):
            prints, following = following, self._prints(*_PAIRS[(at + 1) % len(_PAIRS)])
            for bucket in _buckets(prints, entries):
                if len(bucket) > _REACH:
                    bucket.sort(key=following.__getitem__)
                comparison.join(bucket, self._numbers, self._least)
        return comparison.joins

    def _prints(self, one: int, other: int) -> array[int]:
        """Return the print of each entry in a band: of 30 bits, which Python sorts twice as fast as 32."""
        both = map(xor, self._columns.column(one), self._columns.column(other))
        return array("I", map(rshift, both, repeat(2)))


def _buckets(prints: array[int], entries: array[int]) -> Iterator[list[int]]:
    """Yield the entries that share a print, two or more at a time, in their order."""
    own = array("I", map(prints.__getitem__, entries))
    ordered = sorted(own)
    shared = set(compress(ordered, map(eq, ordered, islice(ordered, 1, None))))
    del ordered
    together = list(compress(entries, map(shared.__contains__, own)))
    together.sort(key=prints.__getitem__)
    for _, bucket in groupby(together, prints.__getitem__):
        yield list(bucket)


class _Comparison:
    """What is known while the texts of bucket after bucket are compared."""

    def __init__(self, ends: bytes, groups: Groups, cutoff: float, fetch: Callable[[int], str]) -> None:
        self.joins = 0
        self._ends = ends
        self._groups = groups
        self._cutoff = cutoff
        self._fetch = fetch
        self._failures = bytearray(len(groups))
        self._failed = array("Q", bytes(8 * _SLOTS))

    def join(self, bucket: list[int], numbers: array[int], least: array[int]) -> None:
        """Join the groups of those in a bucket that are near."""
        heads = [self._groups.find(numbers[entry]) for entry in bucket]
        if heads.count(heads[0]) == len(heads):
            return
        ends = [self._ends[entry * _WIDTH : (entry + 1) * _WIDTH] for entry in bucket]
        since = 0  # from here on all are of one group
        for at in range(1, len(bucket)):
            if heads[at] != heads[at - 1]:
                since = at
            first, entry = max(0, at - _REACH), bucket[at]
            if since <= first:
                continue
            likely = process.extract(
                ends[at], ends[first:at], scorer=Hamming.similarity, score_cutoff=least[entry], limit=None
            )
            for _, shared, place in likely:
                other = bucket[first + place]
                # Twins have a form in common, and are met by that.
                if least[other] == least[entry]:
                    self._look(numbers[entry], numbers[other], shared - least[entry])

    def _look(self, one: int, other: int, above: float) -> None:
        """Join the groups of two texts if they are near; `above` the least share is what their sketches tell."""
        groups = self._groups
        if groups.find(one) == groups.find(other) or above * _PATIENCE < self._failures[one] * _WIDTH:
            return
        pair = one << 32 | other
        if self._failed[pair % _SLOTS] == pair:
            return
        if fuzz.ratio(self._fetch(one), self._fetch(other), score_cutoff=self._cutoff) >= self._cutoff:
            self.joins += groups.join(one, other)
            return
        self._failed[pair % _SLOTS] = pair
        self._failures[one] = min(255, self._failures[one] + 1)
