"""The event loop of a run: begun from plain code or from a notebook, ended in good order by signals."""

from __future__ import annotations

import asyncio
import gc
import signal
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from synthgen.engine.run import Engine

T = TypeVar("T")


@contextmanager
def stopped_by_signals(engine: Engine) -> Iterator[None]:
    """Have Ctrl-C and a polite kill stop the run in good order, where signals can be had."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    added = []
    for number in signals:
        try:
            loop.add_signal_handler(number, engine.stop, "interrupted")
            added.append(number)
        except NotImplementedError:  # Windows: Ctrl-C ends the process, and the ledger is sound all the same.
            continue
    try:
        yield
    finally:
        for number in added:
            loop.remove_signal_handler(number)


def blocking(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; in a notebook, whose loop is running already, in a thread of its own."""
    with _seldom_collecting():
        if not _is_looping():
            return asyncio.run(coroutine)
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, coroutine).result()


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage cycles less often: calls leave hardly any, and the usual rate costs a twelfth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _is_looping() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
