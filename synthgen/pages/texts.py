"""What the texts are like: how long, how they begin, how alike and how varied they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from synthgen.measures.lengths import bin_width, bins, length_figures
from synthgen.measures.portrait import SIDES
from synthgen.measures.tally import Tally
from synthgen.measures.variety import FEWEST, TEXTS, Group
from synthgen.pages.bars import count_bars
from synthgen.pages.blocks import Block, Picture, Remark, Section, Table
from synthgen.pages.side import Side
from synthgen.pages.words import count, group_title
from synthgen.report.charts import histogram, line_chart
from synthgen.report.figures import decimal, share
from synthgen.text import unit_name

_MOST_OPENINGS = 12
_QUANTILES = ("least", "p5", "median", "p95", "most")
VARIETY_SOURCES = (
    "Distinct-n: different n-grams as a share of all (Li et al., 2016). Self-BLEU: BLEU-4 of each text against all "
    "others, lower is more varied (Zhu et al., 2018). Compression: how many times smaller gzip makes the texts, lower "
    "is more varied (Shaib et al., 2024). Vendi: how many texts with nothing in common would be as varied, higher is "
    "more varied, by the cosine of character n-grams (Friedman & Dieng, 2023). All of these depend on how many and "
    "how long the texts are: compare sets of like size."
)


def lengths(sides: Sequence[Side]) -> Section | None:
    """Return how long the messages of each side are, and the conversations."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    turns = [side.portrait.turns for side in sides]
    if len({length for counts in turns for length in counts}) > 1:
        blocks.append(_histogram("Turns a row", turns, "turns"))
        rows += _length_rows("turns a row", sides, turns)
    for group in _groups(sides):
        counts = [side.portrait.lengths.get(group, Counter()) for side in sides]
        unit = unit_name(group[1])
        blocks.append(_histogram(f"Messages: {group_title(*group)}", counts, unit))
        rows += _length_rows(f"{group_title(*group)} ({unit})", sides, counts)
    columns = ["messages", *(["of"] if len(sides) > 1 else []), ">count", ">mean", *(f">{name}" for name in _QUANTILES)]
    blocks.append(Table("In figures", columns, rows, "5 % are no longer than p5, and 95 % than p95."))
    return Section("lengths", "Lengths", "", blocks) if rows else None


def openings(sides: Sequence[Side]) -> Section | None:
    """Return how messages begin most."""
    pictures: list[Block] = []
    for group in _groups(sides):
        tallies = [side.portrait.openings.get(group, Tally()) for side in sides]
        known = [tally.counts() for tally in tallies]
        # What is frequent on one side is counted on the other too; what occurs once is no habit.
        names = {name: None for side in known for name, times in islice(side.items(), _MOST_OPENINGS) if times > 1}
        counts = [{name: each[name] for name in names if name in each} for each in known]
        wholes = [tally.total for tally in tallies]
        different = ", ".join(
            f"{'' if tally.is_exact else 'more than '}{len(tally):,}" for tally in tallies if tally.total
        )
        told = group_title(*group).capitalize()
        note = f"{different} different ones."
        found = count_bars(told, counts, wholes=wholes, most=_MOST_OPENINGS, note=note)
        pictures += found or (
            [Remark(f"{told}: {different} messages, and no two of them begin alike.")] if any(wholes) else []
        )
    about = "The first three words of a message, four characters of Chinese, by how many messages begin so."
    return Section("openings", "Openings", about, pictures) if pictures else None


