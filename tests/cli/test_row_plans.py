"""`judge --dry-run` and `annotate --dry-run`, beside what the runs then ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_trials import Outcome
from judge_trials import write_rubric
from note_trials import native, write_rows, write_spec

Synthgen = Callable[..., Outcome]

ROWS = 30


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    rows: list[dict[str, Any]] = [native(number) for number in range(1, ROWS + 1)]
    return write_rows(tmp_path / "rows.jsonl", [*rows, {"id": "none", "note": "no dialogue"}])


def said_options(command: str, folder: Path) -> list[str]:
    """Return options by which a row takes several calls."""
    if command == "judge":
        return ["--rubric", str(write_rubric(folder)), "--repeats", "2", "--second-model", "scripted"]
    return ["--spec", str(write_spec(folder)), "--votes", "3"]


def loads_in(told: Outcome) -> list[list[int]]:
    """Return the numbers of the lines that tell what is asked: calls by purpose, tokens in, tokens out."""
    lines = [line for line in told.out.splitlines() if line.startswith((" answers are", " all are"))]
    return [[int(word.replace(",", "")) for word in line.split() if word[0].isdigit()] for line in lines]


@pytest.mark.parametrize(("command", "calls"), [("judge", [2 * ROWS, 2 * ROWS]), ("annotate", [2 * 3 * ROWS])])
def test_a_dry_run_tells_what_the_run_asks(
    synthgen: Synthgen, origin: Path, tmp_path: Path, command: str, calls: list[int]
) -> None:
    out, options = tmp_path / "out", said_options(command, tmp_path)
    told = synthgen(command, origin, *options, "--model", "scripted", "--out", out, "--dry-run")
    assert (told.code, told.err) == (0, "")
    assert f"{origin}: {ROWS} rows to ask about, 1 without a dialogue" in told.out
    assert not out.exists()
    usual, most = loads_in(told)
    assert usual[:-1] == most[:-1]
    assert usual[:-2] == calls
    made = synthgen(command, origin, *options, "--model", "scripted", "--out", out, "-q")
    assert made.code == 0, made.err
    spent = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert spent["calls"] == sum(calls)
    assert spent["prompt_tokens"] == pytest.approx(usual[-2], rel=0.15)
    assert usual[-1] < most[-1]
    assert spent["completion_tokens"] < most[-1]


@pytest.mark.parametrize("command", ["judge", "annotate"])
def test_prices_give_a_cost_and_models_are_not_opened(
    synthgen: Synthgen, origin: Path, tmp_path: Path, command: str
) -> None:
    options = [*said_options(command, tmp_path), "--model", "gguf:no/such.gguf"]
    free = synthgen(command, origin, *options, "--dry-run")
    priced = synthgen(command, origin, *options, "--price-in", "2.5", "--price-out", "10", "--dry-run")
    assert (free.code, priced.code) == (0, 0), free.err + priced.err
    assert "add --price-in" in free.out
    cheap, dear = (float(line.split()[-1]) for line in priced.out.splitlines() if line.startswith((" answers", " all")))
    *_, tokens_in, tokens_out = loads_in(free)[1]
    assert 0 < cheap < dear == pytest.approx((tokens_in * 2.5 + tokens_out * 10) / 1e6, abs=1e-4)


@pytest.mark.parametrize("command", ["judge", "annotate"])
def test_a_run_that_is_finished_needs_no_model(
    synthgen: Synthgen, origin: Path, tmp_path: Path, command: str, serve: Callable[..., str], monkeypatch: Any
) -> None:
    out, options = tmp_path / "out", said_options(command, tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-a-test")
    asked = ("--model", "openai:m", "--base-url", serve())
    assert synthgen(command, origin, *options, *asked, "--out", out, "-q").code == 0
    monkeypatch.delenv("OPENAI_API_KEY")
    changed = ("--model", "gguf:no/such.gguf", "--base-url", "https://api.openai.com/v1")
    refused = synthgen(command, "--out", out, *changed)
    assert "what makes its rows has changed" in refused.error
    for more in ((), (*changed, "--accept-changes"), ("--model", "openai:m", "--accept-changes")):
        again = synthgen(command, "--out", out, *more)
        assert again.code == 0, again.err
        assert f"This run is finished: {ROWS} rows" in again.err
        assert "quotes found" in again.err or "most often" in again.err


@pytest.mark.parametrize("command", ["judge", "annotate"])
def test_of_a_run_that_is_begun_what_is_left_is_told(
    synthgen: Synthgen, origin: Path, tmp_path: Path, command: str
) -> None:
    out, options = tmp_path / "out", said_options(command, tmp_path)
    stopped = synthgen(
        command, origin, *options, "--model", "scripted", "--out", out, "-q", "--concurrency", "1",
        "--max-tokens-total", "9000",
    )  # fmt: skip
    assert stopped.code != 0
    told = synthgen(command, "--out", out, "--dry-run")
    assert told.code == 0, told.err
    left = int(told.out.split(": ")[1].split(" rows")[0])
    assert 0 < left < ROWS
    usual, _ = loads_in(told)
    # Rows that were begun count as well, with what they lack.
    made = json.loads((out / "run.json").read_text(encoding="utf-8"))["calls"]
    assert sum(usual[:-2]) + made == {"judge": 4, "annotate": 6}[command] * ROWS
    assert synthgen(command, "--out", out, "--max-tokens-total", "900000", "-q").code == 0
    assert f"{origin}: 0 rows to ask about" in synthgen(command, "--out", out, "--dry-run").out
