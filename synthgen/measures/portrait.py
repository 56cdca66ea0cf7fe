"""What a set of rows is like, gathered while they go by one by one, in memory that does not grow with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

from synthgen.export.example import Example, example_of
from synthgen.formats.note_places import mapping_in
from synthgen.measures.labels import LabelCount
from synthgen.measures.lengths import bin_width, bins, length_figures
from synthgen.measures.openings import opening
from synthgen.measures.points import PointCount
from synthgen.measures.reservoir import Reservoir
from synthgen.measures.shown import Shown, shown_row
from synthgen.measures.tally import Tally
from synthgen.records import Turn
from synthgen.spec import Spec
from synthgen.text import count_units

# Rows that texts are compared by, and of each text as much.
SAMPLE_ROWS = 5_000
SAMPLE_CHARS = 3_000
EXAMPLES = 3
_MOST_TOPICS = 500
_MOST_FACETS = 24
_MOST_OPENINGS = 15
# Of rows in more languages than these no figures are kept apart.
_MOST_LANGUAGES = 12
OTHER = "other"
SIDES = ("user", "assistant")


class Pairing(NamedTuple):
    """The language of a row and the beginning of all that each side says in it."""

    language: str
    user: str
    assistant: str


class Portrait:
    """Counts, samples and examples of rows. `sample` is what the texts are compared by."""

    def __init__(self, spec: Spec, seed: int = 0) -> None:
        """`spec` says which fields of a row are labels, and among which languages are rows that do not say theirs."""
        self.rows = 0
        self.unread = 0
        self.topics, self.languages, self.approaches = Tally(), Tally(), Tally()
        self.facets: dict[str, Tally] = {}
        self.turns: Counter[int] = Counter()
        # By side and language.
        self.lengths: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self.openings: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        self.labels = LabelCount(spec)
        self.points = PointCount()
        self.sample: Reservoir[Pairing] = Reservoir(SAMPLE_ROWS, seed)
        self.examples: dict[str, Reservoir[Shown]] = {}
        self._among = [*spec.languages]
        self._seed = seed

    def add(self, row: Mapping[str, Any], number: int) -> None:
        """Count a row of any known shape; `number` is its place in its file."""
        self.rows += 1
        self.points.add(row)
        example = example_of(row, number, self._among)
        if example is None:
            self.unread += 1
            return
        language = example.language
        if len(self.languages) >= _MOST_LANGUAGES and language not in self.languages:
            language = OTHER
        self.topics.add(example.topic)
        self.languages.add(language)
        if isinstance(approach := row.get("approach"), str) and approach:
            self.approaches.add(approach)
        for facet, value in islice(mapping_in(row, "facets").items(), _MOST_FACETS):
            if facet in self.facets or len(self.facets) < _MOST_FACETS:
                self.facets.setdefault(facet, Tally()).add(str(value))
        self._add_texts(example, language)
        labels = self.labels.add(row)
        if example.topic in self.examples or len(self.examples) < _MOST_TOPICS:
            kept = self.examples.setdefault(example.topic, Reservoir(EXAMPLES, self._seed))
            kept.add(shown_row(example.id, example.topic, example.language, example.turns, labels))

    def figures(self) -> dict[str, Any]:
        """Return all counts, as JSON can hold them. Rows without a dialogue of a known shape are `unread`."""
        return {
            "rows": self.rows,
            "unread": self.unread,
            "topics": self.topics.counts(),
            "languages": self.languages.counts(),
            "approaches": self.approaches.counts(),
            "facets": {facet: tally.counts() for facet, tally in self.facets.items()},
            "turns": _length_json(self.turns),
            "lengths": {" ".join(group): _length_json(counts) for group, counts in sorted(self.lengths.items())},
            "openings": {
                " ".join(group): {"texts": tally.total, "most": tally.counts(_MOST_OPENINGS)}
                for group, tally in sorted(self.openings.items())
            },
            "labels": self.labels.figures(),
            "scores": self.points.figures(),
        }

    def _add_texts(self, example: Example, language: str) -> None:
        said: dict[str, list[str]] = {side: [] for side in SIDES}
        for turn in example.turns:
            if turn.role in said:
                said[turn.role].append(turn.content)
                self._add_turn(turn, language)
        self.turns[sum(map(len, said.values()))] += 1
        self.sample.add(Pairing(language, *(_beginning(said[side]) for side in SIDES)))

    def _add_turn(self, turn: Turn, language: str) -> None:
        group = (turn.role, language)
        self.lengths[group][count_units(turn.content)] += 1
        if begins := opening(turn.content):
            self.openings[group].add(begins)


def _beginning(texts: list[str]) -> str:
    return "\n".join(text[:SAMPLE_CHARS] for text in texts)[:SAMPLE_CHARS]


def _length_json(counts: Counter[int]) -> dict[str, Any]:
    if not counts:
        return {}
    width = bin_width(counts)
    return length_figures(counts) | {"width": width, "histogram": bins(counts, width)}
