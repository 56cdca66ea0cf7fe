"""Fates: drawn by seed, body and try, in the shares that were asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from synthgen.loopback.fates import MALFORMED, Fault, draw_fate
from synthgen.loopback.settings import LoopbackSettings

MIXED = LoopbackSettings(
    latency=(0.2, 0.8),
    rate_limited=0.1,
    server_errors=0.1,
    dropped_before=0.05,
    dropped_after=0.05,
    stalled=0.1,
    malformed=0.2,
    cut=0.3,
)
BODIES = [f"body {number}" for number in range(4000)]


def test_fate_depends_on_seed_body_and_try_alone() -> None:
    fates = {body: draw_fate(MIXED, body, 1) for body in BODIES}
    assert fates == {body: draw_fate(MIXED, body, 1) for body in reversed(BODIES)}
    assert fates != {body: draw_fate(MIXED, body, 2) for body in BODIES}
    assert fates != {body: draw_fate(replace(MIXED, seed=1), body, 1) for body in BODIES}


def test_shares_are_kept() -> None:
    fates = [draw_fate(MIXED, body, 2) for body in BODIES]
    faults = Counter(fate.fault for fate in fates)
    wanted = {
        Fault.SERVER_ERROR: 0.1,
        Fault.DROPPED_BEFORE: 0.05,
        Fault.DROPPED_AFTER: 0.05,
        Fault.STALLED: 0.1,
        None: 0.5,
        **dict.fromkeys(MALFORMED, 0.05),
    }
    assert set(faults) == set(wanted)
    for fault, share in wanted.items():
        assert faults[fault] / len(fates) == pytest.approx(share, abs=0.02)
    assert sum(fate.cut for fate in fates) / len(fates) == pytest.approx(0.3, abs=0.03)


def test_latency_is_spread_over_its_span() -> None:
    latencies = sorted(draw_fate(MIXED, body, 1).latency for body in BODIES)
    assert 0.2 <= latencies[0] < 0.21
    assert 0.79 < latencies[-1] <= 0.8
    assert latencies[len(latencies) // 2] == pytest.approx(0.5, abs=0.03)


def test_rate_limits_hit_a_body_once() -> None:
    settings = LoopbackSettings(rate_limited=1.0)
    assert [draw_fate(settings, "body", nth).fault for nth in (1, 2, 3)] == [Fault.RATE_LIMITED, None, None]


@pytest.mark.parametrize("name", ["server_errors", "dropped_before", "dropped_after", "stalled", "malformed"])
def test_whole_shares_leave_no_call_out(name: str) -> None:
    settings = replace(LoopbackSettings(), **{name: 1.0})
    assert all(draw_fate(settings, body, 1).fault is not None for body in BODIES)
