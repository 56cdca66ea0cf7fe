"""Transcripts told anew by the real small language model, through both ways of running it."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_llama_cpp import REQUIRED

from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Backend, Tokenizer
from synthgen.cli.main import main

PLANTED = Path(__file__).resolve().parent.parent / "deidentify" / "planted" / "en"
MARK = re.compile(r"\[\[[a-z]+\|(.*?)\]\]")
# A very small model seldom mends what it is told of.
SPEC = """
name: small_interviews
roles: {user: client, assistant: counselor}
topics: [Session]
query: {words: [40, 300]}
reply: {words: [40, 500]}
plain: {query_words: [8, 160], reply_words: [8, 220]}
repairs: 0
"""


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """Six transcripts with names, numbers and places in them."""
    folder = tmp_path / "talks"
    folder.mkdir()
    for path in sorted(PLANTED.glob("*.txt"))[:6]:
        (folder / path.name).write_text(MARK.sub(r"\1", path.read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "small.yaml").write_text(SPEC, encoding="utf-8")
    return [str(folder), "--spec", str(tmp_path / "small.yaml")]


def assert_told(out: Path, least_pages: int) -> None:
    """Each page has a row that is accepted or says why not; the accepted ones name nobody who was planted."""
    with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
        (pages,) = ledger.execute("SELECT count(*) FROM pages").fetchone()
        rows = ledger.execute("SELECT state, reason FROM rows").fetchall()
        names = [name for (name,) in ledger.execute("SELECT original FROM surrogates WHERE kind = 'name'")]
    assert pages >= least_pages
    assert len(rows) >= pages
    assert all(state == "accepted" or (state == "dropped" and reason) for state, reason in rows), rows
    made = [json.loads(line) for line in (out / "dataset.jsonl").read_text(encoding="utf-8").splitlines()]
    assert made
    said = " ".join(message["content"] for row in made for message in row["messages"])
    assert names
    assert not [name for name in names if len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", said)]


@pytest.mark.long
@pytest.mark.model
def test_twenty_pages_by_the_embedded_model(sources: list[str], tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert (
        main(
            [
                "summarize",
                *sources,
                "--page-tokens",
                "200",
                "--overlap",
                "0",
                "--max-tokens",
                "220",
                "--out",
                str(out),
                "-q",
            ]
        )
        == 0
    )
    assert_told(out, 20)


@pytest.mark.long
@pytest.mark.model
def test_a_template_without_a_system_role_needs_nothing_said(
    folding_file: Path, sources: list[str], tmp_path: Path
) -> None:
    """As Mistral-7B-Instruct-v0.2 has it: the same command line, and pages are asked about."""
    (first, *_) = sorted(Path(sources[0]).iterdir())
    out = tmp_path / "run"
    command = [
        "summarize",
        str(first),
        "--model",
        f"gguf:{folding_file}",
        "--out",
        str(out),
        "-q",
        "--max-tokens",
        "200",
    ]
    assert main(command) == 0
    with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
        (answered,) = ledger.execute("SELECT count(*) FROM calls WHERE completion_tokens > 0").fetchone()
    assert answered >= 1


@pytest.mark.llama_cpp
@pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None and not REQUIRED, reason="llama-cpp-python is not installed"
)
def test_pages_by_llama_cpp(small_model_file: Path, sources: list[str], tmp_path: Path) -> None:
    out = tmp_path / "run"
    talks = sorted(Path(sources[0]).iterdir())[:1]
    command = ["summarize", *map(str, talks), *sources[1:], "--model", f"llama-cpp:{small_model_file}", "--plain"]
    assert main([*command, "--page-tokens", "200", "--max-tokens", "220", "--out", str(out), "-q"]) == 0
    assert_told(out, 3)


@pytest.mark.long
@pytest.mark.model
def test_the_model_counts_its_own_tokens(runner: asyncio.Runner, small_model: Backend) -> None:
    assert isinstance(small_model, Tokenizer)
    assert [runner.run(small_model.count_tokens(text)) for text in ("", "Hello there.", "你好")] == [0, 3, 4]


@pytest.mark.llama_cpp
@pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None and not REQUIRED, reason="llama-cpp-python is not installed"
)
def test_llama_cpp_counts_the_same(runner: asyncio.Runner, small_model_file: Path) -> None:
    backend = open_backend(f"llama-cpp:{small_model_file}", BackendOptions(context=512, threads=1))
    assert isinstance(backend, Tokenizer)
    assert [runner.run(backend.count_tokens(text)) for text in ("", "Hello there.", "你好")] == [0, 3, 4]
    runner.run(backend.aclose())
