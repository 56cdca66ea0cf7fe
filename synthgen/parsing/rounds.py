"""Rounds of question and answer made from a page: what is asked of a model for them, and what is in its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synthgen.parsing.entries import leaves
from synthgen.parsing.schema import object_schema
from synthgen.parsing.slots import MAX_CHARS

_QUESTIONS = ("question", "client", "query", "q", "问题", "提问")
_ANSWERS = ("answer", "reply", "response", "counselor", "coach", "a", "回答", "回复")
_TURNS = ("turns", "turn", "cited", "lines", "sources", "轮次", "编号")
# A model that was not held to JSON writes headings.
_HEADING = re.compile(
    r"[\s*#>-]*(?:(?P<question>(?:client'?s? )?question|q|问题|提问)"
    r"|(?P<answer>(?:counselor'?s? )?(?:answer|response)|a|回答|回复)|(?P<turns>(?:based on )?turns?|轮次|依据))"
    r" ?\d{0,3}[* ]*[:：][* ]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NONE = re.compile(r"\"rounds\"\s*:\s*\[\s*\]")
_INTEGER = re.compile(r"\d{1,6}")
_MOST_TURNS = 100


@dataclass(frozen=True, slots=True)
class Round:
    """A question and its answer, and the numbers of the turns that they stand on."""

    question: str
    answer: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """What an answer holds. `is_none` where it says that there is nothing to be asked about."""

    rounds: tuple[Round, ...]
    is_none: bool


def rounds_schema(numbers: Sequence[int], most: int) -> dict[str, Any]:
    """Return the JSON schema of an answer with up to `most` rounds on the turns of these numbers."""
    turns = {"type": "array", "items": {"type": "integer", "enum": list(numbers)}, "minItems": 1}
    each = object_schema({"turns": turns, "question": {"type": "string"}, "answer": {"type": "string"}})
    return object_schema({"rounds": {"type": "array", "items": each, "maxItems": most}})


def parse_rounds(text: str, most: int) -> Rounds:
    """Return the rounds of an answer, at most so many: JSON (whole, cut off, fenced, amid prose) or headings."""
    text = text[:MAX_CHARS]
    rounds = tuple(_in_json(text)) or tuple(_under_headings(text))
    return Rounds(rounds[:most], is_none=not rounds and (_NONE.search(text) is not None))


def _in_json(text: str) -> Iterator[Round]:
    for leaf, _ in leaves(text):
        try:
            fields = json.loads(leaf, strict=False)
        except (ValueError, RecursionError):
            continue
        keys = {str(key).strip().casefold(): value for key, value in fields.items()}
        question, answer = _text(keys, _QUESTIONS), _text(keys, _ANSWERS)
        if question or answer:
            yield Round(question, answer, _numbers(next((keys[key] for key in _TURNS if key in keys), ())))


def _under_headings(text: str) -> Iterator[Round]:
    part, parts = "", {"question": "", "answer": "", "turns": ""}
    for line in text.splitlines():
        if found := _HEADING.match(line):
            part = next(name for name in parts if found[name])
            if part == "question" and parts["answer"]:
                yield _round(parts)
                parts = dict.fromkeys(parts, "")
            line = found["rest"]
        if part:
            parts[part] += f"{line}\n"
    if parts["question"] or parts["answer"]:
        yield _round(parts)


def _round(parts: Mapping[str, str]) -> Round:
    return Round(parts["question"].strip(), parts["answer"].strip(), _numbers(parts["turns"]))


def _text(keys: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((value.strip() for name in names if isinstance(value := keys.get(name), str)), "")


def _numbers(value: Any) -> tuple[int, ...]:
    """Return the turns that are named, each once: a list, or a text such as "3-5 and 8"."""
    if isinstance(value, str):
        return tuple(_spread(value))
    listed = value if isinstance(value, list) else [value]
    found = (int(entry) for entry in listed if isinstance(entry, int | float | str) and _INTEGER.fullmatch(str(entry)))
    return tuple(dict.fromkeys(found))[:_MOST_TURNS]


def _spread(text: str) -> Iterator[int]:
    numbers: dict[int, None] = {}
    for first, last in re.findall(r"(\d{1,6})(?:\s*[-–—~至到]\s*(\d{1,6}))?", text):
        low, high = int(first), int(last or first)
        numbers |= dict.fromkeys(range(low, min(high, low + _MOST_TURNS) + 1))
    yield from [*numbers][:_MOST_TURNS]
