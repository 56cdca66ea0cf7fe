"""Settings of the loopback server that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from synthgen.errors import UsageError
from synthgen.loopback.settings import LoopbackSettings


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"rate_limited": 1.1}, "rate_limited must be 0 to 1, got 1.1"),
        ({"bad_share": -0.1}, "bad_share must be 0 to 1, got -0.1"),
        ({"stalled": float("nan")}, "stalled must be 0 to 1, got nan"),
        ({"stalled": 0.6, "malformed": 0.5}, "add up to 1.1"),
        ({"latency": (2.0, 1.0)}, "latency must rise from 0, got 2-1"),
        ({"latency": (-1.0, 1.0)}, "latency must rise from 0, got -1-1"),
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match="loopback: ") as refused:
        LoopbackSettings(**settings)
    assert words in str(refused.value)
