"""The bodies of the OpenAI protocol, written from the server's side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.backends.composer import compose
from synthgen.loopback.fates import Fate, Fault
from synthgen.loopback.settings import LoopbackSettings
from synthgen.loopback.vectors import vector_of

HTML = b"<html><head><title>Please wait</title></head><body>Checking your connection.</body></html>"
_THOUGHT = "The message is about one thing; a short, plain answer fits."
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status and its body."""

    status: int
    body: bytes


def refuse(
    status: int, message: str, *, kind: str = "invalid_request_error", code: str = "", param: str = ""
) -> Refusal:
    error = {"message": message, "type": kind, "param": param or None, "code": code or None}
    return Refusal(status, encoded({"error": error}))


def encoded(value: Any) -> bytes:
    return str(_encode(value)).encode(errors="surrogatepass")


def completion(settings: LoopbackSettings, body: Mapping[str, Any], call_id: str, fate: Fate) -> bytes:
    """Return the answer to the body of a chat or text completion, with the fault that its fate puts into it."""
    if fate.fault is Fault.HTML:
        return HTML
    prompt = prompt_of(body)
    text = compose(prompt, _schema_of(body), fate.seed, bad_share=settings.bad_share)
    if fate.cut:
        text = text[: len(text) // 2]
    choice: dict[str, Any] = {"index": 0, "finish_reason": "length" if fate.cut else "stop"}
    content: str | None = f"<think>\n{_THOUGHT}\n</think>\n\n{text}" if settings.reasoning else text
    if fate.fault is Fault.NULL_CONTENT:
        content = None
    if "messages" in body:
        choice["message"] = {"role": "assistant", "content": content}
        if settings.reasoning:
            choice["message"]["reasoning_content"] = _THOUGHT
    else:
        choice["text"] = content
    answer = {
        "id": call_id,
        "object": "chat.completion" if "messages" in body else "text_completion",
        "created": 0,
        "model": body.get("model", ""),
        "choices": [] if fate.fault is Fault.EMPTY_CHOICES else [choice],
    }
    if not settings.no_usage:
        asked, written = _tokens(prompt), _tokens(content or "")
        answer["usage"] = {"prompt_tokens": asked, "completion_tokens": written, "total_tokens": asked + written}
    return _sent(answer, fate)


def embedding(settings: LoopbackSettings, body: Mapping[str, Any], call_id: str, fate: Fate) -> bytes:
    """Return the answer to the body of a request for embeddings, with the fault that its fate puts into it."""
    if fate.fault is Fault.HTML:
        return HTML
    texts = texts_of(body)
    items: list[dict[str, Any]] = [
        {"object": "embedding", "index": index, "embedding": vector_of(text)} for index, text in enumerate(texts)
    ]
    if fate.fault is Fault.NULL_CONTENT:
        items[0]["embedding"] = None
    answer = {
        "id": call_id,
        "object": "list",
        "model": body.get("model", ""),
        "data": [] if fate.fault is Fault.EMPTY_CHOICES else items,
    }
    if not settings.no_usage:
        asked = sum(map(_tokens, texts))
        answer["usage"] = {"prompt_tokens": asked, "total_tokens": asked}
    return _sent(answer, fate)


def texts_of(body: Mapping[str, Any]) -> list[str]:
    """Return the texts that a request for embeddings holds."""
    texts = body["input"]
    return [texts] if isinstance(texts, str) else texts


def _sent(answer: Mapping[str, Any], fate: Fate) -> bytes:
    whole = encoded(answer)
    return whole[: len(whole) // 2] if fate.fault is Fault.TRUNCATED_JSON else whole


def prompt_of(body: Mapping[str, Any]) -> str:
    """Return all that a request says, as one text."""
    if "messages" not in body:
        return str(body.get("prompt", ""))
    return "\n\n".join(_content(message) for message in body["messages"])


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)


def _schema_of(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    wanted = body.get("response_format") or {}
    return wanted["json_schema"]["schema"] if wanted.get("type") == "json_schema" else None


def _tokens(text: str) -> int:
    """Return about how many tokens a text is: four bytes each, in English and in Chinese alike."""
    return (len(text.encode(errors="surrogatepass")) + 3) // 4