def variety_section(sides: Sequence[Side]) -> Section | None:
    """Return how alike texts are to their nearest neighbour, and the figures of diversity."""
    said = [Group(*group) for group in _groups(sides)]
    if not said:
        return None
    groups = [group for group in said if any(group in side.variety for side in sides)]
    if not groups:
        few = Remark(f"With fewer than {FEWEST} texts of one side in one language it is not told.")
        return Section("variety", "Similarity and diversity", "", [few])
    blocks: list[Block] = [_curve(sides, group) for group in groups]
    marks = [
        *next(iter(sides[0].variety.values() if sides[0].variety else sides[-1].variety.values()))["nearest"][
            "at_least"
        ]
    ]
    near = [
        "nearest neighbour",
        *_of(sides),
        ">texts",
        ">among",
        ">median",
        ">most",
        *(f">from {mark}" for mark in marks),
    ]
    blocks.append(Table("Nearest neighbours", near, [*_near_rows(sides, groups, marks)]))
    diverse = ["diversity", *_of(sides), ">texts", ">distinct-1", ">distinct-2", ">distinct-3", ">self-BLEU"]
    diverse += [">compression", ">Vendi"]
    note = f"Of {TEXTS} texts of each kind at the most, and at least {FEWEST}. {VARIETY_SOURCES}"
    blocks.append(Table("Diversity", diverse, [*_variety_rows(sides, groups)], note))
    about = (
        "The curve tells how many texts have another one that is at least so like them, by the characters that they "
        "share (cosine of character n-grams): it sees wording, not meaning."
    )
    return Section("variety", "Similarity and diversity", about, blocks)


def _groups(sides: Sequence[Side]) -> list[tuple[str, str]]:
    """Return the groups that have messages, by language, the most frequent first: the user's, then the assistant's."""
    languages = dict.fromkeys(language for side in sides for language in side.portrait.languages.counts())
    groups = {group for side in sides for group in side.portrait.lengths}
    return [(who, language) for language in languages for who in SIDES if (who, language) in groups]


def _of(sides: Sequence[Side]) -> list[str]:
    return ["of"] if len(sides) > 1 else []


def _histogram(title: str, counts: Sequence[Counter[int]], unit: str) -> Picture:
    width = bin_width(*counts)
    series, left_out = [], 0
    for each in counts:
        binned = bins(each, width)
        whole = each.total() or 1
        # A bar of a single length stands over its figure.
        shift = 0.5 if width == 1 else 0.0
        series.append([(start - shift, number / whole) for start, number in binned])
        left_out += each.total() - sum(number for _, number in binned)
    note = f"{count(left_out)} far longer ones are not shown." if left_out else ""
    return Picture(title, histogram(series, width, x=unit), note)


def _length_rows(name: str, sides: Sequence[Side], counts: Sequence[Mapping[int, int]]) -> list[tuple[str, ...]]:
    rows = []
    for side, each in zip(sides, counts, strict=True):
        if each:
            found = length_figures(each)
            told = (count(found["count"]), decimal(found["mean"], 1), *(count(found[part]) for part in _QUANTILES))
            rows.append((name, *([side.name] if len(sides) > 1 else []), *told))
    return rows


def _curve(sides: Sequence[Side], group: Group) -> Picture:
    curves = [side.variety[group]["nearest"]["curve"] if group in side.variety else [] for side in sides]
    svg = line_chart(curves, x="similarity of the nearest neighbour, at least", y="share of texts", percent=True)
    return Picture(group_title(*group).capitalize(), svg)


def _near_rows(sides: Sequence[Side], groups: Sequence[Group], marks: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for name, found in _found(sides, groups):
        near = found["nearest"]
        counts = (count(near["texts"]), count(near["among"]))
        yield (
            *name,
            *counts,
            decimal(near["median"]),
            decimal(near["most"]),
            *(share(near["at_least"][m]) for m in marks),
        )


def _variety_rows(sides: Sequence[Side], groups: Sequence[Group]) -> Iterator[tuple[str, ...]]:
    for name, found in _found(sides, groups):
        distinct = (decimal(found[f"distinct{order}"], 3) for order in (1, 2, 3))
        others = (decimal(found["self_bleu"], 3), decimal(found["compression_ratio"]), decimal(found["vendi"], 1))
        yield *name, count(found["texts"]), *distinct, *others


def _found(sides: Sequence[Side], groups: Sequence[Group]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for group in groups:
        for side in sides:
            if group in side.variety:
                yield (group_title(*group), *([side.name] if len(sides) > 1 else [])), side.variety[group]
