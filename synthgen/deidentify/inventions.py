"""Invented names, places, organisations and numbers. None of them belongs to anybody."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import count, product

_GIVEN = (
    "Alex Jordan Taylor Morgan Casey Riley Jamie Avery Quinn Rowan Sage Emerson Finley Hayden Kendall Logan"
    " Marlow Parker Reese"
    " Skyler Tatum Arden Blair Corey Devon Ellis Frankie Harley Indigo Jules Kerry Lane Micah Noel Oakley Perry"
    " Robin Shiloh Tracy"
    " Wren Ainsley Bryce Cameron Dakota Eden Flynn Gray Hollis Ira Jody Kai Lennon Merritt Nico Ollie Presley"
    " Remy Sidney Toby"
).split()
_SURNAMES = (
    "Ashdown Birchall Calloway Dunmore Ellery Fairley Garrick Halloran Inskip Jessop Kilbride Langford Merriman"
    " Northam Oakden"
    " Penrose Quillan Redfern Selwyn Thornbury Underhill Varley Westbrook Yardley Aldridge Bramwell Colby"
    " Denholm Eastman Farrow"
    " Gladwin Hartwell Ingram Kellaway Lockwood Mayhew Netherton Ormond Pickford Radley Stanhope Tilford"
    " Vickers Wakeley Winslow"
).split()
_PLACES = (
    "Millbrook Larkmere Ashbourne Fenwick Eastholm Windermoor Harrowgate Oakhollow Brindleton Marrowby"
    " Saltmarsh Thornfield Greyport"
    " Willowbend Northvale Cresthaven Dunleigh Elmstead Foxmoor Goldenreach Highmarsh Ivybridge Kestrelton"
    " Lindenholt Meadowcross"
).split()
_CHINESE_SURNAMES = "林周许沈陆程苏叶方夏秦江白陶蒋韩唐冯于董"
_CHINESE_GIVEN = "安然若溪知行子墨雨桐思远景明清和念之书言以宁嘉禾云舟星野晓棠临川乐山怀瑾望舒青禾初晴亦凡一诺向晚"
_CHINESE_PLACES = (
    "云溪 清河湾 南屏 青岚 临江 白石 松原里 海棠 东篱 北渚 月湖 枫林 长桥 鹿鸣 柳岸 石桥 兰亭里 梅岭 竹溪 星河".split()
)
# Kinds of place and organisation that stay, so that an invented school is still a school.
_ENDINGS = re.compile(
    r"(?:(?<=\s)(?:University|College|(?:High |Middle |Elementary |Primary )?School|Academy|Hospital|Clinic"
    r"|Church|Center|Centre|Street|Avenue|Road"
    r"|Lane|Park|River|Lake|County|Bank|Insurance|Inc|Ltd|LLC)\.?"
    r"|大学|學院|学院|中学|中學|小学|小學|幼儿园|幼兒園|医院|醫院|诊所|診所|卫生院|公司|集团|集團|银行|銀行"
    r"|派出所|事务所|事務所|法院|厂|廠|省|市|县|縣|区|區|镇|鎮|乡|鄉|村|路|街|站)$"
)


class Inventions:
    """Draws invented words in an order of the seed's: none stands in `text`, no sign in its `names`."""

    def __init__(self, seed: int, text: str, names: str) -> None:
        self._seed = seed
        self._text = text.casefold()
        self._signs = frozenset(names) - frozenset(map(chr, range(128)))
        self._given = self._drawn("given", _GIVEN, _syllables)
        self._surnames = self._drawn("surname", _SURNAMES, _syllables)
        self._places = self._drawn("place", _PLACES, _syllables)
        self._chinese_surnames = self._drawn("姓", list(_CHINESE_SURNAMES), _chinese_syllables)
        pairs = [_CHINESE_GIVEN[at : at + 2] for at in range(0, len(_CHINESE_GIVEN) - 1, 2)]
        self._chinese_given = self._drawn("名", pairs, _chinese_syllables)
        self._chinese_places = self._drawn("地", _CHINESE_PLACES, _chinese_syllables)
        self._numbers, self._phones = count(1), count(1)

    def person(self, chinese: bool) -> tuple[str, str]:
        """Return an invented given name and surname."""
        return (
            (next(self._chinese_given), next(self._chinese_surnames))
            if chinese
            else (next(self._given), next(self._surnames))
        )

    def place(self, original: str, chinese: bool) -> str:
        """Return an invented place or organisation that ends as the original does."""
        ending = _ENDINGS.search(original)
        name = next(self._chinese_places if chinese else self._places)
        return name + ("" if ending is None else ending[0] if chinese else f" {ending[0]}")

    def number(self, kind: str, original: str) -> str:
        """Return a number, an address or a page that cannot be real, in the original's form as far as that goes.

        No two are the same, however many there are.
        """
        rank = next(self._numbers)
        if kind == "email":
            return f"person{rank}@example.org"
        if kind == "url":
            return f"https://example.org/page{rank}"
        if kind == "phone" and not re.match(r"\+?(?:86|0|1[3-9])", original) and original.isascii():
            return _fictional(next(self._phones))
        return _zeroed(original, rank)

    def _drawn(self, kind: str, words: list[str], more: Callable[[], Iterator[str]]) -> Iterator[str]:
        words = list(words)
        random.Random(f"{self._seed}:{kind}").shuffle(words)
        for pool in (words, more()):
            for word in pool:
                if word.casefold() not in self._text and self._signs.isdisjoint(word):
                    yield word
        raise AssertionError("more names than a transcript can have")


def _syllables() -> Iterator[str]:
    for size in count(2):
        for signs in product(
            ("bra", "del", "fen", "gor", "lin", "mar", "nol", "per", "sta", "vel", "win"), repeat=size
        ):
            yield "".join(signs).capitalize()


def _chinese_syllables() -> Iterator[str]:
    for size in count(2):
        yield from map("".join, product("甲乙丙丁戊己庚辛壬癸", repeat=size))


def _fictional(rank: int) -> str:
    """Return a number out of the hundred that are kept for fiction; then with area codes that no area has."""
    area, line = divmod(rank, 100)
    return f"{area:03d}-555-01{line:02d}" if area else f"555-01{line:02d}"


def _zeroed(original: str, rank: int) -> str:
    """Return a number of the same shape: zeros, with a running number at its end, and X for letters.

    A number that is too short for the running one has that after it: its digits always say the running number.
    """
    signs = list(original)
    places = [at for at, sign in enumerate(signs) if sign.isdigit() or sign in "零〇幺一二三四五六七八九"]
    for at, sign in enumerate(signs):
        if sign.isascii() and sign.isalpha():
            signs[at] = "X" if sign.isupper() else "x"
    for at in places:
        signs[at] = "0" if signs[at].isdigit() else "零"
    if not places:
        return f"{rank:06d}"
    if len(places) < len(str(rank)):
        return f"{''.join(signs)}-{rank}"
    for at, digit in zip(reversed(places), reversed(str(rank)), strict=False):
        signs[at] = digit if signs[at] == "0" else "零一二三四五六七八九"[int(digit)]
    return "".join(signs)
