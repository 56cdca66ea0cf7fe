"""Calls a second of whole `generate` runs against the loopback server, beside what the server yields at its limit.

`python benchmarks/throughput.py` takes about three minutes; `--large` runs 100,000 rows instead (six minutes).
`mentalchat33` asks for messages of 300 to 550 words and replies of 120 to 450, `tenant_advice` for ordinary ones;
both ask for several messages in a call.
"""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from harness import Server, command, generate, loopback, raise_file_limit, store

PROMPT = "You are a counselor. Answer in between 120 and 450 words."


async def server_limit(server: Server, in_flight: int, seconds: float) -> float:
    """Return calls a second of a client that does nothing but send and read."""
    body = {"model": "loopback", "messages": [{"role": "system", "content": PROMPT}, {"role": "user", "content": ""}]}
    answered = 0
    end = time.monotonic() + seconds

    async def ask(session: aiohttp.ClientSession, worker: int) -> None:
        nonlocal answered
        turn = 0
        while time.monotonic() < end:
            turn += 1
            body_now = body | {"seed": worker * 100_000 + turn}
            async with session.post(f"{server.base_url}/chat/completions", json=body_now) as answer:
                await answer.json()
            answered += 1

    started = time.monotonic()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(ask(session, worker) for worker in range(in_flight)))
    return answered / (time.monotonic() - started)


def measure(scratch: Path, topics: str, latency: str, in_flight: int, rows: int) -> dict[str, Any]:
    """Run one setting and return its figures."""
    with loopback(scratch, "--latency", latency) as server:
        limit = asyncio.run(server_limit(server, in_flight, 6))
        server.reset()
        options = ("--topics", topics, "--n", str(rows), "--concurrency", str(in_flight))
        outcome = generate(server, scratch / f"{topics}-{latency}-{in_flight}", *options)
        calls = server.stats()["answered"]
    low, _, high = latency.partition("-")
    mean = (float(low) + float(high or low)) / 2
    run_s = outcome.record["seconds"]
    return {
        "spec": topics,
        "latency_s": latency,
        "in_flight": in_flight,
        "rows": outcome.record["accepted"],
        "calls": calls,
        "ideal_calls_per_s": round(in_flight / mean, 1),
        "server_limit_calls_per_s": round(limit, 1),
        "run_calls_per_s": round(calls / run_s, 1),
        "run_of_ideal": round(calls / run_s / (in_flight / mean), 3),
        "run_of_server_limit": round(calls / run_s / limit, 3),
        "whole_process_calls_per_s": round(calls / outcome.wall_s, 1),
        "whole_process_of_ideal": round(calls / outcome.wall_s / (in_flight / mean), 3),
        "cpu_ms_per_call": round(outcome.cpu_s / calls * 1000, 2),
        "peak_mb": round(outcome.peak_mb, 1),
    }


def measure_large(scratch: Path, rows: int) -> dict[str, Any]:
    """Run many rows and return rate and memory by tenths of the run."""
    with loopback(scratch, "--latency", "0.2") as server:
        out = scratch / "large"
        options = ["--topics", "tenant_advice", "--n", str(rows), "--concurrency", "200"]
        process = subprocess.Popen(command(server, out, *options), stdout=subprocess.DEVNULL)
        watched = psutil.Process(process.pid)
        samples: list[tuple[float, int, float]] = []

        def sample() -> None:
            while process.poll() is None:
                try:
                    samples.append((time.monotonic(), server.stats()["answered"], watched.memory_info().rss / 1e6))
                except (psutil.Error, OSError):
                    return
                time.sleep(1)

        sampler = threading.Thread(target=sample)
        sampler.start()
        process.wait()
        sampler.join()
    tenths = [samples[round(at * (len(samples) - 1) / 10)] for at in range(11)]
    return {
        "rows": rows,
        "code": process.returncode,
        "seconds": round(tenths[-1][0] - tenths[0][0], 1),
        "calls_per_s_by_tenth": [
            round((after[1] - before[1]) / (after[0] - before[0]), 1) for before, after in itertools.pairwise(tenths)
        ],
        "memory_mb_by_tenth": [round(tenth[2], 1) for tenth in tenths[1:]],
    }


def main() -> None:
    raise_file_limit()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if "--large" in sys.argv:
            store("throughput-large", measure_large(scratch, 100_000))
            return
        settings = [
            measure(scratch, "mentalchat33", "0.2-0.8", 128, 5_000),
            measure(scratch, "tenant_advice", "0.2", 200, 10_000),
            measure(scratch, "tenant_advice", "0.2", 1_000, 10_000),
            measure(scratch, "mentalchat33", "0.2", 200, 5_000),
            measure(scratch, "mentalchat33", "0.2", 1_000, 10_000),
        ]
    store("throughput", {"settings": settings})


if __name__ == "__main__":
    main()
