"""What of a conversation a task shows: as lines of a text, or as the turns that they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from synthgen.annotation.windows import shortened, whole, words_in
from synthgen.records import Role, Turn

# Of what goes before a turn so much is shown, the turn itself among it.
CONTEXT_TURNS = 20
CONTEXT_WORDS = 1500
# A line that is only context has at most this part of the words.
_LINE_SHARE = 4
# A conversation as a whole: as much as an annotator is shown of it, since its notes stand on that.
TALK_WORDS = 6000


@dataclass(frozen=True)
class Talk:
    """The turns of a conversation without the system's, and what its sides are called. Turns count from 1."""

    turns: Sequence[Turn]
    speakers: Mapping[Role, str]

    def lines(self, last: int) -> list[dict[str, Any]]:
        """Return the lines up to a turn, this one among them, as templates see them; 0 stands for the whole talk."""
        if not last:
            window = whole(self.turns, TALK_WORDS)
            return [*self._lines((at, self._shortened(at, TALK_WORDS // _LINE_SHARE)) for at in window.shown)]
        shown = range(_first(self._line_sizes, last), last)
        context = [(at, self._short[at - 1]) for at in shown]
        return [*self._lines([*context, (last, self._shortened(last, CONTEXT_WORDS))])]

    def heard(self, number: int) -> tuple[Turn, ...]:
        """Return the turns that a reply answers, from one of the user's on, sides alternating.

        Turns of one side that follow each other become one. At least the last is there, whatever its length.
        """
        before = [turn for turn in self.turns[: number - 1] if turn.content.strip()]
        shown = before[_first([words_in(turn.content) for turn in before], len(before)) - 1 :]
        heard: list[Turn] = []
        for turn in shown:
            if heard and heard[-1].role == turn.role:
                heard[-1] = replace(turn, content=f"{heard[-1].content}\n{turn.content}")
            elif heard or turn.role == "user":
                heard.append(turn)
        return tuple(heard)

    def answers(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each of the assistant's turns that answers one of the user's, and that one's."""
        before = 0
        for number, turn in enumerate(self.turns, 1):
            if not turn.content.strip():
                continue
            if before and turn.role == "assistant" and self.turns[before - 1].role == "user":
                yield number, before
            before = number

    @cached_property
    def _short(self) -> list[str]:
        return [self._shortened(number, CONTEXT_WORDS // _LINE_SHARE) for number in range(1, len(self.turns) + 1)]

    @cached_property
    def _line_sizes(self) -> list[int]:
        return [words_in(text) for text in self._short]

    def _shortened(self, number: int, most_words: int) -> str:
        return shortened(self.turns[number - 1].content, most_words)

    def _lines(self, texts: Iterable[tuple[int, str]]) -> Iterator[dict[str, Any]]:
        last = 0
        for number, text in texts:
            is_next = number == last + 1
            if text:
                yield {
                    "number": number,
                    "speaker": self.speakers[self.turns[number - 1].role],
                    "text": text,
                    "left_out": None if is_next else (last + 1, number - 1),
                }
            if text or is_next:
                last = number


def _first(sizes: Sequence[int], last: int) -> int:
    """Return the number of the first turn that is shown with the `last`, of which one is always."""
    first, room = last, CONTEXT_WORDS - sizes[last - 1]
    while first > 1 and last - first + 1 < CONTEXT_TURNS and sizes[first - 2] <= room:
        first -= 1
        room -= sizes[first - 1]
    return first
