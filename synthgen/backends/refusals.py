"""A server's "no", read from its status and its words, and the error that it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.errors import (
    AuthError,
    BadRequestError,
    ModelError,
    RateLimitError,
    RetryableModelError,
    ServerError,
    StalledError,
    TooLongError,
)

LENGTH_HINT = "shorten the input, ask for fewer tokens, or give a local model a larger --context."
_LONGEST_WORDS = 400
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum (context|input|sequence)|too many tokens|too large to process|"
    r"(prompt|input) is too (long|large)",
    re.I,
)
_FILTERED = {"content_filter", "content_policy_violation", "data_inspection_failed"}

_KEY_HINT = "set OPENAI_API_KEY to a key that this server takes; it is sent for openai:NAME alone."
_CREDIT_HINT = "the account behind the key has no credit left."
_MOVED_HINT = "redirects are not followed: give the address that the server has now by --base-url."
_REQUEST_HINT = "mend what the server names: the model, or an option that it does not take."
_BUSY_HINT = "ask more slowly (--concurrency, --requests-per-minute); the same command goes on from here."
_LATER_HINT = "look into the server's log, or wait; the same command goes on from here."
_ERRORS: Mapping[int, tuple[type[ModelError], str]] = {
    400: (BadRequestError, _REQUEST_HINT),
    401: (AuthError, _KEY_HINT),
    402: (AuthError, _CREDIT_HINT),
    403: (AuthError, "the key may not use this model; choose another key or model."),
    404: (BadRequestError, "check the model's name, and that the base URL ends where the server wants it (often /v1)."),
    408: (StalledError, _BUSY_HINT),
    409: (ServerError, _LATER_HINT),
    413: (TooLongError, LENGTH_HINT),
    422: (BadRequestError, _REQUEST_HINT),
    425: (ServerError, _LATER_HINT),
    429: (RateLimitError, _BUSY_HINT),
    501: (BadRequestError, "this server does not offer what was asked."),
    # Overloaded, or still loading its model: like 429, the answer is to ask more slowly.
    503: (RateLimitError, _BUSY_HINT),
    529: (RateLimitError, _BUSY_HINT),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """`words` is one line of what the server says; `code` and `param` are OpenAI's names for what is wrong."""

    status: int
    words: str
    code: str = ""
    param: str = ""

    @property
    def is_filtered(self) -> bool:
        """Tell whether a content filter stands behind it: this text is refused, others are not."""
        return self.code in _FILTERED

    @property
    def is_too_long(self) -> bool:
        """Tell whether the request and its reply do not fit the model's context."""
        return _TOO_LONG.search(f"{self.code} {self.words}") is not None


def read_refusal(status: int, body: Any) -> Refusal:
    """Return what a failed response says; `body` is its JSON, or its text where it is none."""
    detail = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(detail, Mapping):
        return Refusal(status, _one_line(detail))
    words = next(
        (detail[key] for key in ("message", "detail", "error_description", "error") if detail.get(key)), detail
    )
    code = detail.get("code") if isinstance(detail.get("code"), str) else detail.get("type")
    return Refusal(status, _one_line(words), str(code or ""), str(detail.get("param") or ""))


def refusal_error(refusal: Refusal, where: str, retry_after: float | None) -> ModelError:
    """Return the error that tells a refusal; `where` names model and server, `retry_after` is in seconds."""
    kind, hint = _ERRORS.get(refusal.status) or _other(refusal.status)
    if refusal.code == "insufficient_quota":  # comes as 429, but no waiting mends it
        kind, hint = AuthError, _CREDIT_HINT
    elif kind is BadRequestError and refusal.is_too_long:
        kind, hint = TooLongError, LENGTH_HINT
    message = f"{where}: HTTP {refusal.status}: {refusal.words or 'no reason given'}"
    if issubclass(kind, RetryableModelError):
        return kind(message, hint=hint, retry_after=retry_after)
    return kind(message, hint=hint)


def _other(status: int) -> tuple[type[ModelError], str]:
    """Return the error and the hint for a status that has no line of its own."""
    if status >= 500:
        return ServerError, _LATER_HINT
    return BadRequestError, _REQUEST_HINT if status >= 400 else _MOVED_HINT


def _one_line(words: Any) -> str:
    text = _TAG.sub(" ", words) if isinstance(words, str) else str(words or "")
    line = _SPACE.sub(" ", text).strip()
    return line if len(line) <= _LONGEST_WORDS else line[: _LONGEST_WORDS - 1] + "…"
