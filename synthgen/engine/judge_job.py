"""A `judge` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from synthgen.catalog import load_spec
from synthgen.engine.origin import chosen_origin
from synthgen.engine.session import new_folder, stored_settings
from synthgen.row_settings import JUDGE_DEFAULTS, JudgeSettings
from synthgen.rubrics import load_rubric
from synthgen.rules.rubric import Rubric
from synthgen.settings import checked
from synthgen.spec import Spec

RECIPE = "judge"


@dataclass(frozen=True, slots=True)
class JudgeJob:
    """A run that is all prepared. `origin` is what is judged, a file or a run."""

    settings: JudgeSettings
    folder: Path
    spec: Spec
    spec_path: Path
    rubric: Rubric
    origin: Path

    @property
    def judges(self) -> tuple[str, ...]:
        """What the calls of each judge are for."""
        return ("judge", "judge_b") if self.settings.second_model else ("judge",)


def prepare_judging(settings: JudgeSettings, out: Path | None = None) -> JudgeJob:
    """Return the job for settings: what was not said comes from the run in `out`, else from the defaults.

    Raises UsageError, SpecError, FileError or RunError.
    """
    stored = stored_settings(out, RECIPE, JudgeSettings) if out is not None else None
    said = settings.origin
    settings = checked(settings.over(stored or JUDGE_DEFAULTS).over(JUDGE_DEFAULTS))
    assert settings.topics is not None
    assert settings.rubric is not None
    spec, path = load_spec(settings.topics)
    rubric, _ = load_rubric(settings.rubric)
    origin = chosen_origin(said, stored.origin if stored else None, out, does="judge")
    return JudgeJob(replace(settings, origin=origin), out or new_folder(RECIPE), spec, path, rubric, Path(origin))
