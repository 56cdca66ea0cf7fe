"""What a loopback server was asked and what it delivered, call by call."""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

_KEPT_CALLS = 10_000


@dataclass(slots=True)
class Call:
    """One call. Times are Unix seconds.

    `id` is the answer's own id ("loop-<n>", "" when there was no answer), `status` the HTTP status that was sent
    (0 for none), `fault` what was done wrong on purpose ("" for nothing). `delivered` says that the whole response
    went into the socket while the client was connected, `answered` that it was one a client can use.
    """

    n: int
    kind: str
    body_sha256: str
    started: float
    id: str = ""
    status: int = 0
    fault: str = ""
    delivered: bool = False
    answered: bool = False
    finished: float = 0.0


_FIELDS = [field.name for field in fields(Call)]


class CallLog:
    """Counts calls, keeps the last 10,000 and writes each to a JSON-lines file as it ends."""

    def __init__(self, path: Path | None = None) -> None:
        # Unbuffered: what is in the file is right whatever becomes of the client or of this server.
        self._file = path.open("ab", buffering=0) if path else None
        self._last = 0
        self.in_flight = 0
        self.clear()

    def clear(self) -> None:
        """Zero the counters; calls in flight stay counted as such, and numbers go on so that ids stay unique."""
        self.calls: deque[Call] = deque(maxlen=_KEPT_CALLS)
        self.begun = self.delivered = self.answered = 0
        self.peak_in_flight = self.in_flight
        self.by_status: Counter[int] = Counter()
        self.by_fault: Counter[str] = Counter()

    def begin(self, kind: str, body_sha256: str) -> Call:
        self._last += 1
        self.begun += 1
        self.in_flight += 1
        self.peak_in_flight = max(self.peak_in_flight, self.in_flight)
        return Call(self._last, kind, body_sha256, time.time())

    def finish(self, call: Call, delivered: bool) -> None:
        call.finished = time.time()
        call.delivered = delivered
        call.answered = call.answered and delivered
        self.in_flight -= 1
        self.delivered += delivered
        self.answered += call.answered
        self.by_status[call.status] += 1
        if call.fault:
            self.by_fault[call.fault] += 1
        self.calls.append(call)
        if self._file is not None:
            record = {name: getattr(call, name) for name in _FIELDS}
            self._file.write(json.dumps(record).encode() + b"\n")

    def stats(self) -> dict[str, Any]:
        return {
            "calls": self.begun,
            "delivered": self.delivered,
            "answered": self.answered,
            "in_flight": self.in_flight,
            "peak_in_flight": self.peak_in_flight,
            "by_status": {str(status): count for status, count in sorted(self.by_status.items())},
            "by_fault": dict(sorted(self.by_fault.items())),
        }

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
