"""Each metric gives what its library, or the paper's own field, has published for an example."""

from __future__ import annotations

import pytest
import sacrebleu

from synthgen.references.compared import Compared
from synthgen.references.corpus import corpus_figures
from synthgen.references.distinct import distinct_figures
from synthgen.references.figures import reference_figures
from synthgen.references.meteor import Meteor
from synthgen.references.overlap import bleu, chrf
from synthgen.references.rouge import Rouge
from synthgen.references.words import plain_words, segmented_words

# sacrebleu's README, "Using SacreBLEU from Python".
SAID = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."]
FIRST = ["The dog bit the man.", "It was not unexpected.", "The man bit him first."]
SECOND = ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."]
DOGS = [Compared(*each, "en") for each in zip(SAID, zip(FIRST, SECOND, strict=True), strict=True)]

# NLTK's documentation of `meteor_score`, its words joined.
PARTY = "It is a guide to action which ensures that the military always obeys the commands of the party"
PARTY_REFERENCES = (
    "It is a guide to action that ensures that the military will forever heed Party commands",
    "It is the guiding principle which guarantees the military forces always being under the command of the Party",
    "It is the practical guide for the army always to heed the directions of the party",
)


def score(metric, *pairs):
    return {name: found["score"] for name, found in corpus_figures(pairs, [metric], samples=0).items()}


def test_bleu_and_chrf_of_the_readme_of_sacrebleu():
    metrics = reference_figures(DOGS)["en"]["metrics"]
    assert metrics["bleu"]["score"] == pytest.approx(48.53, abs=0.005)
    assert metrics["chrf"]["score"] == pytest.approx(59.73, abs=0.005)
    version = sacrebleu.__version__
    assert metrics["bleu"]["variant"] == f"nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:{version}"
    assert metrics["chrf"]["variant"] == f"nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:{version}"


def test_bleu_of_the_readme_where_the_number_of_references_varies():
    metric = bleu("en")
    pairs = [Compared(SAID[0], (SECOND[0],), "en"), *DOGS[1:]]
    assert score(metric, *pairs)["bleu"] == pytest.approx(29.44, abs=0.005)
    assert metric.variant.startswith("nrefs:var|")


def test_bleu_of_chinese_is_of_characters():
    """Of six characters five agree, of pairs three of five, of threes one of four, of fours none of three, smoothed."""
    metric = bleu("zh")
    found = score(metric, Compared("这是一句测试", ("这是一据测试",), "zh"))["bleu"]
    assert found == pytest.approx(100 * (5 / 6 * 3 / 5 * 1 / 4 * 1 / 6) ** 0.25)
    assert "|tok:zh|" in metric.variant


def test_corpus_figures_are_those_of_sacrebleu_itself():
    streams = [FIRST, SECOND]
    assert score(bleu("en"), *DOGS)["bleu"] == pytest.approx(sacrebleu.corpus_bleu(SAID, streams).score, abs=1e-9)
    assert score(chrf(), *DOGS)["chrf"] == pytest.approx(sacrebleu.corpus_chrf(SAID, streams).score, abs=1e-9)


@pytest.mark.parametrize(
    ("answer", "name", "expected"),
    [
        # rouge-score's own tests: testRouge1, testRouge2, testRougeLNonConsecutive, testRougeEmpty.
        ("testing", "rouge1", 1 / 2),
        ("testing one", "rouge2", 2 / 3),
        ("testing two", "rougeL", 4 / 5),
        ("", "rougeL", 0),
    ],
)
def test_rouge_of_the_tests_of_rouge_score(answer, name, expected):
    rouge = Rouge("en", plain_words("en"))
    assert score(rouge, Compared(answer, ("testing one two",), "en"))[name] == pytest.approx(expected)


def test_rouge_of_chinese_is_of_words():
    """Three of four words agree, one of three pairs, and three in order."""
    rouge = Rouge("zh", segmented_words("zh", "here"))
    found = score(rouge, Compared("我来到北京清华大学", ("他来到北京清华大学",), "zh"))
    assert found == pytest.approx({"rouge1": 3 / 4, "rouge2": 2 / 3, "rougeL": 3 / 4})


@pytest.mark.parametrize("references", [PARTY_REFERENCES[:1], PARTY_REFERENCES])
def test_meteor_of_the_documentation_of_nltk(references):
    found = score(Meteor("en", plain_words("en")), Compared(PARTY, references, "en"))
    assert found["meteor"] == pytest.approx(0.6944, abs=0.00005)


def test_meteor_matches_english_by_stems_and_chinese_only_as_it_is():
    english, chinese = Meteor("en", plain_words("en")), Meteor("zh", segmented_words("zh", "here"))
    assert score(english, Compared("worries", ("worry",), "en"))["meteor"] == 0.5
    assert score(chinese, Compared("worries", ("worry",), "zh"))["meteor"] == 0
    # Three of four words match in one piece: 3/4 of both sides, less 0.5 * (1/3) ** 3 of it.
    found = score(chinese, Compared("我来到北京清华大学", ("他来到北京清华大学",), "zh"))
    assert found["meteor"] == pytest.approx(3 / 4 * (1 - 0.5 / 27))
    assert chinese.variant.split(", ")[1] == "exact"


def test_distinct_of_the_tests_of_parlai():
    """`InterDistinctMetric`, by which the field counts: three pairs of words once, then each of them twice."""
    text = "this is some test"
    found = distinct_figures({"once": [text], "twice": [text] * 2, "words": ["this test", "another test"]})
    assert found["once"]["distinct2"] == 1
    assert found["twice"]["distinct2"] == 0.5
    assert found["words"]["distinct1"] == 3 / 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # The examples of jieba's README, the second by its model of words that its dictionary has not.
        ("我来到北京清华大学", "我/来到/北京/清华大学"),
        ("他来到了网易杭研大厦", "他/来到/了/网易/杭研/大厦"),
    ],
)
def test_chinese_is_segmented_as_in_the_readme_of_jieba(text, words):
    assert segmented_words("zh", "here").part(text) == words.split("/")
    assert segmented_words("zh-CN", "here").part(f"“{text}”，…… ") == words.split("/")
