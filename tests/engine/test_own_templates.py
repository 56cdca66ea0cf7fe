"""Judges, answerers and exports all speak the language that a user has written templates in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import judge_trials
import pytest
from evaluate_trials import given, longer_one, preferred, run, write_rows
from judge_trials import Recorded
from note_trials import SPEC

from synthgen.backends.scripted import prompt_of
from synthgen.calls import Request
from synthgen.engine.judge_job import prepare_judging
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.formats.rows import rows_in
from synthgen.judge import estimate_judging
from synthgen.row_settings import JudgeSettings

TEMPLATES = Path(__file__).parents[2] / "templates"
OWN = "own.yaml"
GERMAN_SPEC = SPEC.replace("languages: [en, zh]", "languages: [en, de]")
MARK = "AUF DEUTSCH"
ASKED = "Meine Kaution ist seit Mai nicht zurück, und der Vermieter antwortet nicht. (1)"
ENGLISH = "My deposit has not come back since May, and the landlord does not answer. (2)"


def own_templates(folder: Path, *steps: str) -> None:
    """Write templates for German beside the spec of a folder: the English ones, with a mark."""
    (folder / OWN).write_text(GERMAN_SPEC, encoding="utf-8")
    for step in steps:
        text = (TEMPLATES / step / "en.j2").read_text(encoding="utf-8")
        path = folder / "templates" / step / "de.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{% block system %}", f"{{% block system %}}{MARK} "), encoding="utf-8")


def questions(folder: Path, **german: str) -> Path:
    return write_rows(folder / "asked.jsonl", [{"question": ASKED} | german, {"question": ENGLISH}])


def compared(folder: Path, **options: Any) -> dict[str, set[bool]]:
    """Compare answers to the questions in a folder; return by purpose whether the German ones were asked in German."""
    for who in "ab":
        rows = [
            {"question": text, "answer": f"Write again. [{who}{at}]"} for at, text in enumerate((ASKED, ENGLISH), 1)
        ]
        write_rows(folder / f"{who}.jsonl", rows)
    found: dict[str, set[bool]] = {}

    def judged(request: Request) -> str:
        prompt = prompt_of(request)
        assert (ASKED in prompt) != (ENGLISH in prompt)
        found.setdefault(f"{request.purpose} {'de' if ASKED in prompt else 'en'}", set()).add(MARK in prompt)
        return preferred(request, longer_one) if request.purpose == "compare" else given(request)

    sets = [folder / "a.jsonl", folder / "b.jsonl"]
    options = {"topics": str(folder / OWN), "scores": True, "pairs": True} | options
    assert run(sets, folder / "out", Recorded(judged), **options).result.error is None
    return found


@pytest.mark.parametrize("language", [{}, {"language": "de"}])
def test_answers_are_compared_by_own_templates(tmp_path: Path, language: dict[str, str]) -> None:
    own_templates(tmp_path, "judge", "compare", "answer")
    questions(tmp_path, **language)
    assert compared(tmp_path) == {
        "judge de": {True}, "judge en": {False}, "compare de": {True}, "compare en": {False},
    }  # fmt: skip


def test_a_language_that_lacks_a_template_is_asked_in_english(tmp_path: Path) -> None:
    own_templates(tmp_path, "judge")
    questions(tmp_path)
    assert set().union(*compared(tmp_path).values()) == {False}


def test_questions_are_chosen_by_the_language_that_they_read_as(tmp_path: Path) -> None:
    own_templates(tmp_path, "judge", "compare")
    questions(tmp_path)
    assert compared(tmp_path, languages="de") == {"judge de": {True}, "compare de": {True}}


def test_rows_are_judged_by_own_templates(tmp_path: Path) -> None:
    own_templates(tmp_path, "judge")
    rows = [{"question": text, "answer": "You should write to the landlord."} for text in (ASKED, ENGLISH)]
    origin, judge = write_rows(tmp_path / "rows.jsonl", rows), Recorded()
    found = judge_trials.run(origin, tmp_path / "out", judge, topics=str(tmp_path / OWN))
    assert found.result.error is None
    prompts = [prompt_of(request) for request in judge.requests]
    assert sorted((ASKED in prompt, MARK in prompt) for prompt in prompts) == [(False, False), (True, True)]


def test_a_plan_counts_the_prompts_that_would_be_sent(tmp_path: Path) -> None:
    def tokens() -> int:
        return estimate_judging(prepare_judging(settings)).usual.prompt_tokens

    own_templates(tmp_path)
    rubric = judge_trials.write_rubric(tmp_path)
    origin = write_rows(tmp_path / "rows.jsonl", [{"question": ASKED, "answer": ASKED}])
    settings = JudgeSettings(origin=str(origin), topics=str(tmp_path / OWN), rubric=str(rubric), model="openai:some")
    before = tokens()
    own_templates(tmp_path, "judge")
    path = tmp_path / "templates" / "judge" / "de.j2"
    path.write_text(path.read_text(encoding="utf-8").replace(MARK, MARK * 100), encoding="utf-8")
    assert tokens() > before + 100


def said_by_systems(folder: Path, rows: Sequence[dict[str, Any]]) -> list[bool]:
    settings = ExportSettings("chat", system="spec", spec=str(folder / OWN))
    export([write_rows(folder / "rows.jsonl", rows)], settings, folder / "exported")
    return [MARK in row["messages"][0]["content"] for row in rows_in(folder / "exported" / "train.jsonl")]


def test_an_export_tells_the_system_what_an_evaluation_asks_by(tmp_path: Path) -> None:
    own_templates(tmp_path, "answer")
    rows = [{"question": text, "answer": text} for text in (ASKED, ENGLISH)]
    assert said_by_systems(tmp_path, rows) == [True, False]
    assert said_by_systems(tmp_path, [row | {"language": "en"} for row in rows]) == [False, False]
