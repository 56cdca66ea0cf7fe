"""Who did what in a run, by its calls."""

from __future__ import annotations

import pytest

from synthgen.report.roles import Role, is_fake, listed, roles_of
from synthgen.store.call_book import Asked

REAL, FAKE = ("openai:big", "big"), ("scripted", "scripted")


@pytest.mark.parametrize(
    ("purpose", "done"),
    [
        ("query", "made"),
        ("reply", "made"),
        ("user", "made"),
        ("assistant", "made"),
        ("script", "made"),
        ("memo", "made"),
        ("summary", "made"),
        ("answer_12", "answered"),
        ("annotate", "annotated"),
        ("annotate_b", "annotated"),
        ("judge", "judged"),
        ("judge_b", "judged"),
        ("compare", "compared"),
    ],
)
def test_a_model_has_the_role_that_it_was_asked_for(purpose: str, done: str) -> None:
    assert roles_of([Asked(purpose, *REAL)], []) == (Role(done, ("big",)),)


def test_a_fake_is_told_of_what_the_fake_did() -> None:
    asked = [Asked("judge", *FAKE), Asked("reply", *REAL), Asked("query", *REAL)]
    assert roles_of(asked, []) == (Role("made", ("big",)), Role("judged", ("scripted",), ("scripted",)))


def test_what_a_run_noted_as_fake_is_one_whatever_its_name() -> None:
    asked = [Asked("judge", "openai:mine", "mine"), Asked("judge_b", *REAL)]
    assert roles_of(asked, ["openai:mine"]) == (Role("judged", ("big", "mine"), ("mine",)),)


@pytest.mark.parametrize(
    ("purposes", "fake"),
    [
        ({"query": REAL, "reply": REAL, "judge": FAKE}, False),
        ({"query": FAKE, "reply": REAL, "judge": REAL}, True),
        ({"query": REAL, "reply": FAKE}, True),
        ({"judge": REAL, "judge_b": FAKE}, True),
        ({"answer_1": FAKE, "judge": REAL}, True),
        ({"answer_1": REAL, "judge": REAL, "compare": FAKE}, True),
        ({"answer_1": REAL, "judge": REAL, "compare": REAL}, False),
        ({}, False),
    ],
)
def test_what_came_out_is_fake_where_a_fake_made_it(purposes: dict[str, tuple[str, str]], fake: bool) -> None:
    assert is_fake(roles_of([Asked(purpose, *model) for purpose, model in purposes.items()], [])) is fake


def test_words_are_listed_as_people_do() -> None:
    assert listed(["judged"], "and") == "judged"
    assert listed(["judged", "compared"], "or") == "judged or compared"
    assert listed(["answered", "judged", "compared"], "and") == "answered, judged and compared"
