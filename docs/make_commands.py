"""Writes docs/commands.md from what the commands say of themselves: `python docs/make_commands.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from synthgen.cli.main import cli

PAGE = Path(__file__).parent / "commands.md"
WIDTH = 100
HEAD = """\
# Commands

This page is made by `python docs/make_commands.py` from the commands' own help.

Data goes to stdout, talk to stderr: `wc -l $(synthgen generate --n 33 -q)` counts rows. Exit codes: 0 done, 1 a told
error, 2 usage, 3 a bug (with a log file), 4 rows are lacking (a cell that cannot be filled, or the budget is used up),
130 interrupted.

## Completion

The shell completes commands, options and the names of specs once this line is in its start-up file:

| shell | file | line |
|---|---|---|
| bash | `~/.bashrc` | `eval "$(_SYNTHGEN_COMPLETE=bash_source synthgen)"` |
| zsh | `~/.zshrc` | `eval "$(_SYNTHGEN_COMPLETE=zsh_source synthgen)"` |
| fish | `~/.config/fish/completions/synthgen.fish` | `_SYNTHGEN_COMPLETE=fish_source synthgen \\| source` |
"""


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for path, text in helps(cli, "synthgen", None):
        parts.append(f"## {path}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def helps(command: click.Command, path: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    """Yield the path and the help of a command and of those below it."""
    name = path.rpartition(" ")[2]
    width: dict[str, Any] = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, parent=parent, info_name=name, **{**command.context_settings, **width})
    # Without a context that is current, click would not know whether to translate or colour.
    with context.scope(cleanup=False):
        yield path, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from helps(found, f"{path} {below}", context)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
