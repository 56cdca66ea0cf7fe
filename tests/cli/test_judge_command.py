"""`synthgen judge` as it is typed."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from cli_trials import Outcome, rows_of
from judge_trials import METRICS, RUBRIC, write_rubric
from killed_runs import killed_and_ended
from note_trials import SAID, native, write_rows

from synthgen.cli.judge import show
from synthgen.judging.verdict import Verdict
from synthgen.report.scores import ScoreCount
from synthgen.rubrics import parse_rubric

Synthgen = Callable[..., Outcome]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return write_rubric(tmp_path)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "rows.jsonl", [native(number) for number in range(1, 7)])


def figures_in(out: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    return figures


def answers(path: Path, said: Sequence[str]) -> str:
    """Write down what a scripted judge answers, one answer a row."""
    path.write_text("".join(json.dumps(answer) + "\n" for answer in said), encoding="utf-8")
    return f"scripted:{path}"


def sound(firmness: int, order: int, quote: str = "write to the landlord") -> str:
    grounds = {"quote": quote, "reason": "It says so."}
    return json.dumps({"firmness": grounds | {"score": firmness}, "order": grounds | {"score": order}})


def test_a_run_from_end_to_end(synthgen: Synthgen, desk: Path, origin: Path, tmp_path: Path) -> None:
    out, people = tmp_path / "out", tmp_path / "people.csv"
    lines = [f"row-{number},{number % 5 + 1},{number % 4 + 1}" for number in range(1, 7)]
    people.write_text("\n".join(["id,firmness,order", *lines]), encoding="utf-8")
    options = ("--rubric", desk, "--model", "scripted", "--second-model", "scripted", "--repeats", "2")
    made = synthgen("judge", origin, *options, "--human", people, "--correct", "--out", out)
    assert made.code == 0, made.err
    assert made.out.strip() == str(out / "dataset.jsonl")
    assert f"{origin}: judged by desk with scripted, in {out}" in made.err
    for words in ("quotes found", "repeats", "second judge", "people", "scale: ", "verdicts.jsonl", "scores.json"):
        assert words in made.err
    assert "desk: done, judged by scripted (fake: no real model judged these rows)" in made.err
    assert "None of the scores" not in made.err
    assert [row["id"] for row in rows_of(out)] == [f"row-{number}" for number in range(1, 7)]
    assert {path.name for path in out.iterdir()} >= {"run.json", "ledger.sqlite", "scores.json", "verdicts.jsonl"}
    again = synthgen("judge", "--out", out)
    assert again.code == 0
    assert "This run is finished: 6 rows" in again.err
    assert "people" not in again.err
    assert synthgen("generate", "--out", out).error.startswith(f"Error: {out}: is a run of `synthgen judge`")


def test_runs_and_why_tell_what_was_judged(synthgen: Synthgen, desk: Path, tmp_path: Path) -> None:
    rows = [native(3, topic=""), {"id": "mute"}, native(7)]
    origin, out = write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out"
    judges = answers(tmp_path / "said.jsonl", ["no", sound(4, 5), sound(2, 1)])
    options = ("--rubric", desk, "--model", judges, "--concurrency", 1, "--out", out)
    assert synthgen("judge", origin, *options).code == 0
    shown = synthgen("runs", "show", out).out
    assert f"3 rows of {origin} by desk, judged by scripted (fake: no real model judged these rows)" in shown
    assert "no_dialogue" in shown

    told = synthgen("why", "row-7", "--run", out)
    assert (told.code, told.err) == (0, "")
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))["run"]
    assert told.out.startswith(f"row {run}-000003: accepted\nfrom:    {origin}, its row 3, row-7\n")
    assert f"\nassistant:\n  {SAID[1]} (7)\n" in told.out
    assert "judge by scripted (scripted" in told.out
    assert "template judge/en.j2@sha256:" in told.out
    assert told.out.endswith(f"  answer:\n    {sound(4, 5)}\n")
    for words in ("filters", "seat", "risk", "facets", "attempt"):
        assert words not in told.out
    # As the ledger numbers it, with or without the run.
    assert synthgen("why", "3", "--run", out) == told
    assert synthgen("why", f"{run}-000003", "--run", out) == told
    # Each call with its answer: what lacked was asked for again.
    mended = synthgen("why", "row-3", "--run", out).out
    assert mended.count("\ncall ") == 2
    assert "    no\n" in mended
    assert sound(2, 1) in synthgen("why", "row-3", "--run", out, "-v").out
    assert "dropped at the conversation: no_dialogue" in synthgen("why", "mute", "--run", out).out
    assert "nothing was made of a row 9 so far" in synthgen("why", "9", "--run", out).error
    assert "not other" in synthgen("why", "other-9", "--run", out).error
    assert "not a row's id" in synthgen("why", "deaf", "--run", out).error
    assert "not a row's id" in synthgen("why", "mute").error


def test_what_failed_stands_by_its_kind(synthgen: Synthgen, desk: Path, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", [native(number) for number in range(1, 21)])
    # A quote of what is nowhere said, in two rows of 17.
    said = [sound(1 + n % 5, 3, "never" if n in (4, 9) else SAID[1]) for n in range(1, 18)]
    model = answers(tmp_path / "said.jsonl", [*said, "7 cats.", "Lovely!", "I'm sorry, I cannot judge this."])
    made = synthgen(
        "judge", rows, "--rubric", desk, "--model", model, "--tries", "0", "--concurrency", "1", "--out", "out"
    )
    assert made.code == 0, made.err
    figures = figures_in(Path("out"))
    assert figures["failures"] == {"nonsense": 4, "refused": 2}
    assert "failed, and in no mean: 4 nonsense, 2 refused" in made.err
    assert figures["metrics"]["firmness"]["mean"] == pytest.approx(sum(1 + n % 5 for n in range(1, 18)) / 17, abs=1e-12)
    assert figures["metrics"]["order"]["quotes_found"] == 15
    line = next(line for line in made.err.splitlines() if line.split()[:1] == ["order"])
    assert line.split()[-4:] == ["17", "3", "88", "%"]


def test_a_server_that_breaks_off_is_told_of(
    synthgen: Synthgen, desk: Path, origin: Path, serve: Callable[..., str]
) -> None:
    url = serve("--latency", "0.01", "--cut", "0.5", "--rate-limited", "0.1", "--retry-after", "0.05")
    options = ("--rubric", desk, "--model", "openai:a", "--base-url", url, "--repeats", "3", "--tries", "0")
    made = synthgen("judge", origin, *options, "--out", "out")
    assert made.code == 0, made.err
    figures = figures_in(Path("out"))
    cut = figures["failures"].pop("cut_off")
    assert not figures["failures"]
    assert f"failed, and in no mean: {cut} cut off" in made.err
    assert sum(figures["metrics"][name]["scores"] for name in METRICS) + cut == 6 * 3 * 2
    # Asked again, all answers come whole in the end.
    mended = synthgen("judge", origin, *options[:-1], "9", "--out", "mended")
    assert mended.code == 0, mended.err
    assert figures_in(Path("mended"))["failures"] == {}
    assert "failed, and" not in mended.err


def test_people_who_scored_other_rows_are_no_error(
    synthgen: Synthgen, desk: Path, origin: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,metric,score\nrow-99,order,3\n", encoding="utf-8")
    made = synthgen("judge", origin, "--rubric", desk, "--model", "scripted", "--human", people, "--out", "out")
    assert made.code == 0
    assert made.err.count("None of the scores by people is of a row that was scored") == 1


def test_what_is_judged_twice_says_where_the_second_scores_are(
    synthgen: Synthgen, desk: Path, origin: Path, tmp_path: Path
) -> None:
    first = synthgen("judge", origin, "--rubric", desk, "--model", "scripted", "--out", "first")
    second = synthgen("judge", "first", "--rubric", "cpsycoun4", "--model", "scripted", "--out", "second")
    assert "came with scores" not in first.err
    assert "6 rows came with scores, which stay; what they got here is in verdicts.jsonl alone." in second.err
    assert rows_of(Path("second")) == rows_of(Path("first"))


def test_a_kill_loses_at_most_what_was_in_flight(desk: Path, tmp_path: Path, serve: Callable[..., str]) -> None:
    log, out, dice = tmp_path / "log.jsonl", tmp_path / "out", random.Random(6)
    rows = [native(number) for number in range(40)]
    origin = write_rows(tmp_path / "rows.jsonl", rows)
    url = serve("--latency", "0.02-0.1", "--cut", "0.2", "--log", str(log))
    command = [sys.executable, "-m", "synthgen", "judge", str(origin), "--rubric", str(desk), "-q", "--repeats", "2"]
    command += ["--model", "openai:x", "--base-url", url, "--concurrency", "6", "--out", str(out)]

    # Six in flight, and an answer that is being committed, whose place another call has already.
    assert len(killed_and_ended(command, out, log, [dice.randint(10, 60)])) <= 7
    made = rows_of(out)
    assert [row | {"scores": 0} for row in made] == [row | {"scores": 0} for row in rows]
    assert figures_in(out)["rows"] == 40


@pytest.mark.parametrize(
    ("args", "words", "code"),
    [
        ([], "nothing to judge is named", 2),
        (["none.jsonl"], "none.jsonl: no such file", 1),
        (["empty.jsonl"], "empty.jsonl: holds no rows", 1),
        (["rows.jsonl", "--rubric", "nope"], "--rubric nope: no such rubric; there are counseling7, cpsycoun4", 1),
        (["rows.jsonl", "--rubric", "none.yaml"], "none.yaml", 1),
        (["rows.jsonl", "--rubric", "broken.yaml"], "broken.yaml: metrics[0].anchors", 1),
        (["rows.jsonl", "--rubric", "torn.yaml"], "torn.yaml", 1),
        (["rows.jsonl", "--repeats", "0"], "--repeats 0", 2),
        (["rows.jsonl", "--repeats", "many"], "--repeats", 2),
        (["rows.jsonl", "--tries", "11"], "--tries 11", 2),
        (["rows.jsonl", "--spec", "none.yaml"], "none.yaml", 1),
        (["rows.jsonl", "--human", "none.csv"], "none.csv: no such file", 1),
        (["rows.jsonl", "--human", "rows.jsonl"], "rows.jsonl: ", 1),
        (["rows.jsonl", "--human", "words.csv"], "the score of order must be a number, got 'fair'", 1),
        (["rows.jsonl", "--correct"], "--correct: needs scores by people", 2),
        (["rows.jsonl", "--model", "openai"], "openai", 2),
        (["rows.jsonl", "--second-model", "gguf:none.gguf", "--model", "scripted"], "none.gguf", 1),
        (["rows.jsonl", "--out", "rows.jsonl"], "is a file", 1),
        (["rows.jsonl", "--out", "other"], "something that is not a run", 1),
    ],
)
def test_what_a_user_gets_wrong_is_told_in_a_line(
    synthgen: Synthgen, desk: Path, origin: Path, args: list[str], words: str, code: int
) -> None:
    Path("empty.jsonl").touch()
    Path("broken.yaml").write_text(RUBRIC.replace("4-5: ", "4: "), encoding="utf-8")
    Path("torn.yaml").write_text(RUBRIC[:-40], encoding="utf-8")
    Path("words.csv").write_text("id,order\nrow-1,fair\n", encoding="utf-8")
    Path("other").mkdir()
    Path("other/letter.txt").touch()
    options = () if "--rubric" in args else ("--rubric", desk)
    told = synthgen("judge", *args, *options)
    assert words in told.error
    assert told.code == code
    assert not Path("outputs").exists()


def test_rows_of_transcripts_go_nowhere_else_unless_allowed(synthgen: Synthgen, desk: Path, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", [native(1, source={"kind": "summarize"})])
    refused = synthgen("judge", rows, "--rubric", desk, "--model", "openai:m", "--base-url", "http://198.51.100.7:9/v1")
    assert refused.code == 2
    assert "openai:m: is not on this machine" in refused.error
    assert "--allow-remote" in refused.error


def test_what_a_run_was_begun_with_is_kept_to(synthgen: Synthgen, desk: Path, origin: Path, tmp_path: Path) -> None:
    options = ("--model", "scripted", "--out", "out", "-q")
    assert synthgen("judge", origin, "--rubric", desk, *options).code == 0
    other = write_rows(Path("other.jsonl"), [native(9)])
    assert "judges" in synthgen("judge", other, *options).error
    assert "rubric" in synthgen("judge", origin, "--rubric", "cpsycoun4", *options).error
    write_rubric(tmp_path, RUBRIC.replace("Meek.", "Weak."))
    assert "'Meek.' is now 'Weak.'" in synthgen("judge", origin, *options).error
    assert synthgen("judge", origin, *options, "--accept-changes").code == 0


def verdict(kind: str = "") -> Verdict:
    return Verdict({}, dict.fromkeys(METRICS, kind)) if kind else Verdict({}, {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "– to –"),
        ([[[]]], "mean"),
        ([[[verdict("cut_off"), verdict("refused")]]], "failed, and in no mean: 2 cut off, 2 refused"),
        ([[[verdict("missing")], [verdict("no_number")]]], "second judge"),
        ([[[verdict("missing")], []]], "failed, and in no mean: 2 missing"),
    ],
)
def test_figures_of_little_are_shown_all_the_same(
    rows: list[list[list[Verdict]]], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = ScoreCount(parse_rubric(RUBRIC, "desk.yaml"))
    for row in rows:
        counts.add("", 3, row)
    show(json.loads(json.dumps(counts.figures())))
    assert words in capsys.readouterr().err
