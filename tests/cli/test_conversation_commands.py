"""`synthgen generate` with conversations, and `synthgen why` on one, as they are typed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_trials import Outcome, assert_sound, rows_of
from talk_trials import ENGLISH, SPEC, calls_by_row, composed, ledger_rows, run, write_spec

from synthgen.calls import Request
from synthgen.records import State
from synthgen.store.ledger import Ledger

Synthgen = Callable[..., Outcome]


@pytest.fixture
def talks(tmp_path: Path) -> str:
    return write_spec(tmp_path)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    rows = [{"question": f"Which rope holds ship {at}?", "answer": f"Rope number {at}."} for at in range(4)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    for at in range(3):
        (folder / f"{at}.txt").write_text(f"A sailor of ship {at} slept badly in spring and was helped.", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ("--turns 1", "--turns 1: '1' is not a band of turns"),
        ("--turns 20-8", "'20-8' is not a band of turns"),
        ("--turns abc", "'abc' is not a band of turns"),
        ("--turns 8-300", "'8-300'"),
        ("--turns 8,8-8", "stands twice"),
        ("--therapies nope", "--therapies nope: 'nope' is not known to the spec"),
        ("--turns 4 --therapies chartwork=0", "the weight in 'chartwork=0' is not a number above 0"),
        ("--mode talk", "'--mode'"),
        ("--mode expand", "--mode expand: needs pairs of question and answer"),
        ("--mode memo", "--mode memo: needs case reports"),
        ("--from {pairs}", "--from: belongs to --mode expand and --mode memo"),
        ("--mode script --from {pairs}", "--from: belongs to"),
        ("--mode expand --from {pairs} --n 5", "pairs.jsonl holds 4 to make conversations from"),
        ("--client-model nowhere --mode simulate", "nowhere"),
    ],
)
def test_option_that_cannot_be_is_told_in_a_line(
    synthgen: Synthgen, tmp_path: Path, talks: str, pairs: Path, args: str, words: str
) -> None:
    made = ("--topics", talks, "--model", "scripted", "--out", "run")
    told = synthgen("generate", *made, *args.format(pairs=pairs).split())
    assert words in told.error
    assert (told.code, told.out) == (2, "")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("args", ["--mode expand --from nowhere.jsonl", "--mode memo --from {pairs}"])
def test_what_holds_nothing_to_start_from_is_told(synthgen: Synthgen, talks: str, pairs: Path, args: str) -> None:
    told = synthgen("generate", "--topics", talks, "--model", "scripted", *args.format(pairs=pairs).split())
    assert told.error
    assert told.code == 1


@pytest.mark.parametrize(
    ("args", "calls"),
    [
        ("--turns 4 --mode simulate --n 8", {"user": 16, "assistant": 16}),
        ("--turns 4-6 --n 8", {"script": 8}),
        ("--mode expand --from {pairs}", {"script": 4}),
        ("--mode memo --from {reports}", {"memo": 3, "script": 3}),
    ],
)
def test_a_dry_run_counts_calls_by_purpose_and_sends_nothing(
    synthgen: Synthgen, tmp_path: Path, talks: str, pairs: Path, reports: Path, args: str, calls: dict[str, int]
) -> None:
    before = sorted(tmp_path.rglob("*"))
    said = args.format(pairs=pairs, reports=reports).split()
    # Nobody listens there: whatever is sent fails.
    model = ("--model", "openai:x", "--base-url", "http://127.0.0.1:9/v1")
    told = synthgen("generate", "--topics", talks, *model, *said, "--out", "run", "--dry-run")
    assert (told.code, told.err) == (0, "")
    header = next(line for line in told.out.splitlines() if "tokens in" in line)
    assert re.findall(r"(\w+) calls", header) == list(calls)
    figures = next(line for line in told.out.splitlines() if "nothing is dropped" in line)
    assert re.findall(r"\d[\d,]*", figures)[: len(calls)] == [str(count) for count in calls.values()]
    assert "Nothing was sent." in told.out
    assert sorted(tmp_path.rglob("*")) == before


def test_two_models_on_a_server_speak_for_a_side_each(
    synthgen: Synthgen, serve: Callable[..., str], tmp_path: Path, talks: str
) -> None:
    model = ("--model", "openai:spare", "--client-model", "openai:client", "--counselor-model", "openai:counselor")
    server = ("--base-url", serve("--seed", "5"), "--concurrency", 8)
    said = ("--topics", talks, "--turns", "4-6", "--mode", "simulate", "--n", 24)
    told = synthgen("generate", *said, *model, *server, "--out", "run")
    assert told.code == 0, told.err
    folder = tmp_path / "run"
    assert_sound(folder)
    rows = rows_of(folder)
    assert Counter((row["language"], row["approach"]) for row in rows) == {
        (language, approach): 6 for language in ("en", "zh") for approach in ("chartwork", "sextantry")
    }
    assert {tuple(row["provenance"]["models"]) for row in rows} == {("client", "counselor")}
    for _, calls in calls_by_row(folder, *State):
        assert {(call["purpose"], call["model"]) for call in calls} <= {("user", "client"), ("assistant", "counselor")}
        assert {call["backend"] for call in calls} <= {"openai:client", "openai:counselor"}
    again = synthgen("generate", "--out", "run")
    assert again.code == 0
    assert "This run is finished: 24 rows" in again.err


def test_what_lacks_conversations_at_the_end_says_so(
    synthgen: Synthgen, tmp_path: Path, pairs: Path, talks: str
) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("\n".join(['"No conversation today."'] * 48), encoding="utf-8")
    made = ("--mode", "expand", "--from", pairs, "--model", f"scripted:{answers}")
    told = synthgen("generate", "--topics", talks, *made, "--out", "run")
    assert told.code == 4
    assert "4 rows are lacking" in told.err
    assert rows_of(tmp_path / "run") == []


def test_why_tells_a_conversation_its_filters_and_its_calls_turn_by_turn(
    synthgen: Synthgen, tmp_path: Path, talks: str
) -> None:
    folder = run(talks, tmp_path / "run", n=4, mode="simulate", turns="6").folder
    row, calls = next(iter(calls_by_row(folder, State.ACCEPTED)))
    told = synthgen("why", row.id.rpartition("-")[2], "--run", folder)
    assert (told.code, told.err) == (0, "")
    filters = [line for line in told.out.splitlines() if line.startswith("filters of")]
    (line,) = filters
    assert line.startswith("filters of the conversation: passed alternation, ")
    for name in ("length", "crisis", "parts", "looping", "facts", "closing"):
        assert name in line
    assert "6-6" in told.out
    headings = [line for line in told.out.splitlines() if line.startswith("call ")]
    assert len(headings) == len(calls)
    turns = [re.match(r"call \d+: turn (\d) ?(anew)?, (user|assistant) by scripted", line) for line in headings]
    assert all(turns)
    fresh = [turn[1] + turn[3] for turn in turns if turn and not turn[2]]
    assert fresh == ["1user", "2assistant", "3user", "4assistant", "5user", "6assistant"]
    assert "of 6 messages the first and the last, see -v" in told.out
    verbose = synthgen("why", row.id.rpartition("-")[2], "--run", folder, "-v").out
    assert "see -v" not in verbose
    # Each turn stands in the conversation, in its own answer, and in every prompt after it.
    assert verbose.count(row.messages[0].content.split(". ")[0]) == 1 + 1 + 5


def test_why_tells_where_a_conversation_was_stopped(synthgen: Synthgen, tmp_path: Path) -> None:
    spec = write_spec(tmp_path, ENGLISH.replace("dialogue:\n", "dialogue:\n  repairs: 1\n"))

    def answer(request: Request) -> str:
        return "No." if request.purpose == "assistant" and len(request.messages) >= 4 else composed(request)

    folder = run(spec, tmp_path / "run", answer, n=1, mode="simulate", turns="6", approaches="chartwork").folder
    row = ledger_rows(folder, State.DROPPED)[0]
    told = synthgen("why", row.id.rpartition("-")[2], "--run", folder).out
    assert told.startswith(f"row {row.id}: dropped at the turn: too_short\n")
    assert "filters of the last turn: passed " in told
    assert "; stopped by length as too_short\n" in told
    assert re.findall(r"call \d+: (turn \d(?: anew)?), ", told) == [
        "turn 1", "turn 2", "turn 3", "turn 4", "turn 4 anew",
    ]  # fmt: skip
    assert "That cannot be used." in told


def test_why_tells_a_conversation_that_repeats_another(synthgen: Synthgen, tmp_path: Path) -> None:
    spec, same = (
        write_spec(tmp_path, ENGLISH),
        "The bollard at pier nine gave way on Sunday night. Who pays for the rope?",
    )

    def answer(request: Request) -> str:
        return same if request.purpose == "user" and len(request.messages) == 2 else composed(request)

    folder = run(spec, tmp_path / "run", answer, n=2, mode="simulate", turns="4", approaches="chartwork").folder
    row = ledger_rows(folder, State.DROPPED)[0]
    told = synthgen("why", row.id.rpartition("-")[2], "--run", folder).out
    assert "; stopped as duplicate\n" in told
    assert same in told


def test_why_tells_the_memo_of_a_conversation(synthgen: Synthgen, tmp_path: Path, reports: Path) -> None:
    spec = write_spec(tmp_path, SPEC)
    folder = run(spec, tmp_path / "run", mode="memo", origin=str(reports)).folder
    with closing(Ledger(folder, write=False)) as ledger:
        row = next(iter(ledger.rows(State.ACCEPTED)))
    told = synthgen("why", row.id.rpartition("-")[2], "--run", folder)
    assert f"\nmemo:\n  {row.memo}\n" in told.out
    assert re.findall(r"call \d+: (\w+) by", told.out) == ["memo", "script"]
    assert "filters of the conversation: passed alternation" in told.out
