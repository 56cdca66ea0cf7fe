"""What a user asks of a run. A value of None was not said: it comes from the run itself, or from `DEFAULTS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, Self, TypeVar

from synthgen.addresses import checked_url
from synthgen.errors import UsageError

S = TypeVar("S", bound="Settings")

# As `--model` names it; it comes with an extra and needs no server.
DEFAULT_MODEL = "smollm2"
MOST_ROWS = 10_000_000
MOST_CONCURRENT = 10_000
# Of embedding models in common use, few give texts that say different things so high a cosine.
USUAL_SIMILARITY = 0.92


# What the rows of a run depend on: a change of any of these is refused, unless the user accepts it.
MAKING = [
    "mode",
    "query_model",
    "reply_model",
    "base_url",
    "plain",
    "batch_size",
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "presence_penalty",
    "frequency_penalty",
    "repeat_penalty",
    "max_tokens",
    "embedding",
    "embedding_base_url",
    "embedding_similarity",
    "judge_model",
    "judge_rubric",
    "judge_on",
    "min_score",
]

PAGE_MAKING = [
    *(name for name in MAKING if name not in ("mode", "query_model", "reply_model", "batch_size")),
    "model",
    "languages",
    "speakers",
    "pages",
    "page_tokens",
    "overlap",
    "rounds",
    "surrogates",
    "ner",
    "min_words",
    "min_words_both",
    "copied_words",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of `generate`.

    `topics` is a number, a spec's name or a path; `languages` replaces the spec's ("en,zh" or "en=2,zh=1");
    `plain` asks for few-shot prompting; `concurrency` is requests in flight; prices are per million tokens.
    `mode` asks for conversations, and says how they are made; `turns` are bands of turns ("8-20" or "4-8=2,10-20"),
    `approaches` names of the spec's, and `origin` is the file that conversations are made from.
    `judge_model` holds rows to `min_score` by `judge_on`, a metric of the rubric `judge_rubric` or the mean of all.
    `embedding` names the model that texts are compared by, and `embedding_similarity` is a cosine.
    """

    topics: str | None = None
    n: int | None = None
    languages: str | None = None
    seed: int | None = None
    mode: str | None = None
    turns: str | None = None
    approaches: str | None = None
    origin: str | None = None
    model: str | None = None
    query_model: str | None = None
    reply_model: str | None = None
    base_url: str | None = None
    plain: bool | None = None
    batch_size: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    repeat_penalty: float | None = None
    max_tokens: int | None = None
    concurrency: int | None = None
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    max_tokens_total: int | None = None
    max_cost: float | None = None
    price_in: float | None = None
    price_out: float | None = None
    timeout: float | None = None
    gpu_layers: int | None = None
    context: int | None = None
    threads: int | None = None
    embedding: str | None = None
    embedding_base_url: str | None = None
    embedding_similarity: float | None = None
    judge_model: str | None = None
    judge_rubric: str | None = None
    judge_on: str | None = None
    min_score: float | None = None

    made_by: ClassVar[Sequence[str]] = MAKING

    def over(self, base: Self) -> Self:
        """Return these settings with what was not said taken from `base`."""
        said = {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}
        return replace(base, **said)

    def model_of(self, side: str) -> str:
        """Return the name of the model for "query", "reply" or "judge"."""
        own = {"query": self.query_model, "reply": self.reply_model, "judge": self.judge_model}.get(side)
        return own or self.model or DEFAULT_MODEL


MODES = ("script", "simulate", "expand", "memo")
# These make conversations from something that is there.
GIVEN_MODES = ("expand", "memo")

DEFAULTS = Settings(topics="33", n=100, seed=0, model=DEFAULT_MODEL)


