"""The filters of the generate loop, cheap to costly. A new one is a file with `build`, and a line here."""

from __future__ import annotations

from synthgen.errors import SpecError
from synthgen.filters import (
    alternation,
    ceilings,
    closing,
    copied_page,
    crisis,
    echo,
    facts,
    formulas,
    grounding,
    ingredients,
    language,
    leak,
    length,
    looping,
    openers,
    originals,
    parts,
    personal,
    refusal,
    repetition,
    truncation,
    turn_openers,
)
from synthgen.filters.ceilings import Ceilings
from synthgen.filters.check import Builder, Check
from synthgen.filters.options import read_options
from synthgen.filters.turns import by_turn
from synthgen.spec import Spec

__all__ = ["FILTERS", "Builder", "Ceilings", "Check", "build_ceilings", "build_checks", "named_checks"]

# A refusal is short as well, so it is looked for before the length is told.
FILTERS: dict[str, Builder] = {
    "alternation": alternation.build,
    "openers": openers.build,
    "formulas": formulas.build,
    "truncation": truncation.build,
    "leak": leak.build,
    "originals": originals.build,
    "personal": personal.build,
    "refusal": refusal.build,
    "language": language.build,
    "repetition": repetition.build,
    "length": length.build,
    "crisis": crisis.build,
    "parts": parts.build,
    "echo": echo.build,
    "looping": looping.build,
    "turn_openers": turn_openers.build,
    "facts": facts.build,
    "closing": closing.build,
    "copied_page": copied_page.build,
    "grounding": grounding.build,
    "ingredients": ingredients.build,
}
# These look at a conversation as a whole; all others are asked about each of its turns.
WHOLE = frozenset(
    {"alternation", "length", "crisis", "ingredients", "parts", "looping", "turn_openers", "facts", "closing"}
)
# What is counted over all rows of a run, not told from one text; set in a spec as the filters are.
CEILING = "openings"


def build_checks(spec: Spec, plain: bool, where: str = "") -> tuple[Check, ...]:
    """Return the checks of a spec as `named_checks` does, without their names."""
    return tuple(named_checks(spec, plain, where).values())


def named_checks(spec: Spec, plain: bool, where: str = "") -> dict[str, Check]:
    """Return the checks of a spec by name, in the order of the table, without those it switches off.

    Raises SpecError, which names `where` the spec is.
    """
    where = f"{where}: " if where else ""
    known = [*FILTERS, CEILING]
    for name, given in spec.filters.items():
        if name not in known:
            raise SpecError(
                f"{where}filters.{name}: no such filter, only {', '.join(known)}, got {given!r}.",
                hint="mend the name or leave it out; every filter is on unless it is set to false.",
            )
    try:
        build_ceilings(spec, plain)
        return {
            name: _made(name, build(spec, plain, **read_options(name, build, spec.filters.get(name, True))))
            for name, build in FILTERS.items()
            if spec.filters.get(name, True) is not False
        }
    except SpecError as error:
        raise SpecError(f"{where}{error.message}", hint=error.hint) from error


def build_ceilings(spec: Spec, plain: bool) -> Ceilings | None:
    """Return empty ceilings on the openings and closings of a run, or None where the spec sets none.

    Raises SpecError, as `build_checks` does before any work is begun.
    """
    given = spec.filters.get(CEILING, True)
    return None if given is False else ceilings.build(spec, plain, **read_options(CEILING, ceilings.build, given))


def _made(name: str, check: Check) -> Check:
    return check if name in WHOLE else by_turn(check)
