"""A server's "yes": the JSON of a completion, read tolerantly into a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from synthgen.calls import Headroom, Reply, Request, Usage
from synthgen.errors import MalformedReplyError
from synthgen.parsing import strip_reasoning
from synthgen.text import estimate_tokens

# No context is as long: a server that counts more has miscounted.
_MOST_TOKENS = 1_000_000_000
_NO_API_HINT = "see that the base URL is of a server that speaks the OpenAI protocol, and names the API (often /v1)."


def read_answer(body: Any, request: Request, where: str, headroom: Headroom | None = None) -> Reply:
    """Return the reply that a 200 holds. Raises MalformedReplyError when it holds none."""
    choices = body.get("choices") if isinstance(body, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, Mapping):
        raise MalformedReplyError(f"{where}: the answer has no choices", hint=_NO_API_HINT)
    finish = choice.get("finish_reason")
    finish = finish if isinstance(finish, str) and finish else "stop"
    written = _written(choice)
    if written is None:
        # A reasoning model cut off before its answer, or a content filter: there is an answer, and it is empty.
        if finish not in {"length", "content_filter"}:
            raise MalformedReplyError(f"{where}: the answer has no content", hint=_NO_API_HINT)
        written = ""
    text = strip_reasoning(written)
    for stop in request.sampling.stop:  # a server that takes no `stop` writes on
        text, cut, _ = text.partition(stop)
        finish = "stop" if cut else finish
    return Reply(
        text=text,
        finish=finish,
        usage=_usage(body.get("usage"), request, written),
        model=str(body.get("model") or ""),
        id=str(body.get("id") or ""),
        headroom=headroom,
    )


def _written(choice: Mapping[str, Any]) -> str | None:
    """Return what the model wrote: a chat's content or refusal, or a completion's text."""
    message = choice.get("message")
    if not isinstance(message, Mapping):
        text = choice.get("text")
        return text if isinstance(text, str) else None
    content = message.get("content")
    if not content:  # OpenAI's word for a model's own "no" is beside the content
        content = message.get("refusal") or content
    if isinstance(content, list):  # in parts, of which some may be reasoning
        parts = [part.get("text") for part in content if isinstance(part, Mapping) and part.get("type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else None


def _usage(counted: Any, request: Request, written: str) -> Usage:
    """Return the server's token counts; each that is missing, or can be none, is estimated from the text."""
    counts = counted if isinstance(counted, Mapping) else {}
    prompt, completion = counts.get("prompt_tokens"), counts.get("completion_tokens")
    if not _is_count(prompt):
        prompt = estimate_tokens(request.text + "\n".join(turn.content for turn in request.messages))
    if not _is_count(completion):
        completion = estimate_tokens(written)
    details = counts.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
    return Usage(prompt, completion, min(cached, prompt) if _is_count(cached) else 0)


def _is_count(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= _MOST_TOKENS
