"""A run-wide ceiling on formulas: no opening and no closing may lead more than a share of a run's replies.

Lists of banned openers move a model on to the next formula; a ceiling holds for those that nobody has listed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from synthgen.filters.check import drop
from synthgen.filters.formula_counts import FormulaCounts
from synthgen.filters.phrases import flatten
from synthgen.records import Candidate, Drop
from synthgen.text import sentences, unit_name, units

# The words that make an opening, and the Chinese characters, which say about as much.
OPENING_WORDS = 4
OPENING_CHARACTERS = 6
# Where openings and closings are looked for; the rest of a text is not looked at.
_HEAD_CHARS = 200
_TAIL_CHARS = 600
_CLAUSE = re.compile(rf"[\W_]*([^\W_]{{1,{OPENING_CHARACTERS}}})")
# Sentences at the end that may hold the parting advice; the very last one is often a good wish.
_PARTING = 2
_REMEMBER = re.compile(
    r"[\W_]*(?:(?:and|but|so|also|just|please|always|above all|most of all|most importantly|finally|lastly)\b,? ?){0,3}"
    r"(?:remember|don't forget|do not forget|keep in mind|bear in mind)\b"
    r"|[\W_]*(?:最后|最重要的是|总之|所以|当然|同时)?[，,]?(?:请|还请|也请|你要|您要|也要|要|一定要|务必|始终){0,3}"
    r"(?:记住|记得|[別别]忘了|[別别]忘[記记]|不要忘[了記记]|[謹谨][記记]|牢[記记]|切[記记])"
)
_REMEMBERS = "Remember"


class Ceiling:
    """Counts how the replies that hold a place open and close.

    `share` (0 to 1) of the replies may open or close alike, once there are `after` of them; before that, as many
    as may among `after`, so that the first ones are not all the same either.
    """

    def __init__(
        self, share: float, after: int, *, led_by_examples: bool = False, counts_closings: bool = True
    ) -> None:
        """`led_by_examples`: replies to messages at risk open as the examples do, and may."""
        self._share = share
        self._after = after
        self._led_by_examples = led_by_examples
        self._counts_closings = counts_closings
        self._openings = FormulaCounts()
        self._closings = FormulaCounts()
        self._count = 0
        # Of the replies that may still be given back.
        self._held: dict[int, tuple[str, tuple[str, ...]]] = {}

    def over(self, candidate: Candidate) -> Drop | None:
        """Return why one more reply like this is too many, or None. Nothing is counted."""
        # Where a life is at risk, words that point to help may close any number of replies.
        closings = () if candidate.risk else self._closings_of(candidate.text, candidate.language)
        opening = opening_of(candidate.text, candidate.language)
        most = self._most
        if opening and self._openings[opening] >= most and not (candidate.risk and self._led_by_examples):
            return drop(
                candidate,
                "opening_ceiling",
                en=f'Too many replies of the set open with "{opening}". Write another opening, one that takes up a '
                "particular of this message and that no other message could get; keep the rest.",
                zh=f"这批回复里以“{opening}”开头的已经太多。请换一个开头，从这封来信独有的细节写起，其余保持不变。",
                evidence=opening,
            )
        if closing := next((closing for closing in closings if self._closings[closing] >= most), ""):
            return drop(
                candidate,
                "closing_ceiling",
                en=f'Too many replies of the set close with "{closing}". Write another ending, one that only this '
                "message could have; keep the rest.",
                zh=f"这批回复里用“{closing}”收尾的已经太多。请换一个只属于这封来信的结尾，其余保持不变。",
                evidence=closing,
            )
        return None

    def claim(self, key: int, text: str, language: str) -> None:
        """Count a reply. A key that is counted already gives that back first."""
        self.release(key)
        self._held[key] = self._formulas(text, language)
        self._add(key, 1)

    def holds(self, key: int, text: str, language: str) -> bool:
        """Whether a key is counted as this text is, and may still be given back."""
        return key in self._held and self._held[key] == self._formulas(text, language)

    def release(self, key: int) -> None:
        """Count a reply no more; a key that is not counted is fine."""
        if key in self._held:
            self._add(key, -1)
            del self._held[key]

    def settle(self, key: int) -> None:
        """Count a reply for good: it will not be released any more."""
        self._held.pop(key, None)

    def _add(self, key: int, times: int) -> None:
        opening, closings = self._held[key]
        self._count += times
        if opening:
            self._openings.add(opening, times)
        for closing in closings:
            self._closings.add(closing, times)

    def _formulas(self, text: str, language: str) -> tuple[str, tuple[str, ...]]:
        return opening_of(text, language), self._closings_of(text, language)

    def _closings_of(self, text: str, language: str) -> tuple[str, ...]:
        return closings_of(text, language) if self._counts_closings else ()

    @property
    def _most(self) -> int:
        # One of a kind is always allowed; 0.29 * 100 is less than 29.
        return max(1, int(self._share * max(self._after, self._count + 1) + 1e-9))


# Both are kept for a moment, since a reply, or each turn of a conversation, is looked at first and counted next.
@lru_cache(maxsize=64)
def opening_of(text: str, language: str) -> str:
    """Return the first words of a text, or the characters of a Chinese one up to its first comma; "" without any."""
    head = flatten(text[:_HEAD_CHARS])
    if unit_name(language) == "characters":
        found = _CLAUSE.match(head)
        return found[1] if found else ""
    return " ".join(units(head)[:OPENING_WORDS])


@lru_cache(maxsize=64)
def closings_of(text: str, language: str) -> tuple[str, ...]:
    """Return how the last sentence opens, and whether one of the last two tells to remember something."""
    parting = sentences(text[-_TAIL_CHARS:])[-_PARTING:]
    if not parting:
        return ()
    remembers = any(_REMEMBER.match(flatten(sentence)) for sentence in parting)
    opening = opening_of(parting[-1], language)
    return (_REMEMBERS,) * remembers + (opening,) * bool(opening)
