"""What holds of all metrics: bounds, identical texts, languages apart, any string, intervals."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthgen.errors import MissingExtraError, ModelFileError
from synthgen.references.compared import Compared
from synthgen.references.corpus import corpus_figures
from synthgen.references.distinct import distinct_figures
from synthgen.references.figures import reference_figures

METRICS = ["bleu", "chrf", "rouge1", "rouge2", "rougeL", "meteor"]
WORDS = "we spoke of sleep and what a week of worries does to it 我们 谈到 睡眠 也 谈到 压力 焦虑 和 工作".split()
# Any string at all, lone surrogates and NUL among them, beside texts that share words.
ANY = st.one_of(st.text(st.characters(), max_size=40), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
LANGUAGE = st.sampled_from(["en", "zh", "zh-TW", "es", "ja"])


@settings(max_examples=60)
@given(ANY, st.lists(ANY, min_size=1, max_size=3), LANGUAGE)
def test_every_figure_of_any_texts_lies_within_its_scale(answer, references, language):
    found = reference_figures([Compared(answer, tuple(references), language)])[language]
    assert list(found["metrics"]) == METRICS
    for figures in found["metrics"].values():
        assert 0 <= figures["score"] <= figures["scale"]
        assert figures["interval"] is None
    json.dumps(found)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=5, max_size=20), st.sampled_from(["en", "zh"]))
def test_identical_texts_have_the_best_figure_there_is(words, language):
    text = " ".join(words)
    metrics = reference_figures([Compared(text, ("else", text), language)])[language]["metrics"]
    for name in METRICS[:2]:
        assert metrics[name]["score"] == pytest.approx(100)
    # Words that are not ASCII do not exist for ROUGE in English.
    if language == "zh" or sum(map(str.isascii, words)) > 1:
        assert [metrics[name]["score"] for name in METRICS[2:5]] == [1, 1, 1]
    assert metrics["meteor"]["score"] == pytest.approx(1, abs=0.5 / 4**3)


@settings(max_examples=40)
@given(st.lists(ANY, max_size=6))
def test_distinct_is_a_share(texts):
    found = distinct_figures({"en": texts, "zh": texts})
    for figures in found.values():
        assert figures["texts"] == len(texts)
        for order in (1, 2, 3):
            assert figures[f"distinct{order}"] is None or 0 < figures[f"distinct{order}"] <= 1


def test_chinese_counts_for_distinct_by_characters_or_by_words():
    texts = {"zh": ["我来到北京清华大学", "他来到北京清华大学"]}
    assert distinct_figures(texts)["zh"]["words"] == 18
    assert distinct_figures(texts)["zh"]["unit"] == "characters"
    segmented = distinct_figures(texts, segmented=True)["zh"]
    assert (segmented["words"], segmented["distinct1"]) == (8, 5 / 8)
    assert segmented["unit"].startswith("words by jieba ")


PAIRS = [Compared(" ".join(WORDS[at : at + 9]), (" ".join(WORDS[at + at % 3 :]),), "en") for at in range(8)]


def test_an_interval_holds_its_figure_and_is_the_same_again():
    found = reference_figures(PAIRS)
    for figures in found["en"]["metrics"].values():
        low, high = figures["interval"]
        assert 0 <= low < figures["score"] < high <= figures["scale"]
    assert reference_figures(PAIRS) == found


def test_languages_are_told_apart():
    own = reference_figures([*PAIRS, Compared("我来到北京", ("他来到北京",), "zh")])
    assert own["en"] == reference_figures(PAIRS)["en"]
    assert own["zh"]["pairs"] == 1
    assert own["zh"]["mean_length"] == {"unit": "characters", "answers": 5, "references": 5}


def test_an_empty_answer_counts():
    full = reference_figures([Compared("so it goes on", ("so it goes on",), "en")])["en"]
    half = reference_figures([Compared(text, ("so it goes on",), "en") for text in ("so it goes on", "")])["en"]
    for name in METRICS[2:]:
        assert half["metrics"][name]["score"] == full["metrics"][name]["score"] / 2
    assert half["metrics"]["bleu"]["score"] < 100
    assert half["mean_length"]["answers"] == 2


def test_nothing_has_no_figures():
    assert reference_figures([]) == {}
    with pytest.raises(ValueError, match="at least one reference"):
        Compared("alone", (), "en")


def test_figures_add_up_over_pairs_as_one_at_a_time():
    """What makes resamples cheap: a corpus is the sum of its pairs."""

    class Lengths:
        names, scale, variant = ("shorter", "longer"), 1, "by hand"

        def parts(self, pairs):
            return [[float(len(pair.answer)), float(len(pair.references[0]))] for pair in pairs]

        def figures(self, sums, count):
            return [min(sums) / count, max(sums) / count]

    found = corpus_figures([Compared("ab", ("a",), "en"), Compared("a", ("abcd",), "en")], [Lengths()], samples=50)
    assert [figures["score"] for figures in found.values()] == [1.5, 2.5]
    assert found["longer"]["interval"] == [2, 4]


def test_a_model_that_got_stuck_is_segmented_in_time():
    found = distinct_figures({"zh": ["嗯" * 20_000]}, segmented=True)["zh"]
    assert found["distinct1"] < 0.01


# A WordNet of two synonyms, in the files that NLTK reads; it asks for the stems of words.
LICENCE = "  1 Here Princeton has its licence.".ljust(61) + "\n"
WORDNET = {
    "data.noun": LICENCE + f"{len(LICENCE):08} 06 n 02 auto 0 car 0 000 | four wheels  \n",
    "index.noun": "".join(f"{word} n 1 0 1 0 {len(LICENCE):08}  \n" for word in ("auto", "car")),
    "data.adj": "  1 WordNet 3.1 Copyright 2011\n",
    "lexnames": "".join(f"{at:02}\tname{at}\t1\n" for at in range(45)),
}
EMPTY = "cntlist.rev index.sense adj.exc adv.exc noun.exc verb.exc data.adv data.verb index.adj index.adv index.verb"
ASKED = """
from synthgen.references.compared import Compared
from synthgen.references.meteor import Meteor
from synthgen.references.words import plain_words
meteor = Meteor("en", plain_words("en"))
print(meteor.parts([Compared("my old car", ("my old auto",), "en")]), meteor.variant)
"""


def test_meteor_knows_synonyms_where_wordnet_is_installed(tmp_path, monkeypatch):
    folder = tmp_path / "corpora" / "wordnet"
    folder.mkdir(parents=True)
    for name, text in (dict.fromkeys(EMPTY.split(), "") | WORDNET).items():
        (folder / name).write_text(text)
    monkeypatch.setenv("NLTK_DATA", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True)
    assert done.stdout.startswith(f"[[{1 - 0.5 / 27}]] NLTK "), done.stderr
    assert ", exact + stem + synonym (WordNet 3.1), " in done.stdout


LATE = """
import sys
from synthgen.references.distinct import distinct_figures
from synthgen.references.figures import reference_figures
distinct_figures({"en": ["a b"], "zh": ["我们"]})
print({"jieba", "nltk", "numpy", "rouge_score", "sacrebleu", "bert_score"} & set(sys.modules) or "none")
sys.path_hooks.clear()
sys.path_importer_cache.clear()
from synthgen.references.compared import Compared
reference_figures([Compared("a", ("b",), "en")])
"""


def test_nothing_is_imported_before_it_is_wanted_and_a_missing_extra_is_told():
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True)
    assert done.stdout == "none\n"
    assert "MissingExtraError: reference metrics: the package numpy is not installed." in done.stderr
    assert "pip install 'synthgen[references]'" in done.stderr


@pytest.mark.skipif(find_spec("bert_score") is not None, reason="the extra `bertscore` is installed")
def test_bertscore_without_its_extra_is_told(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(MissingExtraError, match=r"^BERTScore: .* pip install 'synthgen\[bertscore\]'"):
        reference_figures(PAIRS, bert=str(tmp_path))


def test_bertscore_on_a_name_instead_of_a_folder_is_refused():
    with pytest.raises(ModelFileError, match="bert-base-chinese is not the folder of a model"):
        reference_figures(PAIRS, bert="bert-base-chinese")
