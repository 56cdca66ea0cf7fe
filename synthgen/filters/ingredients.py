"""Messages that lack what a user's message should hold, told by cheap evidence: a question mark, words of duration.

Evidence is no proof. Its shares over a run say whether a model follows the spec's list of ingredients.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.options import Range
from synthgen.filters.phrases import flatten
from synthgen.filters.words import evidence_en, evidence_zh
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

# What is looked for, with what a model is told to add when it is missing.
MENDED_BY = {
    "first_person": ("the writer's own voice, in the first person", "用第一人称讲自己的事"),
    "question": ("a question about what to do", "一个关于该怎么办的问题"),
    "duration": ("since when it has been so", "从什么时候开始、持续了多久"),
    "frequency": ("how often it happens", "多久发生一次"),
    "trigger": ("a concrete incident that set it off", "引起这件事的具体经过"),
    "feeling": ("how it feels", "有什么感受"),
    "coping": ("what has been tried", "试过哪些办法"),
    "history": ("family, past events or other background", "家庭或过去的经历"),
}
_GAPS = "".join(char if char.isalnum() else " " for char in map(chr, range(128)))


class EvidenceCount:
    """Counts the evidence in the messages of a run."""

    def __init__(self) -> None:
        self._texts = 0
        self._found: Counter[str] = Counter()

    def add(self, text: str, language: str) -> None:
        self._texts += 1
        self._found.update(name for name, found in evidence(text, language).items() if found)

    def shares(self) -> dict[str, float]:
        """Return the share of the messages that show each evidence, 0 to 1, with the mean of all shares as "score"."""
        if not self._texts:
            return {}
        shares = {name: round(self._found[name] / self._texts, 4) for name in MENDED_BY}
        return {"score": round(sum(shares.values()) / len(shares), 4)} | shares


def build(spec: Spec, plain: bool, *, least: Annotated[int, Range(0, len(MENDED_BY))] = 0) -> Check:
    """Option: `least`, how many of the eight evidences a message has to show, or the user's side of a conversation;
    0 asks for none.
    """

    def check(candidate: Candidate) -> Drop | None:
        # A conversation tells piece by piece.
        if candidate.stage in ("reply", "turn") or not least:
            return None
        said = [turn.content for turn in candidate.turns if turn.role == "user"] or [candidate.text]
        missing = [name for name, found in evidence("\n".join(said), candidate.language).items() if not found]
        if len(MENDED_BY) - len(missing) >= least:
            return None
        english, chinese = zip(*map(MENDED_BY.__getitem__, missing), strict=True)
        return drop(
            candidate,
            "missing_ingredients",
            en=f"It leaves out what a message should tell. Work in, as it comes naturally: {'; '.join(english)}.",
            zh=f"内容不够完整。请自然地补充：{'；'.join(chinese)}。",
            evidence=", ".join(missing),
        )

    return check


def evidence(text: str, language: str) -> dict[str, bool]:
    """Return which evidence a message shows, by name. In other languages than Chinese, English words are looked for."""
    flat = flatten(text)
    if language.split("-")[0] == "zh":
        return {name: pattern.search(flat) is not None for name, pattern in evidence_zh.SIGNS.items()}
    words = flat.translate(_GAPS).split()
    return {
        name: not listed.isdisjoint(words)
        or (name in evidence_en.SIGNS and evidence_en.SIGNS[name].search(flat) is not None)
        for name, listed in evidence_en.WORDS.items()
    }


def score(text: str, language: str) -> float:
    """Return the share of the evidences that a message shows, 0 to 1."""
    found = evidence(text, language)
    return sum(found.values()) / len(found)
