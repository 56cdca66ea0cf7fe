"""Who did what in a run: which models wrote, answered, annotated, judged or compared, by what their calls were for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from synthgen.store.call_book import Asked

MADE, ANSWERED, ANNOTATED, JUDGED, COMPARED = ROLES = ("made", "answered", "annotated", "judged", "compared")
# The first word of what a call is for; calls for anything else write the texts of rows.
_BY_PURPOSE = {"answer": ANSWERED, "annotate": ANNOTATED, "judge": JUDGED, "compare": COMPARED}
# The kind of model that is always a fake, also in runs that noted no names of fakes.
_FAKE = "scripted"


@dataclass(frozen=True, slots=True)
class Role:
    """What was `done` in a run, one of `ROLES`, by which models; `fakes` are those of them that are no real models."""

    done: str
    models: tuple[str, ...]
    fakes: tuple[str, ...] = ()


def roles_of(asked: Iterable[Asked], fakes: Iterable[str]) -> tuple[Role, ...]:
    """Return the roles in a run's calls, each with its models by name; `fakes` are the names of fake backends."""
    known = {_FAKE, *fakes}
    models: dict[str, set[str]] = {}
    faked: dict[str, set[str]] = {}
    for purpose, backend, model in asked:
        done = _BY_PURPOSE.get(purpose.partition("_")[0], MADE)
        models.setdefault(done, set()).add(model)
        if backend in known:
            faked.setdefault(done, set()).add(model)
    return tuple(
        Role(done, tuple(sorted(models[done])), tuple(sorted(faked.get(done, ())))) for done in ROLES if done in models
    )


def is_fake(roles: Iterable[Role]) -> bool:
    """Whether a fake did any of what came out: any of the texts where texts were made, else any of the work.

    A judge who only held new rows to a score made none of them.
    """
    roles = list(roles)
    own = [role for role in roles if role.done == MADE] or roles
    return any(role.fakes for role in own)


def listed(words: Sequence[str], last: str) -> str:
    """Return words as people list them: "scored, judged and compared", where `last` is "and"."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
