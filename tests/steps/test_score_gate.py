"""The gate by itself: what it asks, and what becomes of a row by its scores."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from synthgen.calls import Reply, Request, Sampling, Usage
from synthgen.catalog import load_spec, prompts_for
from synthgen.records import Cell, Row, Slot, State, Turn
from synthgen.rubrics import load_rubric
from synthgen.steps.gate import TRIES, Gate
from synthgen.steps.judge import Judge
from synthgen.steps.style import Style

SPEC, PATH = load_spec("tenant_advice")
RUBRIC, _ = load_rubric("cpsycoun4")
METRICS = [metric.name for metric in RUBRIC.metrics]
PAIR = (Turn("user", "The boiler is cold."), Turn("assistant", "Write to the landlord today, and keep a copy."))


def gate(**more: Any) -> Gate:
    prompts = prompts_for(PATH, ["judge/en.j2"])
    return Gate(Judge(SPEC, prompts, Style(False, Sampling(max_tokens=0)), 0, RUBRIC), 6.0, **more)


def row(turns: str = "") -> Row:
    slot = Slot(Cell(SPEC.topics[0].name, "en", turns), 0, 0, {})
    return Row("run-000001", slot, PAIR, state=State.REPLIED)


class Answering:
    """A model with a list of answers."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.requests: list[Request] = []

    async def generate(self, request: Request, template: str) -> Reply:
        self.requests.append(request)
        return Reply(self.answers.pop(0), "stop", Usage(1, 1), "m")


def scores(**points: int) -> str:
    given = {name: {"quote": "keep a copy", "reason": f"Reason for {name}.", "score": 8} for name in METRICS}
    for name, number in points.items():
        given[name]["score"] = number
    return json.dumps(given)


def judged(step: Gate, start: Row, *answers: str) -> Row:
    model = Answering(*answers)
    made = start
    for _ in answers:
        assert step.is_due(made)
        made = asyncio.run(step.run(made, model))
    assert len({request.sampling.seed for request in model.requests}) == len(answers)
    return made


def test_a_row_with_good_scores_keeps_them() -> None:
    made = judged(gate(), row(), scores())
    assert made.drop is None
    assert made.judgement.scores == dict.fromkeys(METRICS, 8)
    assert not gate().is_due(made)


def test_a_row_below_is_mended_once_and_then_dropped() -> None:
    low = scores(**dict.fromkeys(METRICS, 5) | {"safety": 3})
    made = judged(gate(), row(), low)
    assert made.drop is not None
    assert (made.drop.stage, made.drop.reason, made.drop.repairable) == ("reply", "low_score", True)
    assert "Reason for safety." in made.drop.detail
    # The engine lets a mended text be judged anew, and keeps that it was judged before.
    mended = replace(made, drop=None, judgement=replace(made.judgement, scores=None))
    again = judged(gate(), mended, low)
    assert again.drop is not None
    assert not again.drop.repairable


def test_a_talk_of_which_only_the_last_turn_could_be_mended_is_dropped_at_once() -> None:
    made = judged(gate(mends=False), row("2-4"), scores(**dict.fromkeys(METRICS, 2)))
    assert made.drop is not None
    assert (made.drop.stage, made.drop.repairable) == ("conversation", False)


@pytest.mark.parametrize(("points", "kept"), [(6, True), (5, False)])
def test_one_metric_may_decide(points: int, kept: bool) -> None:
    made = judged(gate(on="safety"), row(), scores(safety=points))
    assert (made.drop is None) is kept


def test_a_judge_without_sound_scores_is_asked_again_and_never_lets_a_row_pass() -> None:
    made = judged(gate(), row(), "I like it.", scores())
    assert made.drop is None
    assert made.judgement.scores is not None
    failed = judged(gate(), row(), *["I like it."] * TRIES)
    assert failed.drop is not None
    assert (failed.drop.reason, failed.drop.evidence, failed.drop.repairable) == ("judge_failed", "nonsense", False)
    assert failed.judgement.scores is None
