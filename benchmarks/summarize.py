"""Pages a second of `summarize` against the loopback server, and how fast transcripts are made ready.

`python benchmarks/summarize.py` takes about three minutes. 10,000 pages of about 700 tokens are put into a run's
ledger, as a run that goes on finds them, and asked about at 128 in flight with 0.2 to 0.8 s a call. Reading, replacing
names and cutting is measured by itself, on one core, over the transcripts of the tests, by the rules alone and with the
models of the extra `ner`.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from harness import Server, loopback, raise_file_limit, store

from synthgen.backends.grammar import grammar, write
from synthgen.engine.page_job import cutter_of, prepare_pages
from synthgen.records import Page, PageTurn
from synthgen.settings import PageSettings
from synthgen.store.ledger import Ledger
from synthgen.store.page_book import Entry, PageBook
from synthgen.transcripts.reading import read_transcripts
from synthgen.transcripts.transcript import Transcript

PAGES = 10_000
PAGES_A_TRANSCRIPT = 50
IN_FLIGHT = 128
LATENCY = "0.2-0.8"
PLANTED = Path(__file__).resolve().parent.parent / "tests" / "deidentify" / "planted"
TALK = "Coach: How was the week?\nClient: Long, and I sleep badly since my father moved in with us last spring.\n" * 4


def turns_of(page: int) -> tuple[PageTurn, ...]:
    """Return the turns of a made-up page of about 520 words."""
    words = grammar("en")
    return tuple(
        PageTurn(number, role, role, write(voice, 35, 50, f"{page}.{number}".encode()))
        for number in range(1, 13)
        for role, voice in [(("user", words.query), ("assistant", words.reply))[number % 2]]
    )


async def put_pages(folder: Path) -> None:
    """Put the pages into the ledger of a run that has been begun."""
    ledger = Ledger(folder, write=True)
    try:
        book = PageBook(ledger)
        transcript, first = book.next_numbers()
        for start in range(first, first + PAGES, PAGES_A_TRANSCRIPT):
            pages = [
                Page(number, transcript, number - start + 1, 1, "en", 0, 3_000, turns_of(number))
                for number in range(start, start + PAGES_A_TRANSCRIPT)
            ]
            await book.put(Entry(transcript, f"made-up {transcript}", "none", {}, "", pages))
            transcript += 1
    finally:
        ledger.close()


def command(server: Server, *more: str) -> list[str]:
    begun = [sys.executable, "-m", "synthgen", "summarize", "--model", "openai:loopback"]
    return [*begun, "--base-url", server.base_url, "--concurrency", str(IN_FLIGHT), "-q", *more]


def calls_a_second(scratch: Path) -> dict[str, Any]:
    """Return the figures of asking about the pages."""
    talk, out = scratch / "talk.txt", scratch / "run"
    talk.write_text(TALK, encoding="utf-8")
    with loopback(scratch, "--latency", LATENCY) as server:
        subprocess.run(command(server, str(talk), "--out", str(out)), check=True, capture_output=True)
        before = json.loads((out / "run.json").read_text())
        asyncio.run(put_pages(out))
        server.reset()
        started = time.monotonic()
        process = subprocess.Popen(command(server, "--out", str(out)), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        calls = server.stats()["answered"]
    record = json.loads((out / "run.json").read_text())
    ideal = IN_FLIGHT / 0.5
    run_s = record["seconds"] - before["seconds"]
    return {
        "exit_code": os.waitstatus_to_exitcode(status),
        "pages": PAGES,
        "accepted": record["accepted"],
        "dropped": record["dropped"],
        "calls": calls,
        "ideal_calls_per_s": ideal,
        "run_calls_per_s": round(calls / run_s, 1),
        "run_of_ideal": round(calls / run_s / ideal, 3),
        "whole_process_of_ideal": round(calls / wall / ideal, 3),
        "cpu_ms_per_call": round((usage.ru_utime + usage.ru_stime) / calls * 1000, 2),
        "peak_mb": round(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2), 1),
    }


def made_ready(scratch: Path, *, ner: bool) -> dict[str, Any]:
    """Return how fast the transcripts of the tests, joined to hour-long ones, are made ready on one core."""
    folder = scratch / f"talks-{ner}"
    folder.mkdir()
    for language in ("en", "zh"):
        texts = [
            re.sub(r"\[\[[a-z]+\|(.*?)\]\]", r"\1", path.read_text(encoding="utf-8")) for path in planted(language)
        ]
        random.Random(1).shuffle(texts)
        for number in range(0, len(texts), 15):
            joined = "\n".join(texts[number : number + 15])
            (folder / f"{language}-{number}.txt").write_text(joined, encoding="utf-8")
    job = prepare_pages(PageSettings(sources=(str(folder),), ner=ner))
    cutter = cutter_of(job)
    found = [each for each in read_transcripts(job.sources) if isinstance(each, Transcript)]
    words = sum(len(turn.text.split()) for each in found for turn in each.utterances)
    started = time.process_time()
    pages = sum(len(cutter.cut(each).pages) for each in found)
    seconds = time.process_time() - started
    return {
        "words": words,
        "pages": pages,
        "words_per_s": round(words / seconds),
        "pages_per_s": round(pages / seconds, 1),
    }


def planted(language: str) -> list[Path]:
    return sorted((PLANTED / language).glob("*.txt"))


def main() -> None:
    raise_file_limit()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        figures = {
            "calls": calls_a_second(scratch),
            "made_ready_by_rules": made_ready(scratch, ner=False),
            "made_ready_with_ner": made_ready(scratch, ner=True),
            "peak_mb_of_all": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        }
    store("summarize", figures)


if __name__ == "__main__":
    main()
