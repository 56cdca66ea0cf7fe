"""Names, places and organisations in Chinese by surnames, forms of address, endings and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.deidentify.words.chinese import (
    CITIES,
    COMPOUND,
    EVERYDAY,
    FAMILIAR_WORDS,
    FUNCTION,
    GIVEN,
    KIN,
    ORGANISATION_ENDS,
    PLACE_ENDS,
    PLAIN,
    PROVINCES,
    SURNAMES,
    TITLES,
    USUAL,
)
from synthgen.personal.rule import Span

_HAN = "\u4e00-\u9fff"
_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SURNAMES))}])"
_STOP = "".join(sorted(FUNCTION))
# A name ends where a sentence, a word of grammar or a verb of speech begins.
_END = rf"(?=$|[^{_HAN}]|[{_STOP}]|今|昨|明|先|女|老|今年|去年|已|正|刚|一|上|下|自|同|早|晚|前|后|总|非|可)"
_CALLED = re.compile(
    rf"(?:我叫|名叫|叫做|全名叫?是?|大名叫?是?|小名叫?是?|名字叫?是?|姓名[是为:：]*|本名叫?是?|英文名叫?是?"
    rf"|(?<![不们])叫|我是|称呼我|化名)"
    rf"(?P<piece>{_SURNAME}[{_HAN}]{{1,2}}?){_END}"
)
_NICKNAMED = re.compile(
    rf"(?:小名|大名|全名|本名|外号|绰号|乳名|昵称)(?:叫|是)?(?P<piece>[{_HAN}]{{2,3}}?)(?=$|[^{_HAN}])"
)
_FAMILY = re.compile(rf"(?<![百同])姓(?P<piece>{_SURNAME}|[{_HAN}])(?<![名氏什啥甚谁哪的我他她你是不也了])(?![名氏])")
_KIN = re.compile(rf"(?:{KIN})(?:叫|是|名叫)?(?P<piece>{_SURNAME}[{_HAN}]{{1,2}}?){_END}")
_LISTED = re.compile("|".join(sorted(PROVINCES | CITIES, key=lambda place: (-len(place), place))))
_ORGANISED = re.compile(ORGANISATION_ENDS)
_PLACE_END = re.compile(rf"(?:{PLACE_ENDS})")
_PLAIN_WORDS = re.compile(rf"(?:{PLAIN})+")
_NO_PLACE = re.compile(
    r"(?:[这那哪每本全该同各几两]|一|半|走|公|马|铁|网|套|思|后|退|弯|回|心|活|歧|顺|一|出|让|问|带|领|引|逛|上"
    r"|下|班|家|屋|房|城|村|手|梦|眼|嘴|怀|店|车|夜|心|脑子|肚子|被窝|群|哪|这"
    r"|地|社|小|校|住宅|居民|景|郊|市|山|农|辖|片|禁|误|盲|战|闹|超|夜|菜|股|城|都|上|门|开|楼|高|大|火|爬|登|人"
    r"|小|大|过|搭|立|天|断|江|河|湖|大|小|靠|到|进|出|这|水|网|驿|电|加油|充电|下一|终点|起点"
    r"|故|老|家|心|子|思|同|邻|里|海|港|码头|机场|车站|公园|广场|街道|街|路|小区|社区|花园|公寓|大厦|大道|医院|学校)$"
)


def find_chinese(text: str) -> Iterator[Span]:
    """Yield names, places and organisations of a text in simplified characters."""
    for rule in (_CALLED, _NICKNAMED, _FAMILY, _KIN):
        for found in rule.finditer(text):
            if found["piece"] not in EVERYDAY:
                yield Span("name", *found.span("piece"))
    yield from _titled(text)
    yield from _familiar(text)
    yield from (Span("name", *found.span()) for found in _SHORT.finditer(text))
    yield from (Span("name", *found.span()) for found in _MADAM.finditer(text))
    for found in _SIBLING.finditer(text):
        if found["piece"] + found["title"] not in EVERYDAY:
            yield Span("name", found.start(), found.end() if len(found["piece"]) == 1 else found.end("piece"))
    yield from (Span("place", *found.span()) for found in _LISTED.finditer(text))
    yield from _workplaces(text)
    yield from _organisations(text)
    yield from _places(text)


def _titled(text: str) -> Iterator[Span]:
    for found in re.finditer(rf"副?(?:{TITLES})", text):
        for length in (1, 2, 3):
            start = found.start() - length
            if start < 0 or not re.fullmatch(rf"{_SURNAME}[{_HAN}]{{0,2}}", text[start : found.start()]):
                continue
            before = text[start - 1 : start]
            if len(found[0]) == 1 and (
                length > 1
                or (before and before not in "的是找叫跟给问请让对位他她我您你们" and "\u4e00" <= before <= "\u9fff")
            ):
                continue
            if (
                (length == 1 and len(found[0]) > 1 and text[start] in USUAL)
                or not before
                or before in FUNCTION
                or before in "姓位名刚今"
                or not "\u4e00" <= before <= "\u9fff"
            ):
                yield Span("name", start, found.start())
                break


_NAMING = "".join(sorted((GIVEN | SURNAMES) - set("帅亲家老小大靓学师表堂先空的哥姐叔姨")))
# 芳姐, 强哥: a sign of a name and what an elder is called.
_SIBLING = re.compile(
    rf"(?:^|(?<=[^{_HAN}])"
    rf"|(?<=[{_STOP}]))(?P<piece>[{_NAMING}]{{1,2}})"
    rf"(?P<title>姐姐?|哥哥?|姨|叔叔?|婶|嫂|伯伯?|爷爷|奶奶|仔)(?![{_HAN}]?妹)"
)
# 陈太, 何生, 李Sir, as in Hong Kong.
_MADAM = re.compile(
    rf"(?P<piece>[{''.join(sorted(USUAL))}])(?=太(?![太多过大小高低好难早晚累远久长忙])|(?:生|仔)(?![{_HAN}])"
    rf"|[Ss]ir(?![a-z]))|阿[A-Z][a-z]+|(?<=Miss)(?P<after>[{''.join(sorted(USUAL))}])"
)
# 刘姐, 王总: an everyday surname and a short form of address, wherever they stand.
_SHORT = re.compile(
    rf"[{''.join(sorted(USUAL))}](?=[哥姐叔姨嫂婶伯爷](?![{_HAN}]?[夫妹])|总(?![是觉会要能在想不算有得之体结共归]))"
)
_WORKING = re.compile(
    rf"在(?P<piece>[{_HAN}]{{3,14}}?)(?:上班|工作|任职|实习|打工|念书|读书|就读|教书|当老师|做保安|念[高初大]"
    rf"|读[高初大]|上学|住院|看病|看诊|上课)"
)
_VAGUE = re.compile(rf"[{_STOP}]|一[家个所间]|附近|外[面地]|家里|老家|单位|网上|线上")


def _workplaces(text: str) -> Iterator[Span]:
    for found in _WORKING.finditer(text):
        piece = found["piece"]
        if not _VAGUE.search(piece) and not _PLAIN_WORDS.fullmatch(piece):
            yield Span("org", *found.span("piece"))


def _familiar(text: str) -> Iterator[Span]:
    for found in re.finditer(rf"(?<![从大太最矮瘦变较很])[小老阿]({_SURNAME})", text):
        rest = text[found.start() : found.end() + 2]
        if any(rest[:length] in FAMILIAR_WORDS for length in (2, 3, 4)):
            continue
        after = text[found.end() : found.end() + 1]
        sure = text[found.start() + 1] in USUAL
        if (
            sure
            or not after
            or after in FUNCTION
            or after in "今昨明上下一同姐哥先"
            or not "\u4e00" <= after <= "\u9fff"
        ):
            yield Span("name", *found.span())


def _reach(text: str, end: int, most: int) -> int:
    """Return where what ends at `end` begins: after the last sign that no name has in it."""
    start = end
    while (
        start > 0 and end - start < most and "\u4e00" <= text[start - 1] <= "\u9fff" and text[start - 1] not in FUNCTION
    ):
        start -= 1
    return start


def _organisations(text: str) -> Iterator[Span]:
    for found in _ORGANISED.finditer(text):
        start = _reach(text, found.start(), 10)
        name = text[start : found.start()]
        if start > 1 and text[start - 1] == "和" and _PLAIN_WORDS.fullmatch(name or "院"):
            start -= 2  # 和 is a part of many names
            name = text[start : found.start()]
        if len(name) < 2 or _PLAIN_WORDS.fullmatch(name):
            continue
        yield Span("org", start, found.end())


def _places(text: str) -> Iterator[Span]:
    for found in _PLACE_END.finditer(text):
        start = _reach(text, found.start(), 4 if len(found[0]) == 1 else 6)
        name = text[start : found.start()]
        if (
            not name
            or name in EVERYDAY
            or name + found[0] in EVERYDAY
            or _NO_PLACE.search(name)
            or (len(found[0]) == 1 and len(name) < 2 and found[0] not in "市县镇村")
        ):
            continue
        yield Span("place", start, found.end())
