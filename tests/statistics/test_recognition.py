from __future__ import annotations

from random import Random
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support
from sklearn.preprocessing import MultiLabelBinarizer

from synthgen.statistics.bootstrap import interval
from synthgen.statistics.recognition import LabelScores, Scores, recognition

TABLES = 1000
LABELS = ["calm", "fear", "grief", "shame", "anger"]
SETS = st.frozensets(st.sampled_from(LABELS))
ITEMS = st.lists(st.tuples(SETS, SETS | st.none()), max_size=25)


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=0)


def sets(*items):
    return [None if item is None else frozenset(item.split()) for item in items]


def random_sets(random, count, *, least=0, most=3, labels=LABELS):
    return [frozenset(random.sample(labels, random.randint(least, most))) for _ in range(count)]


def reference(gold, told, **options):
    """Return scikit-learn's precision, recall, F1 and support of binary tables."""
    return precision_recall_fscore_support(gold, told, zero_division=0, **options)


def test_figures_equal_scikit_learn_on_random_tables():
    random, binary = Random(50), MultiLabelBinarizer(classes=LABELS)
    for _ in range(TABLES):
        known = random.sample(LABELS, random.randint(1, 5))
        count, most = random.randint(1, 30), min(3, len(known))
        gold, told = (random_sets(random, count, most=most, labels=known) for _ in range(2))
        told = [one if random.random() < 0.5 else other for one, other in zip(gold, told, strict=True)]
        figures = recognition(gold, told, LABELS, samples=0)
        in_gold, in_told = binary.fit_transform(gold), binary.fit_transform(told)
        precision, recall, f1, support = reference(in_gold, in_told, average=None)
        assert list(figures.labels) == LABELS
        for at, scores in enumerate(figures.labels.values()):
            assert (scores.precision, scores.recall, scores.f1) == near((precision[at], recall[at], f1[at]))
            assert (scores.support, scores.told) == (support[at], in_told[:, at].sum())
        micro = reference(in_gold, in_told, average="micro")[:3]
        assert (figures.micro.precision, figures.micro.recall, figures.micro.f1) == near(micro)
        there = np.flatnonzero(support)
        if len(there):
            macro = reference(in_gold, in_told, average="macro", labels=there)[:3]
            assert (figures.macro.precision, figures.macro.recall, figures.macro.f1) == near(macro)
        else:
            assert figures.macro is None
        assert figures.exact == near(accuracy_score(in_gold, in_told))


def test_confusion_of_single_labels_equals_scikit_learn_on_random_tables():
    random = Random(60)
    order = [*LABELS, ""]
    for _ in range(TABLES):
        count = random.randint(1, 30)
        gold, told = (random_sets(random, count, most=1) for _ in range(2))
        figures = recognition(gold, told, LABELS, samples=0)
        wanted = confusion_matrix(*(["".join(one) for one in side] for side in (gold, told)), labels=order)
        assert [[figures.confusion.get((one, other), 0) for other in order] for one in order] == wanted.tolist()


def test_worked_example():
    gold = sets("fear", "fear grief", "calm", "calm", "")
    told = sets("fear", "fear calm", "grief", None, "")
    figures = recognition(gold, told, LABELS[:4], samples=0)
    assert figures.labels == {
        "calm": LabelScores(0, 0, 0, support=2, told=1),
        "fear": LabelScores(1, 1, 1, support=2, told=2),
        "grief": LabelScores(0, 0, 0, support=1, told=1),
        "shame": LabelScores(0, 0, 0, support=0, told=0),
    }
    assert figures.micro == Scores(near(2 / 4), near(2 / 5), near(4 / 9))
    # Shame has no support: the mean is over three labels.
    assert figures.macro == Scores(near(1 / 3), near(1 / 3), near(1 / 3))
    assert (figures.items, figures.unanswered, figures.exact) == (5, 1, near(2 / 5))
    assert figures.confusion == {
        ("calm", "grief"): 1,
        ("calm", ""): 1,
        ("fear", "fear"): 2,
        ("grief", "calm"): 1,
        ("", ""): 1,
    }
    assert list(figures.confusion)[:2] == [("calm", "grief"), ("calm", "")]


def test_every_missed_label_is_paired_with_every_wrong_one():
    figures = recognition(sets("fear grief calm", "fear"), sets("calm shame anger", "fear shame"), LABELS, samples=0)
    assert figures.confusion == {
        ("calm", "calm"): 1,
        ("fear", "fear"): 1,
        ("fear", "shame"): 1,
        ("fear", "anger"): 1,
        ("grief", "shame"): 1,
        ("grief", "anger"): 1,
        ("", "shame"): 1,
    }


def test_no_items():
    figures = recognition([], [], LABELS)
    assert (figures.items, figures.unanswered) == (0, 0)
    assert (figures.macro, figures.exact, figures.confusion) == (None, None, {})
    assert figures.micro == Scores(0, 0, 0)
    assert (figures.micro_f1_interval, figures.macro_f1_interval, figures.exact_interval) == (None, None, None)


