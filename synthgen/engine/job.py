"""A `generate` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from synthgen.catalog import load_spec
from synthgen.engine.givens import Givens, read_givens
from synthgen.engine.session import new_folder, stored_settings
from synthgen.engine.sides import is_plain
from synthgen.errors import UsageError
from synthgen.hashing import json_hash
from synthgen.plan import PAIRS, Kind
from synthgen.records import Stage
from synthgen.rubrics import DEFAULT_RUBRIC, load_rubric
from synthgen.rules.rubric import MEAN, Rubric
from synthgen.settings import DEFAULTS, GIVEN_MODES, MODES, Settings, checked
from synthgen.spec import Spec
from synthgen.weights import band_weights, language_weights, named_weights

RECIPE = "generate"


@dataclass(frozen=True)
class Job:
    """A run that is all prepared. `givens` are what conversations are made from, where they are made from something."""

    settings: Settings
    folder: Path
    spec: Spec
    spec_path: Path
    givens: Givens | None = None
    rubric: Rubric | None = None

    @cached_property
    def kinds(self) -> Mapping[Kind, float]:
        """The kinds of conversation that are wanted, by weight: bands of turns by approaches. Raises UsageError."""
        settings, rules = self.settings, self.spec.dialogue
        if settings.mode is None:
            return PAIRS
        plain = is_plain(settings, "reply")
        usual = rules.plain_turns if plain else rules.turns
        bands = {f"{usual[0]}-{usual[1]}": 1.0} if settings.turns is None else band_weights(settings.turns)
        if settings.approaches is not None and plain:
            raise UsageError(
                "--therapies: very small models are told of none, so their rows may claim none.",
                hint="leave it out, or name another model (--no-plain asks this one in full).",
            )
        if settings.approaches is not None:
            approaches = named_weights("--therapies", settings.approaches, list(rules.approaches))
        else:
            # Very small models are told of no approach, so none is claimed.
            approaches = {} if plain else {name: approach.weight for name, approach in rules.approaches.items()}
        return {
            (band, approach): band_weight * weight
            for band, band_weight in bands.items()
            for approach, weight in (approaches or {"": 1.0}).items()
        }

    @property
    def plan_hash(self) -> str:
        """The hash of what quotas depend on."""
        spec = self.spec
        topics = [[topic.name, topic.weight, topic.facets] for topic in spec.topics]
        parts: list[object] = [topics, spec.languages, spec.facets]
        if self.kinds != PAIRS:
            parts.append(list(self.kinds.items()))
        if self.givens is not None:
            parts.append(self.givens.hash)
        return json_hash(parts)

    def side_of(self, purpose: str) -> str:
        """Return the side whose model answers the calls for a purpose."""
        return "query" if purpose in ("query", "user") else "judge" if purpose == "judge" else "reply"


def prepare(settings: Settings, out: Path | None = None) -> Job:
    """Return the job for settings: what was not said comes from the run in `out`, else from the defaults.

    Raises UsageError, SpecError, FileError or RunError.
    """
    stored = stored_settings(out, RECIPE, Settings) if out is not None else None
    settings = settings.over(stored) if stored else settings
    if settings.mode is None and (settings.turns is not None or settings.approaches is not None):
        settings = replace(settings, mode="script")
    _check_mode(settings)
    spec, path = load_spec(settings.topics or str(DEFAULTS.topics))
    known = [*spec.languages]
    if settings.languages is not None:
        spec = spec.in_languages(language_weights(settings.languages))
    if settings.mode is not None:
        spec = spec.for_talks()
    givens: Givens | None = None
    if settings.origin is not None:
        takes_all = settings.languages is None
        pairs = settings.mode == "expand"
        givens = read_givens(Path(settings.origin), spec, pairs=pairs, all_languages=takes_all, among=known)
        spec = spec.in_languages({language: spec.languages[language] for language in givens.languages})
        if settings.n is None:
            settings = replace(settings, n=len(givens))
    settings = checked(settings.over(DEFAULTS))
    if givens is not None and settings.n is not None and settings.n > len(givens):
        raise UsageError(
            f"--n {settings.n:,}: {settings.origin} holds {len(givens):,} to make conversations from.",
            hint="leave --n out to use them all.",
        )
    # The plain templates tell no facets, so rows made by them must claim none; and what a conversation is made from
    # has people of its own.
    teller: Stage = "query" if settings.mode in (None, "simulate") else "reply"
    spec = spec.without_facets() if is_plain(settings, teller) or givens is not None else spec
    job = Job(settings, out or new_folder(spec.name), spec, path, givens, _rubric(settings))
    assert job.kinds
    return job


def _rubric(settings: Settings) -> Rubric | None:
    """Return what rows are judged by in the run, if they are. Raises UsageError or SpecError."""
    if settings.judge_model is None:
        return None
    rubric, _ = load_rubric(settings.judge_rubric or DEFAULT_RUBRIC)
    low, high = rubric.scale
    if settings.min_score is None or not low <= settings.min_score <= high:
        raise UsageError(f"--min-score {settings.min_score}: {rubric.name} goes from {low} to {high}.", hint="mend it.")
    metrics = [metric.name for metric in rubric.metrics]
    if settings.judge_on is not None and settings.judge_on not in (MEAN, *metrics):
        raise UsageError(
            f"--on {settings.judge_on}: no metric of {rubric.name}.",
            hint=f"choose among {', '.join((MEAN, *metrics))}.",
        )
    return rubric


def _check_mode(settings: Settings) -> None:
    """Raise UsageError where a mode lacks what it makes conversations from, or another mode is given it."""
    if settings.mode not in (None, *MODES):
        raise UsageError(f"--mode {settings.mode}: no such mode.", hint=f"choose among {', '.join(MODES)}.")
    if settings.mode in GIVEN_MODES and settings.origin is None:
        what = "pairs of question and answer" if settings.mode == "expand" else "case reports"
        raise UsageError(f"--mode {settings.mode}: needs {what}.", hint="name their file, or a run, by --from.")
    if settings.origin is not None and settings.mode not in GIVEN_MODES:
        raise UsageError(
            "--from: belongs to --mode expand and --mode memo.", hint="add one of them, or leave --from out."
        )
