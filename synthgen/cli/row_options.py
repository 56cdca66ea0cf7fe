"""The options of commands that work on rows of another run or file; as in `options.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from synthgen.cli.options import CHANGES, FOLDER, LIMITS, MODEL, SAMPLING, TALK
from synthgen.cli.sections import option, put, section
from synthgen.row_settings import EVALUATION_DEFAULTS, JUDGE_DEFAULTS
from synthgen.settings import DEFAULTS

_OUT = (
    FOLDER,
    CHANGES,
    option("--allow-remote", is_flag=True, help="Send rows made from transcripts or case reports elsewhere."),
)
_DRY = option("--dry-run", is_flag=True, help="Print rows, calls, tokens and cost. Nothing is opened or sent.")
_NOTES = section(
    "What is wanted",
    option("--spec", "topics", metavar="SPEC", help="Fields, labels, roles (default: the run's, else psy_insight)."),
    option(
        "--fields",
        metavar="LIST",
        help='Fields wanted: "session,user.emotion", or names of fields alone (default: all of the spec\'s).',
    ),
    option("--votes", type=int, help="Ask so many times and keep the majority (default: 1)."),
    option("--tries", type=int, help="Ask again so often for what an answer lacks (default: 2)."),
    option("--gold", is_flag=True, help="Compare with the labels that the rows have, and tell how well they are met."),
    option("--seed", type=int, help=f"Seed of the calls (default: {DEFAULTS.seed})."),
    *_OUT,
    _DRY,
)
_RUBRIC = (
    option("--rubric", metavar="NAME|PATH", help=f"What to judge by (default: {JUDGE_DEFAULTS.rubric})."),
    option("--repeats", type=int, help="Verdicts on each text, which tell the judge's own variance (default: 1)."),
    option("--tries", type=int, help="Ask again so often for what an answer lacks (default: 2)."),
    option("--spec", "topics", metavar="SPEC", help=f"What the sides are called (default: {JUDGE_DEFAULTS.topics})."),
    option("--seed", type=int, help=f"Seed of the calls (default: {DEFAULTS.seed})."),
)
_SCORES = section(
    "What is wanted",
    option(
        "--human", type=click.Path(), metavar="FILE", help="Scores by people (CSV), to tell how far a judge agrees."
    ),
    option("--correct", is_flag=True, help="With --human: tell the means on the people's scale too."),
    *_RUBRIC,
    *_OUT,
    _DRY,
)
_CONTEST = section(
    "What is wanted",
    option(
        "--questions",
        metavar="NAME|FILE",
        help=f"The questions answered: a file of questions or of dialogues (default: {EVALUATION_DEFAULTS.questions}).",
    ),
    option("--lang", "languages", metavar="LIST", help='Languages of the questions: "en,zh" (default: all).'),
    option("--scores/--no-scores", default=None, help="Score each answer by itself (default: yes)."),
    option("--pairs/--no-pairs", default=None, help="Compare each two answers in both orders (default: yes)."),
    option("--bertscore", type=click.Path(), metavar="FOLDER", help="Compare with references by this model too."),
    *_RUBRIC,
    *_OUT,
    option("--dry-run", is_flag=True, help="Print answers, calls, tokens and cost. Nothing is opened or sent."),
)
_ANSWERS = section(
    "Models that answer first",
    option("--answer-with", multiple=True, metavar="MODEL", help="Have this model answer too; may be said again."),
    option(
        "--system", "instructions", metavar="TEXT|@FILE|none", help="Told before each question (default: a sentence)."
    ),
    option("--answer-base-url", metavar="URL", help="The server of the models that answer (default: --base-url)."),
    option("--answer-temperature", type=float, help="Default: 0.7, lower for small models."),
    option("--answer-max-tokens", type=int, help="Most tokens of an answer (default: about 1,600)."),
)
_SECOND_JUDGE = section(
    "Which model",
    option("--second-model", metavar="MODEL", help="A second judge, to tell how far two agree (default: none)."),
)
_SECOND = section(
    "Which model",
    option("--model-b", metavar="MODEL", help="A second annotator, to tell how far two agree (default: none)."),
)


def note_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put the options of `annotate` on a function, as `generate_options` does."""
    return put(function, [*_NOTES, *MODEL, *_SECOND, *SAMPLING, *LIMITS, *TALK])


def judge_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put the options of `judge` on a function, as `generate_options` does."""
    return put(function, [*_SCORES, *MODEL, *_SECOND_JUDGE, *SAMPLING, *LIMITS, *TALK])


def evaluation_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Put the options of `evaluate` on a function, as `generate_options` does."""
    return put(function, [*_CONTEST, *_ANSWERS, *MODEL, *SAMPLING, *LIMITS, *TALK])
