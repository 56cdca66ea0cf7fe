"""A `summarize` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from synthgen.catalog import load_spec
from synthgen.deidentify.finders import ner_is_installed, open_finders
from synthgen.engine.cutting import Cutter
from synthgen.engine.page_rules import fitted, read_terms
from synthgen.engine.session import new_folder, stored_settings
from synthgen.errors import UsageError
from synthgen.settings import PAGE_DEFAULTS, PageSettings, checked
from synthgen.spec import Spec
from synthgen.text import estimate_tokens
from synthgen.transcripts.reading import transcript_files
from synthgen.transcripts.roles import Side, told_sides

RECIPE = "summarize"


@dataclass(frozen=True, slots=True)
class PageJob:
    """A run that is all prepared. `sources` are files that exist; there may be none where a run goes on."""

    settings: PageSettings
    folder: Path
    spec: Spec
    spec_path: Path
    sources: tuple[Path, ...]
    told: Mapping[str, Side]
    terms: tuple[str, ...]

    def language_of(self, page: str) -> str:
        """Return the language in which a page of that language is told anew."""
        return self.settings.languages or page


def prepare_pages(settings: PageSettings, out: Path | None = None) -> PageJob:
    """Return the job for settings: what was not said comes from the run in `out`, else from the defaults.

    Raises UsageError, SpecError, FileError or RunError.
    """
    stored = stored_settings(out, RECIPE, PageSettings) if out is not None else None
    given = bool(settings.sources)
    settings = checked(settings.over(stored or PAGE_DEFAULTS).over(PAGE_DEFAULTS))
    if settings.ner is None:
        settings = replace(settings, ner=ner_is_installed())
    if not settings.sources:
        raise UsageError("no transcripts are named.", hint="give files or folders: synthgen summarize transcripts/")
    assert settings.topics is not None
    spec, path = load_spec(settings.topics)
    sources = tuple(map(Path, settings.sources))
    # A run that goes on may have lost its transcripts since: what it read is in its ledger.
    if given or stored is None:
        transcript_files(sources)
    else:
        sources = tuple(source for source in sources if source.exists())
    told = told_sides(settings.speakers) if settings.speakers else {}
    terms = read_terms(Path(settings.terms)) if settings.terms else ()
    return PageJob(settings, out or new_folder(RECIPE), fitted(spec, settings), path, sources, told, terms)


def cutter_of(job: PageJob, languages: Sequence[str], count: Callable[[str], int] = estimate_tokens) -> Cutter:
    """Return what cuts the transcripts of a job, whose pages may be in these languages. Raises MissingExtraError."""
    settings = job.settings
    assert settings.page_tokens is not None
    return Cutter(
        told=job.told,
        languages=languages,
        finders=open_finders(("en", "zh"), settings.ner or False, "--ner"),
        terms=job.terms,
        surrogates="names" if settings.surrogates == "names" else "tags",
        page_tokens=settings.page_tokens,
        overlap=settings.overlap or 0,
        by_sheet=settings.pages == "source",
        count=count,
        seed=settings.seed or 0,
    )
