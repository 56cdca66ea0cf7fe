"""How many tokens a dialogue has for the model that is trained on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.extras import late
from synthgen.hashing import content_hash
from synthgen.records import Turn

EXTRA = "tokenizer"
FILE = "tokenizer.json"
# What chat templates put around a turn: ChatML, Llama 3 and Gemma 5 tokens, Mistral 3 to 4, and once a mark of the
# beginning. Words that a template says by itself, such as a system message of its own, are not counted.
AROUND_A_TURN = 8


class TokenCounter:
    """Counts tokens by a tokenizer of the package `tokenizers`."""

    def __init__(self, path: Path) -> None:
        """Open a tokenizer.json, or that of a model's folder. Raises FileError or MissingExtraError."""
        path = path / FILE if path.is_dir() else path
        package = late("tokenizers", "tokenizers", EXTRA, "--tokenizer")
        try:
            content = path.read_bytes()
            self._tokenizer: Any = package.Tokenizer.from_str(content.decode("utf-8"))
        except OSError as error:
            reason = error.strerror or error
            raise FileError(
                f"{path}: cannot be read: {reason}.", hint=f"name a {FILE}, or a model's folder."
            ) from error
        except Exception as error:  # the package raises bare exceptions for what is no tokenizer
            raise FileError(f"{path}: not a tokenizer: {error}", hint=f"name the {FILE} of a model.") from error
        # A tokenizer may have been saved with the length that its maker trained on.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.hash = content_hash(content)

    def counts(self, turns: Sequence[Turn]) -> list[int]:
        """Return the tokens of each turn, with those that a chat template puts around it."""
        texts = [turn.content.encode("utf-8", "replace").decode("utf-8") for turn in turns]
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [len(each) + AROUND_A_TURN for each in found]
