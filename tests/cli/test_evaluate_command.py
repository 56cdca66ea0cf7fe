"""`synthgen evaluate` as it is typed."""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli_trials import Outcome, rows_of
from evaluate_trials import answer, question, write_answers, write_questions
from judge_trials import RUBRIC, write_rubric
from killed_runs import killed_and_ended
from note_trials import native, write_rows

from synthgen.cli.evaluate import show
from synthgen.judging.contest import Contest
from synthgen.report.comparison import ContestCount
from synthgen.rubrics import parse_rubric

Synthgen = Callable[..., Outcome]


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    """Questions, answers a and b to them, a rubric; return the options that name them."""
    write_questions(tmp_path, 6)
    for who in "ab":
        write_answers(tmp_path, who, range(1, 7))
    return ["--questions", "asked.jsonl", "--rubric", str(write_rubric(tmp_path))]


def figures_in(out: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((out / "comparison.json").read_text(encoding="utf-8"))
    return figures


def test_a_run_from_end_to_end(synthgen: Synthgen, asked: list[str]) -> None:
    out = Path("out")
    made = synthgen("evaluate", "a.jsonl", "b.jsonl", *asked, "--model", "scripted", "--out", out)
    assert made.code == 0, made.err
    assert made.out.strip() == "out/dataset.jsonl"
    assert "a against b on 6 of 6 in asked.jsonl: judged by desk with scripted, in out" in made.err
    for words in ("firmness", "first shown won", "longer won", "Deposit", "distinct1, en", "verdicts.jsonl"):
        assert words in made.err
    assert "have no answer" not in made.err
    assert "desk: done, judged and compared by scripted (fake: no real model judged or compared these rows)" in made.err
    assert [row["id"] for row in rows_of(out)] == [f"q{n}" for n in range(1, 7)]
    assert {path.name for path in out.iterdir()} >= {"run.json", "ledger.sqlite", "comparison.json", "verdicts.jsonl"}
    again = synthgen("evaluate", "--out", out)
    assert again.code == 0
    assert "This run is finished: 6 rows" in again.err
    assert "6 rows of asked.jsonl by desk, judged and compared by scripted" in synthgen("runs", "show", out).out
    assert synthgen("judge", "--out", out).error.startswith("Error: out: is a run of `synthgen evaluate`")
    # Rows that answer and are compared are rows like others.
    assert synthgen("evaluate", "a.jsonl", *asked, "--no-pairs", "-q", "--model", "scripted", "--out", "one").code == 0


def test_what_lacks_is_told(synthgen: Synthgen, asked: list[str], tmp_path: Path) -> None:
    write_answers(tmp_path, "b", [1, 2, 2, 9])
    made = synthgen("evaluate", "a.jsonl", "b.jsonl", *asked, "--no-scores", "--no-pairs", "--out", "out")
    assert made.code == 0, made.err
    assert "b: 4 questions have no answer." in made.err
    assert "b: rows of none of the questions, left out: 1." in made.err
    assert "b: further answers to the same questions, left out: 1." in made.err
    assert "a: rows of" not in made.err
    assert "not judged" in made.err
    assert "desk: done, without a model" in made.err
    own = figures_in(Path("out"))["sets"]["b"]
    assert (own["unmatched"], own["spare"], own["unanswered"]) == (1, 1, 4)


def test_a_fake_is_told_of_what_it_did(synthgen: Synthgen, asked: list[str], serve: Callable[..., str]) -> None:
    judged = ("--model", "openai:big", "--base-url", serve(), "--no-pairs")
    made = synthgen("evaluate", "a.jsonl", *asked, "--answer-with", "scripted", *judged, "--out", "out")
    told = "desk: done, answered by scripted (fake: no real model answered these rows), judged by big\n"
    assert told in made.err


def test_a_dry_run_tells_the_calls_and_leaves_nothing(synthgen: Synthgen, asked: list[str], tmp_path: Path) -> None:
    write_answers(tmp_path, "b", [1, 2, 3, 3, 9])
    options = ["a.jsonl", "b.jsonl", *asked, "--answer-with", "openai:m", "--repeats", "2"]
    told = synthgen("evaluate", *options, "--dry-run", "--out", "out")
    assert told.code == 0
    assert "a against b against openai:m on 6 of 6 in asked.jsonl" in told.err
    cells = [line.split() for line in told.out.splitlines()]
    assert ["b", "3", "1", "1"] in cells
    assert ["if", "answer_1", "calls", "judge", "calls", "compare", "calls", "tokens", "in", "tokens", "out"] in cells
    usual, most = (line for line in cells if line[:1] in (["answers"], ["all"]) and line[-5:-2] == ["6", "30", "24"])
    assert usual[-2] == most[-2]
    assert int(usual[-1].replace(",", "")) < int(most[-1].replace(",", ""))
    assert not Path("out").exists()
    made = synthgen(
        "evaluate",
        *options[:-4],
        "--answer-with",
        "scripted",
        "--repeats",
        "2",
        "--model",
        "scripted",
        "-q",
        "--out",
        "out",
    )
    assert made.code == 0, made.err
    with closing(sqlite3.connect("out/ledger.sqlite")) as ledger:
        calls = Counter(purpose for (purpose,) in ledger.execute("SELECT purpose FROM calls"))
    assert calls == {"answer_1": 6, "judge": 30, "compare": 24}
    assert synthgen("evaluate", "--out", "out", "--dry-run").out == "asked.jsonl: 0 questions to ask about\n"


def test_of_a_run_that_is_begun_what_is_left_is_told(synthgen: Synthgen, asked: list[str]) -> None:
    options = ["a.jsonl", *asked, "--answer-with", "scripted", "--model", "scripted", "--out", "out", "-q"]
    spent = 0
    for allowed in ("2500", "7000", "10500"):
        assert synthgen("evaluate", *options, "--max-tokens-total", allowed).code != 0
        told = synthgen("evaluate", "--out", "out", "--dry-run", "--price-in", "1")
        assert told.code == 0, told.err
        line = next(line.split() for line in told.out.splitlines() if line.startswith(" answers are"))
        with closing(sqlite3.connect("out/ledger.sqlite")) as ledger:
            made = Counter(purpose for (purpose,) in ledger.execute("SELECT purpose FROM calls"))
        left = [6 - made["answer_1"], 12 - made["judge"], 12 - made["compare"]]
        assert line[6:9] == [str(count) for count in left]
        assert float(line[-1]) > 0
        assert made.total() > spent
        spent = made.total()
    assert synthgen("evaluate", "--out", "out", "--max-tokens-total", "900000", "-q").code == 0
    assert synthgen("evaluate", "--out", "out", "--dry-run").out == "asked.jsonl: 0 questions to ask about\n"


def test_a_run_that_is_finished_needs_no_model(
    synthgen: Synthgen, asked: list[str], serve: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    models = ("--answer-with", "openai:m", "--model", "openai:n", "--base-url", serve())
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-a-test")
    assert synthgen("evaluate", "a.jsonl", *asked, *models, "--out", "out", "-q").code == 0
    monkeypatch.delenv("OPENAI_API_KEY")
    changed = ("--model", "gguf:no/such.gguf", "--base-url", "https://api.openai.com/v1")
    assert "what makes its rows has changed" in synthgen("evaluate", "--out", "out", *changed).error
    for more in ((), (*changed, "--accept-changes")):
        again = synthgen("evaluate", "--out", "out", *more)
        assert again.code == 0, again.err
        assert "This run is finished: 6 rows" in again.err
        assert "first shown won" in again.err


def test_models_that_answer_may_be_at_a_server_of_their_own(
    synthgen: Synthgen, asked: list[str], tmp_path: Path, serve: Callable[..., str]
) -> None:
    log = tmp_path / "answers.log"
    (tmp_path / "told.txt").write_text("Answer like a pirate.\n", encoding="utf-8")
    made = synthgen(
        "evaluate", *asked, "--answer-with", "openai:m", "--answer-with", "openai:n", "--system", "@told.txt",
        "--answer-base-url", serve("--log", str(log)), "--base-url", "http://127.0.0.1:9/v1", "--model", "scripted",
        "--out", "out", "-q",
    )  # fmt: skip
    assert made.code == 0, made.err
    assert len(log.read_text(encoding="utf-8").splitlines()) == 12
    assert list(rows_of(Path("out"))[0]["answers"]) == ["openai:m", "openai:n"]
    with closing(sqlite3.connect("out/ledger.sqlite")) as ledger:
        told = "SELECT text FROM calls JOIN prompts ON prompts.hash = system WHERE purpose LIKE 'answer%'"
        assert ledger.execute(told).fetchall() == [("Answer like a pirate.",)] * 12


def test_a_kill_loses_at_most_what_was_in_flight(asked: list[str], tmp_path: Path, serve: Callable[..., str]) -> None:
    log, out, dice = tmp_path / "log.jsonl", tmp_path / "out", random.Random(8)
    write_questions(tmp_path, 8)
    write_answers(tmp_path, "a", range(1, 9))
    url = serve("--latency", "0.02-0.08", "--cut", "0.2", "--log", str(log))
    command = [sys.executable, "-m", "synthgen", "evaluate", "a.jsonl", *asked, "--answer-with", "openai:m", "-q"]
    command += ["--model", "openai:x", "--base-url", url, "--concurrency", "5", "--out", str(out)]

    repeated = killed_and_ended(command, out, log, [dice.randint(10, 24)])
    # The two models have five calls in flight each.
    assert len(repeated) <= 10
    assert [row["id"] for row in rows_of(out)] == [f"q{n}" for n in range(1, 9)]
    assert all(row["answers"]["openai:m"] for row in rows_of(out))
    (pair,) = figures_in(out)["pairs"]
    assert pair["wins"]["pairs"] + pair["undecided"] == 8


@pytest.mark.parametrize(
    ("args", "words", "code"),
    [
        ([], "nothing to compare is named", 2),
        (["none.jsonl"], "none.jsonl: no such file", 1),
        (["empty.jsonl"], "empty.jsonl: answers none of the 6 questions", 1),
        (["other.jsonl"], "other.jsonl: answers none of the 6 questions", 1),
        (["torn.jsonl"], "torn.jsonl", 1),
        (["a.jsonl", "--questions", "nope"], "--questions nope: no such questions; there are open200", 1),
        (["a.jsonl", "--questions", "none.jsonl"], "none.jsonl: no such file", 1),
        (["a.jsonl", "--questions", "empty.jsonl"], "empty.jsonl: holds no questions", 1),
        (["a.jsonl", "--lang", "fr"], "asked.jsonl: holds no questions in fr", 1),
        (["a.jsonl", "--system", "@none.txt", "--answer-with", "scripted"], "--system @none.txt: cannot be read", 1),
        (["a.jsonl", "--system", "@binary", "--answer-with", "scripted"], "--system @binary: cannot be read", 1),
        (["a.jsonl", "--answer-base-url", "http://127.0.0.1:9/v1"], "--answer-base-url: no model is to answer", 2),
        (["a.jsonl", "--answer-with", "openai"], "openai", 2),
        (["a.jsonl", "--answer-with", "gguf:none.gguf", "--model", "scripted"], "none.gguf", 1),
        (["a.jsonl", "--rubric", "nope"], "--rubric nope: no such rubric; there are counseling7, cpsycoun4", 1),
        (["a.jsonl", "--rubric", "broken.yaml"], "broken.yaml: metrics[0].anchors", 1),
        (["a.jsonl", "--rubric", "torn.yaml"], "torn.yaml", 1),
        (["a.jsonl", "--repeats", "0"], "--repeats 0", 2),
        (["a.jsonl", "--tries", "11"], "--tries 11", 2),
        (["a.jsonl", "--spec", "none.yaml"], "none.yaml", 1),
        (["a.jsonl", "--bertscore", "none", "--model", "scripted"], "none is not the folder of a model", 1),
        (["a.jsonl", "--model", "openai"], "openai", 2),
        (["a.jsonl", "--out", "a.jsonl"], "is a file", 1),
        (["a.jsonl", "--out", "other"], "something that is not a run", 1),
    ],
)
def test_what_a_user_gets_wrong_is_told_in_a_line(
    synthgen: Synthgen, asked: list[str], args: list[str], words: str, code: int
) -> None:
    Path("empty.jsonl").touch()
    Path("binary").write_bytes(b"\xff\xfe\x00")
    Path("torn.jsonl").write_text('{"question": "Why', encoding="utf-8")
    Path("broken.yaml").write_text(RUBRIC.replace("4-5: ", "4: "), encoding="utf-8")
    Path("torn.yaml").write_text(RUBRIC[:-40], encoding="utf-8")
    write_rows(Path("other.jsonl"), [native(9)])
    Path("other").mkdir()
    Path("other/letter.txt").touch()
    at = {asked[0]: asked[:2], asked[2]: asked[2:]}
    options = [each for name, pair in at.items() if name not in args for each in pair]
    told = synthgen("evaluate", *args, *options)
    assert words in told.error
    assert told.code == code
    assert not Path("outputs").exists()


def test_what_was_made_from_transcripts_goes_nowhere_else_unless_allowed(
    synthgen: Synthgen, asked: list[str], tmp_path: Path
) -> None:
    write_answers(tmp_path, "a", [1], source={"kind": "summarize"})
    remote = ("--model", "openai:m", "--base-url", "http://198.51.100.7:9/v1")
    refused = synthgen("evaluate", "a.jsonl", *asked, *remote)
    assert refused.code == 2
    assert "openai:m: is not on this machine" in refused.error
    assert "--allow-remote" in refused.error


def test_what_a_run_was_begun_with_is_kept_to(synthgen: Synthgen, asked: list[str], tmp_path: Path) -> None:
    options = ("--model", "scripted", "--out", "out", "-q")
    assert synthgen("evaluate", "a.jsonl", "b.jsonl", *asked, *options).code == 0
    told = synthgen("evaluate", "a.jsonl", *asked, *options)
    assert (told.code, "out: compares other answers or questions (--answers)" in told.error) == (2, True)
    assert "--questions" in synthgen("evaluate", "--questions", "open200", *options).error
    write_rubric(tmp_path, RUBRIC.replace("Meek.", "Weak."))
    assert "'Meek.' is now 'Weak.'" in synthgen("evaluate", *options).error
    assert synthgen("evaluate", *options, "--accept-changes").code == 0


def test_answers_to_the_bundled_questions_are_found_without_naming_them(synthgen: Synthgen, asked: list[str]) -> None:
    write_rows(Path("mine.jsonl"), [{"id": f"q{n:03}", "answer": answer("a", n)} for n in (1, 2, 200)])
    told = synthgen("evaluate", "mine.jsonl", *asked[2:], "--dry-run")
    assert told.code == 0
    assert "mine on 3 of 400 in open200" in told.err
    assert question(1) not in told.err


@pytest.mark.parametrize(
    ("names", "contests", "words"),
    [
        ("ab", [], "– (– to –)"),
        ("a", [Contest({}, {})], "answers"),
        ("ab", [Contest({}, {})], "undecided"),
        ("ab", [Contest({}, {}, frozenset({(0, 1)}))], "1 (100 %)"),
    ],
)
def test_figures_of_little_are_shown_all_the_same(
    names: str, contests: list[Contest], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = ContestCount(parse_rubric(RUBRIC, "desk.yaml"), list(names), scores=True, pairs=True)
    for contest in contests:
        counts.add("", [3] * len(names), contest)
    figures = json.loads(json.dumps(counts.figures()))
    for own in figures["sets"].values():
        own["distinct"] = {}
    show(figures)
    assert words in capsys.readouterr().err
