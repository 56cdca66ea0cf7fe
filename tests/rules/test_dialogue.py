"""What a spec says of conversations refers to facets and values that there are, and lets both sides speak."""

from __future__ import annotations

import pytest

from synthgen.errors import SpecError
from synthgen.spec import parse_spec

SPEC = """
name: repairs
topics:
  - name: Brakes
    facets: {visitor: {racer: 1}}
facets:
  visitor: [student, commuter]
dialogue:
  profile: {secret: [bought it stolen, cannot ride]}
  plan: {place: [at the desk, on the phone]}
"""


def fault(*lines: str) -> str:
    """Return what is told of the spec with more lines under `dialogue`, "" when nothing is wrong with it."""
    try:
        parse_spec(SPEC + "".join(f"  {line}\n" for line in lines), "bikes.yaml")
    except SpecError as told:
        return told.message
    return ""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["held_back: [secrets]"], "dialogue.held_back[0]: no such facet 'secrets' of the user's side among ["),
        (["held_back: [secret, place]"], "dialogue.held_back[1]: no such facet 'place' of the user's side"),
        (["age_facet: age"], "dialogue.age_facet: no such facet 'age' among ['place', 'secret', 'visitor']"),
        (["age_facet: age", "ages: {student: [18, 26]}"], "dialogue.age_facet: no such facet 'age'"),
        (
            ["age_facet: visitor", "ages: {student: [18, 26], pensioner: [66, 90]}"],
            "dialogue.ages.pensioner: no such value of the facet 'visitor' among ['commuter', 'racer', 'student']",
        ),
        (["ages: {student: [18, 26]}"], "dialogue.ages: has no effect without age_facet"),
        (["turns: [1, 1]"], "dialogue.turns: an even number of turns has to lie in it"),
        (["turns: [7, 7]"], "dialogue.turns: an even number of turns has to lie in it"),
        (["plain_turns: [3, 3]"], "dialogue.plain_turns: an even number of turns has to lie in it"),
        (["turns: [8, 6]"], "dialogue.turns: the lower bound 8 is above the upper bound 6"),
    ],
)
def test_what_would_have_no_effect_is_refused_by_its_key_path(lines: list[str], told: str) -> None:
    assert fault(*lines).startswith(f"bikes.yaml: {told}")


@pytest.mark.parametrize(
    "lines",
    [
        ["held_back: [secret]"],
        ["held_back: [secret, visitor]"],
        ["age_facet: visitor", "ages: {student: [18, 26], racer: [20, 35]}"],
        ["age_facet: place", "ages: {at the desk: [20, 30]}"],
        ["turns: [1, 2]"],
        ["turns: [7, 9]", "plain_turns: [4, 4]"],
    ],
)
def test_what_there_is_may_be_referred_to(lines: list[str]) -> None:
    assert fault(*lines) == ""


def test_a_spec_without_facets_refers_to_none() -> None:
    text = f"{SPEC}  held_back: [secret]\n  age_facet: visitor\n  ages: {{student: [18, 26]}}\n"
    bare = parse_spec(text, "bikes.yaml").without_facets()
    assert (bare.dialogue.held_back, bare.dialogue.age_facet, bare.dialogue.ages) == ([], "", {})
