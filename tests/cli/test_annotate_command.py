"""`synthgen annotate` as it is typed."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome, rows_of
from killed_runs import killed_and_ended
from note_trials import MOODS, SAID, SPEC, native, write_rows, write_spec

from synthgen.cli.annotate import show
from synthgen.records import Annotation, Note
from synthgen.report.notes import NoteCount
from synthgen.spec import parse_spec

Synthgen = Callable[..., Outcome]
ROLES = {1: "user", 2: "assistant"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return write_spec(tmp_path)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    rows = [native(number) for number in range(1, 7)]
    for number, row in enumerate(rows):
        row["messages"][0]["labels"] = {"mood": [MOODS[number % 3]]}
    return write_rows(tmp_path / "rows.jsonl", rows)


def test_a_run_from_end_to_end(synthgen: Synthgen, house: Path, origin: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = synthgen("annotate", origin, "--spec", house, "--model", "scripted", "--gold", "--votes", "3", "--out", out)
    assert made.code == 0, made.err
    assert made.out.strip() == str(out / "dataset.jsonl")
    assert f"{origin}: annotated by house_desk with scripted, in {out}" in made.err
    for words in ("session.topic", "user.mood against gold", "micro average", "annotations.jsonl", "annotation.json"):
        assert words in made.err
    assert [row["id"] for row in rows_of(out)] == [f"row-{number}" for number in range(1, 7)]
    assert {path.name for path in out.iterdir()} >= {"run.json", "ledger.sqlite", "annotation.json"}
    again = synthgen("annotate", "--out", out)
    assert again.code == 0
    assert "This run is finished: 6 rows" in again.err
    assert f"6 rows of {origin} by house_desk, annotated by scripted (fake: " in synthgen("runs", "show", out).out
    told = synthgen("why", "row-2", "--run", out).out
    assert f"from:    {origin}, its row 2, row-2\nasked:   about Deposit, in en\n" in told
    assert f"\nuser:\n  {SAID[0]} (2)\n" in told
    assert "annotate by scripted" in told
    assert "filters" not in told
    assert synthgen("generate", "--out", out).error.startswith(f"Error: {out}: is a run of `synthgen annotate`")


def test_what_was_made_is_annotated_and_annotated_again(synthgen: Synthgen, house: Path, tmp_path: Path) -> None:
    assert synthgen("generate", "--topics", house, "--n", "3", "--model", "scripted", "--out", "made").code == 0
    options = ("--spec", house, "--model", "scripted", "-q")
    assert synthgen("annotate", "made", *options, "--fields", "user", "--out", "once").code == 0
    assert synthgen("annotate", "once", *options, "--out", "twice").code == 0
    made, once, twice = (rows_of(tmp_path / name) for name in ("made", "once", "twice"))
    assert [row["id"] for row in made] == [row["id"] for row in twice]
    for before, row in zip(once, twice, strict=True):
        assert row["messages"][0] == before["messages"][0]
        assert row["provenance"] == before["provenance"]
        assert "labels" in row["messages"][1]
        assert "labels" not in before["messages"][1]


def test_two_annotators_over_a_server_that_is_often_wrong(
    synthgen: Synthgen, house: Path, origin: Path, serve: Callable[..., str]
) -> None:
    url = serve("--latency", "0.01", "--bad-share", "0.3", "--rate-limited", "0.1", "--retry-after", "0.05")
    options = ("--spec", house, "--model", "openai:a", "--model-b", "openai:b", "--base-url", url, "--out", "out")
    made = synthgen("annotate", origin, *options)
    assert made.code == 0, made.err
    assert "with openai:a and openai:b" in made.err
    assert "agreement on" in made.err
    figures = json.loads(Path("out/annotation.json").read_text(encoding="utf-8"))
    assert figures["agreement"]["user.mood"]["overall"]["items"] <= 12
    for row in rows_of(Path("out")):
        told = [row["annotation"].get("missing", {}).get(f"turn {at} {field}") for at, field in
                enumerate(("mood", "act", "mood", "act"), 1)]  # fmt: skip
        labels = [turn["labels"][("mood", "act")[at % 2]] for at, turn in enumerate(row["messages"])]
        assert [value is None for value in labels] == [bool(why) for why in told]
        assert {label for value in labels for label in value or ()} <= {*MOODS, "Question", "Advice"}


def test_a_kill_loses_at_most_what_was_in_flight(house: Path, tmp_path: Path, serve: Callable[..., str]) -> None:
    log, out, dice = tmp_path / "log.jsonl", tmp_path / "out", random.Random(5)
    rows = [native(number, *(f"{text} ({number})" for text in SAID * 6)) for number in range(24)]
    origin = write_rows(tmp_path / "rows.jsonl", rows)
    url = serve("--latency", "0.02-0.1", "--bad-share", "0.1", "--log", str(log))
    command = [sys.executable, "-m", "synthgen", "annotate", str(origin), "--spec", str(house), "-q"]
    command += ["--model", "openai:x", "--base-url", url, "--concurrency", "6", "--out", str(out)]

    killed_and_ended(command, out, log, [dice.randint(1, 35) for _ in range(2)])
    assert [row["id"] for row in rows_of(out)] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("args", "words", "code"),
    [
        ([], "nothing to annotate is named", 2),
        (["none.jsonl"], "none.jsonl: no such file", 1),
        (["empty.jsonl"], "empty.jsonl: holds no rows", 1),
        (["rows.jsonl", "--fields", "nope"], "no such field: 'nope'", 2),
        (["rows.jsonl", "--votes", "0"], "--votes 0", 2),
        (["rows.jsonl", "--tries", "11"], "--tries 11", 2),
        (["rows.jsonl", "--spec", "bare.yaml"], "has no fields to annotate", 2),
        (["rows.jsonl", "--model", "openai"], "openai", 2),
        (["rows.jsonl", "--model-b", "gguf:none.gguf", "--model", "scripted"], "none.gguf", 1),
        (["rows.jsonl", "--out", "rows.jsonl"], "is a file", 1),
        (["rows.jsonl", "--out", "other"], "something that is not a run", 1),
    ],
)
def test_what_a_user_gets_wrong_is_told_in_a_line(
    synthgen: Synthgen, house: Path, origin: Path, args: list[str], words: str, code: int
) -> None:
    Path("empty.jsonl").touch()
    Path("bare.yaml").write_text(SPEC.partition("annotation:")[0], encoding="utf-8")
    Path("other").mkdir()
    Path("other/letter.txt").touch()
    options = () if "--spec" in args else ("--spec", house)
    told = synthgen("annotate", *args, *options)
    assert words in told.error
    assert told.code == code
    assert not Path("outputs").exists()


def test_rows_of_transcripts_go_nowhere_else_unless_allowed(synthgen: Synthgen, house: Path, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", [native(1, source={"kind": "summarize"})])
    refused = synthgen(
        "annotate", rows, "--spec", house, "--model", "openai:m", "--base-url", "http://198.51.100.7:9/v1"
    )
    assert refused.code == 2
    assert "openai:m: is not on this machine" in refused.error
    assert "--allow-remote" in refused.error


def test_another_origin_in_the_same_folder_is_refused(synthgen: Synthgen, house: Path, origin: Path) -> None:
    options = ("--spec", house, "--model", "scripted", "--out", "out", "-q")
    assert synthgen("annotate", origin, *options).code == 0
    other = write_rows(Path("other.jsonl"), [native(9)])
    assert "annotates" in synthgen("annotate", other, *options).error


def noted(*moods: str, why: str = "") -> Annotation:
    return Annotation({}, {1: {"mood": Note(moods or None, why)}})


@pytest.mark.parametrize(
    ("rows", "gold", "words"),
    [
        ([], False, ""),
        ([((noted(why="empty"),), None)], False, "100 %"),
        ([((noted("Calm"),), Annotation({}, {}))], True, "no labels of the spec stand in the rows"),
        ([((noted(why="empty"),), noted("Calm"))], True, "Calm told as nothing: 1"),
        ([((noted("Calm"),), noted("Calm"))], True, "(– to –)"),
        ([((noted("Calm"), noted("Calm")), None)], False, "–"),
        ([((noted(why="empty"), noted(why="empty")), None)], False, "agreement on"),
    ],
)
def test_figures_of_little_are_shown_all_the_same(
    rows: list[tuple[tuple[Annotation, ...], Annotation | None]],
    gold: bool,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = NoteCount(parse_spec(SPEC, "house.yaml"), gold=gold)
    for given, meant in rows:
        counts.add(ROLES, given, meant)
    show(json.loads(json.dumps(counts.figures())))
    assert words in capsys.readouterr().err
