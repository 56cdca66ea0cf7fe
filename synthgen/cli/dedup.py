"""`synthgen dedup`: near duplicates in files of rows, and rows that an evaluation set holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from synthgen.backends.embedders import open_embedder
from synthgen.backends.models import BackendOptions
from synthgen.calls import Embedder
from synthgen.cli.strides import strides
from synthgen.cli.tables import console, table
from synthgen.dedup.batch import Compare, DedupResult, dedup_files
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import KEEPS, USUAL, Keep, Match, Rules
from synthgen.engine.leaving import keep_here, rows_from
from synthgen.engine.loop import blocking
from synthgen.engine.meanings import semantic_matches
from synthgen.errors import SynthgenError, UsageError
from synthgen.files import private_files
from synthgen.formats.watch import Watch
from synthgen.report.figures import share
from synthgen.settings import USUAL_SIMILARITY
from synthgen.store.private import private_origin, private_run

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--field", "fields", metavar="PATH", multiple=True, help="Compare this, such as messages.0.content.")
@click.option("--similarity", default=USUAL.similarity, show_default=True, help="How alike duplicates are, 0.5 to 1.")
@click.option("--against", metavar="FILE", multiple=True, type=FILE, help="Drop rows that this evaluation set holds.")
@click.option("--ngram", default=USUAL.ngram, show_default=True, help="Words in a row not to share with it; 0 is off.")
@click.option("--keep", type=click.Choice(KEEPS), default=USUAL.keep, show_default=True, help="Which one is kept.")
@click.option("--score-field", metavar="PATH", default=USUAL.score_field, show_default=True, help="What best is by.")
@click.option("--exhaustive", is_flag=True, help="Compare all pairs; slow, and for 20,000 rows at the most.")
@click.option("--embedding", metavar="MODEL", help="Compare the rest by this embedding model too; as for generate.")
@click.option("--embedding-base-url", metavar="URL", help="The server of the embedding model (default: its usual).")
@click.option("--embedding-similarity", default=USUAL_SIMILARITY, show_default=True, help="A cosine, 0.5 to 1.")
@click.option("--allow-remote", is_flag=True, help="Send rows made from transcripts or case reports elsewhere.")
@click.option("--out", type=FILE, help="The kept rows, in the order of the files.")
@click.option("--dropped", type=FILE, help="The dropped rows, each with its twin.")
@click.option("--clusters", type=FILE, help="The kept rows that have duplicates, with those.")
def dedup(
    files: tuple[Path, ...],
    fields: tuple[str, ...],
    similarity: float,
    against: tuple[Path, ...],
    ngram: int,
    keep: Keep,
    score_field: str,
    exhaustive: bool,
    embedding: str | None,
    embedding_base_url: str | None,
    embedding_similarity: float,
    allow_remote: bool,
    out: Path | None,
    dropped: Path | None,
    clusters: Path | None,
) -> None:
    """Keep one of all rows that are alike, in files of any make.

    A row is a duplicate when its queries, or its replies, are nearly those of another one; with --field, when those
    fields are. FILE is .jsonl, .json, .csv, .tsv or .parquet, a run's folder, or - for JSON lines on stdin. Nothing
    is written but what is asked for; the paths go to stdout.
    """
    rules = Rules(fields, similarity, ngram, keep, score_field, exhaustive)
    files_of = partial(dedup_files, files, out, dropped=dropped, clusters=clusters, against=against, rules=rules)
    if embedding is not None:
        embedder = opened(embedding, embedding_base_url, embedding_similarity)
        files_of = partial(
            files_of, compare=by_meaning(embedder, embedding_similarity, files, allow_remote=allow_remote)
        )
    with private_files(bool(private_run(*files, *against))), strides() as watch:
        result = files_of(watch=watch)
    print_result(result)
    for path in result.written:
        click.echo(str(path))


def opened(model: str, base_url: str | None, similarity: float) -> Embedder:
    """Return the embedding model that is named. Raises as `open_embedder`, or UsageError."""
    if not 0.5 <= similarity <= 1:
        raise UsageError(f"--embedding-similarity {similarity:g}: must be from 0.5 to 1.", hint="it is a cosine.")
    return open_embedder(model, BackendOptions(base_url=base_url, option="--embedding"))


def by_meaning(embedder: Embedder, similarity: float, files: Sequence[Path], *, allow_remote: bool) -> Compare:
    """Return what compares the rows of files by an embedding model, which is closed after it.

    Raises UsageError for rows made from transcripts or case reports that would be sent elsewhere, or as
    `private_origin`.
    """

    def check(private: str) -> None:
        if private and not allow_remote:
            keep_here([embedder], rows_from(private))

    if not (embedder.local or allow_remote):
        try:
            check(private_origin(*files))
        except SynthgenError:
            blocking(embedder.aclose())
            raise

    async def compared(pool: Pool, matches: Mapping[int, Match], watch: Watch) -> Mapping[int, Match]:
        try:
            check(pool.private)  # of a pipe this is the first that is known
            return await semantic_matches(pool, matches, embedder, similarity, watch)
        finally:
            await embedder.aclose()

    return lambda pool, matches, watch: blocking(compared(pool, matches, watch))


def print_result(result: DedupResult) -> None:
    """Show what became of the rows, and which have most duplicates, on stderr."""
    counts = [("kept", "", result.kept), *(("dropped", reason, count) for reason, count in result.dropped.items())]
    if result.silent:
        counts.append(("of the kept", "nothing to compare", result.silent))
    screen = console(err=True)
    screen.print(
        table(
            ["rows", "why", ">count", ">share"],
            [(state, why, f"{count:,}", share(count, result.rows)) for state, why, count in counts],
        )
    )
    if result.biggest:
        screen.print(table(["most duplicates", ">count"], [(str(place), f"{n:,}") for place, n in result.biggest]))
