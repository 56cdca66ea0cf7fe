"""`synthgen push`: a run or an export put on the Hugging Face Hub."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from synthgen.card.contents import size_told
from synthgen.card.parcel import Parcel, is_export
from synthgen.card.push import parcel_from, push, refuse_private
from synthgen.card.pushed import Pushed
from synthgen.cli.shelf import find_run
from synthgen.cli.tables import console, table
from synthgen.cli.talk import say
from synthgen.export.settings import split_shares


@click.command("push")
@click.argument("source", metavar="RUN|FOLDER")
@click.option("--repo", metavar="NAME", required=True, help="The dataset's repository: NAME, or OWNER/NAME.")
@click.option("--license", default="", metavar="ID", help="For a run: the rows' license, such as cc-by-4.0.")
@click.option("--split", metavar="SHARES", help="For a run: 90/5/5, 90/10, or train=90,test=10.")
@click.option("--public", is_flag=True, help="Let everyone see it (default: you alone, and your organisation).")
@click.option("--replace", is_flag=True, help="Delete files of rows there that only an earlier push had.")
@click.option("--i-have-the-right", is_flag=True, help="Publish what was made from transcripts or case reports.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
def push_(
    source: str,
    repo: str,
    license: str,
    split: str | None,
    public: bool,
    replace: bool,
    i_have_the_right: bool,
    dry_run: bool,
) -> None:
    """Put a run, or a folder that `synthgen export --license` wrote, on the Hugging Face Hub.

    A run is exported as `--format hf` for it. The repository is made where there is none, private unless --public. Sent
    are the files of rows, their card and their metadata, by one commit, and nothing else that lies in the folder. The
    token is that of HF_TOKEN, or of `hf auth login`. The address goes to stdout, all talk to stderr.
    """
    folder = found(source)
    shares: Mapping[str, float] = split_shares(split) if split else {}
    if dry_run:
        with parcel_from(folder, repo, license=license, split=shares) as parcel:
            refuse_private(folder, parcel.private, i_have_the_right=i_have_the_right)
            print_parcel(parcel)
        say(f"nothing was sent; --repo {repo} would be {'public' if public else 'private'}.")
        return
    pushed = push(
        folder,
        repo,
        license=license,
        split=shares,
        public=public,
        replace=replace,
        i_have_the_right=i_have_the_right,
    )
    print_pushed(pushed, public=public)
    click.echo(pushed.url)


def found(source: str) -> Path:
    """Return the folder of an export or of a run. Raises RunError."""
    folder = Path(source)
    return folder if is_export(folder) or folder.exists() else find_run(source)


def print_parcel(parcel: Parcel) -> None:
    """Show the files that would be sent, on stderr."""
    rows = [(name, size_told(size)) for name, size in parcel.files.items()]
    console(err=True).print(table(["file", ">size"], [*rows, ("in all", size_told(parcel.size))]))


def print_pushed(pushed: Pushed, *, public: bool) -> None:
    """Say on stderr what was done."""
    for name in pushed.deleted:
        say(f"deleted {name}")
    seen = "private" if pushed.private else "public"
    say(f"{pushed.repo}: {seen}, commit {pushed.commit[:10]}")
    if public and pushed.private:
        say("It was private before and stays so; its settings on the Hub make it public.")
