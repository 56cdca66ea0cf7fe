"""Chinese words that tell of names, places and organisations; `chinese.txt` has them and says what they are for."""

from __future__ import annotations

import re
from pathlib import Path

from synthgen.sections import read_lists

_LISTS = read_lists(Path(__file__).with_suffix(".txt"))


def _characters(name: str) -> frozenset[str]:
    return frozenset("".join(_LISTS[name]))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name])


def _any_of(name: str) -> str:
    """Return the alternatives of a pattern, in the order of the list: longer words stand before their beginnings."""
    return "|".join(_LISTS[name])


SURNAMES = _characters("surnames")
WORDY = _characters("wordy")
USUAL = _characters("usual")
FUNCTION = _characters("function")
HARD = _characters("hard")
GIVEN = _characters("given") - FUNCTION

COMPOUND = tuple(_LISTS["compound"])
FAMILIAR_WORDS = _words("familiar words")
PROVINCES = _words("provinces")
CITIES = _words("cities")
EVERYDAY = _words("everyday")
PARTS_OF_LIFE = _words("parts of life")

TITLES = _any_of("titles")
KIN = _any_of("kin")
PLACE_ENDS = _any_of("place ends")
ORGANISATION_ENDS = _any_of("organisation ends")
PLAIN = _any_of("plain")

MEDICINES = re.compile(
    r"(?:[西唑]仑|西泮|沙泮|西汀|氮平|硫平|培酮|螺酮|司琼|曲林|普兰|法辛|瑞康|黛力|蒂诺|普能|坦度|拉法|力新|必利"
    r"|酸锂|雷辛|沙星|霉素|洛尔|地平|普利|沙坦|双胍|卡铂|达能|立普|諾思|巴胺)"
)
