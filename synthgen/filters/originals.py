"""Names, places and numbers of a transcript that came back although the model was never shown them."""

from __future__ import annotations

from functools import lru_cache

from synthgen.deidentify.slips import Slips
from synthgen.filters.check import Check, drop
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

_kept = lru_cache(maxsize=64)(Slips)


def build(spec: Spec, plain: bool) -> Check:
    """It has no options: what was taken out of a transcript stays out."""

    def check(candidate: Candidate) -> Drop | None:
        if candidate.page is None or not (slipped := _kept(candidate.page.private).find(candidate.text)):
            return None
        return drop(
            candidate,
            "private_original",
            en="It names somebody or something that was left out of the page. Speak of people by what they are to each "
            "other, and of places and things by what they are.",
            zh="文中出现了页面里已经隐去的名称或号码。请用人物之间的关系和事物的类别来称呼。",
            # What it was goes nowhere.
            evidence=f"{len(slipped)} of what was replaced",
        )

    return check
