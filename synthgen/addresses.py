"""The addresses of model servers, as users type them."""

from __future__ import annotations

from urllib.parse import urlsplit

from synthgen.errors import UsageError


def checked_url(base_url: str, told: str = "the base URL") -> str:
    """Return a base URL without its last slash. Raises UsageError where it is none, or might carry a secret.

    `told` is what it is called. What might be a secret is not repeated.
    """
    if "@" in base_url:
        raise UsageError(
            f"{told}: holds a user name or password, which would be stored with the run.",
            hint="put the key into OPENAI_API_KEY instead.",
        )
    if "?" in base_url or "#" in base_url:
        raise UsageError(
            f"{told}: has a part after ? or #.", hint="end it with the path, often /v1; a key goes into OPENAI_API_KEY."
        )
    try:
        parts = urlsplit(base_url)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise UsageError(f"{told} {base_url}: not an http(s) address.", hint="for example http://127.0.0.1:8000/v1.")
    return base_url.rstrip("/")