def test_nothing_answered():
    figures = recognition(sets("fear", "calm"), [None, None], LABELS)
    assert (figures.unanswered, figures.exact, figures.micro.f1) == (2, 0, 0)
    assert figures.exact_interval == (0, 0)


def test_gold_without_labels_has_no_macro_figure():
    figures = recognition(sets("", ""), sets("", "fear"), LABELS)
    assert (figures.macro, figures.macro_f1_interval) == (None, None)
    assert figures.exact == 0.5


def test_one_item_has_no_interval():
    figures = recognition(sets("fear"), sets("fear"), LABELS)
    assert figures.exact == 1
    assert figures.exact_interval is None


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="same items, got 1 and 0"):
        recognition(sets("fear"), [], LABELS)
    with pytest.raises(ValueError, match=r"not among the labels: \['joy', 'pride'\]"):
        recognition(sets("fear pride"), sets("joy"), LABELS)


def test_intervals_are_those_of_the_figures_over_resampled_items():
    random = Random(70)
    gold = random_sets(random, 30, least=1)
    told = [one if random.random() < 0.6 else other for one, other in zip(gold, random_sets(random, 30), strict=True)]
    figures = recognition(gold, told, LABELS, seed=9, samples=200)

    def drawn(figure):
        def of(indexes):
            part = [gold[at] for at in indexes], [told[at] for at in indexes]
            return figure(recognition(*part, LABELS, samples=0))

        return interval(of, 30, samples=200, seed=9)

    assert figures.micro_f1_interval == near(drawn(lambda part: part.micro.f1))
    assert figures.macro_f1_interval == near(drawn(lambda part: part.macro.f1))
    assert figures.exact_interval == near(drawn(lambda part: part.exact))
    low, high = figures.micro_f1_interval
    assert low < figures.micro.f1 < high
    assert recognition(gold, told, LABELS, seed=9, samples=200) == figures
    assert recognition(gold, told, LABELS, seed=10, samples=200).micro_f1_interval != figures.micro_f1_interval


def test_items_of_one_group_are_drawn_together():
    random = Random(80)
    gold = random_sets(random, 60, least=1)
    told = [one if random.random() < 0.6 else other for one, other in zip(gold, random_sets(random, 60), strict=True)]
    groups = [random.randrange(12) for _ in gold]
    figures = recognition(gold, told, LABELS, groups=groups, seed=9, samples=200)
    order = list(dict.fromkeys(groups))

    def micro(indexes):
        drawn = [at for index in indexes for at in range(60) if groups[at] == order[index]]
        part = [gold[at] for at in drawn], [told[at] for at in drawn]
        return recognition(*part, LABELS, samples=0).micro.f1

    assert figures.micro_f1_interval == near(interval(micro, len(order), samples=200, seed=9))
    alone = recognition(gold, told, LABELS, seed=9, samples=200)
    assert recognition(gold, told, LABELS, groups=range(60), seed=9, samples=200) == alone
    assert figures.micro == alone.micro
    assert recognition(gold, told, LABELS, groups=[0] * 60).micro_f1_interval is None
    with pytest.raises(ValueError, match="every item must have a group, got 1 groups of 60 items"):
        recognition(gold, told, LABELS, groups=[1])


@given(ITEMS, st.randoms())
def test_figures_do_not_ask_for_order_and_keep_their_books(items, random):
    gold, told = [one for one, _ in items], [other for _, other in items]
    figures = recognition(gold, told, LABELS, samples=0)
    shuffled = random.sample(items, len(items))
    assert recognition([g for g, _ in shuffled], [t for _, t in shuffled], LABELS, samples=0) == figures
    for label, scores in figures.labels.items():
        hits = figures.confusion.get((label, label), 0)
        assert hits == near(scores.precision * scores.told) == near(scores.recall * scores.support)
        assert 0 <= scores.f1 <= 1
    assert sum(scores.support for scores in figures.labels.values()) == sum(map(len, gold))
    assert figures.unanswered == told.count(None)


@given(ITEMS)
def test_the_other_way_round_precision_and_recall_change_places(items):
    gold, told = [one for one, _ in items], [other or frozenset() for _, other in items]
    there, back = recognition(gold, told, LABELS, samples=0), recognition(told, gold, LABELS, samples=0)
    assert (there.micro.precision, there.micro.recall, there.micro.f1) == (
        back.micro.recall,
        back.micro.precision,
        back.micro.f1,
    )
    assert {(one, other): times for (other, one), times in back.confusion.items()} == there.confusion


@given(st.lists(SETS.filter(bool), min_size=1, max_size=20))
def test_the_gold_labels_themselves_are_recognised(gold):
    figures = recognition(gold, gold, LABELS, samples=0)
    assert figures.micro == figures.macro == Scores(1, 1, 1)
    assert figures.exact == 1
    assert all(one == other for one, other in figures.confusion)
    assert fmean(scores.f1 for scores in figures.labels.values() if scores.support) == 1
