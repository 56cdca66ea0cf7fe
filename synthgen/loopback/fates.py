"""What happens to a call: drawn from the seed, the body and how often that body has come, whatever the order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from struct import Struct

from synthgen.loopback.settings import LoopbackSettings

_DRAWS = Struct(">5I")


class Fault(StrEnum):
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    DROPPED_BEFORE = "dropped_before"
    DROPPED_AFTER = "dropped_after"
    STALLED = "stalled"
    TRUNCATED_JSON = "truncated_json"
    HTML = "html"
    EMPTY_CHOICES = "empty_choices"
    NULL_CONTENT = "null_content"


MALFORMED = (Fault.TRUNCATED_JSON, Fault.HTML, Fault.EMPTY_CHOICES, Fault.NULL_CONTENT)


@dataclass(frozen=True, slots=True)
class Fate:
    """A call's latency in seconds, its fault if it has one, whether its answer is cut, and a seed for its text."""

    latency: float
    fault: Fault | None
    cut: bool
    seed: int


def draw_fate(settings: LoopbackSettings, body_hash: str, nth: int) -> Fate:
    """Return the fate of the `nth` try (from 1) of a body."""
    text = f"{settings.seed}\x1f{body_hash}\x1f{nth}"
    raw = hashlib.blake2b(text.encode(), digest_size=_DRAWS.size).digest()
    draws = [draw / 2**32 for draw in _DRAWS.unpack(raw)]
    low, high = settings.latency
    return Fate(
        latency=low + (high - low) * draws[0],
        fault=Fault.RATE_LIMITED if nth == 1 and draws[1] < settings.rate_limited else _fault(settings, draws[2]),
        cut=draws[3] < settings.cut,
        seed=int(draws[4] * 2**32),
    )


def _fault(settings: LoopbackSettings, draw: float) -> Fault | None:
    if draw >= settings.excluding:
        return None
    for fault, share in (
        (Fault.SERVER_ERROR, settings.server_errors),
        (Fault.DROPPED_BEFORE, settings.dropped_before),
        (Fault.DROPPED_AFTER, settings.dropped_after),
        (Fault.STALLED, settings.stalled),
    ):
        if draw < share:
            return fault
        draw -= share
    return MALFORMED[min(int(draw / settings.malformed * len(MALFORMED)), len(MALFORMED) - 1)]
