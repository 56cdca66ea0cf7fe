"""Which spec and which words an export goes by: for the system's messages, and for tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from synthgen.catalog import DEFAULT_SPEC, load_spec, prompts_for, spec_path
from synthgen.errors import SpecError, UsageError
from synthgen.export.origins import Origin
from synthgen.export.settings import ExportSettings
from synthgen.export.system import FROM_SPEC, NONE, Telling, as_it_came, fixed, from_spec, system_text, without_system
from synthgen.formats.sources import LEDGER
from synthgen.prompts import Prompts
from synthgen.spec import Spec, spec_of_run
from synthgen.store.ledger import Ledger


def telling_of(origins: Sequence[Origin], settings: ExportSettings) -> list[tuple[Origin, Telling]]:
    """Return what the system is to say in the rows of each origin. Raises UsageError, SpecError or FileError."""
    said = settings.system
    if said is None:
        return [(origin, as_it_came) for origin in origins]
    if said == NONE:
        return [(origin, without_system) for origin in origins]
    if said != FROM_SPEC:
        words = fixed(system_text(said))
        return [(origin, words) for origin in origins]
    return [(origin, from_spec(*spec_of([origin], settings.spec, f"--system {FROM_SPEC}"))) for origin in origins]


def approach_names(origins: Sequence[Origin]) -> dict[str, str]:
    """Return what the schools of the runs' specs are called, by their keys; in English, as Psy-Insight has them."""
    found: dict[str, str] = {}
    for origin in origins:
        dialogue = (origin.meta().get("content") or {}).get("dialogue") or {}
        for key, approach in (dialogue.get("approaches") or {}).items():
            found.setdefault(key, approach["names"].get("en", key))
    return found


def spec_of(origins: Sequence[Origin], named: str | None, wanted_by: str) -> tuple[Spec, Prompts]:
    """Return the spec that is named, else the one that all origins were made by, and the templates for it.

    Raises UsageError where there is none or more than one, and SpecError.
    """
    if named is not None:
        spec, path = load_spec(named)
        return spec, prompts_for(path, ())
    contents = [origin.meta().get("content") or {} for origin in origins]
    # What a judge's run was made by is a rubric.
    if not all("topics" in content for content in contents):
        raise UsageError(
            f"{wanted_by}: by which spec?", hint="name one by --spec; a run that was made by one brings it."
        )
    if any(content != contents[0] for content in contents):
        raise UsageError(f"{wanted_by}: the runs were made by different specs.", hint="name one by --spec.")
    return spec_of_run(origins[0].meta()), prompts_for(_spec_path(origins[0].meta()), ())


def _spec_path(meta: Mapping[str, Any]) -> Path:
    """Return the file of the spec that a run was made by, beside which its own templates are; it may be gone.

    A run that annotates by the spec of another knows it from that run.
    """
    settings = meta.get("settings") or {}
    origin = Path(settings.get("origin") or "")
    if not settings.get("topics") and (origin / LEDGER).is_file():
        with closing(Ledger(origin, write=False)) as ledger:
            settings = ledger.meta().get("settings") or {}
    try:
        return spec_path(settings.get("topics") or DEFAULT_SPEC)
    except SpecError:  # a name that is known no more
        return Path(f"{DEFAULT_SPEC}.yaml")
