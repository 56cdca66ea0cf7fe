"""Questions, sets of answers, judges made from functions, and runs of `evaluate`, for its tests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from judge_trials import lines_of, scored, write_rubric
from note_trials import write_rows, write_spec

from synthgen.backends.scripted import prompt_of
from synthgen.calls import Backend, Request
from synthgen.evaluate import VERDICTS, EvaluationResult, evaluate
from synthgen.hashing import seed_of
from synthgen.row_settings import EvaluationSettings

TOPICS = ("Deposit", "Repairs")

# Chooses "first", "second" or "tie" by the question's number and the two answers as they are shown.
Prefer = Callable[[int, str, str], str]


def question(number: int) -> str:
    return f"My deposit has not come back since May. ({number})"


def answer(who: str, number: int) -> str:
    """Return an answer that is marked, and of a length that depends on who gives it to what."""
    return f"You should write to the landlord{' again' * (seed_of(who, number) % 4)}. [{who}{number}]"


def write_questions(folder: Path, count: int, **more: Any) -> Path:
    rows = [{"id": f"q{n}", "question": question(n), "topic": TOPICS[n % 2]} | more for n in range(1, count + 1)]
    return write_rows(folder / "asked.jsonl", rows)


def write_answers(folder: Path, who: str, numbers: Iterable[int], **more: Any) -> Path:
    rows = [{"question": question(n), "answer": answer(who, n)} | more for n in numbers]
    return write_rows(folder / f"{who}.jsonl", rows)


def sets_of(folder: Path, count: int, whose: str = "ab") -> list[Path]:
    """Write questions, and answers to all of them; return the files of the answers."""
    write_questions(folder, count)
    return [write_answers(folder, who, range(1, count + 1)) for who in whose]


def marks_in(text: str) -> list[tuple[str, int]]:
    """Return whose answers are shown, and to which question, in their order."""
    return [(who, int(number)) for who, number in re.findall(r"\[([a-z])([0-9]+)\]", text)]


def by_mark(metric: str, who: str, number: int, seed: int = 0) -> int:
    """Give each answer points of its own; another seed moves them a little."""
    return 1 + (
        seed_of(metric, who, number) % 4 + seed_of(metric, seed) % 2 if seed else seed_of(metric, who, number) % 5
    )


def given(request: Request) -> str:
    """Score a marked answer by its mark."""
    ((who, number),) = marks_in(prompt_of(request))
    return scored(request, lambda metric, *_: by_mark(metric, who, number))


def shown(request: Request) -> tuple[str, str]:
    """Return the two answers that a request shows, in its order."""
    lines = prompt_of(request).splitlines()
    starts = [at for at, line in enumerate(lines) if line in ("The first answer:", "The second answer:")]
    starts = starts or [at for at, line in enumerate(lines) if line in ("第一份回复：", "第二份回复：")]
    texts = []
    for start in starts:
        quoted = [line[2:] for line in lines[start + 1 : lines.index("", start)]]
        texts.append("\n".join(quoted))
    first, second = texts
    return first, second


def preferred(request: Request, prefer: Prefer) -> str:
    first, second = shown(request)
    number = int(re.findall(r"\(([0-9]+)\)", prompt_of(request))[0])
    return json.dumps({"reason": "It is the firmer one.", "winner": prefer(number, first, second)})


def judging(prefer: Prefer) -> Callable[[Request], str]:
    """Return what a judge says who scores by marks and prefers so."""
    return lambda request: preferred(request, prefer) if request.purpose == "compare" else given(request)


def first_shown(number: int, first: str, second: str) -> str:
    return "first"


def longer_one(number: int, first: str, second: str) -> str:
    return "tie" if len(first) == len(second) else "first" if len(first) > len(second) else "second"


def on_merit(number: int, first: str, second: str) -> str:
    """Prefer the answer that is worth more, whichever order they are shown in."""
    ours, theirs = (sum(seed_of("merit", *mark) % 3 for mark in marks_in(text)) for text in (first, second))
    return "tie" if ours == theirs else "first" if ours > theirs else "second"


def run(answers: Sequence[Path], out: Path, *backends: Backend, **options: Any) -> EvaluationResult:
    """Compare on the questions of `write_questions`; what is no option of the recipe is a setting."""
    apart = {name: options.pop(name) for name in ("accept_changes", "allow_remote") if name in options}
    said = {
        "topics": str(write_spec(out.parent)),
        "rubric": str(options.pop("rubric", None) or write_rubric(out.parent)),
        "questions": str(out.parent / "asked.jsonl"),
    } | options
    settings = EvaluationSettings(answers=tuple(map(str, answers)) or None, **said)
    return evaluate(settings, out, backends=backends, **apart)


def rows_of(found: EvaluationResult) -> list[dict[str, Any]]:
    return lines_of(found.result.dataset)


def verdicts_of(found: EvaluationResult) -> list[dict[str, Any]]:
    return lines_of(found.result.folder / VERDICTS)


def winners_of(found: EvaluationResult) -> list[list[str | None]]:
    """Return who won, by question and pair."""
    return [[pair["winner"] for pair in row.get("winners", ())] for row in rows_of(found)]
