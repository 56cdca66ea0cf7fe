"""Diversity and likeness, against their definitions and against sacrebleu."""

from __future__ import annotations

import gzip
import math
from random import Random

import numpy as np
import pytest
from sacrebleu.metrics import BLEU

from synthgen.measures.diversity import compression_ratio, self_bleu
from synthgen.measures.likeness import Space, nearest, vendi_score
from synthgen.measures.portrait import Portrait
from synthgen.measures.variety import Group, variety
from synthgen.spec import Spec

WORDS = [f"{start}{end}" for start in "bdfgklmnprst" for end in ("an", "el", "ip", "or", "ut", "ash", "ent")]


def texts_of(count, seed, length=40, words=WORDS):
    random = Random(seed)
    return [" ".join(random.choices(words, k=length + number % 7)) for number in range(count)]


def test_self_bleu_is_what_sacrebleu_says_text_by_text():
    texts = texts_of(12, 1, length=30, words=WORDS[:12])
    metric = BLEU(tokenize="none", smooth_method="floor", smooth_value=0.1, effective_order=False)
    scores = [metric.sentence_score(text, texts[:at] + texts[at + 1 :]).score / 100 for at, text in enumerate(texts)]
    assert self_bleu([text.split() for text in texts]) == pytest.approx(sum(scores) / len(scores), abs=1e-6)


def test_self_bleu_of_copies_is_one_and_of_strangers_near_nothing():
    assert self_bleu([["a", "b", "c", "d", "e"]] * 3) == pytest.approx(1)
    assert self_bleu([[f"{n}{at}" for at in range(9)] for n in range(5)]) < 0.02
    assert self_bleu([["alone"]]) is None
    assert self_bleu([[], []]) is None


def test_compression_is_by_gzip():
    texts = ["the same text again"] * 50
    whole = "\n".join(texts).encode()
    assert compression_ratio(texts) == pytest.approx(len(whole) / len(gzip.compress(whole, mtime=0)))
    assert compression_ratio(texts) > compression_ratio(texts_of(50, 2, length=4)) > 1
    assert compression_ratio([]) is None


@pytest.mark.parametrize("spaced", [True, False])
def test_a_copy_is_the_nearest_neighbour(spaced):
    texts = texts_of(300, 3)
    texts[200] = texts[7]
    found = nearest(texts, 50, spaced=spaced)
    assert len(found) == 50
    assert found[7] == pytest.approx(1, abs=1e-3)
    assert max(found[:7] + found[8:]) < 0.97


def test_neighbours_found_by_sketches_are_those_of_all_pairs():
    texts = texts_of(400, 4)
    for number in range(0, 40, 4):  # near copies, the less like the further on
        words = texts[number].split()
        texts[number + 100] = " ".join(words[: len(words) - number // 2])
    space = Space(texts, spaced=True)
    exact = [max(space.cosine(one, other) for other in range(400) if other != one) for one in range(40)]
    found = nearest(texts, 40, spaced=True)
    assert found[::4] == pytest.approx(exact[::4], abs=1e-3)
    assert np.mean(np.abs(np.array(found) - exact)) < 0.01


def test_likeness_is_the_cosine_of_counted_ngrams():
    space = Space(["ABCDEfgh", "abcdeabcdexyz", "something else"], spaced=True)
    # Four kinds in the one, eight in the other, where "abcde" occurs twice: the only kind that both have.
    wanted = (
        math.log(2) * math.log(3) / (math.sqrt(4) * math.log(2)) / math.hypot(math.log(3), math.sqrt(7) * math.log(2))
    )
    assert space.cosine(0, 1) == pytest.approx(wanted, abs=1e-5)
    assert space.cosine(0, 2) == 0
    assert Space(["我很难过", "我很高兴"], spaced=False).cosine(0, 1) == pytest.approx(1 / 3, abs=1e-5)


def test_the_vendi_score_counts_what_is_different():
    alike, apart = ["one and the same text"] * 6, ["abcdefgh", "ijklmnop", "qrstuvwx", "12345678"]
    assert vendi_score(alike, spaced=True) == pytest.approx(1, abs=1e-3)
    assert vendi_score(apart, spaced=True) == pytest.approx(4, abs=1e-3)
    assert vendi_score([*apart, *apart], spaced=True) == pytest.approx(4, abs=1e-3)


def test_odd_texts_have_no_neighbour():
    found = nearest(["", "ab", "\ud800\x00" * 5, "a plain text", "a plain text"], 5, spaced=True)
    assert found == pytest.approx([0, 0, 0, 1, 1], abs=1e-3)


def portrait_of(texts, language="en"):
    portrait = Portrait(Spec.model_validate({"name": "one", "topics": ["Only"]}))
    for number, text in enumerate(texts, 1):
        portrait.add({"language": language, "query": text, "reply": text[::-1]}, number)
    return portrait


def test_sets_are_compared_by_samples_of_one_size():
    big, small = portrait_of(texts_of(120, 5)), portrait_of(texts_of(30, 6))
    found = variety([big, small])
    for figures in found:
        assert set(figures) == {Group("user", "en"), Group("assistant", "en")}
        assert all(each["texts"] == each["nearest"]["among"] == 30 for each in figures.values())
    alone = variety([big])[0][Group("user", "en")]
    assert (alone["texts"], alone["nearest"]["texts"]) == (120, 120)
    assert variety([big]) == variety([big])


def test_what_is_varied_is_told_from_what_is_not():
    random = Random(7)
    form = "Thank you for telling me about {}. I would first {} and then {}, and see how it goes from there."
    alike = [form.format(*random.choices(WORDS, k=3)) for _ in range(60)]
    same, mixed = (
        found[Group("user", "en")] for found in variety([portrait_of(alike), portrait_of(texts_of(60, 8, 20))])
    )
    assert same["self_bleu"] > mixed["self_bleu"]
    assert same["compression_ratio"] > mixed["compression_ratio"]
    assert same["vendi"] < mixed["vendi"]
    assert same["distinct3"] < mixed["distinct3"]
    assert same["nearest"]["median"] > mixed["nearest"]["median"]


def test_a_handful_of_texts_tells_nothing():
    assert variety([portrait_of(texts_of(9, 9))]) == [{}]


def test_the_curve_falls_from_all_to_what_is_the_same():
    curve = variety([portrait_of(texts_of(40, 10))])[0][Group("user", "en")]["nearest"]["curve"]
    heights = [share for _, share in curve]
    assert (curve[0], curve[-1][0]) == ((0.0, 1.0), 1.0)
    assert heights == sorted(heights, reverse=True)
