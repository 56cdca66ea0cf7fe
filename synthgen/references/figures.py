"""The classic metrics of answers against references: BLEU, chrF, ROUGE, METEOR, Distinct-n and, if asked, BERTScore."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from synthgen.errors import ModelFileError
from synthgen.extras import late
from synthgen.references.compared import Compared, Metric
from synthgen.references.distinct import distinct
from synthgen.references.words import Words, base, segmented_words
from synthgen.text import count_units, unit_name

_EXTRA = "references"
_WANTED_BY = "reference metrics"


def reference_figures(pairs: Sequence[Compared], *, bert: str | None = None) -> dict[str, Any]:
    """Return language -> {pairs, mean_length, metrics, distinct}; languages are never averaged together.

    `metrics` has name -> {score, interval, scale, variant}: bleu and chrf from 0 to 100 for the whole corpus; rouge1,
    rouge2, rougeL, meteor and with `bert`, the folder of a model, bertscore, as means over pairs from 0 to 1. An empty
    answer counts, as 0. `interval` is percentile bootstrap over pairs, 95 %. `variant` says what exactly was computed,
    for BLEU and chrF sacrebleu's signature: figures of other variants are not comparable. `distinct` is of the
    answers, see `distinct`; `mean_length` is in words, or characters where words are not spaced.

    Nothing is downloaded. Raises MissingExtraError without the extra `references`, or `bertscore`; ModelFileError for a
    folder that holds no model.
    """
    by_language: defaultdict[str, list[Compared]] = defaultdict(list)
    for pair in pairs:
        by_language[pair.language].append(pair)
    if not by_language:
        return {}
    corpus_figures = late("synthgen.references.corpus", "numpy", _EXTRA, _WANTED_BY).corpus_figures
    neural = [_bert(Path(bert))] if bert is not None else []
    found: dict[str, Any] = {}
    for language, own in sorted(by_language.items()):
        words = segmented_words(language, _WANTED_BY)
        found[language] = {
            "pairs": len(own),
            "mean_length": _mean_length(language, own),
            "metrics": corpus_figures(own, [*_metrics(language, words), *neural]),
            "distinct": distinct((pair.answer for pair in own), words),
        }
    return found


def _metrics(language: str, words: Words) -> list[Metric]:
    overlap = late("synthgen.references.overlap", "sacrebleu", _EXTRA, _WANTED_BY)
    return [
        overlap.bleu(language),
        overlap.chrf(),
        late("synthgen.references.rouge", "rouge_score", _EXTRA, _WANTED_BY).Rouge(language, words),
        late("synthgen.references.meteor", "nltk", _EXTRA, _WANTED_BY).Meteor(language, words),
    ]


def _bert(folder: Path) -> Metric:
    if not (folder / "config.json").is_file():
        raise ModelFileError(
            f"BERTScore: {folder} is not the folder of a model.",
            hint="give one that holds config.json, the weights and the tokenizer; nothing is downloaded.",
        )
    metric: Metric = late("synthgen.references.bert", "bert_score", "bertscore", "BERTScore").Bert(folder)
    return metric


def _mean_length(language: str, pairs: Sequence[Compared]) -> dict[str, Any]:
    return {
        "unit": unit_name(base(language)),
        "answers": fmean(count_units(pair.answer) for pair in pairs),
        "references": fmean(count_units(text) for pair in pairs for text in pair.references),
    }
