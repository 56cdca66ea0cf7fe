from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import jaccard_score
from sklearn.preprocessing import MultiLabelBinarizer

from synthgen.statistics.agreement import LabelAgreement, SetAgreement, cohen_kappa, label_agreement, set_agreement

TABLES = 1000
EMOTIONS = ["calm", "fear", "grief", "shame"]
SETS = st.frozensets(st.sampled_from(EMOTIONS)) | st.none()


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=0)


def sets(*items):
    return [None if item is None else frozenset(item.split()) for item in items]


def test_label_agreement_counts_only_what_both_labelled():
    a = sets("fear", "fear grief", "", "calm", None, "fear")
    b = sets("fear", "grief", "fear", "calm", "fear", None)
    told = label_agreement(a, b, EMOTIONS)
    assert list(told) == EMOTIONS
    # Fear: a on items 1, 2, b on 1, 3 of four. Chance alike 1/2, found 1/2; of eight ratings four are fear.
    assert told["fear"] == LabelAgreement(4, 2, 2, 0.5, near(0), near(0), near(1 - 7 / 8))
    assert told["calm"] == LabelAgreement(4, 1, 1, 1, 1, 1, 1)
    assert told["shame"] == LabelAgreement(4, 0, 0, 1, None, None, None)


def test_set_agreement_worked_example():
    a = sets("fear", "fear grief", "", "calm", None)
    b = sets("fear", "grief", "", "fear", "fear")
    told = set_agreement(a, b)
    # Sets as values: fear 3, none 2, fear+grief, grief, calm: of 64 pairs 48 unlike; two of the four items are unlike.
    assert told == SetAgreement(4, 0.5, near((1 + 0.5 + 1 + 0) / 4), near(1 - 7 * 4 / 48))


@pytest.mark.parametrize(("a", "b"), [([], []), (sets(None, "fear"), sets("fear", None))])
def test_label_sets_without_an_item_that_both_labelled(a, b):
    assert label_agreement(a, b, ["fear"]) == {"fear": LabelAgreement(0, 0, 0, None, None, None, None)}
    assert set_agreement(a, b) == SetAgreement(0, None, None, None)


def test_label_sets_that_are_all_the_same():
    assert set_agreement(sets("fear", "fear"), sets("fear", "fear")) == SetAgreement(2, 1, 1, None)


def test_label_sets_refuse_unequal_raters_and_unknown_labels():
    with pytest.raises(ValueError, match="same items"):
        label_agreement(sets("fear"), [], EMOTIONS)
    with pytest.raises(ValueError, match="same items"):
        set_agreement([], sets("fear"))
    with pytest.raises(ValueError, match=r"not among the labels: \['joy'\]"):
        label_agreement(sets("fear"), sets("joy"), EMOTIONS)


def test_label_sets_equal_scikit_learn_on_random_tables():
    random, binary = Random(40), MultiLabelBinarizer(classes=EMOTIONS)
    for _ in range(TABLES):
        count = random.randint(1, 30)
        a, b = ([frozenset(random.sample(EMOTIONS, random.randint(0, 3))) for _ in range(count)] for _ in range(2))
        in_a, in_b = binary.fit_transform(a), binary.fit_transform(b)
        overall = set_agreement(a, b)
        assert overall.exact == near((in_a == in_b).all(axis=1).mean())
        assert overall.jaccard == near(jaccard_score(in_a, in_b, average="samples", zero_division=1))
        told = label_agreement(a, b, EMOTIONS)
        for at, label in enumerate(EMOTIONS):
            assert told[label].agreed == near((in_a[:, at] == in_b[:, at]).mean())
            assert (told[label].count_a, told[label].count_b) == (in_a[:, at].sum(), in_b[:, at].sum())
            assert told[label].cohen == cohen_kappa(in_a[:, at].tolist(), in_b[:, at].tolist())


@given(st.lists(st.tuples(SETS, SETS)))
def test_label_agreement_is_the_same_seen_from_the_other_side(pairs):
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    there, back = label_agreement(a, b, EMOTIONS), label_agreement(b, a, EMOTIONS)
    for label in EMOTIONS:
        assert there[label].cohen == back[label].cohen
        assert there[label].krippendorff == back[label].krippendorff
        assert (there[label].count_a, there[label].count_b) == (back[label].count_b, back[label].count_a)
    assert set_agreement(a, b) == set_agreement(b, a)
