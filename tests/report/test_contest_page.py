"""The comparison on a report, beside the figures that a run of `evaluate` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from page_trials import ODD, SCRIPT, write_run

from synthgen.evaluate import evaluate
from synthgen.pages.blocks import Picture, Section, Table
from synthgen.pages.contest import contest_section
from synthgen.pages.page import page
from synthgen.pages.report import read_sides, report_figures
from synthgen.report.contest_tables import counted
from synthgen.row_settings import EvaluationSettings


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contest")
    questions = folder / "asked.jsonl"
    topics = ("Deposit", "Repairs")
    asked = [
        {"question": f"How do I ask about the {topics[n % 2]} of flat {n}?", "topic": topics[n % 2]} for n in range(8)
    ]
    questions.write_text("".join(json.dumps(row) + "\n" for row in asked), encoding="utf-8")
    settings = EvaluationSettings(answer_with=("scripted", "scripted"), model="scripted", questions=str(questions))
    return evaluate(settings, folder / "run").result.folder


def figures_in(run: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((run / "comparison.json").read_text(encoding="utf-8"))
    return figures


def section_of(*runs: Path) -> Section:
    found = contest_section(read_sides(runs))
    assert found is not None
    return found


def test_a_run_of_evaluate_tells_who_wins(contest: Path) -> None:
    found, figures = section_of(contest), figures_in(contest)
    titles = [block.title for block in found.blocks if isinstance(block, Picture | Table)]
    assert titles == [
        "Mean of all metrics, with 95 % intervals",
        "a: scripted (1), b: scripted (2)",
        "Wins",
        "Answers",
        "Means by topic",
        "Classic figures",
    ]
    wins, answers, topics = (block for block in found.blocks if isinstance(block, Table) and block.title != titles[-1])
    told = figures["pairs"][0]["wins"]
    assert [*wins.rows[0][2:5]] == [counted(told[side]["count"], told["pairs"]) for side in ("a", "b", "tie")]
    assert sum(told[side]["count"] for side in ("a", "b", "tie")) == told["pairs"] == 8
    means = {row[0]: row[1:] for row in answers.rows}
    for at, each in enumerate(figures["sets"].values()):
        assert means["mean"][at].startswith(f"{each['mean']['mean']:.2f} (")
    assert [row[0] for row in topics.rows] == ["Deposit", "Repairs"]
    assert report_figures(read_sides([contest]))["run"]["contest"] == figures


def test_of_two_runs_each_has_its_own_and_other_recipes_have_none(contest: Path, tmp_path: Path) -> None:
    made = write_run(tmp_path / "tenants")
    assert contest_section(read_sides([made])) is None
    told = [block.title for block in section_of(contest, made).blocks if isinstance(block, Picture | Table)]
    assert all(title.endswith(f", {contest.name}") for title in told)
    assert len(section_of(contest, contest).blocks) == 2 * len(told)


def test_without_scores_or_pairs_there_is_what_there_is(contest: Path, tmp_path: Path) -> None:
    settings = EvaluationSettings(
        answer_with=("scripted", "scripted"), model="scripted", scores=False, pairs=False, languages="en",
        questions=str(contest.parent / "asked.jsonl"),
    )  # fmt: skip
    run = evaluate(settings, tmp_path / "bare").result.folder
    titles = [block.title for block in section_of(run).blocks if isinstance(block, Picture | Table)]
    assert titles == ["Answers", "Classic figures"]


def test_names_of_sets_and_topics_harm_nobody(contest: Path, tmp_path: Path) -> None:
    run = write_run(tmp_path / "tenants")
    hostile = json.dumps(figures_in(contest)).replace("scripted", "HARM").replace("Deposit", "HARM")
    (run / "comparison.json").write_text(hostile.replace("HARM", json.dumps(f"{SCRIPT}{ODD}")[1:-1]), encoding="utf-8")
    whole = page(read_sides([run]), "1.0")
    assert "Comparison" in whole
    assert "&lt;script&gt;" in whole
    assert not any(tag in whole for tag in ("<script", "<img", "<a href='javascript"))
