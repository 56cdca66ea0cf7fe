"""Saying the same in another way, for servers that take less than a request asks."""

from __future__ import annotations

import json
from dataclasses import replace

from synthgen.calls import Request
from synthgen.records import Turn

_SCHEMA_WORDS = "Answer with JSON only, without any other words, following this JSON schema:\n{schema}"


def fold_system(messages: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Return a chat without system turns: what they say opens the first user turn."""
    told = "\n\n".join(turn.content for turn in messages if turn.role == "system")
    rest = tuple(turn for turn in messages if turn.role != "system")
    if not told:
        return rest
    if rest and rest[0].role == "user":
        return (Turn("user", f"{told}\n\n{rest[0].content}"), *rest[1:])
    return (Turn("user", told), *rest)


def ask_in_words(request: Request) -> Request:
    """Return a request that asks for its schema in words, at the end of the last user turn or of the text."""
    if request.schema is None:
        return request
    words = "\n\n" + _SCHEMA_WORDS.format(schema=json.dumps(request.schema, ensure_ascii=False))
    if request.text:
        return replace(request, text=request.text + words, schema=None)
    messages = list(request.messages)
    at = max((i for i, turn in enumerate(messages) if turn.role == "user"), default=len(messages))
    if at == len(messages):
        messages.append(Turn("user", words.strip()))
    else:
        messages[at] = Turn("user", messages[at].content + words)
    return replace(request, messages=tuple(messages), schema=None)
