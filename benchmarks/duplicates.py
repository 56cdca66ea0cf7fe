"""How many near copies the duplicate index finds of those that brute force finds, how fast, and in what memory.

Run by `python benchmarks/duplicates.py` (twenty minutes; it needs `pip install datasketch semhash`). The texts are made
up: everyday function words, stock phrases, and a vocabulary of invented words whose frequencies fall as those of a
language do, a part of them by topic. So unrelated texts share about as much as a model's messages on one subject do.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import accumulate
from typing import Any
from zlib import crc32

import numpy as np
import psutil
from datasketch import MinHash, MinHashLSH
from harness import store
from rapidfuzz import fuzz, process
from semhash import SemHash

from synthgen.dedup.bands import ROWS
from synthgen.dedup.index import BANDS, DuplicateIndex
from synthgen.dedup.shingles import forms
from synthgen.dedup.spool import Spool
from synthgen.text import normalize

SIMILARITY = 0.80
TOPICS = 30
BASES, COPIES = 200, 700
CHECKPOINTS = (10_000, 100_000)
# Of 100 words each, a fifth of them near copies of earlier ones.
GROWTH = (10_000, 100_000, 1_000_000)
COPIED = 0.2
BESIDE = (10_000, 100_000)
WINDOW = 2_000

FUNCTION_WORDS = re.findall(
    r"\S+",
    "i the to and my a of it that is in me for but have was so on with not be at this when do what he she they or if"
    " about how just like can all know up been from are we had as out by feel get would more there an even don't i'm",
)
PHRASES = [
    "I don't know what to do any more", "for the past few months", "I feel like I am", "and it makes me feel",
    "any advice would help", "I have been struggling with", "it is hard to talk about", "at the same time",
]  # fmt: skip
NAMES = ["Anna", "Boris", "Chidi", "Dalia", "Emre", "Farah", "Goran", "Hana", "Imani", "Jonas", "Kemal", "Lucia"]
CHINESE_COMMON = "的了我是不在有他她这那你们吗呢啊和就也都说要会去来着过得到把让给对跟上为可能想么什没很个一之"
CHINESE_PHRASES = ["我不知道该怎么办", "最近几个月", "我觉得自己", "这让我很难受", "希望能得到一些建议", "有时候我会想"]

Speak = Callable[[random.Random, int], str]
Tokens = tuple[list[str], list[float]]


def _weighted(groups: list[tuple[list[str], float, float]]) -> Tokens:
    """Return tokens and their cumulative weights; a group is its words, its share, and how steeply they fall."""
    words: list[str] = []
    weights: list[float] = []
    for group, share, steepness in groups:
        falling = [(rank + 2) ** -steepness for rank in range(len(group))]
        words += group
        weights += [share * weight / sum(falling) for weight in falling]
    return words, list(accumulate(weights))


@lru_cache(maxsize=TOPICS)
def _english(topic: int) -> Tokens:
    invent = random.Random(1)
    syllables = [start + end for start in "bcdfglmnprstv" for end in ("a", "e", "i", "o", "u", "er", "an", "in", "al")]
    general = ["".join(invent.choices(syllables, k=invent.choice((1, 2, 2, 3, 3, 4)))) for _ in range(6_000)]
    own = random.Random(topic + 2).sample(general, 300)
    ends = [f"{word}." for word in general[:400]]
    return _weighted(
        [(FUNCTION_WORDS, 0.52, 0.7), (general, 0.2, 1.0), (own, 0.18, 0.9), (ends, 0.08, 0.5), (PHRASES, 0.012, 0.0),
         (NAMES, 0.008, 0.0)]
    )  # fmt: skip


@lru_cache(maxsize=TOPICS)
def _chinese(topic: int) -> Tokens:
    invent = random.Random(1)
    characters = [chr(invent.randrange(0x4E00, 0x9000)) for _ in range(2_000)]
    general = ["".join(invent.sample(characters, 2)) for _ in range(5_000)]
    own = random.Random(topic + 2).sample(general, 300)
    ends = [f"{word}。" for word in general[:300]]
    return _weighted(
        [(list(CHINESE_COMMON), 0.5, 0.7), (general, 0.2, 1.0), (own, 0.18, 0.9), (ends, 0.1, 0.5),
         (CHINESE_PHRASES, 0.02, 0.0)]
    )  # fmt: skip


def english(rng: random.Random, words: int) -> str:
    vocabulary, weights = _english(rng.randrange(TOPICS))
    return " ".join(rng.choices(vocabulary, cum_weights=weights, k=words))


def chinese(rng: random.Random, characters: int) -> str:
    vocabulary, weights = _chinese(rng.randrange(TOPICS))
    return "".join(rng.choices(vocabulary, cum_weights=weights, k=characters * 2 // 3))


def mixed(rng: random.Random, units: int) -> str:
    return " ".join(speak(rng, units // 4) for speak in (english, chinese, english, chinese))


def _pieces(text: str) -> list[str]:
    return re.findall(r"[a-zA-Z'.]+\s*|.", text, re.DOTALL)


def _swap_words(text: str, other: str, rate: float, rng: random.Random) -> str:
    """Put another word in the place of some."""
    spare = _pieces(other)
    return "".join(rng.choice(spare) if rng.random() < rate else piece for piece in _pieces(text))


def _add_and_cut_words(text: str, other: str, rate: float, rng: random.Random) -> str:
    spare = _pieces(other)
    kept = (piece for piece in _pieces(text) if rng.random() >= rate / 2)
    return "".join(piece + rng.choice(spare) if rng.random() < rate / 2 else piece for piece in kept)


def _reword_phrases(text: str, other: str, rate: float, rng: random.Random) -> str:
    """Put other words in the place of runs of three."""
    pieces, spare = _pieces(text), _pieces(other)
    for at in range(0, len(pieces) - 3, 3):
        if rng.random() < rate:
            pieces[at : at + 3] = rng.choices(spare, k=3)
    return "".join(pieces)


def _rename(text: str, other: str, rate: float, rng: random.Random) -> str:
    """Change some words everywhere they stand, as a model does with names, ages and places."""
    spare = _pieces(other)
    renamed = {piece: rng.choice(spare) for piece in sorted(set(_pieces(text))) if rng.random() < rate}
    return "".join(renamed.get(piece, piece) for piece in _pieces(text))


def _move_sentences(text: str, other: str, rate: float, rng: random.Random) -> str:
    parts = re.findall(r".+?(?:[.。]\s*|$)", text, re.DOTALL)
    for _ in range(1 + int(rate * len(parts) / 4)):
        parts.insert(rng.randrange(len(parts)), parts.pop(rng.randrange(len(parts))))
    return " ".join(parts)


def _swap_sentences(text: str, other: str, rate: float, rng: random.Random) -> str:
    parts, spare = (re.findall(r".+?(?:[.。]\s*|$)", side, re.DOTALL) for side in (text, other))
    return " ".join(rng.choice(spare) if rng.random() < rate else part for part in parts)


def _keep_opening(text: str, other: str, rate: float, rng: random.Random) -> str:
    cut = int(len(text) * (1 - rate))
    return text[:cut] + other[: len(text) - cut]


EDITS = (
    _swap_words, _add_and_cut_words, _reword_phrases, _rename, _move_sentences, _swap_sentences, _keep_opening,
)  # fmt: skip


def recall(speak: Speak, length: int) -> dict[str, Any]:
    """Compare the index with brute force on near copies, edited so lightly to so heavily that some are none."""
    rng = random.Random(length)
    bases = [speak(rng, length) for _ in range(BASES)]
    edits = [EDITS[at % len(EDITS)] for at in range(COPIES)]
    copies = [edit(rng.choice(bases), speak(rng, length), rng.uniform(0.02, 0.45), rng) for edit in edits]
    started = time.perf_counter()
    ratios = process.cdist(
        list(map(normalize, copies)), list(map(normalize, bases)), scorer=fuzz.ratio, score_cutoff=SIMILARITY * 100
    )
    brute_s = time.perf_counter() - started
    index = DuplicateIndex(SIMILARITY, bases.__getitem__)
    for key, base in enumerate(bases):
        index.claim(key, base)
    started = time.perf_counter()
    twins = []
    for copy in copies:
        twins.append(index.claim(BASES, copy))
        index.release(BASES)
    index_s = time.perf_counter() - started
    wanted, found = Counter[str](), Counter[str]()
    for edit, row, twin in zip(edits, ratios, twins, strict=True):
        best = float(max(row))
        if best:
            for kind in ("all", edit.__name__.strip("_"), *(["ratio below 0.85"] if best < 85 else [])):
                wanted[kind] += 1
                found[kind] += twin is not None and abs(twin.similarity * 100 - best) < 0.01
    return {
        "near_copies": wanted["all"],
        "found": found["all"],
        "recall": round(found["all"] / wanted["all"], 4),
        "missed_by_kind": dict(wanted - found),
        "near_copies_below_ratio_0.85": wanted["ratio below 0.85"],
        "brute_force_texts_per_s": round(COPIES / brute_s),
        "index_texts_per_s": round(COPIES / index_s),
    }


def scale(words: int) -> dict[str, Any]:
    """Fill an index with distinct texts and measure claims at each checkpoint; a fetch makes the text again."""
    fetched = 0

    def text(key: int) -> str:
        return english(random.Random(key * 1_000 + words), words)

    def fetch(key: int) -> str:
        nonlocal fetched
        fetched += 1
        return text(key)

    for topic in range(TOPICS):
        _english(topic)
    memory = psutil.Process().memory_info
    index = DuplicateIndex(SIMILARITY, fetch)
    figures: dict[str, Any] = {}
    before, key = memory().rss, 0
    for checkpoint in CHECKPOINTS:
        while key < checkpoint - WINDOW:
            index.claim(key, text(key))
            key += 1
        window = [text(at) for at in range(key, checkpoint)]
        fetched, started = 0, time.process_time()
        for drawn in window:
            index.claim(key, drawn)
            key += 1
        claim_s = (time.process_time() - started) / WINDOW
        del window
        gc.collect()
        figures[str(checkpoint)] = {
            "claim_ms": round(claim_s * 1000, 3),
            "texts_per_s": round(1 / claim_s),
            "fetches_per_claim": round(fetched / WINDOW, 3),
            "bytes_per_text": round((memory().rss - before) / len(index)),
            "taken_for_twins": key - len(index),
        }
    return figures


def growing(rng: random.Random, count: int) -> Iterator[str]:
    """Yield texts of which the same share are near copies, however many there are."""
    recent: list[str] = []
    for at in range(count):
        if recent and rng.random() < COPIED:
            yield _swap_words(rng.choice(recent), english(rng, 20), 0.05, rng)
            continue
        text = english(rng, 100)
        if len(recent) < 1_000:
            recent.append(text)
        else:
            recent[at % 1_000] = text
        yield text


def growth(count: int) -> dict[str, Any]:
    """Take many texts in; the kept ones stand in a spool on disk, as they do for `synthgen dedup`."""
    memory = psutil.Process().memory_info
    before = memory().rss
    spool = Spool()
    index = DuplicateIndex(SIMILARITY, spool.read)
    spent, dropped = 0.0, 0
    for key, text in enumerate(growing(random.Random(count), count)):
        started = time.process_time()
        spool.append(text)
        dropped += index.claim(key, text) is not None
        spent += time.process_time() - started
    return {
        "texts": count,
        "dropped": dropped,
        "seconds": round(spent, 1),
        "texts_per_s": round(count / spent),
        "memory_mb": round((memory().rss - before) / 1e6),
    }


def beside_others(count: int) -> dict[str, Any]:
    """Take the same texts in with datasketch and with semhash.

    With datasketch by words in threes and its usual 128 slots, one update a shingle or one a text; then by the shingles
    and bands that find what ours finds. semhash compares meanings, which is another thing: its time is told beside,
    with vectors of hashed words in place of a model's, whose time is not counted.
    """
    texts = list(growing(random.Random(count), count))
    ours = growth(count)["texts_per_s"]
    threes, usual = (lambda text: _threes(text.split())), {"threshold": 0.5, "num_perm": 128}
    bands = {"num_perm": BANDS * ROWS, "params": (BANDS, ROWS)}
    theirs = {
        "an update for each shingle": _datasketch(texts, threes, usual, in_batches=False),
        "an update for each text": _datasketch(texts, threes, usual, in_batches=True),
        "our shingles and bands": _datasketch(texts, lambda text: forms(text)[0].shingles, bands, in_batches=True),
    }
    return {
        "texts": count,
        "ours_texts_per_s": ours,
        "datasketch_texts_per_s": {name: round(rate) for name, rate in theirs.items()},
        "ratio": {name: round(ours / rate, 1) for name, rate in theirs.items()},
        "semhash_texts_per_s": round(_semhash(texts)),
    }


class _HashedWords:
    """Stands for an embedding model: the words of a text, hashed into 256 numbers."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def encode(self, inputs: Any, **_: Any) -> Any:
        started = time.process_time()
        vectors = np.zeros((len(inputs), 256), dtype=np.float32)
        for at, text in enumerate(inputs):
            for word in text.split():
                vectors[at, crc32(word.encode()) % 256] += 1
        self.seconds += time.process_time() - started
        return vectors


