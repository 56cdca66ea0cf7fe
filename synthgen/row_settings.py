"""What a user asks of recipes that work on rows of another run or file; None as in `settings.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from synthgen.settings import DEFAULT_MODEL, MAKING, Settings

# What the rows of a run depend on.
_MAKING = [name for name in MAKING if name not in ("mode", "query_model", "reply_model", "batch_size")]
NOTE_MAKING = [
    *_MAKING,
    "model",
    "model_b",
    "fields",
    "votes",
    "tries",
]

JUDGE_MAKING = [
    *_MAKING,
    "model",
    "second_model",
    "rubric",
    "repeats",
    "tries",
]

EVALUATION_MAKING = [
    *JUDGE_MAKING,
    "answer_with",
    "answer_base_url",
    "answer_temperature",
    "answer_max_tokens",
    "instructions",
    "scores",
    "pairs",
]


@dataclass(frozen=True, slots=True)
class NoteSettings(Settings):
    """The settings of `annotate`: those of `generate`, of which `topics` names the spec and `origin` what is annotated.

    `fields` are those wanted ("user,session.topic"), by default all of the spec's. Each annotator has so many `votes`;
    `model_b` is a second one. An answer that lacks something is asked for again up to `tries` times.
    """

    fields: str | None = None
    votes: int | None = None
    model_b: str | None = None
    tries: int | None = None

    made_by: ClassVar[Sequence[str]] = NOTE_MAKING

    def model_of(self, side: str) -> str:
        return (self.model_b if side == "annotate_b" else self.model) or DEFAULT_MODEL


NOTE_DEFAULTS = NoteSettings(seed=0, model=DEFAULT_MODEL, votes=1, tries=2)


@dataclass(frozen=True, slots=True)
class JudgeSettings(Settings):
    """The settings of `judge`: those of `generate`, of which `topics` names the spec whose roles are told, and its own.

    `origin` is what is judged, `rubric` a rubric's name or path. Each judge gives so many `repeats`; `second_model` is
    another judge. An answer that lacks scores is asked for again up to `tries` times.
    """

    rubric: str | None = None
    repeats: int | None = None
    second_model: str | None = None
    tries: int | None = None

    made_by: ClassVar[Sequence[str]] = JUDGE_MAKING

    def model_of(self, side: str) -> str:
        return (self.second_model if side == "judge_b" else self.model) or DEFAULT_MODEL


JUDGE_DEFAULTS = JudgeSettings(
    topics="mentalchat33", seed=0, model=DEFAULT_MODEL, rubric="counseling7", repeats=1, tries=2
)


@dataclass(frozen=True, slots=True)
class EvaluationSettings(JudgeSettings):
    """The settings of `evaluate`: those of `judge`, and its own.

    `answers` are files and runs with answers to `questions`, a set's name or a file, and `answer_with` models that are
    to answer them, told `instructions` before each ("" for nothing, None for the template's own). `languages` ("en,zh")
    are those of the questions, by default all. `scores` and `pairs` say whether answers are scored one by one and
    compared two by two. The options that begin with `answer_` are the answering models' alone.
    """

    answers: tuple[str, ...] | None = None
    answer_with: tuple[str, ...] | None = None
    questions: str | None = None
    instructions: str | None = None
    scores: bool | None = None
    pairs: bool | None = None
    answer_base_url: str | None = None
    answer_temperature: float | None = None
    answer_max_tokens: int | None = None

    made_by: ClassVar[Sequence[str]] = EVALUATION_MAKING

    def model_of(self, side: str) -> str:
        _, _, number = side.partition("answer_")
        return self.answer_with[int(number) - 1] if number and self.answer_with else self.model or DEFAULT_MODEL


EVALUATION_DEFAULTS = EvaluationSettings(
    topics="mentalchat33",
    seed=0,
    model=DEFAULT_MODEL,
    rubric="counseling7",
    repeats=1,
    tries=2,
    answers=(),
    answer_with=(),
    questions="open200",
    scores=True,
    pairs=True,
)
