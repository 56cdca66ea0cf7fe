"""A server that refuses, or is not there: one line, and a run folder that goes on once it is mended."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome, assert_sound, rows_of, write_spec

Synthgen = Callable[..., Outcome]
Serve = Callable[..., str]
KEY = "sk-loopback-0123456789"


@pytest.fixture
def begin(synthgen: Synthgen, tmp_path: Path) -> Callable[..., Outcome]:
    """Begin the run of 6 rows in `run`, on the server at an address."""
    spec = write_spec(tmp_path / "ferry.yaml")

    def run(url: str, model: str = "openai:good", *more: object) -> Outcome:
        return synthgen(
            "generate", "--topics", spec, "--n", 6, "--model", model, "--base-url", url, "--out", "run", *more
        )

    return run


def test_wrong_key_is_told_and_not_repeated(
    begin: Callable[..., Outcome], serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = serve("--api-key", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-9876543210")
    told = begin(url)
    assert "HTTP 401" in told.error
    assert "OPENAI_API_KEY" in told.error
    assert "9876543210" not in told.err + told.out
    assert_sound(tmp_path / "run")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert begin(url).code == 0
    assert len(rows_of(tmp_path / "run")) == 6
    for path in (tmp_path / "run").iterdir():
        assert KEY.encode() not in path.read_bytes(), path


def test_missing_key_is_told(begin: Callable[..., Outcome], serve: Serve, tmp_path: Path) -> None:
    assert "OPENAI_API_KEY" in begin(serve("--api-key", KEY)).error
    assert_sound(tmp_path / "run")


def test_model_that_the_server_does_not_have_is_told(
    begin: Callable[..., Outcome], serve: Serve, tmp_path: Path
) -> None:
    url = serve("--models", "good,other")
    told = begin(url, "openai:bad")
    assert "HTTP 404" in told.error
    assert "`bad`" in told.error
    assert_sound(tmp_path / "run")
    assert "openai:bad" in begin(url).error
    assert begin(url, "openai:good", "--accept-changes").code == 0


def test_server_that_is_down_is_told(begin: Callable[..., Outcome], serve: Serve, tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
        told = begin(url)
    assert url in told.error
    assert "--base-url" in told.error
    assert_sound(tmp_path / "run")
    assert begin(serve(), "openai:good", "--accept-changes").code == 0
    assert len(rows_of(tmp_path / "run")) == 6