def _semhash(texts: list[str]) -> float:
    """Return texts a second without the time of the vectors."""
    words = _HashedWords()
    started = time.process_time()
    SemHash.from_records(records=texts, model=words).self_deduplicate(threshold=0.9)
    return len(texts) / (time.process_time() - started - words.seconds)


def _threes(words: list[str]) -> list[str]:
    return [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]


def _datasketch(
    texts: list[str], shingles: Callable[[str], list[str]], options: dict[str, Any], *, in_batches: bool
) -> float:
    """Return texts a second; a text is taken in unless a candidate is confirmed by its ratio, as ours are."""
    lsh = MinHashLSH(**options)
    started = time.process_time()
    for key, text in enumerate(texts):
        text = normalize(text)
        sketch = MinHash(num_perm=options["num_perm"])
        pieces = [shingle.encode() for shingle in shingles(text)]
        if in_batches:
            sketch.update_batch(pieces)
        else:
            for piece in pieces:
                sketch.update(piece)
        if not any(fuzz.ratio(text, normalize(texts[twin])) >= SIMILARITY * 100 for twin in lsh.query(sketch)):
            lsh.insert(key, sketch)
    return len(texts) / (time.process_time() - started)


def main() -> None:
    cases: list[tuple[str, Speak, int]] = [
        ("english, 20 words", english, 20),
        ("english, 80 words", english, 80),
        ("english, 350 words", english, 350),
        ("chinese, 40 characters", chinese, 40),
        ("chinese, 300 characters", chinese, 300),
        ("mixed, 200 words and characters", mixed, 200),
    ]
    found = {name: recall(speak, length) for name, speak, length in cases}
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn, max_tasks_per_child=1) as fresh:
        scales = {f"{words} words": fresh.submit(scale, words).result() for words in (80, 350)}
        beside = [fresh.submit(beside_others, count).result() for count in BESIDE]
        grown = [fresh.submit(growth, count).result() for count in GROWTH]
    copies = sum(case["near_copies"] for case in found.values())
    store(
        "duplicates",
        {
            "similarity": SIMILARITY,
            "recall": round(sum(case["found"] for case in found.values()) / copies, 4),
            "near_copies": copies,
            "against_brute_force": found,
            "distinct_texts": scales,
            "beside_others": beside,
            "growth": grown,
            # 1 is linear: seconds for each text, at the most texts over at the fewest.
            "growth_over_linear": round(grown[0]["texts_per_s"] / grown[-1]["texts_per_s"], 2),
        },
    )


if __name__ == "__main__":
    main()
