"""A run, or what was exported of it, put on the Hugging Face Hub, unless it is not the user's to publish."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from synthgen.card.licenses import license_page
from synthgen.card.parcel import Parcel, is_export, parcel_of
from synthgen.card.pushed import Pushed
from synthgen.card.writing import card_export
from synthgen.errors import DiskError, FileError, UsageError
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.extras import late
from synthgen.formats.sources import LEDGER

EXTRA = "hub"
# Unless the user says otherwise, the library is not to find out, and tell, which tools a command was started by.
_NO_TELEMETRY = ("HF_HUB_DISABLE_TELEMETRY", "1")
# What hubs show, and what `datasets` reads without being told how.
LAYOUT = "hf"


def push(
    source: Path,
    repo: str,
    *,
    license: str = "",
    split: Mapping[str, float] | None = None,
    public: bool = False,
    replace: bool = False,
    i_have_the_right: bool = False,
) -> Pushed:
    """Upload a run or an exported folder by one commit, private unless `public`.

    `repo` is NAME or OWNER/NAME. With `replace`, files of rows that only an earlier push had are deleted. A run is
    exported for it; `license` and `split` are for that. Raises UsageError for rows made from transcripts or case
    reports without `i_have_the_right`; else FileError, MissingExtraError, PublishError, or as `export`.
    """
    with parcel_from(source, repo, license=license, split=split) as parcel:
        refuse_private(source, parcel.private, i_have_the_right=i_have_the_right)
        os.environ.setdefault(*_NO_TELEMETRY)
        hub = late("synthgen.card.hub", "huggingface_hub", EXTRA, "synthgen push")
        return cast(Pushed, hub.publish(parcel, repo, public=public, replace=replace))


@contextmanager
def parcel_from(
    source: Path, repo: str, *, license: str = "", split: Mapping[str, float] | None = None
) -> Iterator[Parcel]:
    """Return what is to be sent, which lasts as long as the block: an exported folder, or one made of a run."""
    if is_export(source):
        if license or split:
            raise UsageError(
                f"{source}: is exported already; --license and --split are for runs.",
                hint="leave them out, or name the run.",
            )
        yield parcel_of(source)
        return
    if not (source / LEDGER).is_file():
        raise FileError(
            f"{source}: is neither a run nor an export with a card.",
            hint="synthgen export FILE --format hf --license LICENSE --out FOLDER writes one.",
        )
    if not license:
        raise UsageError("--license: a dataset that is published needs one.", hint="--license cc-by-4.0, for one.")
    license_page(license)
    with _folder_in(source) as folder:
        settings = ExportSettings(layout=LAYOUT, split=split or {}, license=license)
        exported = export([source], settings, Path(folder))
        card_export(exported, [source], license=license, name=repo.rpartition("/")[2])
        yield parcel_of(exported.folder)


def refuse_private(source: Path, private: str, *, i_have_the_right: bool) -> None:
    """Raise UsageError for what was made from something that may not be the user's to publish."""
    if private and not i_have_the_right:
        raise UsageError(
            f"{source}: was made from {private}, and is not published.",
            hint="--i-have-the-right if those it is about, or whoever may say so for them, agree.",
        )


def _folder_in(run: Path) -> tempfile.TemporaryDirectory[str]:
    """Make a folder in a run's own, where there is room for its rows and nobody else looks. Raises DiskError."""
    try:
        return tempfile.TemporaryDirectory(prefix=".push.", dir=run)
    except OSError as error:
        raise DiskError(
            f"{run}: cannot be written to: {error.strerror}.", hint="export it to another folder."
        ) from error
