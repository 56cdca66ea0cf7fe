"""A rubric of two metrics, judges made from functions, and runs of `judge`, for its tests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from note_trials import write_spec

from synthgen.backends.scripted import Answer, Scripted, prompt_of
from synthgen.calls import Backend, Request
from synthgen.errors import AuthError
from synthgen.hashing import seed_of
from synthgen.judge import FIGURES, VERDICTS, JudgeResult, judge
from synthgen.row_settings import JudgeSettings

RUBRIC = """
name: desk
about: {en: How an answer serves a tenant., zh: 回答对租客的帮助。}
scale: [1, 5]
metrics:
  - name: firmness
    names: {en: Firmness, zh: 坚定}
    about: {en: Whether it stands up to the landlord., zh: 是否敢于据理力争。}
    anchors: {1-3: {en: Meek., zh: 退让。}, 4-5: {en: Firm., zh: 坚定。}}
  - name: order
    names: {en: Order, zh: 条理}
    about: {en: Whether it is easy to follow., zh: 是否好懂。}
    anchors: {1-2: {en: Confused., zh: 混乱。}, 3-5: {en: Plain., zh: 清楚。}}
"""
METRICS = ("firmness", "order")
# Stands in what every judged row of the trials says.
QUOTE = "write to the landlord"

# Chooses the points for a metric by the row's number and the request's seed.
Choose = Callable[[str, int, int], int]


def write_rubric(folder: Path, text: str = RUBRIC) -> Path:
    path = folder / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def by_row(metric: str, number: int, seed: int) -> int:
    """Give each row the same points at every repeat."""
    return 1 + seed_of(metric, number) % 5


def by_seed(metric: str, number: int, seed: int) -> int:
    """Give each row points near to those it has, another time others."""
    return 1 + (seed_of(metric, number) % 3 + seed_of(metric, seed) % 3)


def number_in(request: Request) -> int:
    """Return the number of the row that is asked about; see `note_trials.native`."""
    found = re.search(r"\(([0-9]+)\)", prompt_of(request))
    return int(found[1]) if found else 0


def scored(request: Request, choose: Choose = by_row, quote: str = QUOTE) -> str:
    """Answer as the request's schema wants."""
    assert request.schema is not None
    seed = request.sampling.seed or 0
    given = {
        metric: {"quote": quote, "reason": "It says so.", "score": choose(metric, number_in(request), seed)}
        for metric in request.schema["properties"]
    }
    return json.dumps(given, ensure_ascii=False)


class Recorded(Scripted):
    """A judge that keeps what it was sent."""

    def __init__(self, answer: Callable[[Request], Answer] = scored, **options: Any) -> None:
        self.requests: list[Request] = []

        def noted(request: Request) -> Answer:
            said = answer(request)
            self.requests.append(request)
            return said

        super().__init__(noted, **options)


def stopping(after: int) -> Callable[[Request], None]:
    """Fail for good once so many requests were sent, as a server does that takes no key."""
    asked = [0]

    def fail(request: Request) -> None:
        asked[0] += 1
        if asked[0] > after:
            raise AuthError("no key")

    return fail


def run(origin: Path | None, out: Path, *backends: Backend, **options: Any) -> JudgeResult:
    """Judge by the rubric above; what is no option of the recipe is a setting."""
    apart = {name: options.pop(name) for name in ("accept_changes", "allow_remote", "human") if name in options}
    said = {"topics": str(write_spec(out.parent)), "rubric": str(write_rubric(out.parent))} | options
    settings = JudgeSettings(origin=str(origin) if origin else None, **said)
    return judge(settings, out, backends=backends, **apart)


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def rows_of(found: JudgeResult) -> list[dict[str, Any]]:
    return lines_of(found.result.dataset)


def verdicts_of(found: JudgeResult) -> list[list[list[dict[str, Any]]]]:
    """Return what the judges gave: by row, judge and repeat."""
    return [line["verdicts"] for line in lines_of(found.result.folder / VERDICTS)]


def points_of(found: JudgeResult, metric: str, who: int = 0) -> list[list[int]]:
    """Return the points that each row got of a judge, by repeat."""
    return [
        [verdict["scores"][metric]["points"] for verdict in row[who] if metric in verdict["scores"]]
        for row in verdicts_of(found)
    ]


def written(found: JudgeResult) -> Mapping[str, Any]:
    """Return the figures as they stand in their file."""
    figures: Mapping[str, Any] = json.loads((found.result.folder / FIGURES).read_text(encoding="utf-8"))
    return figures
