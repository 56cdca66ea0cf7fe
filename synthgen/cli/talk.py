"""Talk goes to stderr, and nobody has to listen."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click


def say(text: str, *, nl: bool = True) -> None:
    """Write to stderr. That its reader has gone, or its disk is full, is no reason to end a run."""
    try:
        click.echo(text, err=True, nl=nl)
    except OSError:
        mute(sys.stderr)


def open_streams() -> None:
    """Open what this process was started without, so that no file gets its number; writing to such a stdout fails."""
    # In this order, since each gets the lowest number that is free.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115  # open as long as the process
    sys.stdout = sys.stdout or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def fault_of(stream: TextIO) -> str:
    """Return why nothing can be written to a stream, "" where it can: tried by a line end, after a failure."""
    if not stream.writable():
        return "it is closed"
    try:
        stream.write("\n")  # what failed before may be out of the buffer
        stream.flush()
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def mute(stream: TextIO) -> None:
    """Let all that is written to a stream from here on go nowhere, and what its buffer holds as well."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
