"""The topics and languages that rows are of."""

from __future__ import annotations

from array import array

# Those that come later are one stratum together: a topic that is a free text says nothing of shares.
MOST_STRATA = 4_096
OTHERS = ("others", "")

Stratum = tuple[str, str]


class Strata:
    """The topic and language of each row, two bytes a row."""

    def __init__(self) -> None:
        self.of_rows = array("H")
        self._numbers: dict[Stratum, int] = {}

    def add(self, topic: str, language: str) -> None:
        """Take those of the next row."""
        stratum = (topic, language)
        if stratum not in self._numbers and len(self._numbers) >= MOST_STRATA:
            stratum = OTHERS
        self.of_rows.append(self._numbers.setdefault(stratum, len(self._numbers)))

    @property
    def all(self) -> list[Stratum]:
        """Topics and languages, in the order of their numbers."""
        return list(self._numbers)

    def sizes(self) -> list[int]:
        """Return how many rows each stratum has."""
        sizes = [0] * len(self._numbers)
        for stratum in self.of_rows:
            sizes[stratum] += 1
        return sizes
