"""What of a judge's words can be believed: scores on the scale, quotes that stand in the text, failures by kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.judging.faults import fault_of
from synthgen.judging.verdict import Failure, Score, Verdict, joined, mean_points, quote_found, verdict_of
from synthgen.parsing import RawScore

TEXT = "I’m glad you **wrote**.\n\n1. Sleep is hard — and it's not your fault.\n2. “Rest” first… then call."
CHINESE = "我很高兴你愿意说出来。\n你说“睡不着”，这并不是你的错……我们慢慢来！"
WANTED = ("warmth", "order", "depth")


def verdict(*, answer: str = "{}", finish: str = "stop", **found: RawScore) -> Verdict:
    return verdict_of(found, WANTED, (1, 10), TEXT, answer=answer, finish=finish)


@pytest.mark.parametrize(
    "quote",
    [
        "I'm glad you wrote",
        "i’m GLAD you wrote.",
        '"I\'m glad you **wrote**."',
        "wrote. 1. Sleep is hard - and it's not your fault;",
        "Ｓｌｅｅｐ ｉｓ ｈａｒｄ",
        "I'm glad ... not your fault",
        "… Sleep is hard […] then call …",
        "> 2. 'Rest' first... then call",
        "Rest first",
    ],
)
def test_a_quote_of_the_text_is_found(quote: str) -> None:
    assert quote_found(quote, TEXT)


@pytest.mark.parametrize(
    "quote", ["你愿意说出来", "「睡不着」，这并不是你的错", "我很高兴……慢慢来", "这并不是 你的错。。。我们慢慢来!"]
)
def test_a_chinese_quote_is_found(quote: str) -> None:
    assert quote_found(quote, CHINESE)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        " ",
        "...",
        "“”",
        "!?",
        "I am glad you wrote",
        "not your fault ... I'm glad",
        "Sleep is easy",
        "glad ... joyful",
        "no",
        "our fault",
    ],
)
def test_what_the_text_does_not_say_is_not_found(quote: str) -> None:
    assert not quote_found(quote, TEXT)
    assert not quote_found(quote, "")


@given(st.text(), st.text())
def test_any_quote_is_looked_for_in_any_text(quote: str, text: str) -> None:
    assert quote_found(quote, text) in (True, False)
    assert not quote_found(quote, "")


@given(st.lists(st.text("abc-'é睡。,* ", min_size=1), min_size=1, max_size=12), st.integers(0, 11), st.integers(1, 12))
def test_a_run_of_words_is_found_if_it_says_anything(words: list[str], start: int, count: int) -> None:
    part = " ".join(words[start : start + count])
    assert quote_found(part, "  ".join(words)) is any(map(str.isalnum, part))


def test_a_sound_score_comes_with_its_grounds() -> None:
    found = verdict(
        warmth=RawScore(8, 10, "Kind.", "I'm glad"),
        order=RawScore(1, None, "", ""),
        depth=RawScore(10, None, "x", "no"),
    )
    assert found.scores == {
        "warmth": Score("warmth", 8, "Kind.", "I'm glad", quote_found=True),
        "order": Score("order", 1, "", "", quote_found=False),
        "depth": Score("depth", 10, "x", "no", quote_found=False),
    }
    assert found.is_whole
    assert mean_points(found) == pytest.approx(19 / 3)


@pytest.mark.parametrize("raw", [RawScore(0), RawScore(11), RawScore(-3), RawScore(4, 5), RawScore(8, 100)])
def test_a_number_of_another_scale_is_no_score(raw: RawScore) -> None:
    found = verdict(warmth=raw, order=RawScore(5), depth=RawScore(5))
    assert found.failures == {"warmth": "out_of_scale"}
    assert mean_points(found) is None


def test_what_is_lacking_is_told_by_kind() -> None:
    found = verdict(warmth=RawScore(None, None, "Kind."), order=RawScore(5))
    assert found.failures == {"warmth": "no_number", "depth": "missing"}
    assert list(found.scores) == ["order"]


@pytest.mark.parametrize(
    ("answer", "finish", "kind"),
    [
        ("I'm sorry, but I can't rate this.", "stop", "refused"),
        ("抱歉，我无法评价这段对话。", "stop", "refused"),
        ("I am not able to judge people.", "stop", "refused"),
        ("", "content_filter", "refused"),
        ("", "stop", "nonsense"),
        ("The moon is made of cheese.", "stop", "nonsense"),
        ('{"rating": 5}', "stop", "nonsense"),
        ('{"warmth": {"quote": "I', "length", "cut_off"),
    ],
)
def test_an_answer_without_scores_fails_as_a_whole(answer: str, finish: str, kind: str) -> None:
    found = verdict(answer=answer, finish=finish)
    assert found.failures == dict.fromkeys(WANTED, kind)
    assert mean_points(found) is None


def test_of_an_answer_that_is_cut_off_the_whole_scores_count() -> None:
    found = verdict(finish="length", warmth=RawScore(8), order=RawScore(None, None, "", "I'm"))
    assert list(found.scores) == ["warmth"]
    assert found.failures == {"order": "cut_off", "depth": "cut_off"}


def test_asking_again_fills_what_failed_and_leaves_the_rest() -> None:
    before = verdict(warmth=RawScore(8), order=RawScore(99))
    again = verdict_of({"order": RawScore(4)}, ("order", "depth"), (1, 10), TEXT, answer="{}", finish="stop")
    found = joined(before, again, WANTED)
    assert {name: score.points for name, score in found.scores.items()} == {"warmth": 8, "order": 4}
    assert found.failures == {"depth": "missing"}
    last = verdict_of({"depth": RawScore(2)}, ("depth",), (1, 10), TEXT, answer="{}", finish="stop")
    assert list(joined(found, last, WANTED).scores) == list(WANTED)
    assert joined(found, last, WANTED).is_whole


def test_no_scores_have_no_mean() -> None:
    assert mean_points(Verdict({}, {})) is None


@pytest.mark.parametrize("kind", Failure.__args__)
def test_every_failure_is_told_in_both_languages(kind: Failure) -> None:
    for language in ("en", "zh", "fr"):
        told = fault_of({"warmth": kind, "order": kind}, (1, 10), language)
        assert '"warmth"' in told
        assert '"order"' in told
        assert "{" not in told
        assert told.endswith("。" if language == "zh" else ".")
    assert "1 to 10" in fault_of({"warmth": "out_of_scale", "order": "missing"}, (1, 10), "en")
