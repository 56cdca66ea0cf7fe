"""Rows and calls to and from the ledger's columns."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from synthgen.calls import Call, Sampling
from synthgen.hashing import content_hash
from synthgen.records import Annotation, Cell, Drop, Judgement, Note, Notes, Row, Slot, State, Turn

ROW_COLUMNS = (
    "n, topic, language, turns, approach, seat, attempt, facets, state, risk, messages, finish, repairs, "
    "stage, reason, detail, evidence, repairable, cited, memo, annotations, judgement"
)
SAMPLING = [field.name for field in fields(Sampling)]
PUT_ROW = f"""
    INSERT INTO rows ({ROW_COLUMNS}) VALUES ({", ".join("?" * len(ROW_COLUMNS.split(", ")))})
    ON CONFLICT (n) DO UPDATE SET
        state = excluded.state, risk = excluded.risk, messages = excluded.messages, finish = excluded.finish,
        repairs = excluded.repairs, stage = excluded.stage, reason = excluded.reason, detail = excluded.detail,
        evidence = excluded.evidence, repairable = excluded.repairable, cited = excluded.cited, memo = excluded.memo,
        annotations = excluded.annotations,
        judgement = excluded.judgement
"""  # noqa: S608  # constants only
PUT_CALL = """
    INSERT INTO calls (purpose, backend, model, response_id, template, template_hash, system, prompt, sampling,
                       response, finish, prompt_tokens, cached_tokens, completion_tokens, cost, seconds, ended)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# A run has a few system prompts, each of some pages.
_prompt_hash = lru_cache(maxsize=64)(content_hash)


def row_number(row_id: str) -> int:
    """Return a row's number within its run."""
    return int(row_id.rpartition("-")[2])


def row_values(row: Row) -> tuple[Any, ...]:
    slot, drop = row.slot, row.drop
    values = (
        row_number(row.id),
        *slot.cell,
        slot.seat,
        slot.attempt,
        _json(slot.facets),
        row.state,
        row.risk,
        _json([[turn.role, turn.content] for turn in row.messages]),
        row.finish,
        row.repairs,
        *((drop.stage, drop.reason, drop.detail, drop.evidence, drop.repairable) if drop else (None,) * 5),
        _json(row.cited),
        row.memo,
        _json([_plain(annotation) for annotation in row.annotations]),
        _json([row.judgement.scores, row.judgement.verdicts, row.judgement.tries]),
    )
    return tuple(map(storable, values))


def row_of(run: str, values: Sequence[Any]) -> Row:
    n, topic, language, turns, approach, seat, attempt, facets, state, risk, messages, *rest = values
    finish, repairs, stage, reason, detail, evidence, repairable, cited, memo, annotations, judgement = rest
    return Row(
        id=f"{run}-{n:06d}",
        slot=Slot(Cell(topic, language, turns, approach), seat, attempt, json.loads(facets)),
        messages=tuple(Turn(role, content) for role, content in json.loads(messages)),
        state=State(state),
        risk=bool(risk),
        drop=Drop(stage, reason, detail, evidence, bool(repairable)) if stage else None,
        repairs=repairs,
        finish=finish,
        cited=tuple(json.loads(cited)),
        memo=memo,
        annotations=tuple(_annotation(*parts) for parts in json.loads(annotations)),
        judgement=Judgement(*json.loads(judgement)),
    )


def put_call(connection: sqlite3.Connection, call: Call) -> int:
    """Insert a call and return its id."""
    request, reply = call.request, call.reply
    turns = list(request.messages)
    system = None
    if turns and turns[0].role == "system":
        text = turns.pop(0).content
        system = _prompt_hash(text)
        connection.execute("INSERT OR IGNORE INTO prompts VALUES (?, ?)", (system, storable(text)))
    sampling = {name: value for name in SAMPLING if (value := getattr(request.sampling, name)) not in (None, ())}
    values = (
        request.purpose,
        call.backend,
        reply.model,
        reply.id,
        call.template,
        call.template_hash,
        system,
        request.text or _json([[turn.role, turn.content] for turn in turns]),
        _json(sampling | ({"schema": True} if request.schema else {})),
        reply.text,
        reply.finish,
        reply.usage.prompt_tokens,
        reply.usage.cached_tokens,
        reply.usage.completion_tokens,
        call.cost,
        call.seconds,
        time.time(),
    )
    cursor = connection.execute(PUT_CALL, tuple(map(storable, values)))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _plain(annotation: Annotation) -> list[Any]:
    """Return an annotation as JSON has it: the notes of the session, and of the turns by number."""
    return [_plain_notes(annotation.session), {n: _plain_notes(notes) for n, notes in annotation.turns.items()}]


def _plain_notes(notes: Notes) -> dict[str, list[Any]]:
    return {name: [note.value, note.why, note.confidence] for name, note in notes.items()}


def _annotation(session: Any, turns: Any) -> Annotation:
    return Annotation(_notes(session), {int(n): _notes(notes) for n, notes in turns.items()})


def _notes(plain: Mapping[str, Any]) -> dict[str, Note]:
    return {
        name: Note(tuple(value) if isinstance(value, list) else value, why, confidence)
        for name, (value, why, confidence) in plain.items()
    }


def _json(value: Any) -> str:
    return _ENCODER.encode(value)


def storable(value: Any) -> Any:
    """Return a text as UTF-8 can hold it: models now and then send one half of a surrogate pair."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
