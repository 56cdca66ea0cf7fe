"""Commands run in this process, and loopback servers beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cli_trials import Outcome
from desk_spec import write_desk

from synthgen.cli.main import main


@pytest.fixture
def synthgen(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command line in this process, as `synthgen ARGS` does in one of its own."""

    def run(*args: object) -> Outcome:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    return write_desk(tmp_path)


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Start loopback servers with these options; each gives its base URL."""
    with ExitStack() as stack:

        def start(*options: str) -> str:
            server = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "synthgen.loopback", *options], stdout=subprocess.PIPE, text=True
                )
            )
            stack.callback(server.terminate)
            assert server.stdout is not None
            return server.stdout.readline().strip()

        yield start