@dataclass(frozen=True, slots=True)
class PageSettings(Settings):
    """The settings of `summarize`: those of `generate`, of which `topics` names the spec, and its own.

    `sources` are the files and folders of transcripts, and `terms` a file of the user's own terms, as they were typed.
    `ner` is whether the models of that extra find names too, by default where they are installed. `pages` is "tokens",
    or "source" to end pages where those of the file do. Lengths are words, for Chinese half as many as characters.
    """

    sources: tuple[str, ...] | None = None
    speakers: str | None = None
    pages: str | None = None
    page_tokens: int | None = None
    overlap: int | None = None
    rounds: int | None = None
    surrogates: str | None = None
    ner: bool | None = None
    terms: str | None = None
    min_words: int | None = None
    min_words_both: int | None = None
    copied_words: int | None = None

    made_by: ClassVar[Sequence[str]] = PAGE_MAKING

    def model_of(self, side: str) -> str:
        return self.model or DEFAULT_MODEL


PAGE_DEFAULTS = PageSettings(
    topics="interviews",
    seed=0,
    model=DEFAULT_MODEL,
    pages="tokens",
    page_tokens=700,
    overlap=1,
    rounds=1,
    surrogates="tags",
)


BOUNDS: Mapping[str, tuple[float, float]] = {
    "n": (1, MOST_ROWS),
    "batch_size": (1, 50),
    "temperature": (0, 5),
    "top_p": (0, 1),
    "top_k": (-1, 10**6),  # 0 and -1 are the servers' words for no bound
    "min_p": (0, 1),
    "presence_penalty": (-2, 2),
    "frequency_penalty": (-2, 2),
    "repeat_penalty": (0.01, 10),
    "concurrency": (1, MOST_CONCURRENT),
    "max_tokens": (1, 1_000_000),
    "max_tokens_total": (1, 10**15),
    "max_cost": (0, 10**9),
    "price_in": (0, 10**6),
    "price_out": (0, 10**6),
    "requests_per_minute": (0.001, 10**9),
    "tokens_per_minute": (1, 10**12),
    "timeout": (0.1, 86_400),
    "gpu_layers": (-1, 10_000),  # -1 is llama.cpp's word for all of them
    "context": (256, 10**7),
    "threads": (1, 4096),
    "embedding_similarity": (0.5, 1),
    "min_score": (0, 100),
    "page_tokens": (50, 100_000),
    "overlap": (0, 50),
    "rounds": (1, 10),
    "votes": (1, 25),
    "repeats": (1, 25),
    "tries": (0, 10),
    "answer_temperature": (0, 5),
    "answer_max_tokens": (1, 1_000_000),
    "min_words": (1, 5_000),
    "min_words_both": (1, 10_000),
    "copied_words": (5, 200),
}


def checked(settings: S) -> S:
    """Return the settings if each is within its bounds and they fit together. Raises UsageError."""
    for name, (least, most) in BOUNDS.items():
        value = getattr(settings, name, None)
        if value is not None and not least <= value <= most:
            raise UsageError(
                f"--{name.replace('_', '-')} {value}: must be from {least:,} to {most:,}.",
                hint="--help says what it is.",
            )
    if settings.max_cost is not None and not (settings.price_in or settings.price_out):
        raise UsageError(
            "--max-cost: the price of a token is not known.",
            hint="add --price-in and --price-out, per million tokens.",
        )
    for name in ("base_url", "embedding_base_url", "answer_base_url"):
        if (url := getattr(settings, name, None)) is not None:
            checked_url(url, f"--{name.replace('_', '-')}")
    if (settings.min_score is None) is not (settings.judge_model is None):
        raise UsageError(
            "--judge-model and --min-score: belong together.",
            hint="say by which model rows are judged and from which score on they are kept.",
        )
    if settings.embedding is None and (settings.embedding_base_url or settings.embedding_similarity):
        raise UsageError(
            "--embedding-base-url or --embedding-similarity: no model is named to compare meanings by.",
            hint="add --embedding, for example openai:NAME or model2vec:FOLDER.",
        )
    return settings


def making(settings: Settings) -> dict[str, Any]:
    """Return the settings that the rows depend on, resolved, for comparison with an earlier process's."""
    values = asdict(settings)
    values["query_model"], values["reply_model"] = settings.model_of("query"), settings.model_of("reply")
    return {name: values[name] for name in settings.made_by}
