"""What is written of a comparison: the rows that are kept, those that are dropped and why, and who is like whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.dedup.places import Places
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import Match
from synthgen.formats.records import Record
from synthgen.formats.rows import Writer

_EVALUATION = ("near_evaluation", "shared_ngram")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows, those among them that are dropped, and where all of them stand. `references` are of evaluation sets."""

    pool: Pool
    places: Places
    matches: Mapping[int, Match]
    references: Places

    def clusters(self) -> dict[int, list[int]]:
        """Return the rows that are dropped for each kept row which they are like, in the order of the files."""
        found: dict[int, list[int]] = {}
        for number in sorted(self.matches):
            match = self.matches[number]
            if match.reason not in _EVALUATION:
                kept = match.twin
                while (further := self.matches.get(kept)) is not None:
                    kept = further.twin  # its twin was dropped later, for what it means
                found.setdefault(kept, []).append(number)
        return dict(sorted(found.items()))

    def write_rows(self, records: Iterator[Record], kept: Writer | None, dropped: Writer | None) -> None:
        """Write each row to where it belongs."""
        for number, record in enumerate(records):
            match = self.matches.get(number)
            if match is None and kept:
                kept.write(record.row, record.line)
            elif match and dropped:
                dropped.write(self._dropped(number, match) | {"row": record.row})

    def write_clusters(self, writer: Writer) -> None:
        """Write a line for each kept row that has duplicates: its place and texts, and those of its duplicates."""
        for number, members in self.clusters().items():
            told = [self._row(member) | _likeness(self.matches[member]) for member in members]
            writer.write({"kept": self._row(number), "members": told})

    def _row(self, number: int) -> dict[str, Any]:
        texts = {self.pool.parts[part]: text for part, text in self.pool.texts(number)}
        return self.places[number].as_json() | {"texts": texts}

    def _dropped(self, number: int, match: Match) -> dict[str, Any]:
        twins = self.references if match.reason in _EVALUATION else self.places
        told = self.places[number].as_json() | {"reason": match.reason} | _likeness(match)
        return told | {"twin": twins[match.twin].as_json()}


def _likeness(match: Match) -> dict[str, Any]:
    if match.similarity is None:
        return {"part": match.part, "evidence": match.evidence}
    return {"part": match.part, "similarity": round(match.similarity, 4)}
