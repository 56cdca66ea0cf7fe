"""What is known of runs and of files of rows."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from card_trials import Mending, row, run_of

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.card.facts import facts_of
from synthgen.errors import FileError
from synthgen.formats.private import private_source
from synthgen.formats.sources import LEDGER
from synthgen.judge import judge
from synthgen.report.roles import Role
from synthgen.row_settings import JudgeSettings


def test_a_run_tells_how_its_rows_were_made(run: Path) -> None:
    facts = facts_of(run)
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert (facts.recipe, facts.run, facts.created) == ("generate", record["run"], record["created"])
    assert facts.version == record["versions"]["synthgen"]
    assert (facts.models, facts.fake) == (("scripted",), True)
    assert facts.templates == record["templates"]
    assert facts.spec == {"name": "ferry_office", "hash": record["spec"]["hash"]}
    assert facts.cells == {(cell["topic"], cell["language"]): cell["accepted"] for cell in record["cells"]}
    assert facts.settings == {"n": 12, "seed": 3, "temperature": 0.7}
    assert facts.summary is not None
    assert facts.summary.calls == record["calls"]
    assert (facts.priced, facts.private, facts.origin) == (True, "", None)
    rows = [json.loads(line) for line in (run / "dataset.jsonl").read_text(encoding="utf-8").splitlines()]
    assert facts.risk == sum(each["risk"] for each in rows)


def test_no_path_and_no_address_is_among_the_facts(tmp_path: Path) -> None:
    facts = facts_of(run_of(tmp_path / "elsewhere"))
    assert str(tmp_path) not in repr(facts)


def noted(run: Path, **notes: Any) -> None:
    """Have a run's ledger say something else."""
    with closing(sqlite3.connect(run / LEDGER, isolation_level=None)) as ledger:
        values = [(name, json.dumps(value)) for name, value in notes.items()]
        ledger.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)


def test_rows_are_counted_as_mended_whichever_of_their_texts_was(tmp_path: Path) -> None:
    """The message is followed by a reply, and the reply by a judge."""
    model = Mending()
    folder = run_of(tmp_path / "gated", model, judge_model="scripted", min_score=5.0)
    rows = [json.loads(line) for line in (folder / "dataset.jsonl").read_text(encoding="utf-8").splitlines()]
    mended = [{turn["role"] for turn in each["messages"] if turn["content"] in model.mended} for each in rows]
    assert {"user"} in mended
    assert any("assistant" in roles for roles in mended)
    assert set() in mended
    assert facts_of(folder).repaired == sum(map(bool, mended))


def test_a_run_without_repairs_says_none(run: Path) -> None:
    assert facts_of(run).repaired == 0


def test_who_wrote_and_who_judged_are_told_apart(run: Path, tmp_path: Path) -> None:
    real = Scripted(lambda request: compose(prompt_of(request), request.schema, request.sampling.seed or 0))
    real.name, real.fake = "openai:big", False
    judge(JudgeSettings(origin=str(run), model="openai:big"), tmp_path / "scored", backends=[real])
    made, judged = facts_of(tmp_path / "scored").chain()
    assert (made.roles, made.fake) == ((Role("made", ("scripted",), ("scripted",)),), True)
    assert (judged.roles, judged.fake) == ((Role("judged", ("openai:big",)),), True)  # the rows still are a fake's
    record = json.loads((tmp_path / "scored" / "run.json").read_text(encoding="utf-8"))
    assert record["fake"] is False


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"judge_model": "openai:org/big:8b"}, ("org/big:8b", "counseling7")),
        ({"judge_model": "gguf:models/jane/tiny.gguf", "judge_rubric": "desk/own.yaml"}, ("tiny.gguf", "own")),
        ({"judge_model": "vllm:/home/jane/tiny", "judge_rubric": "cpsycoun4"}, ("tiny", "cpsycoun4")),
        ({"judge_model": "scripted:/home/jane/said.jsonl"}, ("scripted", "counseling7")),
        ({"judge_model": "smollm2"}, ("smollm2", "counseling7")),
    ],
)
def test_who_held_rows_to_a_score_is_told_without_paths(
    run: Path, settings: dict[str, str], told: tuple[str, str]
) -> None:
    noted(run, settings={"n": 12, "min_score": 6.0, "topics": "/home/jane/spec.yaml", **settings})
    said = facts_of(run).settings
    assert said == {"n": 12, "min_score": 6.0, "judge_model": told[0], "judge_rubric": told[1]}


def test_case_reports_are_no_transcripts(run: Path) -> None:
    noted(run, settings={"mode": "memo", "n": 12}, private=True)
    assert facts_of(run).private == "case reports"


def test_a_run_over_rows_of_another_knows_that_one(run: Path, tmp_path: Path) -> None:
    scored = tmp_path / "scored"
    judge(JudgeSettings(origin=str(run), model="scripted"), scored)
    first, second = facts_of(scored).chain()
    assert (first.recipe, second.recipe) == ("generate", "judge")
    assert first.run == facts_of(run).run
    assert (second.repaired, second.risk) == (None, None)
    assert second.scores["metrics"].keys() > {"active_listening"}

    shutil.rmtree(run)
    said, _ = facts_of(scored).chain()
    assert (said.recipe, said.run, said.models) == ("", first.run, ("scripted",))
    assert said.templates == first.templates

    run_of(run)
    assert facts_of(scored).chain()[0].summary is None  # another run in its place is not where the rows are from


def test_rows_of_a_file_are_known_by_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    made = {
        "run": "ab12",
        "models": ["/home/jane/tiny.gguf", "open/big", "C:\\models\\third.gguf", "~/fourth"],
        "templates": ["query/en.j2@sha256:1"],
    }
    rows = [row(1, provenance=made, source={"kind": "generate", "fake": True}), row(2, provenance="?", language="zh")]
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    facts = facts_of(path)
    assert facts.cells == {("Luggage", "en"): 1, ("Luggage", "zh"): 1}
    assert (facts.models, facts.templates) == (
        ("tiny.gguf", "open/big", "third.gguf", "fourth"),
        {"query/en.j2": "sha256:1"},
    )
    assert (facts.fake, facts.run, facts.private, facts.summary) == (True, "", "", None)


def test_one_row_from_a_transcript_makes_all_of_it_private(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [row(1), row(2, source={"kind": "summarize"}), row(3)]
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    assert facts_of(path).private == "transcripts"


@pytest.mark.parametrize(
    ("source", "private"),
    [
        ({"kind": "summarize", "page": 2}, "transcripts"),
        ('{"kind": "summarize"}', "transcripts"),
        ("summarize", "transcripts"),
        ({"kind": "generate", "mode": "memo"}, "case reports"),
        ({"kind": "generate", "mode": "script"}, ""),
        ("generate", ""),
        (["summarize"], ""),
        (None, ""),
    ],
)
def test_a_row_says_what_it_was_made_from(source: Any, private: str) -> None:
    assert private_source({"source": source}) == private


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="gone"):
        facts_of(tmp_path / "gone.jsonl")
