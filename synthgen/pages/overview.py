"""What the report is about: which run or file, how it stands, what made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from synthgen.card.facts import Facts
from synthgen.measures.shown import short
from synthgen.pages.blocks import Block, Section, Table, Tile, Tiles
from synthgen.pages.side import Side
from synthgen.pages.words import count, span
from synthgen.report.figures import decimal, share
from synthgen.report.roles import ANSWERED, MADE, listed

_HASH_CHARS = 19
WRITING = (MADE, ANSWERED)
FAKE = "Made by a scripted model: no real model wrote these rows."
PRIVATE = "Made from {}: before this page is passed on, see that the rows may be."


def overview(sides: Sequence[Side]) -> Section:
    """Return the first section."""
    blocks: list[Block] = [_tiles(number, side) for number, side in enumerate(sides)]
    for side in sides:
        if side.facts:
            name = side.name if len(sides) > 1 else "it"
            blocks.append(
                Table(
                    f"How {name} was made",
                    ["", ""],
                    [(short(name, 80), short(value, 200)) for name, value in _making(side)],
                    folded=True,
                )
            )
    return Section("overview", "What this is", "", blocks)


def _tiles(number: int, side: Side) -> Tiles:
    portrait, summary = side.portrait, side.facts.summary if side.facts else None
    tiles = [
        Tile("rows", count(portrait.rows), f"{count(portrait.unread)} without a dialogue" if portrait.unread else "")
    ]
    if summary:
        dropped = sum(summary.dropped.values())
        drafts = summary.accepted + summary.surplus + summary.pending + dropped
        tiles[0] = Tile("accepted rows", count(summary.accepted), f"of {count(summary.wanted)} wanted")
        tiles.append(Tile("status", side.status))
        tiles.append(Tile("dropped", count(dropped), f"{share(dropped, drafts)} of {count(drafts)} drafts"))
    topics, languages = portrait.topics.counts(), portrait.languages.counts()
    tiles.append(Tile("topics", count(len(topics))))
    tiles.append(Tile("languages", short(", ".join(languages), 40) or "–"))
    turns = portrait.turns
    if turns and max(turns) > 2:
        mean = sum(length * rows for length, rows in turns.items()) / turns.total()
        tiles.append(Tile("turns a row", decimal(mean, 1), f"{min(turns)} to {max(turns)}"))
    if summary:
        tokens = summary.prompt_tokens + summary.completion_tokens
        tiles.append(Tile("calls", count(summary.calls), f"{count(tokens)} tokens"))
        tiles.append(Tile("time", span(summary.seconds)))
        if summary.cost:
            tiles.append(Tile("cost", decimal(summary.cost, 2), "in the currency of the prices"))
    warnings = [*_fakes(side.facts)] if side.facts else []
    if side.private:
        warnings.append(PRIVATE.format(side.private))
    return Tiles(number, side.name, tiles, warnings)


def _fakes(facts: Facts) -> Iterator[str]:
    """Yield what no real model did, in a run and in those that its rows went through before."""
    chain = facts.chain()
    faked = [role.done for each in chain for role in each.roles if role.fakes]
    # Rows of a file say that they are fakes, and no more.
    if any(done in WRITING for done in faked) or any(each.fake and not each.roles for each in chain):
        yield FAKE
    if others := [*dict.fromkeys(done for done in faked if done not in WRITING)]:
        yield f"{listed(others, 'and').capitalize()} by a scripted model: no real model did that."


def _making(side: Side) -> Iterator[tuple[str, str]]:
    """Yield what made a run, and how it was asked to."""
    facts = side.facts
    assert facts is not None, "only a run was made by something"
    yield "run", facts.run
    yield "recipe", facts.recipe
    yield "begun", facts.created
    for role in facts.roles:
        yield f"{role.done} by", ", ".join(role.models)
    if facts.version:
        yield "synthgen", facts.version
    yield (
        "rubric" if facts.recipe == "judge" else "spec",
        f"{facts.spec.get('name', '')} {_cut(facts.spec.get('hash', ''))}",
    )
    if facts.origin or facts.recipe not in ("generate", "summarize"):
        yield "rows from", facts.origin.run if facts.origin and facts.origin.run else "a file"
    for name, value in facts.settings.items():
        yield name.replace("_", " "), _told(value)
    for name, digest in facts.templates.items():
        yield f"template {name}", _cut(digest)


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _cut(digest: str) -> str:
    return digest[:_HASH_CHARS]
