"""Help: quick, complete, and what docs/commands.md shows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome

REPOSITORY = Path(__file__).resolve().parents[2]
HEAVY = {"pydantic", "openai", "jinja2", "rich", "yaml", "sqlite3", "asyncio", "rensa", "rapidfuzz", "tenacity"}


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from synthgen.cli.main import main\n"
        "code = main(['--help'])\n"
        "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    code, *modules = said.stderr.split()
    assert code == "0"
    assert said.stdout.startswith("Usage: synthgen")
    assert {"click", "synthgen"} <= set(modules)
    assert not HEAVY & set(modules)


@pytest.mark.parametrize(
    "command",
    ["", "generate", "topics", "topics list", "topics show", "topics check", "topics new", "runs", "runs list",
     "runs show", "why"],
)  # fmt: skip
def test_every_command_has_help(synthgen: Callable[..., Outcome], command: str) -> None:
    long, short = (synthgen(*command.split(), option) for option in ("--help", "-h"))
    assert long == short
    assert (long.code, long.err) == (0, "")
    assert long.out.startswith(f"Usage: synthgen {command}".rstrip())


def test_version_is_the_packages(synthgen: Callable[..., Outcome]) -> None:
    assert synthgen("--version") == Outcome(0, "synthgen 0.1.0\n", "")


def test_page_of_commands_is_current() -> None:
    made = subprocess.run(
        [sys.executable, "-c", "import make_commands; print(make_commands.page(), end='')"],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY / "docs",
        env={**os.environ, "PYTHONPATH": f"{REPOSITORY / 'docs'}{os.pathsep}{os.environ['PYTHONPATH']}"},
    )
    page = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == made.stdout, "run: python docs/make_commands.py"
    for shell in ("bash", "zsh", "fish"):
        assert f"_SYNTHGEN_COMPLETE={shell}_source" in page


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("synthgen ge", "generate"),
        ("synthgen topics c", "check"),
        ("synthgen generate --max-c", "--max-cost"),
        ("synthgen generate --topics mental", "mentalchat33"),
    ],
)
def test_shell_completion_offers_commands_options_and_specs(words: str, offered: str) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "synthgen"],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "_SYNTHGEN_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
    )
    assert said.stdout.split() == [f"plain,{offered}"]
    assert said.stderr == ""
