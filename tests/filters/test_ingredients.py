from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import FILTERS
from synthgen.filters.ingredients import MENDED_BY, EvidenceCount, evidence, score
from synthgen.records import Candidate, Turn

FULL = (
    "Since last spring my mother has lived with us, and for eleven months now I wake up at four almost every night. "
    "It started when she fell in the kitchen. I feel guilty and angry at once. I have tried warm milk and talked to "
    "my doctor, but nothing helps. What can I do?"
)
FULL_ZH = (
    "去年冬天妈妈摔倒以后搬来和我住，已经十一个月了，我每天凌晨四点就醒。我又内疚又烦躁。"
    "我试过喝牛奶，也找医生谈过，都没什么用。我该怎么办？"
)
PIECES = {
    "first_person": ("My sleep is gone.", "我睡不着。", "The sleep is gone.", "睡不着。"),
    "question": ("What can be done?", "该怎么办？", "Something can be done.", "会好的。"),
    "duration": ("It has been so for six weeks.", "已经六周了。", "It is so.", "就这样。"),
    "frequency": ("It comes three times a week.", "经常这样。", "It comes.", "会来。"),
    "trigger": ("She left last Tuesday.", "上周她走了。", "She is gone.", "她不在。"),
    "feeling": ("Somebody is ashamed.", "很羞愧。", "Somebody is tall.", "很高。"),
    "coping": ("Somebody tried yoga.", "试过跑步。", "Somebody slept.", "睡了。"),
    "history": ("The father drank.", "父亲喝酒。", "The man drank.", "那人喝酒。"),
}


@pytest.mark.parametrize("name", MENDED_BY)
def test_each_evidence_is_seen_where_it_is_and_nowhere_else(name: str) -> None:
    has_en, has_zh, lacks_en, lacks_zh = PIECES[name]
    assert evidence(has_en, "en")[name]
    assert evidence(has_zh, "zh")[name]
    assert not evidence(lacks_en, "en")[name]
    assert not evidence(lacks_zh, "zh")[name]


@pytest.mark.parametrize(("text", "language"), [(FULL, "en"), (FULL_ZH, "zh")])
def test_a_full_message_shows_all(text: str, language: str) -> None:
    assert score(text, language) == 1.0
    assert list(evidence(text, language)) == list(MENDED_BY)


def test_typographic_marks_do_not_matter() -> None:
    assert evidence("I’ve tried it. My mother’s dog", "en") == evidence("I've tried it. My mother's dog", "en")


def test_nothing_is_asked_for_by_default() -> None:
    assert check_of("ingredients")(query("Hello.")) is None


def test_a_message_that_shows_too_little_is_told_what_is_missing() -> None:
    check = FILTERS["ingredients"](spec_of(), False, least=8)
    assert check(query(FULL)) is None
    found = check(query(FULL.replace("What can I do?", "That is all.")))
    assert found is not None
    assert (found.reason, found.evidence) == ("missing_ingredients", "question")
    assert found.detail.endswith("Work in, as it comes naturally: a question about what to do.")
    in_chinese = check(query("我很累。", "zh"))
    assert in_chinese is not None
    assert "试过哪些办法" in in_chinese.detail


def test_the_bound_counts_evidences() -> None:
    text = "I am ashamed. What now?"
    assert sum(evidence(text, "en").values()) == 3
    wanted = {3: "", 4: "missing_ingredients"}
    for least, slug in wanted.items():
        assert reason(FILTERS["ingredients"](spec_of(), False, least=least)(query(text))) == slug


def test_replies_are_left_alone_and_a_conversation_is_its_users_side() -> None:
    check = FILTERS["ingredients"](spec_of(), False, least=8)
    assert check(reply("Hello.")) is None
    half, rest = FULL[:160], FULL[160:]
    turns = (Turn("user", half), Turn("assistant", "Go on."), Turn("user", rest))
    assert check(Candidate("conversation", "", "en", turns=turns)) is None
    assert reason(check(Candidate("conversation", "", "en", turns=turns[:2]))) == "missing_ingredients"


def test_shares_of_a_run_are_counted() -> None:
    count = EvidenceCount()
    assert count.shares() == {}
    count.add(FULL, "en")
    count.add("我。", "zh")
    shares = count.shares()
    assert list(shares) == ["score", *MENDED_BY]
    assert (shares["first_person"], shares["question"]) == (1.0, 0.5)
    assert shares["score"] == 0.5625


@given(st.text(max_size=400), st.sampled_from(["en", "zh", "de"]))
def test_any_text_has_a_score(text: str, language: str) -> None:
    assert 0 <= score(text, language) <= 1
