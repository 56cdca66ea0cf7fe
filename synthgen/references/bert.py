"""BERTScore by bert-score (extra `bertscore`), on a model that lies in a folder of the user's."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bert_score import BERTScorer
from bert_score.utils import model2layers
from transformers import AutoConfig, AutoTokenizer
from transformers.utils.logging import disable_progress_bar

from synthgen.errors import ModelFileError
from synthgen.references.compared import Compared

# What transformers has for a limit that nobody set is far above this.
_ENDLESS = 1_000_000


class Bert:
    """The mean F1 of pairs, 1 for identical texts; of several references the one that fits best.

    Texts are cut at the model's longest input. Neither weighted by idf nor rescaled with a baseline. The layer is the
    one that bert-score's authors tuned for a model of the folder's name, else the last. Raises ModelFileError.
    """

    names = ("bertscore",)
    scale = 1

    def __init__(self, folder: Path) -> None:
        path = str(folder.resolve())
        disable_progress_bar()
        try:
            config = AutoConfig.from_pretrained(path)
            if "t5" in path and "t5" not in config.model_type:
                raise ValueError("bert-score takes every path with the letters t5 in it for that of a T5 model")
            tuned = {name.rsplit("/", 1)[-1]: layer for name, layer in model2layers.items()}
            layer = tuned.get(folder.name, config.num_hidden_layers)
            self._scorer = BERTScorer(model_type=path, num_layers=layer)
            longest = AutoTokenizer.from_pretrained(path).model_max_length
        except (OSError, ValueError, AssertionError) as error:
            raise ModelFileError(f"BERTScore: {folder} does not load: {error}") from error
        if longest > _ENDLESS:
            raise ModelFileError(
                f"BERTScore: the tokenizer in {folder} does not say how long a text may be.",
                hint="set model_max_length in its tokenizer_config.json, such as 512.",
            )
        self.variant = f"bert-score {version('bert-score')}, F1, {folder.name} layer {layer}, no idf, no baseline"

    def parts(self, pairs: Sequence[Compared]) -> list[list[float]]:
        # Newer tokenizers of transformers fall over the empty texts that bert-score asks them about; their score is 0.
        asked = [
            (at, answer, reference)
            for at, pair in enumerate(pairs)
            if (answer := _sound(pair.answer))
            for reference in map(_sound, pair.references)
            if reference
        ]
        best = [[0.0] for _ in pairs]
        if asked:
            places, answers, references = zip(*asked, strict=True)
            found = self._scorer.score(list(answers), list(references))[2].tolist()
            for at, score in zip(places, found, strict=True):
                best[at] = [max(*best[at], min(1.0, score))]
        return best

    def figures(self, sums: Sequence[float], count: int) -> list[float]:
        return [total / count for total in sums]


def _sound(text: str) -> str:
    """Return a text without what tokenizers cannot take: lone surrogates, and space around it."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()
