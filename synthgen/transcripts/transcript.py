"""What was said in a conversation, by whom and in which order, whatever file it was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said in one go.

    `speaker` is the label that the file gives, "" where it gives none. `sheet` counts the file's own pages from 1
    (form feeds of a text, pages of a PDF); an utterance belongs to the one that it begins on.
    """

    speaker: str
    text: str
    sheet: int = 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """One conversation. `name` is where it was read from, as its user would say it; `kind` is the reader's name."""

    name: str
    kind: str
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave no transcript. `reason` says why in a line and quotes nothing of the file."""

    name: str
    reason: str
