"""A server's "yes": the JSON of a completion, read tolerantly into a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synthgen.calls import Headroom, Reply, Request, Usage
from synthgen.errors import MalformedReplyError
from synthgen.parsing import strip_reasoning
from synthgen.text import estimate_tokens


def read_answer(body: Any, request: Request, where: str, headroom: Headroom | None = None) -> Reply:
    """Return the reply that a 200 holds. Raises MalformedReplyError when it holds none."""
    choices = body.get("choices") if isinstance(body, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, Mapping):
        raise MalformedReplyError(f"{where}: the answer has no choices")
    finish = choice.get("finish_reason")
    finish = finish if isinstance(finish, str) and finish else "stop"
    written = _written(choice)
    if written is None:
        # A reasoning model cut off before its answer, or a content filter: there is an answer, and it is empty.
        if finish not in {"length", "content_filter"}:
            raise MalformedReplyError(f"{where}: the answer has no content")
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
    """Return the server's token counts; each that is missing is estimated from the text."""
    counts = counted if isinstance(counted, Mapping) else {}
    prompt, completion = counts.get("prompt_tokens"), counts.get("completion_tokens")
    if not isinstance(prompt, int):
        prompt = estimate_tokens(request.text + "\n".join(turn.content for turn in request.messages))
    details = counts.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
    return Usage(
        prompt,
        completion if isinstance(completion, int) else estimate_tokens(written),
        cached if isinstance(cached, int) else 0,
    )
