"""Rows to read: some of each topic, and some that were dropped for each reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synthgen.measures.shown import Shown, plain, short
from synthgen.pages.blocks import Block, Passage, Reading, Remark, Samples, Section
from synthgen.pages.side import Side
from synthgen.pages.words import count, title

# Characters of all rows in a section, and of one. In Chinese one takes three bytes, and an escaped sign up to five.
_PAGE_CHARS = 400_000
_ROW_CHARS = 8_000
_WHY_CHARS = 600
_MOST_TOPICS = 120
_MOST_REASONS = 80
HIDDEN = "Examples are not shown, for they may hold what was said in the {}; --with-dropped shows them."


def examples(sides: Sequence[Side]) -> Section | None:
    """Return some rows of each topic, drawn by chance."""
    totals = [side.portrait.topics.counts() for side in sides]
    topics = [*dict.fromkeys(topic for each in totals for topic in each)][:_MOST_TOPICS]
    kept = [{topic: reservoir.kept for topic, reservoir in side.portrait.examples.items()} for side in sides]
    most = _room(kept, topics)
    blocks = [
        Samples(
            short(topic, 80) or "No topic",
            " and ".join(count(each.get(topic, 0)) for each in totals) + " rows",
            [[_cut(row, most) for row in each.get(topic, [])] for each in kept],
        )
        for topic in topics
    ]
    return Section("examples", "Examples", "Rows of each topic, drawn by chance.", blocks) if blocks else None


def dropped(sides: Sequence[Side]) -> Section | None:
    """Return some of the rows that were dropped, by reason."""
    counts = [dict(side.facts.summary.dropped) if side.facts and side.facts.summary else {} for side in sides]
    reasons = [*dict.fromkeys(reason for each in counts for reason in each)][:_MOST_REASONS]
    if not reasons:
        return None
    kept = [{".".join(reason): rows for reason, rows in (side.dropped or {}).items()} for side in sides]
    most = _room(kept, reasons)
    blocks: list[Block] = [
        Remark((f"{side.name}: " if len(sides) > 1 else "") + HIDDEN.format(side.private))
        for side, each in zip(sides, counts, strict=True)
        if each and side.dropped is None
    ]
    for reason in reasons:
        stage, _, name = reason.partition(".")
        told = " and ".join(count(each.get(reason, 0)) for each in counts) + " rows"
        rows = [[_cut(row, most) for row in each.get(reason, [])] for each in kept]
        blocks.append(Samples(f"{stage}: {title(name)}", told, rows))
    return Section("dropped", "Dropped", "Rows that were dropped, with the reason that a model was given.", blocks)


def _room(kept: Sequence[Mapping[str, Sequence[Shown]]], names: Sequence[str]) -> int:
    """Return how many characters a row may take, so that all of them fit on the page."""
    rows = sum(len(each.get(name, ())) for each in kept for name in names)
    return min(_ROW_CHARS, _PAGE_CHARS // max(1, rows))


def _cut(row: Shown, most: int) -> Reading:
    """Return a row as it is printed: nothing in it unseen, and no more of it than there is room for."""
    room, passages = most, []
    for turn in row.turns:
        if room <= 0:
            break
        text = plain(turn.text, room)
        labels = [short(name, 40) for name in turn.labels]
        passages.append(Passage(turn.role, text, turn.length - min(len(turn.text), room), labels))
        room -= len(text)
    left_out = row.count - len(passages)
    return Reading(
        short(row.id, 60), short(row.topic, 60), short(row.language, 12), passages, left_out, plain(row.why, _WHY_CHARS)
    )
