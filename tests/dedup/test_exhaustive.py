"""All pairs: what the duplicate index is measured by."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from synthgen.dedup.exhaustive import ExhaustiveIndex
from synthgen.dedup.index import DuplicateIndex, Twin
from synthgen.text import normalize


@given(st.lists(st.text("abc ", max_size=8)), st.floats(0.5, 1.0))
def test_what_is_held_is_what_no_earlier_text_is_like(texts: list[str], similarity: float) -> None:
    index = ExhaustiveIndex(similarity)
    held: dict[int, str] = {}
    for key, text in enumerate(texts):
        ratios = {twin: fuzz.ratio(normalize(text), normalize(other)) / 100 for twin, other in held.items()}
        best = max(ratios.values(), default=0.0)
        twin = index.claim(key, text)
        if ratios and best >= similarity - 1e-9:
            assert twin is not None
            assert (twin.similarity, ratios[twin.key]) == (pytest.approx(best), pytest.approx(best))
        else:
            assert twin is None
            held[key] = text


@pytest.mark.parametrize("kind", ["exhaustive", "index"])
def test_a_text_can_be_held_found_and_released(kind: str) -> None:
    texts = {1: "The rent is late again.", 2: "The rent is late again!"}
    index = ExhaustiveIndex(0.8) if kind == "exhaustive" else DuplicateIndex(0.8, texts.__getitem__)
    assert index.find(texts[1]) is None
    index.hold(1, texts[1])
    index.hold(2, texts[2])
    assert index.find("The RENT is late again!") == Twin(2, 1.0)
    index.release(2)
    index.release(2)
    assert index.find("The rent is late again") == Twin(1, pytest.approx(2 * 22 / 45))
    assert index.claim(3, "Something else entirely?") is None


def test_the_index_drops_what_all_pairs_drop() -> None:
    """Texts with copies of known nearness: the index loses none of them, since the pairs are clear ones."""
    rng = random.Random(11)
    words = ["".join(rng.choices("aeioubcdfglmnprst", k=rng.randint(2, 9))) for _ in range(1_500)]
    texts = [" ".join(rng.choices(words, k=60)) for _ in range(150)]
    for at in range(0, 150, 3):
        changed = texts[at].split()
        for _ in range(rng.randint(0, 6)):
            changed[rng.randrange(len(changed))] = rng.choice(words)
        texts.append(" ".join(changed))
    quick, sure = DuplicateIndex(0.8, texts.__getitem__), ExhaustiveIndex(0.8)
    twins = [(quick.claim(key, text), sure.claim(key, text)) for key, text in enumerate(texts)]
    assert [one for one, _ in twins] == [other for _, other in twins]
    assert [other.key for _, other in twins if other] == list(range(0, 150, 3))
