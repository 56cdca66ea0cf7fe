"""`synthgen summarize` and `synthgen transcripts check` as they are typed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome, assert_sound, rows_of

Synthgen = Callable[..., Outcome]

TALK = """Coach: Good morning. How has the week been?
Caregiver: Long. My father gets up at night, so I sleep maybe four hours, and at noon I am of no use to anybody.
Coach: That sounds exhausting. What did you do when it became too much?
Caregiver: I went out and stood in the yard until I was calm, then I made tea. Call Dr. Marlowe if you must.
Coach: You could ask your brother to take two nights a month. Write it down for him first.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(1, 7):
        (folder / f"{number}.txt").write_text(TALK * number, encoding="utf-8")
    (folder / "scan.png").write_bytes(b"\x89PNG")
    return folder


def test_what_is_understood_is_shown_without_a_model(synthgen: Synthgen, folder: Path) -> None:
    shown = synthgen("transcripts", "check", folder)
    assert shown.code == 1
    assert "Coach=assistant, Caregiver=user" in shown.out
    assert re.search(r"6\.txt +text +Coach=assistant, Caregiver=user +by their labels +25 +\d+ +\d", shown.out)
    assert re.search(r"scan\.png +no kind of file", shown.out)
    assert "1 of 7 files gave no transcript" in shown.err
    (folder / "scan.png").unlink()
    told = synthgen(
        "transcripts", "check", folder, "--speakers", "coach=user,caregiver=assistant", "--page-tokens", "60"
    )
    assert told.code == 0
    assert "Coach=user, Caregiver=assistant" in told.out
    assert not (folder.parent / "outputs").exists()


FRENCH = """Coach: Bonjour. Comment s'est passée la semaine?
Caregiver: Longue. Mon père se lève la nuit et je dors peut-être quatre heures, alors à midi je ne suis bonne à rien.
Coach: Cela semble épuisant. Avez-vous pensé à demander à votre frère de prendre deux nuits par mois?
Caregiver: Pas encore, mais je vais lui écrire demain, et je vous dirai ce qu'il en pense.
"""


def test_a_page_in_another_language_is_dropped_and_told(synthgen: Synthgen, folder: Path, tmp_path: Path) -> None:
    (folder / "fr.txt").write_text(FRENCH, encoding="utf-8")
    told = r"pages that the spec has no words for +language, pages +\n.*\n .*fr\.txt +fr 1 +\n"
    assert re.search(told, synthgen("transcripts", "check", folder).out)
    planned = synthgen("summarize", folder, "--dry-run").out
    assert re.search(told, planned)
    assert "0 of them empty and 1 in another language;" in planned
    assert re.search(r"\n 6 +[\d,]+ +[\d,]+ +6 ", planned)
    options = ("--model", "scripted", "--no-ner")
    made = synthgen("summarize", folder, *options, "--out", tmp_path / "run")
    assert made.code == 0, made.err
    assert re.search(r"dropped query +other_language +1 ", made.err)
    assert rows_of(tmp_path / "run")

    alone = synthgen("summarize", folder / "fr.txt", *options, "--out", tmp_path / "alone")
    assert alone.code == 0, alone.err
    assert re.search(r"dropped query +other_language +1 +100 %", alone.err)
    assert rows_of(tmp_path / "alone") == []
    why = synthgen("why", "1", "--run", tmp_path / "alone").out
    assert "dropped at the query: other_language\n" in why
    assert "It reads as 'fr', and the spec has words for en and zh alone." in why
    assert "finished: 0 rows" in synthgen("summarize", "--out", tmp_path / "alone").err
    # Told anew in another language, it gives a row like any other.
    english = synthgen("summarize", folder / "fr.txt", *options, "--lang", "en", "--out", tmp_path / "en")
    assert "other_language" not in english.err


def test_a_dry_run_counts_and_writes_nothing(synthgen: Synthgen, folder: Path) -> None:
    shown = synthgen("summarize", folder, "--dry-run", "--page-tokens", "150", "--price-in", "2", "--price-out", "4")
    assert shown.code == 0
    assert re.search(r"6 transcripts, \d+ pages of at most 150 tokens", shown.out)
    assert "Nothing was sent" in shown.out
    assert "cost" in shown.out
    assert not (folder.parent / "outputs").exists()


