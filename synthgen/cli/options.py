"""The options of `generate`. One that is not said is None: it comes from the run, else from the defaults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from synthgen.resources import spec_files
from synthgen.settings import DEFAULTS, USUAL_SIMILARITY

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class SectionedOption(click.Option):
    """An option that stands under a heading in the help."""

    def __init__(self, *names: Any, section: str, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.section = section


class SectionedCommand(click.Command):
    """A command whose help lists options under their headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            if (record := param.get_help_record(ctx)) is not None:
                sections.setdefault(getattr(param, "section", "Other"), []).append(record)
        for section, records in sections.items():
            with formatter.section(section):
                formatter.write_dl(records)


def _spec_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the names of specs, and paths as the shell does."""
    names = [CompletionItem(name) for name in spec_files() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


def _section(title: str, *options: tuple[tuple[str, ...], dict[str, Any]]) -> list[Decorator]:
    return [click.option(*names, cls=SectionedOption, section=title, **rest) for names, rest in options]


def _option(*names: str, **attributes: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, attributes


_WANTED = _section(
    "What is wanted",
    _option(
        "--topics",
        metavar="K|NAME|PATH",
        shell_complete=_spec_names,
        help="The K heaviest topics of the default spec, a bundled spec's name, or the path of a YAML spec "
        f"(default: {DEFAULTS.topics}).",
    ),
    _option("--n", type=int, metavar="ROWS", help=f"Rows wanted (default: {DEFAULTS.n}). More extends a run."),
    _option("--lang", "languages", metavar="LIST", help='Languages: "en,zh" or "en=2,zh=1" (default: the spec\'s).'),
    _option("--seed", type=int, help=f"Seed of the plan and of every draft (default: {DEFAULTS.seed})."),
    _option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="The run's folder: a new one, or one to go on with (default: a new one under outputs/).",
    ),
    _option("--accept-changes", is_flag=True, help="Go on with a run though its spec, templates or models changed."),
    _option("--dry-run", is_flag=True, help="Print the plan, calls, tokens and cost. Nothing is opened or sent."),
)
_MODEL = _section(
    "Which model",
    _option(
        "--model",
        metavar="MODEL",
        help="smollm2, gguf:PATH, llama-cpp:PATH, openai:NAME, ollama:NAME, vllm:NAME, llama-server:NAME, "
        f"lmstudio:NAME or scripted[:PATH] (default: {DEFAULTS.model}).",
    ),
    _option("--query-model", metavar="MODEL", help="The model that writes the users' messages (default: --model)."),
    _option("--reply-model", metavar="MODEL", help="The model that answers them (default: --model)."),
    _option("--base-url", metavar="URL", help="The server of openai:NAME and the like (default: the model's usual)."),
    _option(
        "--plain/--no-plain",
        default=None,
        help="Prompt by examples alone, for very small models (default: what suits the model).",
    ),
    _option("--gpu-layers", type=int, help="Layers put on the GPU, local models (default: all that fit)."),
    _option("--context", type=int, metavar="TOKENS", help="Context for each request, local models (default: 4096)."),
    _option("--threads", type=int, help="Processor threads, local models (default: all cores but one)."),
)
_SAMPLING = _section(
    "Sampling",
    _option("--temperature", type=float, help="Default: 1.0 for queries, 0.8 for replies; lower for small models."),
    _option("--top-p", type=float, help="Default: the server's, 0.95 for small models."),
    _option("--top-k", type=int, help="Default: the server's."),
    _option("--min-p", type=float, help="Default: the server's, 0.05 for small models."),
    _option("--presence-penalty", type=float, help="Default: the server's."),
    _option("--frequency-penalty", type=float, help="Default: the server's."),
    _option("--repeat-penalty", type=float, help="Default: the server's, 1.1 for small models."),
    _option("--max-tokens", type=int, help="Most tokens of one answer (default: by the length that the spec wants)."),
)
_MEANING = _section(
    "Duplicates by meaning",
    _option(
        "--embedding",
        metavar="MODEL",
        help="Compare messages and replies by this embedding model too: openai:NAME, ollama:NAME, vllm:NAME, "
        "llama-server:NAME, lmstudio:NAME, gguf:PATH, model2vec:FOLDER or sentence-transformers:FOLDER "
        "(default: none).",
    ),
    _option("--embedding-base-url", metavar="URL", help="The server of the embedding model (default: its usual)."),
    _option(
        "--embedding-similarity",
        type=float,
        metavar="COSINE",
        help=f"From here on two texts mean the same (default: {USUAL_SIMILARITY}).",
    ),
)
_LIMITS = _section(
    "Limits",
    _option("--concurrency", type=int, help="Most requests in flight (default: what suits the model)."),
    _option("--batch-size", type=int, help="Messages asked for in a query call (default: the spec's, 1 if plain)."),
    _option("--requests-per-minute", type=float, help="Default: no bound."),
    _option("--tokens-per-minute", type=float, help="Default: no bound."),
    _option(
        "--timeout", type=float, metavar="SECONDS", help="Patience with one request (default: 300, local models 1800)."
    ),
    _option("--max-tokens-total", type=int, help="Stop before the run has used more tokens (default: no bound)."),
    _option("--max-cost", type=float, help="Stop before the run has cost more (default: no bound)."),
    _option("--price-in", type=float, help="Price of a million prompt tokens (default: 0)."),
    _option("--price-out", type=float, help="Price of a million completion tokens (default: 0)."),
)
_TALK = _section(
    "Talk",
    _option("-q", "--quiet", is_flag=True, help="Say nothing but errors and the last line."),
    _option("-v", "--verbose", is_flag=True, help="Say more about what is dropped."),
)
GENERATE = [*_WANTED, *_MODEL, *_SAMPLING, *_MEANING, *_LIMITS, *_TALK]


def generate_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put the options of `generate` on a function; the settings come as keyword arguments named as their fields."""
    for option in reversed(GENERATE):
        function = option(function)
    return function
