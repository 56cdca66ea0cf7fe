"""The table of commands: quick to show, and true."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import click
import pytest
from cli_trials import Outcome

from synthgen.cli.main import COMMANDS, cli

HEAVY = {"aiohttp", "jinja2", "openai", "pydantic", "rapidfuzz", "rensa", "rich", "sqlite3", "tenacity", "yaml"}
SHOW_IMPORTS = """
import contextlib, io, json, sys
from synthgen.cli.main import main
with contextlib.redirect_stdout(io.StringIO()):
    main({args!r})
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["no-such-command"]])
def test_the_table_is_shown_without_loading_a_command(args: list[str]) -> None:
    script = SHOW_IMPORTS.format(args=args)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "synthgen.cli.main" in loaded
    assert not HEAVY & loaded
    assert {name for name in loaded if name.startswith("synthgen")} == {
        "synthgen", "synthgen.cli", "synthgen.cli.door", "synthgen.cli.main", "synthgen.cli.talk", "synthgen.errors",
    }  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_loads_under_its_name(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert isinstance(command, click.Command)
    assert command.name == name


def test_help_lists_every_command(synthgen: Callable[..., Outcome]) -> None:
    shown = synthgen("--help")
    assert shown.code == 0
    for name, (_, _, line) in COMMANDS.items():
        assert f"{name} " in shown.out
        assert line in shown.out


def test_without_arguments_the_help_is_shown(synthgen: Callable[..., Outcome]) -> None:
    shown = synthgen()
    assert shown.code == 2
    assert "Commands:" in shown.err


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "synthgen", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("synthgen ")
