"""Near duplicates among texts that are all there: joined into groups, in whichever order they stand."""

from __future__ import annotations

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from synthgen.dedup.columns import Columns
from synthgen.dedup.groups import Groups
from synthgen.dedup.near import LONG, NearTexts, minima_of, minima_of_both

LETTERS = "aeioubcdfglmnprst"


def vocabulary() -> list[str]:
    rng = random.Random(7)
    return ["".join(rng.choices(LETTERS, k=rng.choice((2, 3, 3, 4, 5, 6, 7, 8)))) for _ in range(2_000)]


def joined(texts: list[str], similarity: float = 0.80, copies: bytearray | None = None) -> tuple[Groups, int]:
    groups = Groups()
    with NearTexts(similarity, texts.__getitem__) as near:
        for number, text in enumerate(texts):
            groups.add()
            near.add(number, minima_of(text))
        return groups, near.join(groups, copies or bytearray(len(texts)))


def test_twins_are_joined_and_others_are_not() -> None:
    rng, words = random.Random(1), vocabulary()
    texts = [" ".join(rng.choices(words, k=rng.choice((12, 30, 80)))) for _ in range(200)]
    copies = [" ".join(word if rng.random() > 0.1 else rng.choice(words) for word in text.split()) for text in texts]
    near = [fuzz.ratio(text, copy) >= 80 for text, copy in zip(texts, copies, strict=True)]
    groups, joins = joined(texts + copies)
    assert [groups.find(at) == groups.find(200 + at) for at in range(200)] == near
    assert joins == sum(near) > 150


def test_many_texts_of_one_kind_are_one_group_whatever_their_number() -> None:
    """A bucket of a thousand is compared within bounds, and the bounds overlook nobody."""
    rng, words = random.Random(2), vocabulary()
    base = rng.choices(words, k=40)
    texts = [" ".join(word if rng.random() > 0.08 else rng.choice(words) for word in base) for _ in range(1_000)]
    stranger = " ".join(base[:20] + rng.choices(words, k=20))
    groups, joins = joined([*texts, stranger])
    assert joins == 999
    assert groups.find(999) == 0
    assert groups.find(1_000) == (0 if max(fuzz.ratio(stranger, text) for text in texts) >= 80 else 1_000)


def test_copies_are_passed_over() -> None:
    text = " ".join(vocabulary()[:40])
    groups, joins = joined([text, text, text + " more"], copies=bytearray([0, 1, 0]))
    assert joins == 1
    assert [groups.find(at) for at in range(3)] == [0, 1, 0]


@pytest.mark.parametrize("similarity", [0.6, 0.9, 1.0])
def test_the_similarity_is_the_bar(similarity: float) -> None:
    words = vocabulary()
    one, other = " ".join(words[:40]), " ".join(words[3:40])
    groups, _ = joined([one, other], similarity)
    assert (groups.find(1) == 0) == (fuzz.ratio(one, other) >= similarity * 100)


def test_two_long_texts_have_the_minima_of_both_together() -> None:
    words = vocabulary()
    one, other = " ".join(words[:60]), " ".join(words[60:120])
    (both,) = minima_of_both(minima_of(one), minima_of(other))
    assert both.least == minima_of(one)[0].least == LONG
    (whole,) = minima_of(f"{one} {other}")
    # All but the pairs of words across the seam.
    assert sum(map(int.__eq__, both.values, whole.values)) > 70
    assert minima_of_both(minima_of(one), minima_of("help")) == []


def test_columns_come_back_as_they_were_written() -> None:
    rng = random.Random(3)
    rows = [[rng.getrandbits(32) for _ in range(3)] for _ in range(5_000)]
    with Columns(3) as columns:
        for at, row in enumerate(rows):
            columns.append(array("I", row), at.to_bytes(2, "big"))
        for at in range(3):
            assert list(columns.column(at)) == [row[at] for row in rows]
        assert columns.beside() == b"".join(at.to_bytes(2, "big") for at in range(5_000))


@given(st.integers(1, 40), st.data())
def test_groups_are_what_pairs_connect(count: int, draw: st.DataObject) -> None:
    pairs = draw.draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=60))
    groups, sets = Groups(), [{at} for at in range(count)]
    for _ in range(count):
        groups.add()
    for one, other in pairs:
        were_two = sets[one] is not sets[other]
        assert groups.join(one, other) == were_two
        if were_two:
            sets[one] |= sets[other]
            for at in sets[other]:
                sets[at] = sets[one]
    assert [groups.find(at) for at in range(count)] == [min(sets[at]) for at in range(count)]
