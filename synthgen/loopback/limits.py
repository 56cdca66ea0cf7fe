"""A loopback server's own limits: calls at a time and calls in a window of time."""

from __future__ import annotations

from synthgen.loopback.settings import LoopbackSettings


class Limits:
    """Admits calls. A window opens with the first call after the last one closed; times are seconds of any clock."""

    def __init__(self, settings: LoopbackSettings) -> None:
        self._settings = settings
        self._closes = 0.0
        self._left = 0

    def admit(self, now: float, in_flight: int) -> bool:
        """Tell whether a call may come in. `in_flight` counts it already."""
        settings = self._settings
        if settings.capacity and in_flight > settings.capacity:
            return False
        if not settings.window_calls:
            return True
        if now >= self._closes:
            self._closes, self._left = now + settings.window_s, settings.window_calls
        if not self._left:
            return False
        self._left -= 1
        return True

    def headers(self, now: float, *, refused: bool = False) -> dict[str, str]:
        """Return the headers that tell a client of the limits, in the words of OpenAI's servers."""
        settings = self._settings
        headers: dict[str, str] = {}
        if settings.rate_headers:
            headers["x-ratelimit-limit-requests"] = str(settings.window_calls)
            headers["x-ratelimit-remaining-requests"] = str(self._left)
            headers["x-ratelimit-reset-requests"] = f"{max(0.0, self._closes - now):.3f}s"
        if refused and settings.retry_after is not None:
            headers["retry-after"] = f"{settings.retry_after:g}"
            if settings.retry_after_ms:
                headers["retry-after-ms"] = f"{settings.retry_after * 1000:g}"
        return headers
