"""The options of commands that make rows. One not said is None: it comes from the run, else from the defaults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from synthgen.cli.sections import option, put, section, spec_names
from synthgen.row_settings import JUDGE_DEFAULTS
from synthgen.settings import DEFAULTS, MODES, PAGE_DEFAULTS, USUAL_SIMILARITY

FOLDER = option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The run's folder: a new one, or one to go on with (default: a new one under outputs/).",
)
CHANGES = option(
    "--accept-changes", is_flag=True, help="Go on with a run though its spec, templates or models changed."
)
_WANTED = section(
    "What is wanted",
    option(
        "--topics",
        metavar="K|NAME|PATH",
        shell_complete=spec_names,
        help="The K heaviest topics of the default spec, a bundled spec's name, or the path of a YAML spec "
        f"(default: {DEFAULTS.topics}).",
    ),
    option("--n", type=int, metavar="ROWS", help=f"Rows wanted (default: {DEFAULTS.n}). More extends a run."),
    option("--lang", "languages", metavar="LIST", help='Languages: "en,zh" or "en=2,zh=1" (default: the spec\'s).'),
    option("--seed", type=int, help=f"Seed of the plan and of every draft (default: {DEFAULTS.seed})."),
    FOLDER,
    CHANGES,
    option("--dry-run", is_flag=True, help="Print the plan, calls, tokens and cost. Nothing is opened or sent."),
)
_TALKS = section(
    "Conversations",
    option(
        "--turns",
        metavar="BAND",
        help='Make conversations of so many turns of both sides: 8-20, or bands with weights: "4-8=2,10-20=1".',
    ),
    option(
        "--mode",
        type=click.Choice(MODES),
        help="script: one call writes a conversation; simulate: two models speak in turn; expand: from pairs of "
        "question and answer; memo: from case reports (default: script where --turns is given).",
    ),
    option(
        "--therapies",
        "--approaches",
        "approaches",
        metavar="LIST",
        help='Schools that the assistant works by, of those in the spec: "cbt,sfbt" or "cbt=2,sfbt=1" (default: all).',
    ),
    option(
        "--from",
        "origin",
        metavar="PATH",
        type=click.Path(),
        help="What --mode expand or memo starts from: a run, a file of rows, or .txt reports.",
    ),
    option(
        "--allow-remote", is_flag=True, help="Send case reports, or rows made from transcripts, to a model elsewhere."
    ),
)
_CUT = section(
    "How transcripts are read",
    option(
        "--speakers",
        metavar="LABEL=ROLE,...",
        help="Who is who: coach=assistant,caregiver=user (default: guessed, and shown).",
    ),
    option(
        "--pages",
        type=click.Choice(["tokens", "source"]),
        help="End pages by their length alone, or where the file's pages end too (default: tokens).",
    ),
    option("--page-tokens", type=int, help=f"Most tokens of a page (default: {PAGE_DEFAULTS.page_tokens})."),
    option("--overlap", type=int, metavar="TURNS", help=f"Turns on two pages (default: {PAGE_DEFAULTS.overlap})."),
)
_READ = [
    *_CUT,
    *section(
        "How transcripts are read",
        FOLDER,
        option("--accept-changes", is_flag=True, help="Go on with a run though its spec, model or files changed."),
        option("--dry-run", is_flag=True, help="Print files, pages, tokens and rows expected. Nothing is sent."),
    ),
]
_PRIVATE = section(
    "What stays private",
    option(
        "--surrogates",
        type=click.Choice(["tags", "names"]),
        help="What stands for what is taken out: [PERSON_1] and the like, or invented names (default: tags).",
    ),
    option(
        "--ner/--no-ner",
        default=None,
        help="Find names, places and organisations by the models of the extra `ner` too (default: where installed).",
    ),
    option("--terms", metavar="FILE", help="Terms of your own that are taken out as well, a line each."),
    option("--allow-remote", is_flag=True, help="Send pages to a model that is not on this machine."),
)
_ROUNDS = section(
    "What is wanted",
    option("--spec", "topics", metavar="SPEC", help=f"Roles, lengths, filters (default: {PAGE_DEFAULTS.topics})."),
    option("--rounds", type=int, help=f"Most rounds of question and answer a page (default: {PAGE_DEFAULTS.rounds})."),
    option("--lang", "languages", metavar="LANGUAGE", help="Write in this language (default: the page's)."),
    option("--min-words", type=int, help="Fewest words of a question and of an answer (default: the spec's, 40)."),
    option("--min-words-both", type=int, help="Fewest words of both together (default: no bound)."),
    option("--copied-words", type=int, help="Words in a row that may not be kept from a page (default: 8)."),
    option("--seed", type=int, help=f"Seed of the calls and of invented names (default: {PAGE_DEFAULTS.seed})."),
)
MODEL = section(
    "Which model",
    option(
        "--model",
        metavar="MODEL",
        help="smollm2, gguf:PATH, llama-cpp:PATH, openai:NAME, ollama:NAME, vllm:NAME, llama-server:NAME, "
        f"lmstudio:NAME or scripted[:PATH] (default: {DEFAULTS.model}).",
    ),
    option("--base-url", metavar="URL", help="The server of openai:NAME and the like (default: the model's usual)."),
    option(
        "--plain/--no-plain",
        default=None,
        help="Prompt by examples alone, for very small models (default: what suits the model).",
    ),
    option("--gpu-layers", type=int, help="Layers put on the GPU, local models (default: all that fit)."),
    option("--context", type=int, metavar="TOKENS", help="Context for each request, local models (default: 4096)."),
    option("--threads", type=int, help="Processor threads, local models (default: all cores but one)."),
)
_SIDES = section(
    "Which model",
    option(
        "--query-model",
        "--client-model",
        metavar="MODEL",
        help="The model that speaks for the user: messages, and the client's turns (default: --model).",
    ),
    option(
        "--reply-model",
        "--counselor-model",
        metavar="MODEL",
        help="The model that answers: replies, the counselor's turns, whole scripts (default: --model).",
    ),
)
SAMPLING = section(
    "Sampling",
    option(
        "--temperature",
        type=float,
        help="Default: 1.0 for queries, 0.8 for replies, 0.9 for whole conversations, 0.4 for pages, 0.2 for labels "
        "and scores (0.7 with votes and repeats); lower for small models.",
    ),
    option("--top-p", type=float, help="Default: the server's, 0.95 for small models."),
    option("--top-k", type=int, help="Default: the server's."),
    option("--min-p", type=float, help="Default: the server's, 0.05 for small models."),
    option("--presence-penalty", type=float, help="Default: the server's."),
    option("--frequency-penalty", type=float, help="Default: the server's."),
    option("--repeat-penalty", type=float, help="Default: the server's, 1.1 for small models."),
    option("--max-tokens", type=int, help="Most tokens of one answer (default: by the length that the spec wants)."),
)
_MEANING = section(
    "Duplicates by meaning",
    option(
        "--embedding",
        metavar="MODEL",
        help="Compare texts by this embedding model too: openai:NAME, ollama:NAME, vllm:NAME, "
        "llama-server:NAME, lmstudio:NAME, gguf:PATH, model2vec:FOLDER or sentence-transformers:FOLDER "
        "(default: none).",
    ),
    option("--embedding-base-url", metavar="URL", help="The server of the embedding model (default: its usual)."),
    option(
        "--embedding-similarity",
        type=float,
        metavar="COSINE",
        help=f"From here on two texts mean the same (default: {USUAL_SIMILARITY}).",
    ),
)
LIMITS = section(
    "Limits",
    option("--concurrency", type=int, help="Most requests in flight (default: what suits the model)."),
    option("--requests-per-minute", type=float, help="Default: no bound."),
    option("--tokens-per-minute", type=float, help="Default: no bound."),
    option(
        "--timeout", type=float, metavar="SECONDS", help="Patience with one request (default: 300, local models 1800)."
    ),
    option("--max-tokens-total", type=int, help="Stop before the run has used more tokens (default: no bound)."),
    option("--max-cost", type=float, help="Stop before the run has cost more (default: no bound)."),
    option("--price-in", type=float, help="Price of a million prompt tokens (default: 0)."),
    option("--price-out", type=float, help="Price of a million completion tokens (default: 0)."),
)
_BATCH = section(
    "Limits",
    option("--batch-size", type=int, help="Messages asked for in a query call (default: the spec's, 1 if plain)."),
)
_GATE = section(
    "Rows held to a score",
    option("--judge-model", metavar="MODEL", help="Have this model judge every row (default: none)."),
    option("--min-score", type=float, metavar="POINTS", help="Below it a row is mended once, then dropped."),
    option("--on", "judge_on", metavar="METRIC", help="The metric that counts (default: the mean of all)."),
    option(
        "--rubric", "judge_rubric", metavar="NAME|PATH", help=f"What to judge by (default: {JUDGE_DEFAULTS.rubric})."
    ),
)
TALK = section(
    "Talk",
    option("-q", "--quiet", is_flag=True, help="Say nothing but errors and the last line."),
    option("-v", "--verbose", is_flag=True, help="Say more about what is dropped."),
)


def generate_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put the options of `generate` on a function; the settings come as keyword arguments named as their fields."""
    return put(function, [*_WANTED, *_TALKS, *MODEL, *_SIDES, *SAMPLING, *_MEANING, *_GATE, *LIMITS, *_BATCH, *TALK])


def summarize_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put the options of `summarize` on a function, as `generate_options` does."""
    return put(function, [*_READ, *_PRIVATE, *_ROUNDS, *MODEL, *SAMPLING, *_MEANING, *LIMITS, *TALK])


def reading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put on a function the options of `summarize` that say how transcripts are read."""
    return put(function, _CUT)
