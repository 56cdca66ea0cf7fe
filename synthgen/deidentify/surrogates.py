"""What stands in place of personal data: tags, or invented names, the same for the same person, place or number."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from synthgen.deidentify.inventions import Inventions
from synthgen.deidentify.lookup import words_of
from synthgen.deidentify.people import People, is_full, parts
from synthgen.deidentify.shift import moved
from synthgen.hashing import seed_of
from synthgen.personal.checksums import plain
from synthgen.records import Role
from synthgen.text import CJK

_TAGS = {
    "name": "PERSON", "place": "PLACE", "org": "ORG", "date": "DATE", "phone": "PHONE", "email": "EMAIL", "url": "URL",
    "address": "ADDRESS", "card": "CARD", "iban": "CARD",
    "record": "RECORD", "ip": "IP", "plate": "PLATE", "term": "TERM",
}  # fmt: skip
_ROLES: Mapping[Role, str] = {"user": "CLIENT", "assistant": "COUNSELOR", "system": "PERSON"}
_CJK = re.compile(f"[{CJK}]")
# Digits as they are said; read out or written, a number is the same.
_SPOKEN = str.maketrans("零〇幺一二三四五六七八九两", "0011234567892")


def key_of(kind: str, piece: str) -> str:
    """Return what two pieces of a kind have in common when they stand for one thing."""
    if kind in {"place", "org", "term", "date"}:
        return piece if _CJK.search(piece) else " ".join(words_of(piece))
    if kind in {"email", "url"}:
        return piece.casefold()
    return plain(piece.translate(_SPOKEN)) or piece


class Tags:
    """Tags such as [PERSON_1], numbered within the transcript; who speaks in a role is [CLIENT] or [COUNSELOR]."""

    def __init__(self, people: People, roles: Mapping[int, Role]) -> None:
        self._people, self._roles = people, roles
        self._known: dict[tuple[str, str], str] = {}
        self._many: Counter[str] = Counter()

    def __call__(self, kind: str, piece: str) -> str:
        tag = _TAGS.get(kind, "ID")
        key = key_of(kind, piece)
        if kind == "name":
            number = self._people[piece]
            key = str(number)
            tag = _ROLES[self._roles[number]] if number in self._roles else tag
        if (tag, key) not in self._known:
            self._many[tag] += 1
            first_of_role = tag in {"CLIENT", "COUNSELOR"} and self._many[tag] == 1
            self._known[tag, key] = f"[{tag}]" if first_of_role else f"[{tag}_{self._many[tag]}]"
        return self._known[tag, key]


class Names:
    """Invented names in the form of the original's, dates moved by one number of days, numbers that cannot be real."""

    def __init__(self, people: People, text: str, names: Collection[str], titled: Collection[str], seed: int) -> None:
        self._people, self._titled = people, titled
        self._inventions = Inventions(seed, text, "".join(names))
        self._persons: dict[tuple[int, bool], tuple[str, str]] = {}
        self._known: dict[tuple[str, str], str] = {}
        # Over a month, so that a month by itself changes too.
        self._days = random.Random(seed_of("days", seed, text)).randint(31, 59)

    def __call__(self, kind: str, piece: str) -> str:
        if kind == "name":
            return self._person(piece)
        key = (kind, key_of(kind, piece))
        if kind == "date":
            return moved(piece, self._days) or self._known.setdefault(key, f"[DATE_{len(self._known) + 1}]")
        if key not in self._known:
            self._known[key] = self._invented(kind, piece)
        return _in_case(self._known[key], piece)

    def _invented(self, kind: str, piece: str) -> str:
        chinese = _CJK.search(piece) is not None
        if kind in {"place", "org", "term"}:
            return self._inventions.place(piece, chinese)
        if kind == "address":
            number = len(self._known) + 1
            place = self._inventions.place("", chinese)
            return f"{place}路{number}号" if chinese else f"{number} {place} Road"
        return self._inventions.number(kind, piece)

    def _person(self, piece: str) -> str:
        chinese = _CJK.search(piece) is not None
        number = self._people[piece]
        if (number, chinese) not in self._persons:
            self._persons[number, chinese] = self._inventions.person(chinese)
        given, surname = self._persons[number, chinese]
        if chinese:
            return _chinese_form(piece, given, surname)
        if is_full(piece):
            return _in_case(f"{given} {surname}", piece)
        return _in_case(surname if self._people.is_surname(piece) or piece in self._titled else given, piece)


def _chinese_form(piece: str, given: str, surname: str) -> str:
    own_given, own_surname = parts(piece)
    if own_given and own_surname:
        return surname + given
    if len(piece) == 1:
        return surname
    if len(piece) == 2 and piece[0] in "小老阿":
        return piece[0] + (given[-1] if piece[0] == "阿" else surname)
    if len(set(piece)) == 1:
        return given[-1] * 2
    return given


def _in_case(name: str, piece: str) -> str:
    if piece.isupper() and len(piece) > 1:
        return name.upper()
    return name.lower() if piece.islower() and piece.isalpha() else name


def roles_of(people: People, speakers: Sequence[tuple[str, Role]]) -> dict[int, Role]:
    """Return the roles of persons from the names of those who speak, the first said winning."""
    roles: dict[int, Role] = {}
    for name, role in speakers:
        roles.setdefault(people[name], role)
    return roles