def test_a_run_from_end_to_end(synthgen: Synthgen, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    options = ("--model", "scripted", "--out", out, "--page-tokens", "150", "--seed", "3", "--no-ner")
    made = synthgen("summarize", folder, *options)
    assert made.code == 0, made.err
    assert "by rules alone" in made.err
    assert made.out.strip() == str(out / "dataset.jsonl")
    assert re.search(r"read 6 transcripts, \d+ pages\n", made.err)
    assert "6 by their labels" in made.err
    assert "1 files gave no transcript:" in made.err
    assert "Marlowe" not in made.err + made.out
    assert_sound(out)
    rows = rows_of(out)
    assert rows
    assert {row["source"]["kind"] for row in rows} == {"summarize"}
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert "sources" not in record["settings"]

    why = synthgen("why", rows[0]["id"], "--run", out)
    assert "of transcript" in why.out
    assert re.search(r"\[\d+\]\* ", why.out)
    assert "Marlowe" not in why.out
    assert "passed" in why.out
    assert "summarize" in synthgen("runs", "show", out).out or rows
    again = synthgen("summarize", "--out", out)
    assert again.code == 0
    assert "This run is finished" in again.err

    for command in ("generate", "reparse"):
        args = ("--out", out) if command == "generate" else (out,)
        refused = synthgen(command, *args)
        assert "`synthgen summarize`" in refused.error


@pytest.mark.parametrize("name", ["bin.txt", "bin.pdf", "bin.docx", "bin.json", "bin.csv", "bin.vtt", "bin.srt"])
def test_a_run_that_could_read_nothing_is_not_finished(synthgen: Synthgen, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(256)) * 8)
    options = ("--model", "scripted", "--out", tmp_path / "run", "--no-ner")
    for source in ([name], []):  # and when it is gone on with
        made = synthgen("summarize", *source, *options)
        assert made.code == 1
        assert "no transcript could be read" in made.error
        assert "`synthgen transcripts check PATH`" in made.error
        assert "1 files gave no transcript" in made.err
        assert "finished" not in made.err
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    assert synthgen("summarize", "talk.txt", *options).code == 0
    assert rows_of(tmp_path / "run")


def test_pages_go_to_a_server_on_this_machine(
    synthgen: Synthgen, folder: Path, tmp_path: Path, serve: Callable[..., str]
) -> None:
    url = serve("--no-system-role", "--latency", "0.01")
    made = synthgen("summarize", folder, "--model", "openai:m", "--base-url", url, "--out", tmp_path / "run", "-q")
    assert made.code == 0, made.err
    assert rows_of(tmp_path / "run")


def test_pages_go_nowhere_else_unless_allowed(synthgen: Synthgen, folder: Path, tmp_path: Path) -> None:
    options = ("--model", "openai:m", "--base-url", "http://198.51.100.7:9/v1", "--out", tmp_path / "run")
    refused = synthgen("summarize", folder, *options)
    assert refused.code == 2
    assert "is not on this machine" in refused.error
    assert "--allow-remote" in refused.error
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "no transcripts are named"),
        (["none.txt"], "none.txt"),
        (["talks", "--speakers", "coach"], "--speakers"),
        (["talks", "--page-tokens", "3"], "--page-tokens 3"),
        (["talks", "--rounds", "0"], "--rounds 0"),
        (["talks", "--terms", "none"], "--terms none"),
        (["talks", "--spec", "none"], "none"),
        (["talks", "--lang", "en,zh"], "--lang en,zh"),
        (["talks", "--model", "gguf:none.gguf"], "none.gguf"),
    ],
)
def test_what_a_user_gets_wrong_is_told_in_a_line(
    synthgen: Synthgen, folder: Path, args: list[str], words: str
) -> None:
    assert words in synthgen("summarize", *args).error


def test_a_kill_loses_at_most_what_was_in_flight(folder: Path, tmp_path: Path, serve: Callable[..., str]) -> None:
    out = tmp_path / "run"
    url = serve("--latency", "0.2")
    command = [sys.executable, "-m", "synthgen", "summarize", str(folder), "--model", "openai:m", "--base-url", url]
    command += ["--page-tokens", "60", "--out", str(out), "--concurrency", "4", "-q"]
    for _ in range(2):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (out / "ledger.sqlite").exists():
            time.sleep(0.05)
        time.sleep(1.0)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert_sound(out)
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, timeout=120, check=True)
    assert "Traceback" not in done.stderr
    assert_sound(out)
    rows = rows_of(out)
    assert len({(row["source"]["transcript"], row["source"]["page"]) for row in rows}) == len(rows) > 0
