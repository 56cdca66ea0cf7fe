"""Conversations compared by what they mean, with vectors from a server beside the run."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli_trials import assert_sound, rows_of
from talk_trials import Answer, composed, ledger_rows, run, write_spec

from synthgen.backends.composer import compose
from synthgen.backends.scripted import prompt_of
from synthgen.calls import Request
from synthgen.errors import AuthError, UsageError
from synthgen.hashing import seed_of
from synthgen.recipes import Result
from synthgen.records import Row, State
from synthgen.store.ledger import Ledger
from synthgen.text import sentences

# Only the same words in another order are as near as this.
SIMILARITY = 0.999
WORD = re.compile(r"[A-Za-z']+|[一-龥]")
PATIENCE_S = 60


@pytest.fixture
def url(serve: Callable[..., str]) -> str:
    return serve()


def spec_in(folder: Path, language: str) -> str:
    text = Path(write_spec(folder)).read_text(encoding="utf-8")
    return write_spec(folder, text.replace("languages: {en: 1, zh: 1}", f"languages: [{language}]"))


def given(folder: Path, mode: str, language: str) -> dict[str, Any]:
    """Return the settings of a mode: what its conversations are made from, or how many are wanted."""
    if mode == "expand":
        path = folder / "pairs.jsonl"
        texts = ("Which rope holds ship {}?", "Rope {}.") if language == "en" else ("{}号船用哪根缆？", "{}号缆。")
        rows = [dict(zip(("question", "answer"), (text.format(at) for text in texts), strict=True)) for at in range(12)]
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        return {"mode": mode, "origin": str(path)}
    if mode == "memo":
        cases = folder / "cases"
        cases.mkdir(exist_ok=True)
        told = "A sailor of ship {} slept badly." if language == "en" else "{}号船的水手睡不好，后来有人帮了她。"
        for at in range(12):
            (cases / f"{at}.txt").write_text(told.format(at), encoding="utf-8")
        return {"mode": mode, "origin": str(cases)}
    return {"mode": mode, "n": 12}


def compared(spec: str, out: Path, url: str, answer: Answer, **options: Any) -> Result:
    meanings = {"embedding": "openai:e", "embedding_base_url": url, "embedding_similarity": SIMILARITY}
    return run(spec, out, answer, **{"turns": "4", **meanings, **options})


def said_otherwise(text: str, seed: int) -> str:
    """Return a text with its words, or its characters, in another order, all but those of the sentence that ends it.

    That is too far from it for a comparison of letters, and the same for one of words.
    """
    *begun, last = sentences(text)
    head = text[: text.rindex(last)] if begun else ""
    parts = WORD.findall(head)
    random.Random(seed).shuffle(parts)
    return WORD.sub(lambda _: parts.pop(), head) + last


def repeating(language: str) -> Answer:
    """Return a model that gives a third of its conversations, or of the turns that open one, the same words."""
    known: list[str] = []

    def answer(request: Request) -> str:
        seed = seed_of("same", request.sampling.seed)
        opens = request.purpose == "user" and sum(said.role != "system" for said in request.messages) == 1
        if seed % 3 or not (opens or request.purpose == "script"):
            return composed(request)
        if not known:
            known.append(compose(prompt_of(request), request.schema, 1))
        if opens:
            return said_otherwise(known[0], seed)
        found = json.loads(known[0])
        for at, turn in enumerate(found["turns"]):
            turn["text"] = said_otherwise(turn["text"], seed + at)
        return json.dumps(found, ensure_ascii=False)

    return answer


def most_alike(rows: list[Row], first: int | None = None) -> int:
    """Return how many of the conversations, or of their first turns, have the same words."""
    texts = (" ".join(turn.content for turn in row.messages[:first]) for row in rows)
    return max(Counter(" ".join(sorted(WORD.findall(text))) for text in texts).values())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("mode", ["script", "expand", "memo"])
def test_a_conversation_that_means_the_same_is_dropped(tmp_path: Path, url: str, mode: str, language: str) -> None:
    spec, settings = spec_in(tmp_path, language), given(tmp_path, mode, language)
    result = compared(spec, tmp_path / "run", url, repeating(language), **settings)
    assert (result.error, result.summary.status) == (None, "done")
    assert result.summary.dropped["conversation.semantic_duplicate"] >= 2
    assert most_alike(ledger_rows(result.folder, State.ACCEPTED)) == 1
    dropped = ledger_rows(result.folder, State.DROPPED)
    drop = next(row.drop for row in dropped if row.drop and row.drop.reason == "semantic_duplicate")
    assert drop.evidence.startswith(("1.000 to row ", "0.999 to row "))
    assert_sound(result.folder)
    apart = run(spec, tmp_path / "apart", repeating(language), turns="4", **settings)
    assert most_alike(ledger_rows(apart.folder, State.ACCEPTED)) > 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_opens_a_talk_of_two_speakers_is_compared_before_it_is_answered(
    tmp_path: Path, url: str, language: str
) -> None:
    spec = spec_in(tmp_path, language)
    result = compared(spec, tmp_path / "run", url, repeating(language), mode="simulate", n=16)
    assert (result.error, result.summary.status) == (None, "done")
    assert result.summary.dropped["query.semantic_duplicate"] >= 2
    assert most_alike(ledger_rows(result.folder, State.ACCEPTED), 1) == 1
    dropped = [row for row in ledger_rows(result.folder, State.DROPPED) if row.drop]
    assert {len(row.messages) for row in dropped if row.drop and row.drop.reason == "semantic_duplicate"} == {1}
    assert_sound(result.folder)


@pytest.mark.parametrize("mode", ["script", "simulate", "expand", "memo"])
def test_a_run_that_goes_on_knows_what_its_conversations_mean(tmp_path: Path, url: str, mode: str) -> None:
    spec, settings, answered = spec_in(tmp_path, "en"), given(tmp_path, mode, "en"), Counter[str]()
    answer = repeating("en")

    def counted(request: Request) -> str:
        answered[f"{request.purpose} {request.sampling.seed} {prompt_of(request)}"] += 1
        return answer(request)

    def stops(request: Request) -> None:
        if answered.total() >= (20 if mode == "simulate" else 14 if mode == "memo" else 6):
            raise AuthError("the key was refused.")

    stopped = compared(spec, tmp_path / "run", url, counted, fail=stops, concurrency=2, **settings)
    assert isinstance(stopped.error, AuthError)
    first = 1 if mode == "simulate" else None
    done = compared(spec, tmp_path / "run", url, counted, **settings)
    assert done.summary.status == "done"
    assert max(answered.values()) == 1
    assert most_alike(ledger_rows(done.folder, State.ACCEPTED), first) == 1
    assert_sound(done.folder)


@pytest.mark.parametrize("mode", ["script", "simulate"])
def test_a_run_that_was_killed_goes_on(tmp_path: Path, serve: Callable[..., str], mode: str) -> None:
    url, folder = serve("--latency", "0.1-0.2"), tmp_path / "run"
    spec = spec_in(tmp_path, "en")
    command = [sys.executable, "-m", "synthgen", "generate", "--topics", spec, "--n", "16", "--mode", mode, "-q"]
    command += ["--turns", "4", "--model", "openai:x", "--base-url", url, "--concurrency", "4", "--out", str(folder)]
    command += ["--embedding", "openai:e", "--embedding-base-url", url, "--embedding-similarity", "0.99"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        until = time.monotonic() + PATIENCE_S
        while not (folder / "ledger.sqlite").exists() or not accepted(folder):
            assert time.monotonic() < until
            time.sleep(0.01)
        running.kill()
    assert not (folder / "dataset.jsonl").exists()
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stderr
    assert len(rows_of(folder)) == 16
    assert_sound(folder)


def accepted(folder: Path) -> int:
    with closing(Ledger(folder, write=False)) as ledger:
        return ledger.states()[State.ACCEPTED]


def test_case_reports_are_sent_to_no_server_elsewhere_to_be_compared(tmp_path: Path) -> None:
    asked: list[Request] = []
    settings = given(tmp_path, "memo", "en") | {"embedding": "openai:e", "embedding_base_url": "https://203.0.113.9/v1"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "k")
        with pytest.raises(UsageError, match="openai:e: is not on this machine, and case reports would be sent to it"):
            run(spec_in(tmp_path, "en"), tmp_path / "run", asked.append, turns="4", **settings)
    assert asked == []
