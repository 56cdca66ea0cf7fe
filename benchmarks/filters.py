"""What the filters cost: every one of them over 10,000 message-and-reply pairs, and the slowest.

Run by `python benchmarks/filters.py` (about a minute). The pairs are written by the scripted model: English ones by the
spec `mentalchat33`, messages of 300 to 550 words, and Chinese ones by `psy_insight`. One process, one core.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from harness import store

from synthgen.catalog import load_spec
from synthgen.filters.crisis import shows_risk
from synthgen.recipes import generate
from synthgen.records import Candidate, Turn
from synthgen.settings import Settings
from synthgen.sift import Sieve, candidates_of, sieve_of

PAIRS = 10_000
SPECS = {"mentalchat33": "en", "psy_insight": "zh"}


def pairs(topics: str, language: str, folder: Path) -> list[list[Candidate]]:
    """Return what the filters are asked about: 10,000 messages with their replies, made again from 2,000."""
    run = generate(Settings(topics=topics, n=2_000, model="scripted", languages=language), folder)
    rows = map(json.loads, run.dataset.read_text(encoding="utf-8").splitlines())
    dialogues = [[Turn(turn["role"], turn["content"]) for turn in row["messages"]] for row in rows]
    made = [list(candidates_of(turns, language, risk=False)) for turns in dialogues]
    return made * (PAIRS // len(made))


def measure(topics: str, language: str, folder: Path) -> dict[str, Any]:
    asked = pairs(topics, language, folder)
    spec, _ = load_spec(topics)
    sieve: Sieve = sieve_of(spec)
    seconds, drops = Counter[str](), Counter[str]()
    for name, check in sieve.checks["query"].items():
        started = time.process_time()
        for candidates in asked:
            drops[name] += sum(check(candidate) is not None for candidate in candidates) > 0
        seconds[name] = time.process_time() - started
    started = time.process_time()
    for message, *_ in asked:
        shows_risk(message.text)
    seconds["shows_risk"] = time.process_time() - started
    slowest, most = seconds.most_common(1)[0]
    return {
        "pairs": len(asked),
        "mean_characters": round(sum(len(c.text) for pair in asked for c in pair) / len(asked)),
        "seconds": round(sum(seconds.values()), 1),
        "slowest": slowest,
        "slowest_share": round(most / sum(seconds.values()), 2),
        "us_per_pair": {name: round(spent / len(asked) * 1e6) for name, spent in seconds.most_common()},
        "pairs_dropped": {name: count for name, count in drops.items() if count},
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        store("filters", {topics: measure(topics, lang, Path(scratch) / topics) for topics, lang in SPECS.items()})


if __name__ == "__main__":
    main()
