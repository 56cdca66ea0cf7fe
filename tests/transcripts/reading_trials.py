"""How the tests of readers look at what was read."""

from __future__ import annotations

from pathlib import Path

from synthgen.transcripts.reading import read_transcripts
from synthgen.transcripts.transcript import Transcript, Unreadable


def read_file(path: Path) -> Transcript | Unreadable:
    """Return the only thing that a file holds."""
    (found,) = read_transcripts([path])
    return found


def talk(path: Path) -> list[tuple[str, str]]:
    """Return who says what in a file of one conversation."""
    found = read_file(path)
    assert isinstance(found, Transcript), found
    return [(utterance.speaker, utterance.text) for utterance in found.utterances]


def reason(path: Path) -> str:
    """Return why a file cannot be read: one line with what to do next."""
    found = read_file(path)
    assert isinstance(found, Unreadable), found
    assert "\n" not in found.reason
    assert "Hint: " in found.reason
    return found.reason
