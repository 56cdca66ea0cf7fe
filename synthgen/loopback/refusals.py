"""The requests that a loopback server refuses for good, in the words that real servers use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synthgen.loopback.answers import Refusal, refuse
from synthgen.loopback.settings import LoopbackSettings
from synthgen.loopback.wire import HttpRequest


def refusal_of(settings: LoopbackSettings, request: HttpRequest, body: Any, kind: str) -> Refusal | None:
    """Return why a request is refused, or None.

    `body` is its JSON, None when it was none; `kind` is "chat", "text" or "embedding".
    """
    if settings.api_key:
        key = request.header("authorization").removeprefix("Bearer ")
        if key != settings.api_key:
            # Some servers say the key back; a client must not pass that on.
            return refuse(401, f"Incorrect API key provided: {key}.", code="invalid_api_key")
    if not isinstance(body, Mapping):
        return refuse(400, "We could not parse the JSON body of your request.")
    if kind == "embedding":
        if (refusal := _refused_input(body.get("input"), settings.longest_input)) is not None:
            return refusal
    elif not _is_prompted(body):
        return refuse(
            400, "Invalid value for 'messages': a list of messages with content was expected.", param="messages"
        )
    model = body.get("model")
    if settings.models and model not in settings.models:
        return refuse(404, f"The model `{model}` does not exist.", code="model_not_found")
    if body.get("stream"):
        return refuse(400, "Streaming is not supported by this server.", param="stream", code="unsupported_value")
    for name in settings.refused_parameters:
        if name in body:
            words = f"Unsupported parameter: '{name}' is not supported with this model."
            return refuse(400, words, param=name, code="unsupported_parameter")
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        if settings.no_json_schema:
            words = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
            return refuse(400, words, param="response_format")
        if not isinstance((wanted.get("json_schema") or {}).get("schema"), Mapping):
            return refuse(
                400, "Missing required parameter: 'response_format.json_schema.schema'.", param="response_format"
            )
    if settings.no_system_role and any(message["role"] == "system" for message in body.get("messages", ())):
        return refuse(400, "Chat template failed: System role not supported.", kind="BadRequestError")
    return None


def _refused_input(texts: Any, longest: int) -> Refusal | None:
    texts = [texts] if isinstance(texts, str) else texts
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        return refuse(400, "Invalid 'input': a text or a list of texts was expected, none empty.", param="input")
    if longest and max(map(len, texts)) > longest:
        return refuse(400, f"This model's maximum context length is {longest} characters.", param="input")
    return None


def _is_prompted(body: Mapping[str, Any]) -> bool:
    if "messages" not in body:
        return isinstance(body.get("prompt"), str)
    messages = body["messages"]
    return isinstance(messages, list) and bool(messages) and all(map(_is_message, messages))


def _is_message(message: Any) -> bool:
    if not isinstance(message, Mapping) or not isinstance(message.get("role"), str):
        return False
    content = message.get("content")
    if isinstance(content, list):
        return all(isinstance(part, Mapping) and isinstance(part.get("text", ""), str) for part in content)
    return content is None or isinstance(content, str)
