from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.personal.doors import find_doors
from synthgen.personal.told import find_told


def covered(text: str, piece: str) -> bool:
    start = text.index(piece)
    spans = [*find_told(text), *find_doors(text)]
    return all(any(span.start <= at < span.end for span in spans) for at in range(start, start + len(piece)))


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("the claim number, it's ", "NGI/2023/5508712", ", thanks"),
        ("file number ", "22-B-1085", "."),
        ("my badge is ", "4471", " I think"),
        ("record no. ", "HO-2291-8834-X", ""),
        ("ID ", "HKID Y482913(7)", ""),
        ("call ", "five one two, five five five, oh one nine nine", " any time"),
        ("it's ", "m dash two two seven one nine", " okay"),
        ("mail ", "ann dot b at post dot example dot org", " please"),
        ("see ", "our page dot org slash ann"[4:], ""),
        ("on ", "annslog.blog/me", " it is"),
        ("at ", "Flat 3B, 27 Rosslyn Hill, London NW3 5UJ", " now"),
        ("at ", "Unit 4, 18-20 Smith St, Fitzroy VIC 3065", "."),
        ("i live at ", "42 elm street apartment 3 springfield ohio 45503", " now"),
        ("it's ", "forty two fourteen maple avenue", " in dayton"),
        ("to ", "P.O. Box 332, Alliance, Nebraska 69301", "."),
        ("my zip is ", "97701", ""),
        ("编号是", "SF2024-0377", "。"),
        ("工号", "三三零二九", ""),
        ("电话", "零五五幺六五七八二零三四", "啊"),
        ("案号", "（2023）咨字第0715号", "。"),
        ("转分机前是62345678", "转8012", "。"),
        ("在", "江北区建新北路65号阳光丽景B栋23-6", "，"),
        ("住", "九龍旺角彌敦道688號旺角中心1座18樓1803室", "。"),
    ],
)
def test_what_is_told_is_found(before: str, piece: str, after: str) -> None:
    assert covered(before + piece + after, piece)


@pytest.mark.parametrize(
    "text",
    [
        "I scored 17 out of 24, twice, and slept 4 hours.",
        "It cost $12,500 or 1,200,000 won, 50% off.",
        "From 2019-2021 I took 50mg, then 100 mg.",
        "My PHQ-9 was 16, the A1C 9.1, code F32.1.",
        "Call 988, 911 or 13 11 14, text 741741, 拨12356。",
        "one of the two or three, nine times out of ten",
        "10:30-11:45, pages 60 to 75, COVID-19",
        "每月四千五百块，三十九度五，一二三",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert [text[span.start : span.end] for span in [*find_told(text), *find_doors(text)]] == []


@given(st.text(st.characters(codec=None)))
def test_no_text_makes_it_fail(text: str) -> None:
    for span in [*find_told(text), *find_doors(text)]:
        assert span.start < span.end
