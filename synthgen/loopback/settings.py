"""How a loopback server behaves: its speed, its limits and its faults."""

from __future__ import annotations

from dataclasses import dataclass

from synthgen.errors import UsageError


@dataclass(frozen=True, slots=True)
class LoopbackSettings:
    """Settings of a loopback server; the defaults are a server without faults.

    Times are seconds. Shares are of calls, 0 to 1; `rate_limited` calls are answered once by 429 and pass when
    the same body comes again, and of the other faults (which exclude each other) each try draws anew.
    """

    seed: int = 0
    latency: tuple[float, float] = (0.0, 0.0)
    # 429 to all that comes while this many calls are in flight, or after this many within a window; 0 is no limit.
    capacity: int = 0
    window_calls: int = 0
    window_s: float = 60.0
    rate_headers: bool = False
    retry_after: float | None = 1.0
    retry_after_ms: bool = False

    rate_limited: float = 0.0
    server_errors: float = 0.0
    dropped_before: float = 0.0
    dropped_after: float = 0.0
    stalled: float = 0.0
    stall_s: float = 600.0
    malformed: float = 0.0

    # Of the good answers: cut off with finish reason "length"; of the texts in them: such as filters drop.
    cut: float = 0.0
    bad_share: float = 0.0

    api_key: str = ""
    # Texts of more characters than this get no vector, but 400; 0 is no limit.
    longest_input: int = 0
    models: tuple[str, ...] = ()
    refused_parameters: tuple[str, ...] = ()
    no_json_schema: bool = False
    no_system_role: bool = False
    reasoning: bool = False
    no_usage: bool = False

    def __post_init__(self) -> None:
        shares = ("rate_limited", "server_errors", "dropped_before", "dropped_after", "stalled", "malformed", "cut")
        for name in (*shares, "bad_share"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise UsageError(f"loopback: {name} must be 0 to 1, got {getattr(self, name)}.")
        if self.excluding > 1.0:
            raise UsageError(f"loopback: the shares of faults add up to {self.excluding:g}.", hint="keep them below 1.")
        low, high = self.latency
        if not 0.0 <= low <= high:
            raise UsageError(f"loopback: latency must rise from 0, got {low:g}-{high:g}.")

    @property
    def excluding(self) -> float:
        """The share of tries that meet one of the faults that exclude each other."""
        return self.server_errors + self.dropped_before + self.dropped_after + self.stalled + self.malformed
