"""Weights as they are typed on the command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.errors import UsageError
from synthgen.weights import MOST_TURNS, band_weights, language_weights, named_weights


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("8-20", {"8-20": 1.0}),
        ("12", {"12-12": 1.0}),
        ("4-8=2,10-20", {"4-8": 2.0, "10-20": 1.0}),
        (" 2 - 3 ", None),
        ("02-08=.5", {"2-8": 0.5}),
        ("2,200", {"2-2": 1.0, "200-200": 1.0}),
        ("4-8 = 2 , 4-9 = 1", {"4-8": 2.0, "4-9": 1.0}),
    ],
)
def test_bands_of_turns(text: str, weights: dict[str, float] | None) -> None:
    if weights is None:
        with pytest.raises(UsageError):
            band_weights(text)
    else:
        assert band_weights(text) == weights


@pytest.mark.parametrize(
    "text",
    ["1", "0-4", "20-8", "abc", "", ",", "4-", "-4", "4-8-12", "4.5", "²", "4=0", "4=-1", "4=nan", "4=inf", "4=x",
     "8,8", "8,8-8", "08,8", "201", "2-201", "9" * 5000, "4--8"],
)  # fmt: skip
def test_what_is_no_band_is_told_in_a_line(text: str) -> None:
    with pytest.raises(UsageError, match="--turns") as told:
        band_weights(text)
    assert "\n" not in told.value.message
    assert told.value.hint


@pytest.mark.parametrize("text", ["7", "7-7", "4-8,9", "199"])
def test_a_band_without_an_even_number_leaves_the_user_unanswered(text: str) -> None:
    with pytest.raises(UsageError, match=f"--turns {text}: a conversation of .* unanswered") as told:
        band_weights(text)
    assert "an even number, as " in told.value.hint


@given(st.dictionaries(st.tuples(st.integers(2, MOST_TURNS), st.integers(1, 50)), st.integers(1, 99), min_size=1))
def test_any_bands_come_back_as_they_were_typed(bands: dict[tuple[int, int], int]) -> None:
    wanted = {f"{low}-{min(MOST_TURNS, low + width)}": float(weight) for (low, width), weight in bands.items()}
    assert band_weights(",".join(f"{band}={weight:g}" for band, weight in wanted.items())) == wanted


def test_names_are_those_that_are_known() -> None:
    assert named_weights("--therapies", "cbt=2, sfbt", ["sfbt", "cbt"]) == {"cbt": 2.0, "sfbt": 1.0}
    with pytest.raises(UsageError, match=r"--therapies cbt,nope: 'nope' is not known to the spec\.") as told:
        named_weights("--therapies", "cbt,nope", ["cbt"])
    assert told.value.hint == "choose among cbt."
    with pytest.raises(UsageError) as told:
        named_weights("--therapies", "cbt", [])
    assert told.value.hint == "this spec names none; psy_insight does."
    for text in ("cbt,cbt", "", "=2"):
        with pytest.raises(UsageError, match="is not a name, or stands twice"):
            named_weights("--therapies", text, ["cbt"])
    for share in ("0", "-1", "x", "nan", "inf"):
        with pytest.raises(UsageError, match=f"the weight in 'cbt={share}' is not a number above 0"):
            named_weights("--therapies", f"cbt={share}", ["cbt"])


def test_languages_are_weighed() -> None:
    assert language_weights("en=2,zh") == {"en": 2.0, "zh": 1.0}
    with pytest.raises(UsageError, match=r"--lang en,en: 'en' is not a language"):
        language_weights("en,en")
