"""What the tests of the filters share: candidates, one check at a time, and files of labelled lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from synthgen.filters import FILTERS, Check
from synthgen.records import Candidate, Drop, Role, Stage, Turn
from synthgen.spec import Spec

FOLDER = Path(__file__).resolve().parent


def spec_of(**parts: Any) -> Spec:
    return Spec.model_validate({"name": "trial", "topics": [{"name": "Stress", "names": {"zh": "压力"}}], **parts})


def check_of(name: str, **parts: Any) -> Check:
    return FILTERS[name](spec_of(**parts), False)


def reply(text: str, language: str = "en", **parts: Any) -> Candidate:
    return Candidate("reply", text, language, **parts)


def query(text: str, language: str = "en", **parts: Any) -> Candidate:
    return Candidate("query", text, language, **parts)


def talk(*texts: str, language: str = "en", stage: Stage = "conversation", **parts: Any) -> Candidate:
    """Return a conversation, or with stage "turn" the last of its turns, in which the user speaks first."""
    roles: tuple[Role, Role] = ("user", "assistant")
    turns = tuple(Turn(roles[at % 2], text) for at, text in enumerate(texts))
    text = texts[-1] if stage == "turn" else "\n".join(texts)
    return Candidate(stage, text, language, turns=turns, **parts)


def reason(drop: Drop | None) -> str:
    return drop.reason if drop else ""


def read_lines(name: str) -> Iterator[list[str]]:
    """Yield the columns of a labelled file, without its comments."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")
