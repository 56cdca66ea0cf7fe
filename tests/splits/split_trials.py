"""Made-up rows for trials of splits: distinct ones, and near copies of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from synthgen.export.example import Example
from synthgen.records import Turn

_RNG = random.Random(7)
_LETTERS = "aeioubcdfglmnprst"
WORDS = {
    "en": ["".join(_RNG.choices(_LETTERS, k=_RNG.choice((2, 3, 3, 4, 5, 6, 7, 8)))) for _ in range(1_500)],
    "zh": [chr(_RNG.randrange(0x4E00, 0x9000)) for _ in range(1_500)],
}
GLUE = {"en": " ", "zh": ""}
TOPICS = ("Sleep", "Work", "Grief")


def said(rng: random.Random, language: str, length: int) -> str:
    return GLUE[language].join(rng.choices(WORDS[language], k=length))


def edited(rng: random.Random, text: str, language: str, rate: float) -> str:
    """Swap, cut and add single words."""
    pieces = text.split(" ") if language == "en" else list(text)
    done = []
    for piece in pieces:
        chance = rng.random()
        if chance < rate / 3:
            continue
        done.append(rng.choice(WORDS[language]) if chance < 2 * rate / 3 else piece)
        if chance > 1 - rate / 3:
            done.append(rng.choice(WORDS[language]))
    return GLUE[language].join(done)


def example(number: int, *texts: str, topic: str = "Sleep", language: str = "en", **more: Any) -> Example:
    """Return a row whose turns are the texts, the user's first."""
    turns = tuple(Turn(("user", "assistant")[at % 2], text) for at, text in enumerate(texts))
    return Example(f"row-{number}", topic, language, turns, {"id": f"row-{number}", **more})


def distinct(count: int, seed: int = 0, length: int = 24) -> Iterator[Example]:
    """Yield rows of which no two are alike, two in three of them in English."""
    rng = random.Random(seed)
    for number in range(count):
        language = "zh" if number % 3 == 0 else "en"
        texts = said(rng, language, length), said(rng, language, length)
        yield example(number, *texts, topic=rng.choice(TOPICS), language=language)


def clustered(count: int, seed: int = 0) -> Iterator[Example]:
    """Yield rows of which half are near to earlier ones: by the message, by the reply, or only as wholes."""
    rng = random.Random(seed)
    made: list[Example] = []
    for number in range(count):
        language, topic = rng.choice(("en", "en", "zh")), rng.choice(TOPICS)
        texts = [said(rng, language, rng.randint(14, 60)) for _ in range(2)]
        if made and rng.random() < 0.5:
            original = rng.choice(made[-200:])
            language, kind = original.language, rng.choice(("query", "reply", "whole", "same"))
            texts = [turn.content for turn in original.turns]
            for at, part in enumerate(("query", "reply")):
                if kind == part:
                    texts[at] = edited(rng, texts[at], language, rng.uniform(0.05, 0.4))
                    texts[1 - at] = said(rng, language, 30)
            if kind == "whole":
                # The same talk, with the turns cut elsewhere.
                pieces = texts[1].split(" ") if language == "en" else list(texts[1])
                cut, glue = len(pieces) // 2, GLUE[language]
                texts = [texts[0] + " " + glue.join(pieces[:cut]), glue.join(pieces[cut:])]
        made.append(example(number, *texts, topic=topic, language=language))
        yield made[-1]
