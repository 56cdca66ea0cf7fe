"""Runs whose texts are compared by meaning too, with vectors from a server beside them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_trials import Outcome, assert_sound

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Request
from synthgen.errors import ConnectionLostError, RateLimitError
from synthgen.hashing import seed_of
from synthgen.recipes import Result, generate
from synthgen.records import Row, State
from synthgen.reparse import reparse
from synthgen.settings import Settings
from synthgen.store.ledger import Ledger

QUESTION = (
    "my neighbour borrowed the tall ladder last autumn and returned it with two broken rungs yet says nothing about "
    "paying so every morning over the fence we greet while anger grows and lately even small talk about weather or "
    "tomatoes sounds false"
)
ADVICE = (
    "tell him calmly what you found when the ladder came back name the price of both rungs and ask which share seems "
    "fair because silence costs more than wood and most people would rather pay than lose an easy greeting each day "
    "so choose a quiet evening bring the rungs along and let him answer in his own time"
)


def said_otherwise(text: str, seed: int) -> str:
    """Return a text of the same words: too far from it for a comparison of letters, the same for one of words."""
    words = text.split()
    random.Random(seed).shuffle(words)
    return " ".join(words) + "."


def composed(request: Request) -> str:
    return compose(prompt_of(request), request.schema, seed_of(request.sampling.seed))


def repeating(request: Request) -> str:
    """Put the one question into every batch of messages, said in other words."""
    if not request.schema:
        return composed(request)
    found = json.loads(composed(request))
    found["messages"][0]["message"] = said_otherwise(QUESTION, seed_of(request.sampling.seed))
    return json.dumps(found)


@pytest.fixture
def url(serve: Callable[..., str]) -> str:
    return serve()


def run(spec: Path, out: Path, answer: Any, url: str, n: int = 24, **options: Any) -> Result:
    wanted = {"embedding": "openai:m", "embedding_base_url": url, "embedding_similarity": 0.97, **options}
    accept = wanted.pop("accept_changes", False)
    settings = Settings(topics=str(spec), n=n, seed=7, **wanted)
    return generate(settings, out, backend=Scripted(answer), accept_changes=accept)


def rows_in(folder: Path, *states: State) -> list[Row]:
    ledger = Ledger(folder, write=False)
    try:
        return list(ledger.rows(*states))
    finally:
        ledger.close()


def asked_about_the_rungs(rows: list[Row]) -> int:
    return sum("rungs" in row.query for row in rows)


def test_a_message_that_means_the_same_is_dropped_before_a_reply_is_bought(
    spec: Path, tmp_path: Path, url: str
) -> None:
    answered: list[str] = []

    def answer(request: Request) -> str:
        if request.purpose == "reply":
            answered.append(prompt_of(request))
        return repeating(request)

    folder = tmp_path / "run"
    result = run(spec, folder, answer, url)
    assert result.summary.status == "done"
    assert result.summary.dropped.get("query.semantic_duplicate", 0) >= 2, result.summary.dropped
    assert sum("rungs" in prompt for prompt in answered) == 1
    assert asked_about_the_rungs(rows_in(folder, State.ACCEPTED)) == 1
    dropped = [row.drop for row in rows_in(folder, State.DROPPED) if row.drop and row.drop.stage == "query"]
    evidence = next(drop.evidence for drop in dropped if drop.reason == "semantic_duplicate")
    assert evidence.startswith(("1.000 to row ", "0.99"))
    # The last word of it may be cut.
    assert set(evidence.split(": ")[1].split()[:-1]) <= set(QUESTION.split())
    assert_sound(folder)


def test_without_a_model_for_it_they_pass(spec: Path, tmp_path: Path, url: str) -> None:
    result = run(
        spec, tmp_path / "run", repeating, url, embedding=None, embedding_base_url=None, embedding_similarity=None
    )
    assert asked_about_the_rungs(rows_in(result.folder, State.ACCEPTED)) > 1


def test_a_reply_that_means_the_same_is_mended(spec: Path, tmp_path: Path, url: str) -> None:
    repairs: list[str] = []

    def answer(request: Request) -> str:
        if request.purpose == "reply":
            if len(request.messages) > 2:
                repairs.append(prompt_of(request))
            elif seed_of("same", request.sampling.seed) % 2:
                return said_otherwise(ADVICE, seed_of(request.sampling.seed))
        return composed(request)

    result = run(spec, tmp_path / "run", answer, url)
    rows = rows_in(result.folder, State.ACCEPTED)
    assert result.summary.status == "done"
    assert sum("rungs" in row.reply for row in rows) == 1
    assert sum(row.repairs for row in rows) >= 2
    assert any("It means the same as another text of the set" in prompt for prompt in repairs)
    assert_sound(result.folder)


def test_a_run_that_goes_on_knows_what_its_rows_mean(spec: Path, tmp_path: Path, url: str) -> None:
    folder = tmp_path / "run"
    run(spec, folder, repeating, url, n=12)
    assert asked_about_the_rungs(rows_in(folder, State.ACCEPTED)) == 1
    run(spec, folder, repeating, url, n=30)
    assert len(rows_in(folder, State.ACCEPTED)) == 30
    assert asked_about_the_rungs(rows_in(folder, State.ACCEPTED)) == 1
    assert_sound(folder)


def test_a_run_read_again_keeps_out_what_meant_the_same(spec: Path, tmp_path: Path, url: str) -> None:
    folder = tmp_path / "run"
    before = run(spec, folder, repeating, url).summary
    reread = reparse(folder, tmp_path / "again")
    assert before.dropped["query.semantic_duplicate"] >= 2
    assert reread.result.summary.dropped == before.dropped
    assert all(was == now for was, now in reread.fates)
    assert asked_about_the_rungs(rows_in(tmp_path / "again", State.ACCEPTED, State.DRAFTED, State.REPLIED)) == 1


def test_a_server_that_is_down_is_told_before_anything_is_bought(spec: Path, tmp_path: Path) -> None:
    asked: list[Request] = []
    with pytest.raises(ConnectionLostError) as failed:
        run(spec, tmp_path / "run", asked.append, "http://127.0.0.1:9/v1")
    assert "--embedding-base-url" in failed.value.hint
    assert asked == []


@pytest.mark.parametrize("vectors", [2, 3, 4, 6, 9])
def test_what_was_paid_for_outlives_a_server_that_fails(
    spec: Path, tmp_path: Path, serve: Callable[..., str], vectors: int
) -> None:
    """The first process has vectors for some of its texts; the second asks its model for nothing twice."""
    asked: list[str] = []

    def answer(request: Request) -> str:
        asked.append(f"{request.purpose} {request.sampling.seed} {prompt_of(request)}")
        return composed(request)

    folder = tmp_path / "run"
    failing = serve("--window-calls", str(vectors), "--window-s", "3600", "--retry-after", "0")
    stopped = run(spec, folder, answer, failing, concurrency=2)
    assert isinstance(stopped.error, RateLimitError)
    assert stopped.summary.calls == len(asked)
    assert rows_in(folder, State.DRAFTED, State.REPLIED)
    done = run(spec, folder, answer, serve(), accept_changes=True)
    assert done.summary.status == "done"
    assert done.summary.calls == len(asked) == len(set(asked))
    assert rows_in(folder, State.DRAFTED, State.REPLIED) == []
    assert_sound(folder)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--embedding-similarity", "0.9"], "no model is named"),
        (["--embedding-base-url", "http://127.0.0.1:1/v1"], "no model is named"),
        (["--embedding", "model2vec:no/such"], "nothing is downloaded"),
        (["--embedding", "word2vec:x"], "no such embedding model"),
        (["--embedding", "openai:m"], "--embedding openai:m: OPENAI_API_KEY is not set"),
        (["--embedding", "openai:m", "--embedding-base-url", "ftp://x"], "--embedding-base-url ftp://x: not an http"),
        (["--embedding", "openai:m", "--embedding-similarity", "0.2"], "--embedding-similarity 0.2: must be from 0.5"),
    ],
)
def test_what_cannot_be_is_told_before_any_call(
    synthgen: Callable[..., Outcome], spec: Path, options: list[str], told: str
) -> None:
    said = synthgen("generate", "--topics", spec, "--n", 3, "--model", "scripted", "--out", "run", *options)
    assert said.code in (1, 2)
    assert told in said.err
    assert said.err.count("\n") <= 2


def test_files_are_compared_by_meaning_too(synthgen: Callable[..., Outcome], url: str, tmp_path: Path) -> None:
    texts = [said_otherwise(QUESTION, 1), "The lift in our house is out of order.", said_otherwise(QUESTION, 2)]
    rows = [{"question": text, "answer": f"Answer {number} of its own."} for number, text in enumerate(texts)]
    path, dropped, kept = tmp_path / "rows.jsonl", tmp_path / "dropped.jsonl", tmp_path / "kept.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    fields = ("--field", "question", "--out", kept, "--dropped", dropped)
    assert synthgen("dedup", path, *fields).code == 0
    assert len(kept.read_text(encoding="utf-8").splitlines()) == 3
    outcome = synthgen("dedup", path, *fields, "--embedding", "openai:loop", "--embedding-base-url", url)
    assert outcome.code == 0, outcome.err
    assert "semantic_duplicate" in outcome.err
    assert [json.loads(line)["question"] for line in kept.read_text(encoding="utf-8").splitlines()] == texts[:2]
    assert "semantic_duplicate" in dropped.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--embedding", "word2vec:x"], "no such embedding model"),
        (["--embedding", "model2vec:nowhere"], "nowhere"),
        (["--embedding", "openai:loop", "--embedding-similarity", "2"], "must be from 0.5 to 1"),
    ],
)
def test_models_that_cannot_compare_are_told(
    synthgen: Callable[..., Outcome], tmp_path: Path, options: list[str], words: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"question": "Is the desk open?", "answer": "Until six."}\n', encoding="utf-8")
    outcome = synthgen("dedup", path, *options)
    assert outcome.code in (1, 2)
    assert words in outcome.err
