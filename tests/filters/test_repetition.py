from __future__ import annotations

import pytest
from filter_trials import check_of, read_lines, reason, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import repetition
from synthgen.resources import spec_files
from synthgen.spec import read_spec

CHECK = check_of("repetition")
LINES = list(read_lines("repetition_lines.tsv"))
BEFORE = (
    "Since the spring my brother has called me every night, and I no longer pick up. He borrowed my savings for a van "
    "that never ran. My wife wants me to forgive him before the holidays, and part of me would like to."
)
BEFORE_ZH = (
    "从春天起，弟弟每天晚上给我打电话，我已经不再接了。"
    "他借走我的积蓄买了一辆根本开不动的货车。妻子希望我在过年前原谅他。"
)


@pytest.mark.parametrize(("label", "language", "text"), LINES)
def test_labelled_lines(label: str, language: str, text: str) -> None:
    assert (reason(CHECK(reply(text, language))) or "fine") == label


@pytest.mark.parametrize("name", sorted(spec_files()))
def test_what_the_bundled_specs_hold_passes(name: str) -> None:
    spec = read_spec(spec_files()[name])
    pairs = [(pair.language, text) for pair in spec.plain.pairs for text in (pair.user, pair.assistant)]
    seeds = [(code, seed) for topic in spec.topics for code, listed in topic.seeds.items() for seed in listed]
    assert [text for code, text in pairs + seeds if CHECK(reply(text, code))] == []


@pytest.mark.parametrize(
    ("language", "loop"),
    [
        ("en", "ha" * 60),
        ("en", "and I don't know why, " * 8),
        ("en", "no " * 40),
        ("en", "I called him and he called me and " * 5),
        ("zh", "啊" * 40),
        ("zh", "我真的很累，" * 10),
        ("zh", "怎么办" * 12),
        ("zh", "ha" * 60),
    ],
)
def test_a_loop_is_found_wherever_it_stands(language: str, loop: str) -> None:
    before = BEFORE_ZH if language == "zh" else BEFORE
    assert reason(CHECK(reply(loop, language))) == "looping"
    assert reason(CHECK(reply(loop + before, language))) == "looping"
    assert reason(CHECK(reply(f"{before} {before.swapcase()} {loop}", language))) in ("degenerate_ending", "looping")
    assert reason(CHECK(reply(before + loop[: len(loop) // 10], language))) == ""


@pytest.mark.parametrize("ending", [" tired" * 20, " !?!?" * 10, "。" * 35, " I can't, I can't," * 6, " 😭" * 40])
def test_an_ending_that_trails_off_is_told_as_one(ending: str) -> None:
    assert reason(CHECK(reply(BEFORE + ending))) == "degenerate_ending"
    assert reason(CHECK(reply(BEFORE + ending[: len(ending) // 8]))) == ""


def test_a_sentence_may_come_twice_when_it_is_short_or_different() -> None:
    assert reason(CHECK(reply(f"{BEFORE} I don't know. What would you do? I don't know."))) == ""
    twice = "He borrowed my savings for a van that never ran."
    assert reason(CHECK(reply(f"{BEFORE} {twice}"))) == "repeated_sentence"
    assert reason(CHECK(reply(f"{BEFORE} {twice.replace('savings', 'tools')}"))) == ""


@pytest.mark.parametrize(
    ("options", "text", "found"),
    [
        ({"run": 8}, "No way. " * 6, "looping"),
        ({"symbols": 10}, "Oh no" + "!" * 12, "degenerate_ending"),
        (
            {"sentence": 7},
            f"{BEFORE} I love him as I did before all of this. I love him as I did before all of this.",
            "repeated_sentence",
        ),
        ({"share": 0.05}, "I want to sleep in the car. I want to sleep in the hall. " * 2, "looping"),
    ],
)
def test_options_set_what_passes(options: dict[str, float], text: str, found: str) -> None:
    lax = {"run": 1_000, "symbols": 1_000, "sentence": 1_000, "share": 1}
    assert reason(repetition.build(spec_of(), False, **lax)(reply(text))) == ""
    assert reason(repetition.build(spec_of(), False, **(lax | options))(reply(text))) == found


@given(
    st.lists(st.text(max_size=30) | st.sampled_from([text for _, _, text in LINES]), max_size=8).map(" ".join),
    st.integers(1, 12),
    st.sampled_from(["en", "zh", "ja"]),
)
def test_any_text_gets_one_answer(text: str, times: int, language: str) -> None:
    found = CHECK(reply(text * times, language))
    assert found == CHECK(reply(text * times, language))
    assert reason(found) in ("", "looping", "repeated_sentence", "degenerate_ending")


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=60), st.sampled_from(["en", "zh"]))
def test_a_phrase_a_hundred_times_never_passes(phrase: str, language: str) -> None:
    assert CHECK(reply(f"{phrase} " * 100, language)) is not None


@given(st.permutations([f"w{number}x" for number in range(60)]), st.sampled_from(["en", "zh"]))
def test_words_that_come_once_pass(words: list[str], language: str) -> None:
    assert CHECK(reply(" ".join(words), language)) is None
