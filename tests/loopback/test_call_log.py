"""The loopback server's log: counters, the last calls, a line a call."""

from __future__ import annotations

import json
from pathlib import Path

from synthgen.loopback.call_log import CallLog


def test_calls_are_counted_and_written_as_they_end(tmp_path: Path) -> None:
    log = CallLog(tmp_path / "calls.jsonl")
    first, second, third = (log.begin("chat", f"hash {number}") for number in range(3))
    second.id, second.status, second.answered = "loop-2", 200, True
    third.status, third.fault = 429, "rate_limited"
    log.finish(second, True)
    log.finish(third, True)
    lines = [json.loads(line) for line in (tmp_path / "calls.jsonl").read_text().splitlines()]
    assert [(line["n"], line["id"], line["delivered"], line["answered"]) for line in lines] == [
        (2, "loop-2", True, True),
        (3, "", True, False),
    ]
    assert lines[0]["body_sha256"] == "hash 1"
    assert lines[0]["started"] <= lines[0]["finished"]
    first.answered = True
    log.finish(first, False)
    assert log.stats() == {
        "calls": 3,
        "delivered": 2,
        "answered": 1,
        "in_flight": 0,
        "peak_in_flight": 3,
        "by_status": {"0": 1, "200": 1, "429": 1},
        "by_fault": {"rate_limited": 1},
    }
    assert [call.n for call in log.calls] == [2, 3, 1]
    log.close()


def test_clearing_keeps_what_is_in_flight_and_the_numbers() -> None:
    log = CallLog()
    log.finish(log.begin("chat", ""), True)
    call = log.begin("chat", "")
    log.clear()
    assert log.stats()["calls"] == 0
    assert log.stats()["in_flight"] == log.stats()["peak_in_flight"] == 1
    log.finish(call, True)
    assert log.stats()["in_flight"] == 0
    assert log.begin("chat", "").n == 3


def test_an_old_log_is_gone_on_with(tmp_path: Path) -> None:
    for _ in range(2):
        log = CallLog(tmp_path / "calls.jsonl")
        log.finish(log.begin("chat", ""), True)
        log.close()
    assert len((tmp_path / "calls.jsonl").read_text().splitlines()) == 2
