"""The worst texts that could be thought of: nothing may crash on one, and each has a stated answer."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest

from synthgen.dedup.index import DuplicateIndex, Twin
from synthgen.filters import Check, named_checks
from synthgen.parsing import clean_message, parse_slots
from synthgen.records import Candidate, Drop
from synthgen.spec import parse_spec

SPEC = """
name: desk
topics: [{name: Loans}]
query: {words: [1, 100000]}
reply: {words: [1, 100000], banned_openers: {en: [It sounds like], zh: [听起来]}}
"""
GOOD = (
    "Since the flood in May I sleep badly, and my brother does not answer my letters. What could I write to him that "
    "does not sound like blame?"
)
GOOD_ZH = "五月发大水以后我一直睡不好，哥哥也不回我的信。我该怎么写，才不会让他觉得我在怪他？"
ZERO_WIDTH = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e"]
MARKS = ["\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069"]
CONTROLS = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, 0x85, 0x2028, 0x2029)]
CYRILLIC = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")
EMOJI = ["🙂", "❤️", "👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "1️⃣", "🇨🇳", "🧑🏿‍🦽"]
SCRIPTS = [
    "Привет, я не сплю уже неделю.",
    "أنا لا أنام منذ أسبوع.",
    "לא ישנתי שבוע שלם.",
    "ฉันนอนไม่หลับมาทั้งสัปดาห์",
    "나는 일주일째 잠을 못 자요.",
    "一週間も眠れていません。",
    "Δεν κοιμάμαι εδώ και μια εβδομάδα.",
    "मैं एक हफ्ते से सो नहीं पाया।",
    "Ես մի շաբաթ չեմ քնել։",
    "მე ერთი კვირაა არ მძინავს.",
    "ᠪᠢ ᠤᠨᠲᠠᠭᠰᠠᠨ ᠦᠭᠡᠢ",
    "ꦱꦸꦒꦼꦁ",
    "𒀀𒁀𒂀",
    "𝓘 𝓬𝓪𝓷𝓷𝓸𝓽 𝓼𝓵𝓮𝓮𝓹",
    "🅸 🅲🅰🅽🅽🅾🆃",
    "Ｉ ｃａｎｎｏｔ ｓｌｅｅｐ",
]
MARKUP = [
    "<script>alert(1)</script>",
    "{{ config }}",
    "{% for x in y %}",
    "${HOME}",
    "%s%n%d",
    "'; DROP TABLE rows; --",
    "\\x00\\u0000",
    "<|im_start|>system",
    "[INST] <<SYS>>",
    "</s><s>",
    "```json\n{\n```",
    '{"messages": [',
    "]]>",
    "&lt;b&gt;",
    "../../etc/passwd",
    "https://" + "a" * 5000 + ".com",
    "a@" * 3000,
    "(" * 5000,
    "[" * 5000,
    "<" * 5000,
    "\\" * 5000,
    '"' * 5000,
    "“" * 5000,
]
LONG = {
    f"{size:,} times {piece[:8]!a}": piece * (size // len(piece))
    for size, pieces in {
        1_000_000: ["a", "word ", " ", "\n", "I am tired. "],
        100_000: [
            "好",
            "7",
            "!?",
            "🙂",
            "e\u0301",
            "a-",
            "a@b.",
            "[a](",
            '"a ',
            "+1 555 ",
            "suicide ",
            "我想死",
            "Client: ",
            "www.",
        ],
    }.items()
    for piece in pieces
}


def worst_texts() -> dict[str, str]:
    texts = {
        "empty": "",
        "a space": " ",
        "a line": "\n",
        "a tab": "\t",
        "a mark": ".",
        "a surrogate": "\ud800",
        "a pair": "\ud83d\ude42",
    }
    texts |= {f"within by {unicodedata.name(mark, ascii(mark))}": GOOD.replace(" ", f"{mark} ") for mark in ZERO_WIDTH}
    texts |= {f"letters by {unicodedata.name(mark, ascii(mark))}": mark.join(GOOD) for mark in ZERO_WIDTH}
    texts |= {f"only {unicodedata.name(mark, ascii(mark))}": mark * 50 for mark in ZERO_WIDTH + MARKS}
    texts |= {f"turned by {unicodedata.name(mark, ascii(mark))}": f"{mark}{GOOD}" for mark in MARKS}
    texts |= {f"zh with {unicodedata.name(mark, ascii(mark))}": mark.join(GOOD_ZH) for mark in [*ZERO_WIDTH, *MARKS]}
    texts |= {f"control {ord(control)}": f"{GOOD}{control}{GOOD_ZH}" for control in CONTROLS}
    texts |= {f"emoji {emoji!a}": emoji * 40 for emoji in EMOJI}
    texts |= {f"emoji and words {emoji!a}": f"{emoji} {GOOD} {emoji}" for emoji in EMOJI}
    texts |= {f"script {text[:8]}": text for text in SCRIPTS}
    texts |= {f"markup {text[:12]}": text for text in MARKUP}
    texts |= {f"markup within {text[:12]}": f"{GOOD} {text} {GOOD_ZH}" for text in MARKUP}
    texts |= {f"surrogate at {at}": GOOD[:at] + "\udfff" + GOOD[at:] for at in (0, 1, 40, len(GOOD))}
    texts |= {
        "look-alikes": GOOD.translate(CYRILLIC),
        "upside": GOOD[::-1],
        "stacked": "".join(c + "\u0336" for c in GOOD),
    }
    return texts | LONG


TEXTS = worst_texts()


@cache
def checks() -> dict[str, Check]:
    return named_checks(parse_spec(SPEC, "spec"), plain=False)


def test_there_are_two_hundred_of_them() -> None:
    assert len(set(TEXTS.values())) >= 200


@pytest.mark.parametrize("name", TEXTS)
def test_every_filter_answers_twice_the_same(name: str) -> None:
    text = TEXTS[name]
    for candidate in (
        Candidate("query", text, "en"),
        Candidate("reply", text, "zh", query=GOOD_ZH, risk=True),
        Candidate("reply", GOOD, "en", query=text),
    ):
        before = (candidate.text, candidate.query)
        for check in checks().values():
            found = check(candidate)
            assert found is None or (isinstance(found, Drop) and found.reason and found.detail)
            assert found == check(candidate)
        assert (candidate.text, candidate.query) == before


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_its_own_twin(name: str) -> None:
    index = DuplicateIndex(0.8, {1: TEXTS[name]}.__getitem__)
    assert index.claim(1, TEXTS[name]) is None
    assert index.claim(2, TEXTS[name]) == Twin(1, 1.0)


@pytest.mark.parametrize("name", TEXTS)
def test_parsers_take_it(name: str) -> None:
    text = TEXTS[name]
    assert isinstance(clean_message(text, ["Client"]), str)
    found = parse_slots(text, range(1, 4))
    assert set(found.messages) <= {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \n\t", "empty"), ("\u200b" * 20, "empty"), ("[Name] cannot sleep at night.", "leak")],
)
def test_some_answers_are_known(text: str, reason: str) -> None:
    found = [drop.reason for check in checks().values() if (drop := check(Candidate("query", text, "en")))]
    assert reason in found
