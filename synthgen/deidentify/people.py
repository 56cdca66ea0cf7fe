"""Which of the names in a transcript are one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from synthgen.deidentify.lookup import words_of
from synthgen.deidentify.words.chinese import COMPOUND, SURNAMES
from synthgen.text import CJK

_CJK = re.compile(f"[{CJK}]")
_FAMILIAR = "小老阿"
# Letters that a short form has in common with the long one.
_STEM = 3


class People:
    """The persons that names belong to, numbered from 0: full names first, then in their order."""

    def __init__(self, names: Iterable[str]) -> None:
        self._numbers: dict[str, int] = {}
        self._full: dict[tuple[str, str], int] = {}
        self._given: dict[str, int] = {}
        self._surnames: dict[str, int] = {}
        self._stems: dict[str, list[str]] = {}
        self._signs: dict[str, int] = {}
        self._many = 0
        ordered = list(dict.fromkeys(names))
        for name in sorted(ordered, key=is_full, reverse=True):
            self._enter(name)

    def __getitem__(self, name: str) -> int:
        """Return whose a name is. It must be one of those that were given."""
        return self._numbers[plain(name)]

    def is_surname(self, name: str) -> bool:
        """Whether a single name is its bearer's surname."""
        number = self[name]
        return self._given.get(plain(name)) != number and self._surnames.get(plain(name)) == number

    def _enter(self, name: str) -> None:
        given, surname = parts(name)
        number = self._known(name, given, surname)
        if number is None:
            number = self._many
            self._many += 1
        elif not (given and surname):  # a part of a name that is known
            self._numbers[plain(name)] = number
            return
        self._numbers[plain(name)] = number
        if given and surname:
            self._full.setdefault((given, surname), number)
        if given and given not in self._given:
            self._given[given] = number
            self._stems.setdefault(given[:_STEM], []).append(given)
            for sign in given if _CJK.search(given) else "":
                self._signs.setdefault(sign, number)
        if surname:
            self._surnames.setdefault(surname, number)

    def _known(self, name: str, given: str, surname: str) -> int | None:
        if plain(name) in self._numbers:
            return self._numbers[plain(name)]
        if given and surname:
            return self._full.get((given, surname))
        if _CJK.search(name):
            return self._known_chinese(name)
        for known in (self._given, self._surnames):
            if given in known:
                return known[given]
        alike = (
            long for long in self._stems.get(given[:_STEM], ()) if _is_short(given, long) or _is_short(long, given)
        )
        return next((self._given[long] for long in alike), None)

    def _known_chinese(self, name: str) -> int | None:
        """Return who is called by a given name, a surname, a doubled sign, or a sign after 小, 老 and 阿."""
        if name in self._given:
            return self._given[name]
        bare = name[1:] if len(name) == 2 and name[0] in _FAMILIAR else name.rstrip("儿兒") or name
        bare = bare[0] if len(set(bare)) == 1 else bare
        return self._surnames.get(bare, self._signs.get(bare))


def plain(name: str) -> str:
    """Return a name as it is compared."""
    return name if _CJK.search(name) else " ".join(words_of(name)) or name


def is_full(name: str) -> bool:
    """Whether a name has a surname and a given name."""
    return all(parts(name))


def parts(name: str) -> tuple[str, str]:
    """Return the given name and the surname, "" for what is missing; a single English name counts as given."""
    if not _CJK.search(name):
        words = words_of(name) or [name]
        return words[0], words[-1] if len(words) > 1 else ""
    if len(name) == 1:
        return "", name
    size = 2 if name.startswith(COMPOUND) and len(name) > 2 else 1
    full = (size == 2 or name[0] in SURNAMES) and len(name) - size <= 2 and len(set(name)) > 1
    return (name[size:], name[:size]) if full and name[0] not in _FAMILIAR else (name, "")


def _is_short(short: str, long: str) -> bool:
    """Whether one name is the other cut short, with an ending of endearment or without: Dan, Danny and Daniel."""
    stem = re.sub(r"(\w)\1?(?:ie|y|i)$", r"\1", short) if len(short) > _STEM else short
    return len(stem) >= _STEM and len(long) > len(stem) and long.startswith(stem)
