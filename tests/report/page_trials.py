"""Runs and files made for reports, hostile ones among them."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from pathlib import Path
from typing import Any

from synthgen.calls import Call, Reply, Request, Sampling, Usage
from synthgen.evaluate import evaluate
from synthgen.records import Cell, Drop, Row, Slot, State, Turn
from synthgen.row_settings import EvaluationSettings
from synthgen.store.ledger import Ledger

SCRIPT = "<script>document.title='taken';alert(1)</script>"
ESCAPE = "</style></details><img src=x onerror=alert(2)><a href='javascript:alert(3)'>x</a>{{ 7*7 }}"
BIDI = "to \u202egnihtyna\u202c \u2066x\u2069 \u200f."
ODD = f"{SCRIPT}{ESCAPE}{BIDI}\x00\ud800 e" + "\u0301" * 400
LONG = f"{SCRIPT} " + "A megabyte of words. " * 50_000
MOODS = ("Fear", "Anger", "Sadness", "Happiness")


def hostile_rows() -> list[dict[str, Any]]:
    """Return rows each of whose texts means harm to a page."""
    rows = [
        {
            "id": f"{SCRIPT}{n}",
            "topic": f"{ODD} {n % 3}",
            "language": ("en", ESCAPE)[n % 2],
            "approach": SCRIPT if n % 2 else BIDI,
            "facets": {SCRIPT: BIDI if n % 3 else ESCAPE, "tone": ("calm", ODD)[n % 2]},
            "messages": [
                {"role": "system", "content": ODD},
                {"role": "user", "content": f"{ODD} {n}", "labels": {"emotion": [SCRIPT, MOODS[n % 4]]}},
                {"role": "assistant", "content": ESCAPE * 30, "labels": {"strategy": [BIDI]}},
                {"role": "user", "content": "Fine.", "labels": {"emotion": [MOODS[n % 3]]}},
                {"role": "assistant", "content": f"{BIDI} Bye {n}.", "labels": {"strategy": ["Question"]}},
            ],
            "scores": {SCRIPT: n % 10, "fit": n % 5},
        }
        for n in range(24)
    ]
    rows[1]["messages"][1]["content"] = LONG
    rows[1]["topic"] = "Long"
    rows[3]["topic"] = "Turns"
    rows[3]["messages"] = [{"role": "user", "content": "\u202e" * 5000}] * 300
    return rows


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_run(folder: Path, *, recipe: str = "generate", evil: str = "", talk: str = "Said about it") -> Path:
    """Write the ledger of a run with accepted, surplus and dropped rows."""
    rent, noise = Cell("Rent" + evil, "en"), Cell("Noise", "en")
    rows = [_row(n, (rent, noise)[n % 2], State.ACCEPTED, n, f"{talk} {n} {evil}") for n in range(1, 25)]
    for n in range(25, 35):
        drop = Drop("query", "length", f"Too short, {evil or 'and no more'}.", "SECRET evidence")
        rows.append(_row(n, rent, State.DROPPED, n, f"SECRET draft {n} {evil}", drop))
    rows.append(_row(35, noise, State.DROPPED, 35, "SECRET", Drop("reply", "banned_opener", "It opens badly.")))
    rows.append(_row(36, noise, State.SURPLUS, 36, "One too many"))
    calls = [_call("query" if n % 3 else "reply", f"model {evil}") for n in range(30)]

    async def write() -> None:
        with closing(Ledger(folder, write=True)) as ledger:
            settings = {"n": 26, "seed": 3, "sources": ["/home/SECRET/talk.txt"], "base_url": "http://SECRET.example"}
            targets = [[*rent[:2], 14], [*noise[:2], 12]]
            await ledger.note(run="ab12", recipe=recipe, spec={"name": "tenants", "hash": "sha256:ab"}, targets=targets)
            await ledger.note(
                status="done", seconds=75.0, settings=settings, totals=[26], created="2026-01-01T00:00:00"
            )
            await ledger.commit(calls, rows)

    asyncio.run(write())
    return folder


def write_contest(folder: Path) -> Path:
    """Return a run of `evaluate`, on 8 questions of asked.jsonl in the folder."""
    topics = ("Deposit", "Repairs")
    asked = [
        {"question": f"Whom do I ask about {topics[n % 2]} of flat {n}?", "topic": topics[n % 2]} for n in range(8)
    ]
    questions = write_rows(folder / "asked.jsonl", asked)
    settings = EvaluationSettings(answer_with=("scripted", "scripted"), model="scripted", questions=str(questions))
    return evaluate(settings, folder / "run").result.folder


def _row(number: int, cell: Cell, state: State, seat: int, text: str, drop: Drop | None = None) -> Row:
    turns = (Turn("user", text), Turn("assistant", f"Answer {number} to what was said, with advice."))
    return Row(
        f"ab12-{number:06d}", Slot(cell, seat, 0, {"tone": ("calm", "upset")[number % 2]}), turns, state, drop=drop
    )


def _call(purpose: str, model: str) -> Call:
    request = Request(purpose, Sampling(10), text="Topic:")
    return Call(request, Reply("Hello", "stop", Usage(100, 20), model), "openai:x", f"{purpose}/en.j2", "h", 0.25, 1.0)
