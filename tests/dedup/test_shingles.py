from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.dedup.shingles import BORDER, SHORT, forms
from synthgen.text import normalize

LONG = "carrying several meaningful words without pausing anywhere before finally stopping somewhere completely " * 3


def test_a_long_text_is_cut_into_pairs_of_words_that_carry_meaning() -> None:
    (form,) = forms(normalize(LONG + "the and of to it"))
    assert "carryingseveral" in form.shingles
    assert "carryingwords" in form.shingles
    assert not any("theand" in shingle for shingle in form.shingles)


def test_chinese_is_cut_by_characters_and_its_commonest_are_left_out() -> None:
    (form,) = forms("最近失眠严重的我白天工作总出错领导批评后更焦虑晚上反复检查门窗")
    assert {"最近", "最失", "失眠"} <= set(form.shingles)
    assert not any("的" in shingle or "我" in shingle for shingle in form.shingles)


def test_ascii_and_other_text_are_cut_alike() -> None:
    plain, other = normalize(LONG), normalize(LONG.replace("words", "words’"))
    assert forms(plain)[0] == forms(other)[0]


def test_typographic_marks_part_words_as_spaces_do() -> None:
    (form,), (typographic,) = forms(normalize(LONG)), forms(normalize("“" + LONG.replace(" ", "—") + "”"))
    assert typographic == form


def test_short_texts_are_cut_finely() -> None:
    (form,) = forms("i am so sad")
    assert {"sad", "iam", "isad", "so s"} <= set(form.shingles)


@pytest.mark.parametrize("text", ["", "?", "🙂"])
def test_no_text_is_without_shingles(text: str) -> None:
    assert forms(text)[0].shingles


@pytest.mark.parametrize("count", [BORDER.start - 1, BORDER.start, SHORT - 1, SHORT, BORDER.stop - 1, BORDER.stop])
def test_texts_near_the_border_are_given_in_both_forms(count: int) -> None:
    given_forms = forms(" ".join(f"word{number:02}" for number in range(count)))
    assert len(given_forms) == (2 if count in BORDER else 1)
    least = [form.least for form in given_forms]
    assert least == ([0.2, 0.1] if count < SHORT else [0.1, 0.2])[: len(least)]


@given(st.text(alphabet=st.characters()))
def test_any_text_is_cut_into_storable_pieces(text: str) -> None:
    for form in forms(text):
        assert all(shingle.encode("utf-8").decode("utf-8") == shingle for shingle in form.shingles)
