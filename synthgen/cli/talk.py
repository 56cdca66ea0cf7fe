"""Talk goes to stderr, and nobody has to listen."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click


def say(text: str, *, nl: bool = True) -> None:
    """Write to stderr. That its reader has gone is no reason to end a run."""
    try:
        click.echo(text, err=True, nl=nl)
    except BrokenPipeError:
        mute(sys.stderr)


def mute(stream: TextIO) -> None:
    """Let all that is written to a stream from here on go nowhere, and what its buffer holds as well."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
