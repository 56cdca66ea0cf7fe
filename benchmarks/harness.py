"""What the benchmarks share: the loopback server, `synthgen generate` as a whole process, results kept beside them."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Server:
    """A loopback server in a process of its own."""

    base_url: str
    log: Path

    def stats(self) -> dict[str, Any]:
        return self._get("stats")

    def reset(self) -> None:
        self._get("reset")

    def deliveries(self) -> list[dict[str, Any]]:
        """Return what it logged, a record a call."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.endswith("}")]

    def _get(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(self.base_url.removesuffix("/v1") + "/" + path) as answer:
            return dict(json.load(answer))


@contextlib.contextmanager
def loopback(scratch: Path, *options: str) -> Iterator[Server]:
    """Run the loopback server with these options."""
    log = scratch / f"loopback-{time.monotonic_ns()}.jsonl"
    command = [sys.executable, "-m", "synthgen.loopback", "--port", "0", "--log", str(log), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield Server(server.stdout.readline().strip(), log)
        finally:
            server.terminate()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished process: wall and processor seconds, peak memory in MB, exit code, and what run.json says."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int
    record: dict[str, Any]


def command(server: Server, out: Path, *options: str) -> list[str]:
    """Return the command line of a run against a loopback server."""
    return [
        sys.executable, "-m", "synthgen", "generate", "--model", "openai:loopback", "--base-url", server.base_url,
        "--out", str(out), "-q", *options,
    ]  # fmt: skip


def generate(server: Server, out: Path, *options: str) -> Outcome:
    """Run `synthgen generate` to its end as a user would."""
    started = time.monotonic()
    process = subprocess.Popen(command(server, out, *options), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    record = read_record(out)
    return Outcome(
        time.monotonic() - started,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2),
        process.returncode,
        record,
    )


def read_record(out: Path) -> dict[str, Any]:
    """Return what a run's run.json holds, nothing where there is none."""
    path = out / "run.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def raise_file_limit() -> None:
    """Let this process and its children hold a thousand connections and more."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))


def stored(name: str) -> dict[str, Any]:
    """Return the figures of a benchmark as they were stored, none where there are none."""
    path = RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["figures"]) if path.exists() else {}


def store(name: str, figures: dict[str, Any]) -> None:
    """Keep figures in results/NAME.json with what they were measured on, and print them."""
    RESULTS.mkdir(exist_ok=True)
    record = {
        "measured": time.strftime("%Y-%m-%d"),
        "machine": {"cpus": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
        "packages": {name: metadata.version(name) for name in ("openai", "aiohttp", "rapidfuzz", "rensa")},
        "figures": figures,
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(record, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
