"""What conversations are made from, where they are made from something: pairs of question and answer, or reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import gcd
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.files import text_in
from synthgen.formats.private import REPORTS, private_source
from synthgen.formats.records import own_id
from synthgen.formats.rows import read_rows
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.formats.sources import DATASET
from synthgen.hashing import content_hash
from synthgen.languages.telling import language_among
from synthgen.plan import Kind, apportion
from synthgen.records import Cell, Row, Slot, State, Turn
from synthgen.spec import Spec
from synthgen.splits.origins import PAIR, pair_name
from synthgen.steps.script import Source as Material
from synthgen.store.private import private_run

REPORT_FILES = {".txt", ".md"}
REPORT_KEYS = ("report", "case", "text", "content", "case_report")
# A report longer than this is no report of one case.
MOST_CHARS = 100_000
_NOTHING = Turn("system", "")
# Languages that are told where none of them is wanted.
_LANGUAGES_SHOWN = 5
# Tries at a conversation from one pair or report before it is given up.
TRIES = 4


@dataclass(frozen=True, slots=True)
class Given:
    """One pair or report, with the id, topic and language that it came with.

    `private` says what it is, or was made from, that may not leave this machine; "" where it may.
    """

    id: str
    topic: str
    language: str
    material: Material
    private: str = field(default="", repr=False)  # what runs know their givens by is the same with it


@dataclass(frozen=True, slots=True)
class Givens:
    """All of them, in their order. They are held in memory: about as much as their file."""

    all: Sequence[Given]
    hash: str

    def __len__(self) -> int:
        return len(self.all)

    @property
    def languages(self) -> Sequence[str]:
        """The languages that they are in, each once."""
        return list(dict.fromkeys(given.language for given in self.all))

    @property
    def private(self) -> str:
        """What some of them are, or were made from, that may not leave this machine; "" where all may."""
        return next((given.private for given in self.all if given.private), "")


def read_givens(
    path: Path, spec: Spec, *, pairs: bool, all_languages: bool = True, among: Collection[str] = ()
) -> Givens:
    """Return the pairs of a file of rows or of a run, or the reports of a file of rows, a text or a folder of texts.

    A row whose topic is none of the spec's has the topic that it says. Those in languages that the spec does not have
    are left out, or with `all_languages` refused. What does not say its language is told among the spec's, or these.
    Raises FileError or RunError.
    """
    found: list[Given] = []
    left_out: Counter[str] = Counter()
    among = among or spec.languages
    is_rows = pairs or not _holds_texts(path)
    for given in _rows(path, spec, pairs, among) if is_rows else _reports(path, among):
        language = next((each for each in _names_of(given.language) if each in spec.languages), None)
        if language is not None:
            found.append(replace(given, language=language))
        elif all_languages:
            raise FileError(
                f"{path}: {given.id[:80]!r} is in {given.language[:40]!r}, and {spec.name} has only "
                f"{', '.join(spec.languages)}.",
                hint="name the languages to take by --lang, or add it to the spec.",
            )
        else:
            left_out[given.language] += 1
    if left_out and not found:
        raise FileError(
            f"{path}: all {left_out.total():,} {_named(pairs)} were left out by --lang: they are in "
            f"{', '.join(language[:40] for language, _ in left_out.most_common(_LANGUAGES_SHOWN))}.",
            hint="name one of their languages.",
        )
    if not found:
        raise FileError(
            f"{path}: holds no {_named(pairs)}.",
            hint='rows with "question" and "answer", or with messages.' if pairs else 'rows with "report"; .txt files.',
        )
    return Givens(found, content_hash("\x1f".join(map(repr, found))))


def _named(pairs: bool) -> str:
    return "pairs of question and answer" if pairs else "reports"


def _names_of(language: str) -> tuple[str, str]:
    """Return what a language may be called in a spec: "zh-CN" is "zh" as well."""
    return language, language.replace("_", "-").split("-")[0].lower()


def _holds_texts(path: Path) -> bool:
    """Whether these are reports in files of their own. Raises FileError for a folder with neither them nor a run."""
    if not path.is_dir() or (path / DATASET).is_file():
        return _is_report(path)
    if not any(map(_is_report, path.iterdir())):
        raise FileError(f"{path}: holds no .txt or .md reports and no run.", hint="give a run, a file or reports.")
    return True


def _is_report(path: Path) -> bool:
    return path.suffix.lower() in REPORT_FILES


def _reports(path: Path, among: Collection[str]) -> Iterator[Given]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for number, file in enumerate(filter(_is_report, files), 1):
        text = text_in(file, "give a text file.")[:MOST_CHARS].strip()
        if text:
            # Names of files may be names of people.
            yield Given(f"report {number}", "", language_among(among, text), Material(memo=text), REPORTS)


def _rows(path: Path, spec: Spec, pairs: bool, among: Collection[str]) -> Iterator[Given]:
    topics = {name.casefold(): topic.name for topic in spec.topics for name in (topic.name, *topic.names.values())}
    known = private_run(path)
    for number, row in read_rows(path):
        said = str(row.get("topic") or "").strip()
        topic = topics.get(said.casefold(), said[:200])
        named = own_id(row, number)
        if not pairs:
            if report := _report_in(row):
                language = language_of(row, [Turn("user", report)], among)
                yield Given(named, topic, language, Material(memo=report), REPORTS)
            continue
        turns = [turn for turn in dialogue_of(row) or () if turn.role != "system"]
        question, answer = (turn.content.strip()[:MOST_CHARS] for turn in (*turns, _NOTHING, _NOTHING)[:2])
        if [turn.role for turn in turns[:2]] == ["user", "assistant"] and question and answer:
            private = known or private_source(row)
            language = language_of(row, turns, among)
            yield Given(named, topic, language, Material(question=question, answer=answer), private)


def _report_in(row: Mapping[str, Any]) -> str:
    found = (row[key] for key in REPORT_KEYS if isinstance(row.get(key), str))
    return next((text.strip()[:MOST_CHARS] for text in found if text.strip()), "")


class GivenSeats:
    """A seat for each given: its kind is dealt so that kinds are exact, and a dropped one is tried again.

    `totals` are how many were wanted, oldest first: a run that was extended keeps the kinds of its first seats.
    """

    def __init__(self, givens: Givens, kinds: Mapping[Kind, float], totals: Sequence[int]) -> None:
        self._cells: list[Cell] = []
        held = dict.fromkeys(kinds, 0)
        for total in totals:
            counts = apportion(list(kinds.values()), total, list(held.values()))
            deck = [kind for kind, count in zip(kinds, counts, strict=True) for _ in range(count - held[kind])]
            held = dict(zip(kinds, counts, strict=True))
            # Strides keep neighbours apart, so that the kinds of a stopped run are even too.
            stride = _stride(len(deck))
            self._cells += [
                Cell(given.topic, given.language, *deck[at * stride % len(deck)])
                for at, given in enumerate(givens.all[len(self._cells) : total])
            ]
        self._open = list(range(len(self._cells)))[::-1]
        self._tries = [0] * len(self._cells)
        self._taken: set[int] = set()
        # Counted as seats are taken: progress is told several times a second, however many seats there are.
        self._wanted, self._made = Counter(self._cells), Counter[Cell]()

    @property
    def is_full(self) -> bool:
        return len(self._taken) == len(self._cells)

    def take(self, most: int, *, idle: bool = True) -> list[Slot]:
        """Return the next seat to ask for, or none."""
        if not self._open:
            return []
        seat = self._open.pop()
        attempt = self._tries[seat]
        self._tries[seat] += 1
        return [Slot(self._cells[seat], seat, attempt, {})]

    def restore(self, rows: Iterator[tuple[Slot, State]]) -> None:
        """Count the rows of earlier processes."""
        under_way: set[int] = set()
        for slot, state in rows:
            self._tries[slot.seat] = max(self._tries[slot.seat], slot.attempt + 1)
            if state is State.ACCEPTED:
                self.accept(slot)
            elif state in (State.DRAFTED, State.REPLIED):
                under_way.add(slot.seat)
        spent = {seat for seat, tries in enumerate(self._tries) if tries >= TRIES}
        closed = self._taken | under_way | spent
        self._open = [seat for seat in reversed(range(len(self._cells))) if seat not in closed]

    def is_taken(self, slot: Slot) -> bool:
        return slot.seat in self._taken

    def accept(self, slot: Slot) -> bool:
        if slot.seat in self._taken:
            return False
        self._taken.add(slot.seat)
        self._made[self._cells[slot.seat]] += 1
        return True

    def drop(self, slot: Slot) -> None:
        if self._tries[slot.seat] < TRIES and slot.seat not in self._taken:
            self._open.append(slot.seat)

    def progress(self) -> Iterator[tuple[Cell, int, int]]:
        for cell, wanted in self._wanted.items():
            yield cell, self._made[cell], wanted

    def shortfall(self) -> Mapping[Cell, int]:
        """Return how many conversations each unfilled cell lacks."""
        return {cell: wanted - accepted for cell, accepted, wanted in self.progress() if accepted < wanted}


def source_of(mode: str | None, givens: Givens | None, row: Row) -> Mapping[str, Any]:
    """Return how a conversation was made, which given it was made from, and what that was made from if it is private.

    Of case reports the mode says it.
    """
    if mode is None:
        return {}
    if givens is None:
        return {"mode": mode}
    given = givens.all[row.slot.seat]
    told = {"mode": mode, "from": given.id}
    if question := given.material.question:
        told[PAIR] = pair_name(question, given.material.answer)
    return told | ({"private": given.private} if given.private and mode != "memo" else {})


def _stride(count: int) -> int:
    """Return a step that meets every place of so many once, about a golden section of them long."""
    step = max(1, round(count * 0.618))
    while gcd(step, count) != 1:
        step += 1
    return step
