"""Which rows are dropped, and for which others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from synthgen.dedup.indexes import Index, check_pairs, opened_index
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import Match, Reason, Rules
from synthgen.formats.watch import Watch, unwatched, watched


def match_rows(pool: Pool, held: Mapping[int, Match], rules: Rules, watch: Watch = unwatched) -> dict[int, Match]:
    """Return why each dropped row is dropped, by its number; `held` are those that an evaluation set holds.

    These go first; of the others each in its turn is kept unless it is like one that is. Raises UsageError when
    there are too many rows to compare all pairs.
    """
    check_pairs(rules, len(pool))
    indexes = [opened_index(rules, partial(pool.text, part)) for part in range(len(pool.parts))]
    matches = {}
    for number in watched(pool.in_order(), watch, "Comparing rows", len(pool)):
        if match := held.get(number) or _claim(indexes, pool.parts, number, list(pool.texts(number))):
            matches[number] = match
    return matches


def _claim(indexes: list[Index], parts: tuple[str, ...], number: int, texts: list[tuple[int, str]]) -> Match | None:
    """Give a row its place in the index of each part, or in none, when one of its texts is like a kept one."""
    for claimed, (part, text) in enumerate(texts):
        if twin := indexes[part].claim(number, text):
            for before, _ in texts[:claimed]:
                indexes[before].release(number)
            reason: Reason = "exact_duplicate" if twin.similarity == 1 else "near_duplicate"
            return Match(reason, parts[part], twin.key, twin.similarity)
    return None
