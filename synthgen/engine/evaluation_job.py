"""An `evaluate` run that is all prepared: what is compared on which questions, read before any model is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from synthgen.catalog import load_spec
from synthgen.engine.answer_sets import AnswerSet, read_answers, set_names
from synthgen.engine.session import new_folder, stored_settings
from synthgen.errors import UsageError
from synthgen.questions import DEFAULT_QUESTIONS, Question, questions_path, read_questions
from synthgen.row_settings import EVALUATION_DEFAULTS, EvaluationSettings
from synthgen.rubrics import load_rubric
from synthgen.rules.rubric import Rubric
from synthgen.settings import checked
from synthgen.spec import Spec
from synthgen.store.private import private_run

RECIPE = "evaluate"
_FIXED = ("answers", "answer_with", "questions", "languages")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The questions, and the answers to them that are there already; `private` as in each of them."""

    questions: Sequence[Question]
    sets: Sequence[AnswerSet]
    private: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationJob:
    """A run that is all prepared. `names` are those of the sets of answers: files and runs, then models.

    `gathered` is what is in the files, None for a run that was begun before, which has it.
    """

    settings: EvaluationSettings
    folder: Path
    spec: Spec
    spec_path: Path
    rubric: Rubric
    names: tuple[str, ...]
    gathered: Gathered | None

    @property
    def answerers(self) -> tuple[str, ...]:
        """What the calls of each answering model are for."""
        return tuple(f"answer_{number}" for number in range(1, len(self.settings.answer_with or ()) + 1))

    @property
    def is_judged(self) -> bool:
        """Whether a judge is asked about anything."""
        return bool(self.settings.scores or (self.settings.pairs and len(self.names) > 1))


def prepare_evaluation(settings: EvaluationSettings, out: Path | None = None) -> EvaluationJob:
    """Return the job for settings: what was not said comes from the run in `out`, else from the defaults.

    Raises UsageError, SpecError, FileError or RunError.
    """
    stored = stored_settings(out, RECIPE, EvaluationSettings) if out is not None else None
    if stored:
        for name in _FIXED:
            if (said := getattr(settings, name)) is not None and said != getattr(stored, name):
                raise UsageError(
                    f"{out}: compares other answers or questions (--{name.replace('_', '-')}).",
                    hint="choose another --out for others.",
                )
    settings = checked(settings.over(stored or EVALUATION_DEFAULTS).over(EVALUATION_DEFAULTS))
    assert settings.topics is not None
    assert settings.rubric is not None
    paths, models = settings.answers or (), settings.answer_with or ()
    if not paths and not models:
        raise UsageError(
            "nothing to compare is named.",
            hint="give files or runs with answers, or models by --answer-with: synthgen evaluate a.jsonl b.jsonl",
        )
    if settings.answer_base_url and not models:
        raise UsageError("--answer-base-url: no model is to answer.", hint="name one by --answer-with.")
    spec, spec_path = load_spec(settings.topics)
    rubric, _ = load_rubric(settings.rubric)
    names = tuple(set_names(paths, models))
    gathered = None if stored else gather(settings, names, spec)
    return EvaluationJob(settings, out or new_folder(RECIPE), spec, spec_path, rubric, names, gathered)


def gather(settings: EvaluationSettings, names: Sequence[str], spec: Spec) -> Gathered:
    """Return the questions and the answers that the settings name. Raises FileError or MissingExtraError."""
    languages = [each.strip() for each in (settings.languages or "").split(",") if each.strip()]
    path = questions_path(settings.questions or DEFAULT_QUESTIONS)
    questions = read_questions(path, languages, among=spec.languages)
    sets = [read_answers(path, name, questions) for path, name in zip(settings.answers or (), names, strict=False)]
    told = (*(each.private for each in sets), *(question.private for question in questions))
    return Gathered(questions, sets, next(filter(None, told), "") or private_run(path))
