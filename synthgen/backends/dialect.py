"""What a server takes of the OpenAI protocol, and a request said in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from synthgen.backends.chats import ask_in_words, fold_system
from synthgen.calls import Request

# Our sampling settings by the parameter that carries each; what is not named is not sent.
STANDARD: Mapping[str, str] = {
    "max_tokens": "max_tokens",
    "temperature": "temperature",
    "top_p": "top_p",
    "presence_penalty": "presence_penalty",
    "frequency_penalty": "frequency_penalty",
    "seed": "seed",
    "stop": "stop",
}
# OpenAI's reasoning models refuse `max_tokens`; all its chat models take the newer name.
OPENAI: Mapping[str, str] = {**STANDARD, "max_tokens": "max_completion_tokens"}
LLAMA_CPP: Mapping[str, str] = {**STANDARD, "top_k": "top_k", "min_p": "min_p", "repeat_penalty": "repeat_penalty"}
VLLM: Mapping[str, str] = {**LLAMA_CPP, "repeat_penalty": "repetition_penalty"}

OTHER_NAME = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A server's abilities as known so far. It only ever narrows, so adapting to a server ends."""

    names: Mapping[str, str]
    schema: bool = True
    system: bool = True
    renamed: bool = False

    def without(self, parameter: str) -> Dialect | None:
        """Return the dialect that does not send `parameter`, or None where the request cannot do without it."""
        if parameter in OTHER_NAME:  # the bound on a reply is renamed once and never given up: budgets rest on it
            if self.renamed:
                return None
            return replace(self, names={**self.names, "max_tokens": OTHER_NAME[parameter]}, renamed=True)
        return replace(self, names={ours: theirs for ours, theirs in self.names.items() if theirs != parameter})


def chat_body(model: str, request: Request, dialect: Dialect) -> dict[str, Any]:
    """Return the JSON body of `/chat/completions`."""
    asked = request if dialect.schema else ask_in_words(request)
    messages = asked.messages if dialect.system else fold_system(asked.messages)
    return {
        "model": model,
        "messages": [{"role": turn.role, "content": turn.content} for turn in messages],
        **_settings(asked, dialect.names),
    }


def text_body(model: str, request: Request, dialect: Dialect) -> dict[str, Any]:
    """Return the JSON body of `/completions`, which knows the bound on a reply by its old name alone."""
    asked = request if dialect.schema else ask_in_words(request)
    names = {**dialect.names, "max_tokens": "max_tokens"}
    body = {"model": model, "prompt": asked.text, **_settings(asked, names)}
    if asked.schema is not None:
        body["json_schema"] = asked.schema  # llama.cpp's name for it here, where it overlooks `response_format`
    return body


def _settings(request: Request, names: Mapping[str, str]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for ours, theirs in names.items():
        value = getattr(request.sampling, ours)
        if value is not None and value != ():
            settings[theirs] = list(value) if isinstance(value, tuple) else value  # llama-cpp-python overlooks tuples
    if request.schema is not None:
        name = _NOT_IN_A_NAME.sub("_", request.purpose)[:64] or "answer"
        wanted = {"name": name, "schema": request.schema, "strict": _is_closed(request.schema)}
        settings["response_format"] = {"type": "json_schema", "json_schema": wanted}
    return settings


def _is_closed(schema: Any) -> bool:
    """Tell whether every object requires all its properties and takes no others: OpenAI's strict mode wants that."""
    if isinstance(schema, list):
        return all(map(_is_closed, schema))
    if not isinstance(schema, Mapping):
        return True
    if schema.get("type") == "object":
        is_open = schema.get("additionalProperties") is not False
        if is_open or set(schema.get("required", ())) != set(schema.get("properties", ())):
            return False
    return all(map(_is_closed, schema.values()))
