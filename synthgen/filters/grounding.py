"""Texts that tell what their page does not: numbers, quotations and names that its turns do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.numerals import numbers_in
from synthgen.filters.options import SWITCH
from synthgen.records import Candidate, Drop, Page
from synthgen.spec import Spec

# "One thing", "the two of us": numbers below this are as often a way of speaking as a fact.
_LEAST_NUMBER = 3
_QUOTED = re.compile(
    r'"([^"\n]{1,160})"|“([^”\n]{1,160})”|「([^」\n]{1,160})」|『([^』\n]{1,160})』|《([^》\n]{1,160})》'
)
# A capital after anything but the end of a sentence, a quotation mark or a bullet begins a name.
_CAPITALISED = re.compile(r"(?<=[a-z0-9,;] )[A-Z][\w'’-]*|(?<=[\u4e00-\u9fff，、；])[A-Za-z][\w'’-]+")
_OWN = re.compile(r"I(?:['’](?:m|d|ll|ve))?")
_BARE = re.compile(r"[\W_]+")


def build(
    spec: Spec,
    plain: bool,
    *,
    numbers: Annotated[bool, SWITCH] = True,
    quotations: Annotated[bool, SWITCH] = True,
    names: Annotated[bool, SWITCH] = True,
) -> Check:
    """Options: `numbers`, `quotations` and `names` (words with a capital), false to let the page's be added to."""

    def check(candidate: Candidate) -> Drop | None:
        page = candidate.page
        if page is None:
            return None
        known = {turn.number for turn in page.turns}
        if not candidate.cited or not known.issuperset(candidate.cited):
            return _uncited(candidate, known)
        source = _cited_text(page, candidate.cited)
        found = next(
            (
                fact
                for wanted, facts in ((numbers, _numbers), (quotations, _quotations), (names, _names))
                if wanted
                for fact in facts(candidate.text, source)
            ),
            None,
        )
        return None if found is None else _ungrounded(candidate, found)

    return check


def _numbers(text: str, source: str) -> Iterator[str]:
    told = {value for value, _ in numbers_in(source)}
    return (words for value, words in numbers_in(text) if value >= _LEAST_NUMBER and value not in told)


def _quotations(text: str, source: str) -> Iterator[str]:
    said = _BARE.sub("", source.casefold())
    for found in _QUOTED.finditer(text):
        quotation = next(filter(None, found.groups()))
        if _BARE.sub("", quotation.casefold()) not in said:
            yield quotation


def _names(text: str, source: str) -> Iterator[str]:
    said = source.casefold()
    for found in _CAPITALISED.finditer(text):
        name = re.split("['’]", found[0])[0]
        if not _OWN.fullmatch(found[0]) and name.casefold() not in said:
            yield found[0]


def _cited_text(page: Page, cited: tuple[int, ...]) -> str:
    return "\n".join(f"{turn.speaker}: {turn.text}" for turn in page.turns if turn.number in cited)


def _uncited(candidate: Candidate, known: set[int]) -> Drop:
    first, last = min(known, default=0), max(known, default=0)
    return drop(
        candidate,
        "ungrounded",
        en=f"It does not name the turns of the page that it stands on. Name them by their numbers, {first} to {last}.",
        zh=f"没有标明所依据的对话轮次。请按编号标出（{first}到{last}）。",
        evidence=f"cited: {', '.join(map(str, candidate.cited)) or 'none'}",
    )


def _ungrounded(candidate: Candidate, fact: str) -> Drop:
    return drop(
        candidate,
        "ungrounded",
        en=f'It tells of "{fact}", of which nothing is said in the turns that it names. Keep to what was said there '
        "or leave it out.",
        zh=f"文中的“{fact}”在所标明的轮次里没有出现。请只写那里说过的内容，或者删去。",
        evidence=fact,
    )
