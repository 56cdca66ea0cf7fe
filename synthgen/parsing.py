"""INTERIM stub by the lead so that the engine can be tried; its owner replaces this file whole."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Slotted:
    messages: dict[int, str]
    unplaced: tuple[str, ...]


def strip_reasoning(text: str) -> str:
    return text


def clean_message(text, labels):
    return text.strip()


def parse_slots(text, wanted):
    out, un = {}, []
    for m in json.loads(text)["messages"]:
        if m["slot"] in wanted and m["slot"] not in out:
            out[m["slot"]] = m["message"]
        else:
            un.append(m["message"])
    return Slotted(out, tuple(un))


def slot_schema(wanted):
    n = len(list(wanted))
    return {"type": "object", "additionalProperties": False, "required": ["messages"], "properties": {"messages": {"type": "array", "minItems": n, "maxItems": n, "items": {"type": "object", "additionalProperties": False, "required": ["slot", "message"], "properties": {"slot": {"type": "integer", "enum": list(wanted)}, "message": {"type": "string"}}}}}}
