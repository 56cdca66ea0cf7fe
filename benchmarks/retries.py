"""What stray 429s cost: the same run with and without 5 % of calls answered once by 429 and `Retry-After: 1`.

`python benchmarks/retries.py` takes about two minutes: two pairs of runs, in turn.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from harness import generate, loopback, raise_file_limit, store

OPTIONS = ("--topics", "33", "--n", "5000", "--concurrency", "128")
PAIRS = 2


def wall(scratch: Path, name: str, *faults: str) -> float:
    with loopback(scratch, "--latency", "0.2-0.8", *faults) as server:
        return float(generate(server, scratch / name, *OPTIONS).record["seconds"])


def main() -> None:
    raise_file_limit()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        pairs = [
            (
                wall(scratch, f"calm-{pair}"),
                wall(scratch, f"limited-{pair}", "--rate-limited", "0.05", "--retry-after", "1"),
            )
            for pair in range(PAIRS)
        ]
    store(
        "retries",
        {
            "rows": 5_000,
            "rate_limited_share": 0.05,
            "retry_after_s": 1,
            "seconds_without": [round(calm, 2) for calm, _ in pairs],
            "seconds_with": [round(limited, 2) for _, limited in pairs],
            "ratio_median": round(statistics.median(limited / calm for calm, limited in pairs), 3),
        },
    )


if __name__ == "__main__":
    main()
