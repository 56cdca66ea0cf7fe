"""The filters of the generate loop, cheap to costly. A new one is a file with `build`, and a line here."""

from __future__ import annotations

from synthgen.errors import SpecError
from synthgen.filters import crisis, echo, leak, length, openers, refusal, truncation
from synthgen.filters.check import Builder, Check
from synthgen.filters.options import read_options
from synthgen.filters.turns import by_turn
from synthgen.spec import Spec

__all__ = ["FILTERS", "Builder", "Check", "build_checks"]

# A refusal is short as well, so it is looked for before the length is told.
FILTERS: dict[str, Builder] = {
    "openers": openers.build,
    "truncation": truncation.build,
    "leak": leak.build,
    "refusal": refusal.build,
    "length": length.build,
    "crisis": crisis.build,
    "echo": echo.build,
}
# These look at a conversation as a whole; all others are asked about each of its turns.
WHOLE = frozenset({"length", "crisis"})


def build_checks(spec: Spec, plain: bool, where: str = "") -> tuple[Check, ...]:
    """Return the checks of a spec in the order of the table, without those it switches off.

    Raises SpecError, which names `where` the spec is.
    """
    where = f"{where}: " if where else ""
    for name, given in spec.filters.items():
        if name not in FILTERS:
            raise SpecError(
                f"{where}filters.{name}: no such filter, only {', '.join(FILTERS)}, got {given!r}.",
                hint="mend the name or leave it out; every filter is on unless it is set to false.",
            )
    try:
        return tuple(
            _made(name, build(spec, plain, **read_options(name, build, spec.filters.get(name, True))))
            for name, build in FILTERS.items()
            if spec.filters.get(name, True) is not False
        )
    except SpecError as error:
        raise SpecError(f"{where}{error.message}", hint=error.hint) from error


def _made(name: str, check: Check) -> Check:
    return check if name in WHOLE else by_turn(check)
