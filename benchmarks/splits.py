"""Splits without leaks of a million rows: how long they take, in what memory, and what is found of planted copies.

`python benchmarks/splits.py` (about half an hour; `python benchmarks/splits.py 100000` for fewer rows). The rows are
pairs of made-up messages and replies, a third in Chinese, of 33 topics with words of their own. In one row in ten the
message is that of an earlier one with up to a third of its words swapped; one in 700 holds an evaluation row.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from harness import store
from rapidfuzz import fuzz

from synthgen.export.example import Example, example_of
from synthgen.formats.rows import read_rows
from synthgen.splits.contamination import contaminated
from synthgen.splits.split import split_names
from synthgen.text import normalize

ROWS = 1_000_000
TOPICS = 33
SHARES = {"train": 90.0, "validation": 5.0, "test": 5.0}
SIMILARITY = 0.80
COPIED, TAKEN = 0.1, 0.002
EVALUATION = 5_000
RECENT = 2_000
FUNCTION_WORDS = (
    "i the to and my a of it that is in me for but have was so on with not be at this when do what he she they or if "
    "about how just like can all know up been from are we had as out by feel get would more there an even i'm don't"
).split()
CHINESE_COMMON = "的了我是不在有他她这那你们吗呢啊和就也都说要会去来着过得到把让给对跟上为可能想么什没很个一之"

Words = tuple[list[str], list[float]]


@lru_cache(maxsize=2 * TOPICS)
def vocabulary(topic: int, language: str) -> Words:
    """Return words and their cumulative weights: half of a text are the commonest, a fifth those of its topic."""
    invent, own = random.Random(1), random.Random(topic)
    syllables = [start + end for start in "bcdfglmnprstv" for end in ("a", "e", "i", "o", "u", "er", "an", "in", "al")]
    if language == "zh":
        common = list(CHINESE_COMMON)
        general = [chr(invent.randrange(0x4E00, 0x9000)) + chr(invent.randrange(0x4E00, 0x9000)) for _ in range(4_000)]
    else:
        common = FUNCTION_WORDS
        general = ["".join(invent.choices(syllables, k=invent.choice((1, 2, 2, 3, 3, 4)))) for _ in range(6_000)]
    groups = [(common, 0.5), (general, 0.3), (own.sample(general, 300), 0.2)]
    words = [word for group, _ in groups for word in group]
    weights: list[float] = []
    for group, share in groups:
        falling = [(rank + 2) ** -0.8 for rank in range(len(group))]
        weights += [share * weight / sum(falling) for weight in falling]
    return words, list(accumulate(weights))


def said(rng: random.Random, topic: int, language: str, length: int) -> list[str]:
    words, weights = vocabulary(topic, language)
    return rng.choices(words, cum_weights=weights, k=length)


def swapped(words: list[str], spare: list[str], rng: random.Random) -> list[str]:
    rate = rng.uniform(0.02, 0.33)
    return [rng.choice(spare) if rng.random() < rate else word for word in words]


def written(words: list[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(words)


def make(count: int, folder: Path) -> None:
    """Write rows, an evaluation set, and what was planted: pairs that are near, and rows that the set holds."""
    rng = random.Random(count)
    near: list[tuple[int, int]] = []
    taken: list[int] = []
    recent: list[tuple[int, int, str, list[str]]] = []
    exams = [(at % TOPICS, said(rng, at % TOPICS, "en", 60)) for at in range(EVALUATION)]
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as rows:
        for number in range(count):
            topic, language = number % TOPICS, "zh" if number % 3 == 0 else "en"
            words, reply, before = said(rng, topic, language, 70), said(rng, topic, language, 110), None
            if recent and rng.random() < COPIED:
                before, topic, language, original = rng.choice(recent)
                words = swapped(original, said(rng, topic, language, 70), rng)
                reply = said(rng, topic, language, 110)
            elif language == "en" and rng.random() < TAKEN:
                topic, exam = rng.choice(exams)
                taken.append(number)
                if rng.random() < 0.5:
                    words = words[:20] + exam[10:40] + words[20:40]
                else:
                    spare, words = words, exam
                    while words == exam or not is_near(" ".join(words), " ".join(exam)):
                        words = swapped(exam, spare, rng)
            query = written(words, language)
            if before is not None and is_near(query, written(original, language)):
                near.append((before, number))
            if number in taken[-1:]:
                pass  # a copy of it would hold the evaluation row as well
            elif len(recent) < RECENT:
                recent.append((number, topic, language, words))
            else:
                recent[number % RECENT] = (number, topic, language, words)
            row = {"id": f"made-{number}", "topic": f"topic {topic}", "language": language}
            turns = [{"role": "user", "content": query}, {"role": "assistant", "content": written(reply, language)}]
            rows.write(json.dumps(row | {"messages": turns}, ensure_ascii=False) + "\n")
    lines = (json.dumps({"question": " ".join(exam)}) + "\n" for _, exam in exams)
    (folder / "exam.jsonl").write_text("".join(lines))
    (folder / "planted").write_text(json.dumps({"near": near, "taken": taken}))


def is_near(one: str, other: str) -> bool:
    return fuzz.ratio(normalize(one), normalize(other)) >= SIMILARITY * 100


def examples(path: Path) -> Iterator[Example]:
    for number, row in read_rows(path):
        if (example := example_of(row, number)) is not None:
            yield example


def split(folder: Path) -> None:
    """Split the rows, and write the split of each and the figures."""
    plan = split_names(lambda: examples(folder / "rows.jsonl"), SHARES, seed=1, similarity=SIMILARITY)
    (folder / "splits").write_text(json.dumps({"names": list(plan.names), "told": dict(plan.told)}))


def decontaminate(folder: Path) -> None:
    """Look for evaluation rows, and write the places where they are."""
    found = contaminated(lambda: examples(folder / "rows.jsonl"), [folder / "exam.jsonl"], similarity=SIMILARITY)
    (folder / "places").write_text(json.dumps(sorted(found.places)))


def alone(part: str, *line: str) -> dict[str, float]:
    """Run a part of this file as a process of its own; return its seconds and peak memory."""
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, part, *line])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)),
    }


def measured(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        alone("make", scratch, str(count))
        splitting, finding = alone("split", scratch), alone("decontaminate", scratch)
        answer, planted = (json.loads((folder / name).read_text()) for name in ("splits", "planted"))
        places, taken = set(json.loads((folder / "places").read_text())), planted["taken"]
        size = (folder / "rows.jsonl").stat().st_size
    names, told = answer["names"], answer["told"]
    return {
        "rows": count,
        "file_mb": round(size / 1e6),
        "split": splitting
        | {
            "rows_per_s": round(count / splitting["seconds"]),
            "rows_of_splits": told["rows"],
            "missed": told["missed"],
            "farthest_stratum": told["farthest_stratum"],
            "groups": told["groups"],
            "near_pairs_planted": len(planted["near"]),
            "near_pairs_across_splits": sum(names[one] != names[other] for one, other in planted["near"]),
        },
        "contamination": finding
        | {
            "rows_per_s": round(count / finding["seconds"]),
            "evaluation_rows": EVALUATION,
            "planted": len(taken),
            "found_of_planted": len(places.intersection(taken)),
            "found_of_others": len(places.difference(taken)),
        },
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", folder, count]:
            make(int(count), Path(folder))
        case ["split", folder]:
            split(Path(folder))
        case ["decontaminate", folder]:
            decontaminate(Path(folder))
        case counts:
            store("splits", {"similarity": SIMILARITY, "sizes": [measured(int(count)) for count in counts or [ROWS]]})
