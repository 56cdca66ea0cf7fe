"""The two sides of a run, query and reply: which model speaks for each, how it is asked, within which limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from synthgen.backends.embedders import open_embedder
from synthgen.backends.models import SMALL_MODEL, BackendOptions, open_backend
from synthgen.calls import Backend, Sampling
from synthgen.engine.budget import Budget
from synthgen.engine.caller import Caller, Limits
from synthgen.engine.meanings import Meanings
from synthgen.row_settings import EvaluationSettings
from synthgen.settings import USUAL_SIMILARITY, Settings
from synthgen.spec import Spec
from synthgen.steps.style import Style

SIDES = ("query", "reply")

# Variety in what is asked, some steadiness in what is answered. `max_tokens` 0: worked out from the length wanted.
CHAT_SAMPLING: Mapping[str, Sampling] = {
    "query": Sampling(max_tokens=0, temperature=1.0),
    "reply": Sampling(max_tokens=0, temperature=0.8),
    "conversation": Sampling(max_tokens=0, temperature=0.9),
}
# What gave the most usable texts with SmolLM2-135M (docs/models.md).
PLAIN_SAMPLING: Mapping[str, Sampling] = {
    "query": Sampling(max_tokens=220, temperature=0.55, top_p=0.95, min_p=0.08, repeat_penalty=1.07),
    "reply": Sampling(max_tokens=220, temperature=0.5, top_p=0.95, min_p=0.08, repeat_penalty=1.07),
    "conversation": Sampling(max_tokens=700, temperature=0.7, top_p=0.95, min_p=0.08, repeat_penalty=1.07),
}
# A page is told anew, not made up.
PAGE_SAMPLING = Sampling(max_tokens=0, temperature=0.4)
PLAIN_PAGE_SAMPLING = Sampling(max_tokens=420, temperature=0.4, top_p=0.95, min_p=0.08, repeat_penalty=1.05)
# One vote is to be the likeliest; several have to differ to say anything.
NOTE_SAMPLING = Sampling(max_tokens=0, temperature=0.2)
VOTE_SAMPLING = Sampling(max_tokens=0, temperature=0.7)
# Not quite the likeliest, so that an answer that failed is not given again.
JUDGE_SAMPLING = Sampling(max_tokens=0, temperature=0.2)
# The judge's own variance is what it would give at its usual temperature.
REPEAT_SAMPLING = Sampling(max_tokens=0, temperature=0.7)
# What a user of the model would meet; a small model's answers as in a run.
ANSWER_SAMPLING = Sampling(max_tokens=0, temperature=0.7)
# What a user may say of the sampling; seed and stops are the run's own.
SAMPLING_NAMES = [field.name for field in fields(Sampling) if field.name not in ("seed", "stop")]


def open_backends(settings: Settings) -> dict[str, Backend]:
    """Return the backend of each side; one is opened once where both sides use the same model."""
    opened: dict[str, Backend] = {}
    sides = sides_of(settings)
    for side in sides:
        name = settings.model_of(side)
        if name not in opened:
            opened[name] = open_model(settings, name)
    return {side: opened[settings.model_of(side)] for side in sides}


def sides_of(settings: Settings) -> tuple[str, ...]:
    """Return who speaks in a run: the two sides, and a judge where one holds rows to a score."""
    return (*SIDES, "judge") if settings.judge_model else SIDES


def open_model(settings: Settings, name: str) -> Backend:
    """Return the backend of a model by what the settings say of models. Raises as `open_backend`."""
    options = BackendOptions(
        base_url=settings.base_url,
        timeout_s=settings.timeout,
        gpu_layers=settings.gpu_layers,
        context=settings.context,
        threads=settings.threads,
        slots=settings.concurrency,
        plain=settings.plain,
        seed=settings.seed or 0,
    )
    return open_backend(name, options)


def open_meanings(settings: Settings) -> Meanings | None:
    """Return what compares texts by meaning, None where no embedding model is named. Raises as `open_embedder`."""
    if settings.embedding is None:
        return None
    options = BackendOptions(
        base_url=settings.embedding_base_url,
        timeout_s=settings.timeout,
        gpu_layers=settings.gpu_layers,
        threads=settings.threads,
        option="--embedding",
    )
    return Meanings(open_embedder(settings.embedding, options), settings.embedding_similarity or USUAL_SIMILARITY)


def is_plain(settings: Settings, side: str) -> bool:
    """Say how a side's model will be asked, without opening it."""
    return is_plain_model(settings, settings.model_of(side))


def is_plain_model(settings: Settings, name: str) -> bool:
    """Say whether a model will be asked by examples alone, without opening it."""
    return settings.plain if settings.plain is not None else name.startswith(SMALL_MODEL)


def styles_for(settings: Settings, plain: Mapping[str, bool]) -> dict[str, Style]:
    """Return how the model of each side is asked, of which `plain` says whether it is by examples alone."""
    return {
        side: judge_style(settings, each, 1) if side == "judge" else style_for(settings, side, each)
        for side, each in plain.items()
    }


def style_for(settings: Settings, stage: str, plain: bool) -> Style:
    """Return how a stage's model is asked: the user's sampling over what suits the model."""
    return _style(settings, plain, PLAIN_SAMPLING[stage] if plain else CHAT_SAMPLING[stage])


def page_style(settings: Settings, plain: bool) -> Style:
    """Return how the model is asked that tells pages anew."""
    return _style(settings, plain, PLAIN_PAGE_SAMPLING if plain else PAGE_SAMPLING)


def note_style(settings: Settings, plain: bool, votes: int) -> Style:
    """Return how the model is asked that annotates."""
    return _style(settings, plain, NOTE_SAMPLING if votes == 1 else VOTE_SAMPLING)


def judge_style(settings: Settings, plain: bool, repeats: int) -> Style:
    """Return how the model is asked that judges; a single verdict is to be the likeliest."""
    return _style(settings, plain, JUDGE_SAMPLING if repeats == 1 else REPEAT_SAMPLING)


def answer_style(settings: EvaluationSettings, plain: bool) -> Style:
    """Return how a model is asked whose answers are compared with others."""
    own = Settings(temperature=settings.answer_temperature, max_tokens=settings.answer_max_tokens)
    return _style(own, plain, PLAIN_SAMPLING["reply"] if plain else ANSWER_SAMPLING)


def _style(settings: Settings, plain: bool, usual: Sampling) -> Style:
    said = {name: getattr(settings, name) for name in SAMPLING_NAMES if getattr(settings, name) is not None}
    return Style(plain, replace(usual, **said))


def batch_size(settings: Settings, spec: Spec, style: Style) -> int:
    """Return how many messages a query call asks for: a very small model manages one."""
    return 1 if style.plain else settings.batch_size or spec.query.batch_size


def callers_for(settings: Settings, backends: Mapping[str, Backend], budget: Budget) -> dict[str, Caller]:
    """Return the caller of each side; sides with one backend share its limits."""
    callers = {backend: caller_for(settings, backend, budget) for backend in set(backends.values())}
    return {side: callers[backend] for side, backend in backends.items()}


def caller_for(settings: Settings, backend: Backend, budget: Budget) -> Caller:
    """Return the caller of a backend, within the user's limits."""
    in_flight = settings.concurrency or backend.slots
    return Caller(backend, Limits(in_flight, settings.requests_per_minute, settings.tokens_per_minute), budget)
