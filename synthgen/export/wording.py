"""Which spec and which words an export goes by: for the system's messages, and for tasks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from synthgen.catalog import load_spec, prompts_for
from synthgen.errors import UsageError
from synthgen.export.origins import Origin
from synthgen.export.settings import ExportSettings
from synthgen.export.system import FROM_SPEC, NONE, Telling, as_it_came, fixed, from_spec, system_text, without_system
from synthgen.prompts import Prompts
from synthgen.spec import Spec, spec_of_run


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
    return spec_of_run(origins[0].meta()), prompts_for(Path("spec.yaml"), ())
