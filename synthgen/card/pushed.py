"""What a push came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pushed:
    """A dataset on the Hub: `repo` is OWNER/NAME, `commit` its hash, `deleted` the files that were taken away."""

    repo: str
    url: str
    commit: str
    private: bool
    deleted: tuple[str, ...] = ()
