"""Pages: a transcript cut at turn boundaries into pieces that one call can be about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from synthgen.records import PageTurn
from synthgen.text import sentences

# Of a page that is full, at most this part is said again on the next one.
_MOST_OVERLAP = 0.5

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn, or a part of one that is longer than a page. `tokens` is its length, `sheet` as an utterance's."""

    turn: PageTurn
    tokens: int
    sheet: int


def pieces_of(turns: Sequence[tuple[PageTurn, int]], most: int, count: Count) -> Iterator[Piece]:
    """Yield turns, each with its sheet, as pieces of at most `most` tokens; long ones are cut between sentences."""
    for turn, sheet in turns:
        if (tokens := count(turn.text)) <= most:
            yield Piece(turn, tokens, sheet)
            continue
        for text in _split(turn.text, most, count):
            yield Piece(PageTurn(turn.number, turn.role, turn.speaker, text), count(text), sheet)


def cut(pieces: Sequence[Piece], most: int, overlap: int, *, by_sheet: bool) -> Iterator[list[Piece]]:
    """Yield pages of at most `most` tokens.

    The last `overlap` turns of a page stand again on the next one, as far as they are short enough, so that a question
    is not parted from its answer. With `by_sheet` a page ends where a sheet of the file does, and nothing overlaps it.
    """
    page: list[Piece] = []
    repeated = 0
    for piece in pieces:
        ends = by_sheet and bool(page) and page[-1].sheet != piece.sheet
        if ends or (page and _tokens(page) + piece.tokens > most):
            if len(page) > repeated:
                yield page
            page = [] if ends else _again(page, overlap, most, piece.tokens)
            repeated = len(page)
        page.append(piece)
    if len(page) > repeated:
        yield page


def _again(page: Sequence[Piece], overlap: int, most: int, coming: int) -> list[Piece]:
    """Return the last turns of a page that fit on the next one beside what is coming."""
    kept: list[Piece] = []
    room = min(_MOST_OVERLAP * most, most - coming)
    for piece in reversed(page[-overlap:] if overlap else []):
        if (room := room - piece.tokens) < 0:
            break
        kept.insert(0, piece)
    return kept if len(kept) < len(page) else kept[1:]


def _tokens(page: Sequence[Piece]) -> int:
    return sum(piece.tokens for piece in page)


def _split(text: str, most: int, count: Count) -> Iterator[str]:
    """Yield a text in parts of at most `most` tokens: sentences, halves of those that are too long themselves."""
    part, held = "", 0
    for sentence in _short_sentences(text, most, count):
        tokens = count(sentence)
        if part and held + tokens > most:
            yield part
            part, held = "", 0
        part, held = f"{part} {sentence}".strip(), held + tokens
    if part:
        yield part


def _short_sentences(text: str, most: int, count: Count) -> Iterator[str]:
    waiting = sentences(text)[::-1]
    while waiting:
        sentence = waiting.pop()
        if count(sentence) <= most or len(sentence) < 2:
            yield sentence
            continue
        middle = len(sentence) // 2
        space = sentence.rfind(" ", 0, middle)
        at = space if space > middle // 2 else middle
        waiting += [part for part in (sentence[at:].strip(), sentence[:at].strip()) if part]
