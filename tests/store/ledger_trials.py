"""Rows and calls to put into ledgers."""

from __future__ import annotations

from typing import Any

from synthgen.calls import Call, Reply, Request, Sampling, Usage
from synthgen.records import Cell, Row, Slot, State, Turn

RENT = Cell("Rent", "en")


def row_of(number: int, state: State = State.DRAFTED, *, seat: int | None = None, **parts: Any) -> Row:
    slot = Slot(parts.pop("cell", RENT), number if seat is None else seat, parts.pop("attempt", 0), {"tone": "calm"})
    messages = parts.pop("messages", (Turn("user", f"Message {number}: 押金没有退。"),))
    return Row(f"trial-{number:06d}", slot, messages, state, **parts)


def call_of(text: str = "An answer.", **parts: Any) -> Call:
    request = Request(
        purpose="query",
        sampling=Sampling(max_tokens=100, temperature=0.7, stop=("\n\n",)),
        messages=(Turn("system", "You write as tenants."), Turn("user", "Write one.")),
    )
    reply = Reply(text, "stop", Usage(30, 12), "tiny", "resp-1")
    values = {"backend": "openai:tiny", "template": "query/en.j2", "template_hash": "sha256:00", "cost": 0.25}
    return Call(request, reply, **(values | {"seconds": 1.5} | parts))
