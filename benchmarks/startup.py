"""How long `synthgen --help` takes beside `python -c "import click"`; in turn, twenty times each."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from harness import store

TIMES = 20
SYNTHGEN = [str(Path(sys.executable).with_name("synthgen")), "--help"]
CLICK = [sys.executable, "-c", "import click"]


def seconds(command: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def main() -> None:
    seconds(SYNTHGEN), seconds(CLICK)
    pairs = [(seconds(SYNTHGEN), seconds(CLICK)) for _ in range(TIMES)]
    store(
        "startup",
        {
            "help_s_median": round(statistics.median(ours for ours, _ in pairs), 4),
            "import_click_s_median": round(statistics.median(click for _, click in pairs), 4),
            "ratio_median": round(statistics.median(ours / click for ours, click in pairs), 3),
        },
    )


if __name__ == "__main__":
    main()
