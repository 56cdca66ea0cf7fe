from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synthgen.filters import crisis
from synthgen.filters.lexicon import read_lexicon
from synthgen.filters.phrases import REACH, Phrases, flatten, fold
from synthgen.filters.words import refusal

LEXICONS = [read_lexicon(path) for path in sorted(Path(crisis.__file__).parent.glob("lexicons/*/*.txt"))]
TABLES = [table for lexicon in LEXICONS for table in (lexicon.signs, lexicon.look_alikes)]
TABLES += [refusal.REFUSAL_EN, refusal.REFUSAL_ZH, refusal.SELF_EN, refusal.SELF_ZH]
TABLES += [refusal.SELF_IN_REPLY_EN, refusal.SELF_IN_REPLY_ZH]


PATTERNS = [(anchor, pattern) for table in TABLES for anchor, patterns in table.items() for pattern in patterns]


def test_a_phrase_is_found_as_it_was_written() -> None:
    assert Phrases({"tea": [r"(?:green|black) tea"]}).find(fold("Two cups of Black\nTea.")) == "black tea"


def test_an_anchor_alone_is_no_phrase() -> None:
    assert Phrases({"tea": [r"(?:green|black) tea"]}).find(fold("Two cups of tea.")) == ""


def test_what_is_passed_over_hides_the_phrase_within_it_only() -> None:
    phrases = Phrases({"tea": [r"black tea"]}, passed_over=[{"tea": [r"no black tea"]}])
    assert phrases.find(fold("No black tea, thanks.")) == ""
    assert phrases.find(fold("No black tea? Black tea, please.")) == "black tea"


def test_tables_with_the_same_anchor_are_joined() -> None:
    phrases = Phrases({"tea": [r"black tea"]}, {"tea": [r"green tea"]})
    assert [phrases.find(fold(text)) for text in ("black tea", "green tea", "red tea")] == [
        "black tea",
        "green tea",
        "",
    ]


@pytest.mark.parametrize(
    ("anchor", "text"),
    [
        ("tea", "(tea)"),
        ("tea", "black-tea"),
        ("tea", "“tea”"),
        ("tea", "喝tea吧"),
        ("a&b", "an a&b."),
        ("茶", "喝茶"),
        ("3-4", "at 3-4."),
    ],
)
def test_words_begin_after_anything_but_letters(anchor: str, text: str) -> None:
    assert Phrases({anchor: [anchor]}).find(fold(text)) == anchor


@pytest.mark.parametrize("text", ["black tea, 红茶", "black tea — red tea", "Thé et black tea", "black tea"])
@pytest.mark.parametrize("anchors", [("tea",), ("tea", "茶"), ("tea", "茶", "—")])
def test_a_phrase_is_found_in_any_company(anchors: tuple[str, ...], text: str) -> None:
    patterns = {"tea": "black tea", "茶": "绿茶", "—": "— green"}
    assert Phrases({anchor: [patterns[anchor]] for anchor in anchors}).find(fold(text)) == "black tea"


@pytest.mark.parametrize("text", ["", "tea", "tea — more tea", "红茶"])
def test_a_chinese_phrase_is_not_found_where_it_is_not(text: str) -> None:
    assert Phrases({"茶": ["绿茶"]}).find(fold(text)) == ""


def test_a_phrase_with_a_dash_is_found_in_english() -> None:
    assert Phrases({"—": ["black — tea"]}).find(fold("Black—tea.")) == "black — tea"


@given(before=st.text(st.characters(codec="ascii")), after=st.text(max_size=200))
def test_a_phrase_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert Phrases({"tea": [r"black tea"]}).find(fold(f"{before} black tea {after}")) == "black tea"


@given(st.integers(0, 200))
def test_a_pattern_reaches_as_far_as_it_may(gap: int) -> None:
    found = Phrases({"tea": [r"black\s+tea"]}).find(fold(f"black{' ' * gap}tea"))
    assert (found != "") == (0 < gap <= REACH - len("black"))


def test_flattening_evens_out_case_quotes_lines_and_characters() -> None:
    assert flatten("I’M “Here”\n輕生") == 'i\'m "here" 轻生'


@given(st.text())
def test_flattening_twice_changes_nothing(text: str) -> None:
    assert flatten(flatten(text)) == flatten(text)


@pytest.mark.parametrize("table", TABLES)
def test_anchors_and_patterns_are_flat(table: dict[str, list[str]]) -> None:
    for anchor, patterns in table.items():
        assert flatten(anchor) == anchor
        for pattern in patterns:
            assert not set(pattern) & set("“”‘’"), pattern


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PATTERNS).flatmap(lambda pair: st.tuples(st.just(pair), st.from_regex(pair[1]))))
def test_whatever_matches_a_pattern_holds_its_anchor(case: tuple[tuple[str, str], str]) -> None:
    (anchor, pattern), text = case
    for found in re.finditer(pattern, text):
        # Anchors may end in a mark that the pattern only looks at.
        assert anchor in text[found.start() : found.end() + len(anchor)]
