"""Whether rows that were dealt the same facets are about the same person, or merely met by chance."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from synthgen.dedup.groups import Groups
from synthgen.splits.ties import Ties, mark_of

# Facets tell a person where fewer than one row in so many would meet another by the shares of their values alone.
_RARE = 100
# Values counted of a facet, and characters that tell them apart; a facet with more values is rare enough.
_MOST_VALUES = 10_000
_MOST_CHARS = 100


class Profiles:
    """The facets of rows: together they may tell a person, one by one they never do."""

    def __init__(self) -> None:
        self._ties = Ties()
        self._counts: dict[str, Counter[str]] = {}

    def add(self, number: int, facets: Mapping[str, str]) -> None:
        """Take what was dealt to a row."""
        self._ties.add(number, mark_of(json.dumps(facets, sort_keys=True)))
        for facet, value in facets.items():
            values, value = self._counts.setdefault(facet, Counter()), value[:_MOST_CHARS]
            if value in values or len(values) < _MOST_VALUES:
                values[value] += 1

    @property
    def tell_persons(self) -> bool:
        """Whether that all facets are the same says more than chance would."""
        rows = len(self._ties)
        meeting = float(rows)
        for values in self._counts.values():
            lacking = rows - values.total() if len(values) < _MOST_VALUES else 0
            meeting *= sum((count / rows) ** 2 for count in (*values.values(), lacking))
        return meeting * _RARE < 1

    def join(self, groups: Groups) -> int:
        """Join the groups of rows about one person; return how many joins there were."""
        return self._ties.join(groups) if self.tell_persons else 0
