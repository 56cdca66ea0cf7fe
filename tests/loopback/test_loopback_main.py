"""`python -m synthgen.loopback` as a process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from synthgen.loopback.__main__ import main


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_prints_its_url_and_serves_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    arguments = ["--latency", "0.01-0.02", "--models", "a,b", "--malformed", "0", "--reasoning", "--log", "calls.jsonl"]
    with subprocess.Popen(
        [sys.executable, "-m", "synthgen.loopback", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    ) as server:
        assert server.stdout is not None
        base_url = server.stdout.readline().strip()
        assert base_url.startswith("http://127.0.0.1:")
        body = json.dumps({"model": "b", "messages": [{"role": "user", "content": "Answer."}]}).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{base_url}/chat/completions", body)) as response:
            assert json.load(response)["choices"][0]["message"]["content"].startswith("<think>")
        server.send_signal(number)
        rest, errors = server.communicate(timeout=30)
        assert (server.returncode, rest, errors) == (0, "", "")
    (call,) = map(json.loads, (tmp_path / "calls.jsonl").read_text().splitlines())
    assert (call["id"], call["delivered"]) == ("loop-1", True)


def test_impossible_settings_are_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stalled", "2"]) == 1
    assert capsys.readouterr().err == "loopback: stalled must be 0 to 1, got 2.0.\n"


def test_log_that_cannot_be_written_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--log", "missing/folder/log"]) == 1
    assert "missing/folder/log" in capsys.readouterr().err
