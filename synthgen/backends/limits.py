"""What response headers say about limits: when to come back, and how much is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from synthgen.calls import Headroom

_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?")
_UNIT_SECONDS = (86_400.0, 3_600.0, 60.0, 1.0, 0.001)


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the seconds to wait by `retry-after-ms` or `Retry-After` (seconds or an HTTP date), at least 0."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    wish = headers.get("retry-after")
    if wish is None:
        return None
    seconds = _number(wish)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        then = parsedate_to_datetime(wish)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())


def headroom(headers: Mapping[str, str]) -> Headroom | None:
    """Return what OpenAI's `x-ratelimit-*` headers say, or None where there are none."""
    requests = _number(headers.get("x-ratelimit-remaining-requests"))
    tokens = _number(headers.get("x-ratelimit-remaining-tokens"))
    resets = [_seconds(headers.get(f"x-ratelimit-reset-{of}")) for of in ("requests", "tokens")]
    known = [reset for reset in resets if reset is not None]
    if requests is None and tokens is None and not known:
        return None
    return Headroom(
        requests=None if requests is None else int(requests),
        tokens=None if tokens is None else int(tokens),
        reset_s=max(known, default=None),
    )


def _seconds(text: str | None) -> float | None:
    """Return a duration such as "6m0s", "1.5s", "20ms" or "3" in seconds."""
    number = _number(text)
    if text is None or number is not None:
        return number
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    parts = [_number(part) or 0.0 for part in match.groups()]
    return sum(part * seconds for part, seconds in zip(parts, _UNIT_SECONDS, strict=True))


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e12 else None
