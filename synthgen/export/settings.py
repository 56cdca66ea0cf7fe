"""What a user asks of an export, and what of it cannot be."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synthgen.errors import UsageError
from synthgen.export.layouts import Layout, layout_named
from synthgen.records import Role

# The names that trainers and hubs know, in the order of "90/5/5".
SPLITS = ("train", "validation", "test")
WHOLE = "train"
USUAL_SHARD = 500 << 20
_SPLIT_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The settings of an export.

    `layout` is one of `LAYOUTS`. `split` are shares by name, none for all rows in one; two rows of at least this
    `similarity` fall on one side. `system` is "none", "spec", a text or "@FILE"; None keeps what rows have. `roles`
    are the names of the sides. Dialogues are cut to `max_tokens` of the `tokenizer`. `decontaminate` are evaluation
    sets, of which rows hold what is at least as similar. `tasks` is a list of tasks with shares, made of the
    annotations in rows. Answers to one prompt are paired where their `score_field` differs by the `margin`.
    `shard_size` is in bytes. None is what is usual.
    """

    layout: str
    split: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    similarity: float = 0.80
    system: str | None = None
    spec: str | None = None
    roles: Mapping[Role, str] = field(default_factory=dict)
    last_only: bool = False
    max_tokens: int | None = None
    tokenizer: Path | None = None
    decontaminate: tuple[Path, ...] = ()
    tasks: str | None = None
    score_field: str | None = None
    margin: float | None = None
    shard_size: int | None = None
    license: str = ""

    def checked_layout(self) -> Layout:
        """Return the layout. Raises UsageError for options that it cannot have."""
        layout = layout_named(self.layout)
        named = f"--format {self.layout}"
        if self.roles and not layout.names_sides:
            raise UsageError(f"--roles: {named} has names of its own for the two sides.", hint="leave it out.")
        if self.last_only and not layout.marks_loss:
            raise UsageError(f"--train-on last: {named} marks no turns.", hint="chat and sharegpt do.")
        for option, said in (("--score-field", self.score_field), ("--margin", self.margin)):
            if said is not None and not layout.preferences:
                raise UsageError(f"{option}: {named} pairs no answers.", hint="dpo does; leave it out.")
        if self.shard_size is not None and not layout.in_shards:
            raise UsageError(f"--shard-size: {named} has one file for each split.", hint="hf has shards; leave it out.")
        if (self.max_tokens is None) != (self.tokenizer is None):
            raise UsageError(
                "--max-tokens and --tokenizer go together: tokens are counted by the model's own tokenizer.",
                hint="name the tokenizer.json of the model that is trained, and the most tokens of a dialogue.",
            )
        if self.max_tokens is not None and self.max_tokens < 1:
            raise UsageError(f"--max-tokens {self.max_tokens}: must be at least 1.", hint="2048 is usual.")
        if not 0.5 <= self.similarity <= 1:
            raise UsageError(f"--similarity {self.similarity:g}: must be from 0.5 to 1.", hint="0.8 is usual.")
        if self.margin is not None and not 0 <= self.margin < math.inf:
            raise UsageError(f"--margin {self.margin:g}: must not be below 0.", hint="it is a difference of scores.")
        if self.shard_size is not None and self.shard_size < 1:
            raise UsageError(f"--shard-size {self.shard_size}: must be at least 1.", hint="500 MB is usual.")
        if self.tasks is not None and (layout.preferences or layout.is_session):
            raise UsageError(f"--tasks: {named} is not for tasks.", hint="choose another format.")
        if self.tasks is not None and self.system is not None:
            raise UsageError("--tasks and --system: tasks are told by templates.", hint="leave one of them out.")
        return layout

    def told(self) -> dict[str, Any]:
        """Return the settings as an export's record has them: no path of this machine, nothing that was not said."""
        said = {
            "format": self.layout,
            "split": dict(self.split),
            "seed": self.seed,
            "similarity": self.similarity if self.split or self.decontaminate else None,
            "system": _told_system(self.system),
            "spec": Path(self.spec).name if self.spec else None,
            "roles": dict(self.roles),
            "train_on": "last" if self.last_only else None,
            "max_tokens": self.max_tokens,
            "decontaminate": [path.name for path in self.decontaminate],
            "tasks": self.tasks,
            "score_field": self.score_field,
            "margin": self.margin,
            "license": self.license,
        }
        return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def split_shares(text: str) -> dict[str, float]:
    """Return the shares in "90/5/5", "90/10" or "train=90,test=10". Raises UsageError."""
    hint = "write 90/5/5 (train, validation, test), 90/10 (train, test), or train=90,test=10."
    if "=" in text:
        pairs = [part.partition("=")[::2] for part in text.split(",")]
    else:
        parts = text.split("/")
        names = ("train", "test") if len(parts) == 2 else SPLITS
        if not 2 <= len(parts) <= len(SPLITS):
            raise UsageError(f"--split {text}: {len(parts)} shares have no names.", hint=hint)
        pairs = list(zip(names, parts, strict=True))
    shares: dict[str, float] = {}
    for name, share in pairs:
        name = name.strip()
        if not _SPLIT_NAME.fullmatch(name) or name in shares:
            raise UsageError(f"--split {text}: {name!r} is no name of a split, or stands twice.", hint=hint)
        try:
            shares[name] = float(share)
        except ValueError:
            shares[name] = math.nan
        if not 0 < shares[name] < math.inf:
            raise UsageError(f"--split {text}: {share.strip()!r} is not a share.", hint=hint)
    return shares


def role_names(text: str) -> dict[Role, str]:
    """Return the names in "user=Client,assistant=Counselor". Raises UsageError."""
    names: dict[Role, str] = {}
    for part in text.split(","):
        role, _, name = (piece.strip() for piece in part.partition("="))
        if role not in ("user", "assistant") or not name or role in names:
            raise UsageError(f"--roles {text}: {part!r} names no side.", hint="write user=Client,assistant=Counselor.")
        names["user" if role == "user" else "assistant"] = name
    if len(set(names.values())) < len(names):
        raise UsageError(f"--roles {text}: both sides have one name.", hint="give them different ones.")
    return names


def _told_system(said: str | None) -> str | None:
    """Return what was said of the system's words; of a file no more than its name."""
    return f"@{Path(said[1:]).name}" if said is not None and said.startswith("@") else said
