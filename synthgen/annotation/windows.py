"""Windows: a conversation cut into parts whose turns one call labels, each shown with some of what is around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from synthgen.records import Turn
from synthgen.text import count_units

# What was said after a window's last turn often tells what that turn meant; one turn is enough for it.
_AFTER = 1
# A turn that is only context counts, and is shown, with at most this part of a window's words.
_CONTEXT_SHARE = 4
_GAP = " […] "
# What has no spaces and is longer than this counts as several words.
_LONG_WORD = 20


@dataclass(frozen=True, slots=True)
class Window:
    """Numbers of turns, from 1 and rising: those to label and, these among them, those to show.

    A window without focus is about the conversation as a whole.
    """

    focus: tuple[int, ...]
    shown: tuple[int, ...]


def windows(turns: Sequence[Turn], most_turns: int, context: int, most_words: int) -> list[Window]:
    """Return windows of about one length in which every turn is in focus once.

    A focus has at most `most_turns` turns and, but for a single turn that is longer, `most_words` words (or
    characters). Before it up to `context` turns are shown, and one after it where there is context at all; all these
    together have at most half of `most_words`.
    """
    sizes = [words_in(turn.content) for turn in turns]
    return [_in_context(focus, sizes, context, most_words) for focus in _focuses(sizes, most_turns, most_words)]


def whole(turns: Sequence[Turn], most_words: int) -> Window:
    """Return the window on a conversation as a whole; of one that is too long its beginning and its end.

    Turns are taken from both ends in turn, so that both have about half of `most_words`. At least the first and the
    last are shown.
    """
    sizes = [min(words_in(turn.content), most_words // _CONTEXT_SHARE) for turn in turns]
    first, last = 0, len(turns)
    room = [most_words / 2, most_words / 2]
    while first < last:
        side = 0 if room[0] >= room[1] else 1
        size = sizes[last - 1] if side else sizes[first]
        if size > room[side] and first > 0 and last < len(turns):
            break
        room[side] -= size
        first, last = (first, last - 1) if side else (first + 1, last)
    return Window((), (*range(1, first + 1), *range(last + 1, len(turns) + 1)))


def shortened(text: str, most: int) -> str:
    """Return a text on one line; of one with more than `most` words (or characters) its beginning and its end.

    Lone surrogates, which cannot be sent, are left out.
    """
    line = " ".join(text.encode("utf-8", "ignore").decode().split())
    if (size := words_in(line)) <= most:
        return line
    half = max(1, len(line) * most // (2 * size))
    return line[:half] + _GAP + line[-half:]


def words_in(text: str) -> int:
    """Return how many words (or characters) a text counts as; what has no spaces counts by its length."""
    return max(count_units(text), len(text) // _LONG_WORD)


def words_shown(window: Window, number: int, most_words: int) -> int:
    """Return how many words of a turn a window shows: of what is only context a part."""
    return most_words if number in window.focus else most_words // _CONTEXT_SHARE


def _focuses(sizes: Sequence[int], most_turns: int, most_words: int) -> Iterator[range]:
    if not sizes:
        return
    even = -(-len(sizes) // -(-len(sizes) // most_turns))
    start, words = 0, 0
    for at, size in enumerate(sizes):
        if at > start and (at - start == even or words + size > most_words):
            yield range(start + 1, at + 1)
            start, words = at, 0
        words += size
    yield range(start + 1, len(sizes) + 1)


def _in_context(focus: range, sizes: Sequence[int], context: int, most_words: int) -> Window:
    room = most_words // 2
    shown = [*focus]
    after = [focus.stop] if context and focus.stop <= len(sizes) else []
    before = range(focus.start - 1, max(0, focus.start - 1 - context), -1)
    for number in (*after[:_AFTER], *before):
        room -= min(sizes[number - 1], most_words // _CONTEXT_SHARE)
        if room < 0:
            break
        shown.append(number)
    return Window(tuple(focus), tuple(sorted(shown)))
