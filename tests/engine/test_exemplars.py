from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from synthgen.engine.exemplars import KEPT_PER_CELL, Exemplars, seeds_of
from synthgen.records import Cell, Row, Slot, Turn
from synthgen.spec import Spec

TOPICS = [
    {"name": "Rent", "names": {"zh": "租金"}, "seeds": {"en": ["The rent went up."], "zh": ["房租涨了。"]}},
    {"name": "Repairs", "seeds": ["The roof leaks."]},
    {"name": "Noise"},
]


def spec_of(examples=2, languages=("en", "zh")):
    return Spec(name="trial", topics=TOPICS, languages=list(languages), query={"examples": examples})


def slot(topic, seat=0, language="en", attempt=0):
    return Slot(Cell(topic, language), seat, attempt, {})


def row(number, topic="Rent", language="en"):
    return Row(f"run-{number:06d}", slot(topic, number, language), (Turn("user", f"own message {number}"),))


def texts(examples):
    return [example.text for example in examples]


def test_seeds_are_shown_until_there_are_rows():
    picked = Exemplars(spec_of(), 0).pick([slot("Rent")])
    assert set(texts(picked)) == {"The rent went up.", "The roof leaks."}
    assert picked[-1].text == "The rent went up."  # the topic asked for stands nearest to the question


def test_topics_are_named_in_the_language_of_the_slot():
    [example] = Exemplars(spec_of(examples=1), 0).pick([slot("Rent", language="zh")])
    assert (example.topic, example.text) == ("租金", "房租涨了。")


def test_examples_are_of_one_language():
    exemplars = Exemplars(spec_of(examples=10), 0)
    exemplars.add(row(1, "Noise", "zh"))
    assert set(texts(exemplars.pick([slot("Rent", language="zh")]))) == {"房租涨了。", "own message 1"}
    assert "own message 1" not in texts(exemplars.pick([slot("Noise")]))


def test_seeds_without_a_language_are_in_the_first_one():
    spec = spec_of(languages=["zh", "en"])
    assert seeds_of(spec, spec.topic("Repairs"), "zh") == ["The roof leaks."]
    assert seeds_of(spec, spec.topic("Repairs"), "en") == []


def test_own_rows_come_to_be_shown():
    exemplars = Exemplars(spec_of(examples=1), 0)
    for number in range(100):
        exemplars.add(row(number))
    shown = Counter(text for seat in range(300) for text in texts(exemplars.pick([slot("Rent", seat)])))
    assert len(shown) == KEPT_PER_CELL + 1
    assert min(shown.values()) > 10


def test_very_small_models_are_shown_seeds_of_other_topics_alone():
    exemplars = Exemplars(spec_of(), 0, plain=True)
    for number in range(20):
        exemplars.add(row(number, "Repairs"))
    for seat in range(20):
        assert texts(exemplars.pick([slot("Rent", seat)])) == ["The roof leaks."]


@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_what_is_shown_does_not_depend_on_the_order_of_arrival(count, dice):
    rows = [row(number) for number in range(count)]
    shuffled = random.Random(dice.random()).sample(rows, count)
    one, other = Exemplars(spec_of(), 5), Exemplars(spec_of(), 5)
    for each in rows:
        one.add(each)
    for each in shuffled:
        other.add(each)
    slots = [[slot("Rent", seat), slot("Noise", seat)] for seat in range(20)]
    assert [one.pick(each) for each in slots] == [other.pick(each) for each in slots]


@given(st.lists(st.sampled_from(["Rent", "Repairs", "Noise"]), min_size=1, max_size=5), st.integers(0, 5))
def test_no_more_are_shown_than_wanted_and_none_twice(topics, examples):
    exemplars = Exemplars(spec_of(examples), 0)
    exemplars.add(row(1, "Noise"))
    picked = exemplars.pick([slot(topic, seat) for seat, topic in enumerate(topics)])
    assert len(picked) == min(examples, 3)
    assert len({example.topic for example in picked}) == len(picked)
    assert {example.topic for example in picked} >= set(topics) or len(picked) < 3
    if len(set(topics)) <= len(picked):
        assert {example.topic for example in picked[len(picked) - len(set(topics)) :]} == set(topics)


def test_another_try_is_shown_something_else():
    exemplars = Exemplars(spec_of(examples=1), 0)
    for number in range(50):
        exemplars.add(row(number))
    assert len({texts(exemplars.pick([slot("Rent", 0, attempt=attempt)]))[0] for attempt in range(40)}) > 3
