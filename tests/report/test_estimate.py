"""The arithmetic of an estimate, and an estimate against what a run then took."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from synthgen.calls import Usage
from synthgen.recipes import estimate, generate
from synthgen.records import Cell
from synthgen.report.estimate import Sample, estimate_run
from synthgen.settings import Settings

WANTED = {Cell("A", "en"): 12, Cell("B", "en"): 8, Cell("A", "zh"): 10}
SAMPLES = [
    Sample("query", "en", Usage(100, 300), 1 / 5),
    Sample("query", "en", Usage(200, 500), 1 / 5),
    Sample("reply", "en", Usage(50, 80)),
    Sample("query", "zh", Usage(400, 1000), 1 / 5),
    Sample("reply", "zh", Usage(60, 90)),
]


def cost(used: Usage) -> float:
    return used.prompt_tokens + 10.0 * used.completion_tokens


def test_calls_and_tokens_add_up_by_language() -> None:
    made = estimate_run(WANTED, SAMPLES, kept_share=0.8, cost=cost)
    assert (dict(made.best.calls_for), made.best.calls) == ({"query": 4 + 2, "reply": 30}, 36)
    assert made.best.prompt_tokens == 4 * 150 + 2 * 400 + 20 * 50 + 10 * 60
    assert made.best.completion_tokens == 4 * 400 + 2 * 1000 + 20 * 80 + 10 * 90
    assert made.best.cost == made.best.prompt_tokens + 10 * made.best.completion_tokens
    assert dict(made.likely.calls_for) == {"query": 5 + 3, "reply": 25 + 13}


def test_a_language_without_samples_is_taken_for_the_others() -> None:
    made = estimate_run({Cell("A", "zh"): 5}, SAMPLES[:3], kept_share=1.0, cost=cost)
    assert made.best.prompt_tokens == 150 + 5 * 50


def test_what_is_mended_is_asked_for_again() -> None:
    samples = [
        *SAMPLES[:2],
        Sample("reply", "en", Usage(50, 80), mended=1.0),
        Sample("judge", "en", Usage(9, 9), mended=1),
    ]
    made = estimate_run({Cell("A", "en"): 80}, samples, kept_share=0.8, cost=cost)
    assert dict(made.best.calls_for) == {"query": 16, "reply": 80, "judge": 80}
    # 100 drafts, of which 20 are written and judged twice.
    assert dict(made.likely.calls_for) == {"query": 20, "reply": 120, "judge": 120}


def test_a_gate_mends_replies_and_not_talks() -> None:
    gated = Settings(topics="tenant_advice", n=80, model="scripted", judge_model="scripted", min_score=5.0)
    made = estimate(gated)
    assert (made.best.calls_for["reply"], made.likely.calls_for["reply"]) == (80, 120)
    assert (made.best.calls_for["judge"], made.likely.calls_for["judge"]) == (80, 120)
    talks = estimate(replace(gated, mode="simulate", turns="4"))
    assert (talks.best.calls_for["judge"], talks.likely.calls_for["judge"]) == (80, 100)


def test_a_full_run_takes_nothing() -> None:
    made = estimate_run({}, [], kept_share=0.8, cost=cost)
    assert (made.best.calls, made.best.prompt_tokens, made.likely.cost) == (0, 0, 0.0)


@pytest.mark.parametrize("topics", ["mentalchat33", "psy_insight"])
def test_an_estimate_is_near_what_a_run_takes(topics: str, tmp_path: Path) -> None:
    settings = Settings(topics=topics, n=60, model="scripted")
    foreseen = estimate(settings).best
    assert list(tmp_path.iterdir()) == []
    taken = generate(settings, tmp_path / "run").summary
    # What is dropped, repaired or surplus comes on top.
    assert 1.0 <= taken.calls / foreseen.calls < 1.5
    assert 0.9 < (taken.prompt_tokens / taken.calls) / (foreseen.prompt_tokens / foreseen.calls) < 1.1
    assert 0.75 < (taken.completion_tokens / taken.calls) / (foreseen.completion_tokens / foreseen.calls) < 1.25


@pytest.fixture
def givens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows that are pairs and reports at once."""
    path = tmp_path_factory.mktemp("givens") / "rows.csv"
    said = "the berth was taken twice in a week and nobody at the office could say by whom or for how long. " * 6
    rows = [f"Who took berth {at}?,Ask at gate {at}.,In case {at} {said}" for at in range(24)]
    path.write_text("\n".join(["question,answer,report", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("mode", "purposes"),
    [
        ("script", ["script"]),
        ("simulate", ["user", "assistant"]),
        ("expand", ["script"]),
        ("memo", ["memo", "script"]),
    ],
)
@pytest.mark.parametrize("topics", ["psy_insight", "tenant_advice"])
def test_an_estimate_of_conversations_is_near_what_a_run_takes(
    topics: str, mode: str, purposes: list[str], givens: Path, tmp_path: Path
) -> None:
    origin = str(givens) if mode in ("expand", "memo") else None
    settings = Settings(topics=topics, n=24, mode=mode, turns="8-12", origin=origin, model="scripted")
    foreseen = estimate(settings).best
    assert list(foreseen.calls_for) == purposes
    assert list(tmp_path.iterdir()) == []
    taken = generate(settings, tmp_path / "run").summary
    assert taken.accepted == 24
    assert 0.95 <= taken.calls / foreseen.calls < 1.5
    assert 0.8 < (taken.prompt_tokens / taken.calls) / (foreseen.prompt_tokens / foreseen.calls) < 1.25
    assert 0.7 < (taken.completion_tokens / taken.calls) / (foreseen.completion_tokens / foreseen.calls) < 1.4
