"""A report as one HTML file: nothing is fetched, nothing runs, and every text from a row is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from synthgen.measures.shown import short
from synthgen.pages.blocks import Section
from synthgen.pages.contest import contest_section
from synthgen.pages.costs import cost_section
from synthgen.pages.labels import label_section
from synthgen.pages.overview import overview
from synthgen.pages.quota import balance, funnel, quotas
from synthgen.pages.samples import dropped, examples
from synthgen.pages.scores import score_section
from synthgen.pages.side import Side
from synthgen.pages.texts import lengths, openings, variety_section
from synthgen.report.palette import variables

_TEMPLATES = Path(__file__).resolve().parent / "html"
_PARTS = (
    *(overview, contest_section, quotas, funnel, balance, lengths, openings, label_section, variety_section),
    *(score_section, cost_section, examples, dropped),
)


def page(sides: Sequence[Side], version: str) -> str:
    """Return the report of one side, or of two beside one another. Raises MissingExtraError."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = [short(side.name, 60) for side in sides]
    return environment.get_template("report.html.j2").render(
        heading=" and ".join(names),
        names=names,
        sections=sections(sides),
        version=version,
        light=variables(dark=False),
        dark=variables(dark=True),
    )


def sections(sides: Sequence[Side]) -> list[Section]:
    """Return what there is to say of the sides; what they cannot have is left out."""
    return [section for part in _PARTS if (section := part(sides))]
