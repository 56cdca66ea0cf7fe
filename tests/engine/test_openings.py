"""The ceiling on openings over whole runs: real ledger, real templates, real filters; only the model is scripted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Script, Scripted, prompt_of
from synthgen.calls import Request
from synthgen.filters.ceiling import closings_of, opening_of
from synthgen.hashing import seed_of
from synthgen.recipes import Result, generate
from synthgen.settings import Settings

SPEC = """
name: library_desk
roles: {user: reader, assistant: librarian}
topics: [{name: Loans, weight: 2, seeds: [SEED]}, {name: Fees, weight: 1}]
query: {words: [20, 80], batch_size: 4, examples: 1}
reply: {words: [30, 120]}
filters: {openings: OPENINGS}
"""
SEED = "The blue atlas that I borrowed in March got wet on the bus and now the desk wants forty for it, what can I do?"
OPENING = "Begin with the calendar on your kitchen wall."
CLOSING = "Remember that a week has seven days."


def composed(request: Request) -> str:
    return compose(prompt_of(request), request.schema, seed_of(request.sampling.seed))


def run(tmp_path: Path, answer: Script, n: int, openings: str = "true", **options: int) -> Result:
    spec = tmp_path / "library.yaml"
    spec.write_text(SPEC.replace("SEED", json.dumps(SEED)).replace("OPENINGS", openings), encoding="utf-8")
    return generate(Settings(topics=str(spec), n=n, seed=3, **options), tmp_path / "run", backend=Scripted(answer))


def replies(result: Result) -> list[tuple[str, str]]:
    rows = map(json.loads, result.dataset.read_text(encoding="utf-8").splitlines())
    return [(row["messages"][1]["content"], row["language"]) for row in rows]


def habitual(request: Request) -> str:
    """Open every reply alike, unless told to write another opening; close half of them alike."""
    if request.purpose != "reply":
        return composed(request)
    told = "Too many replies" in prompt_of(request)
    text = composed(request)
    text = text if told else f"{OPENING} {text}"
    return f"{text} {CLOSING}" if not told and (request.sampling.seed or 0) % 2 else text


def test_no_opening_leads_more_than_its_share_of_two_thousand_scripted_rows(tmp_path: Path) -> None:
    settings = Settings(topics="mentalchat33", model="scripted", n=2000, languages="en,zh", seed=1)
    result = generate(settings, tmp_path / "run")
    assert result.summary.status == "done"
    made = replies(result)
    assert len(made) == 2000
    assert max(Counter(opening_of(*each) for each in made).values()) <= 0.02 * len(made)
    assert max(Counter(closing for each in made for closing in closings_of(*each)).values()) <= 0.02 * len(made)
    # What is made up opens in many ways by itself: the ceiling is no brake on it.
    assert sum(count for reason, count in result.summary.dropped.items() if "ceiling" in reason) <= 20


def test_a_model_of_one_habit_is_told_to_open_otherwise(tmp_path: Path) -> None:
    result = run(tmp_path, habitual, 300)
    made = replies(result)
    openings = Counter(opening_of(*each) for each in made)
    assert result.summary.status == "done"
    assert len(made) == 300
    # The sixth is allowed only to the very last of three hundred.
    assert openings["begin with the calendar"] in (5, 6)
    assert max(openings.values()) <= 6
    assert Counter(closing for each in made for closing in closings_of(*each))["Remember"] <= 6


def test_a_run_that_goes_on_knows_the_openings_it_has(tmp_path: Path) -> None:
    run(tmp_path, habitual, 100)
    result = run(tmp_path, habitual, 200)
    openings = Counter(opening_of(*each) for each in replies(result))
    assert openings["begin with the calendar"] == 4


@pytest.mark.parametrize(("openings", "most"), [("false", 60), ("{share: 0.5, after: 60}", 30)])
def test_the_spec_says_how_many_may_open_alike(tmp_path: Path, openings: str, most: int) -> None:
    result = run(tmp_path, habitual, 60, openings)
    assert Counter(opening_of(*each) for each in replies(result))["begin with the calendar"] == most


def test_a_message_that_copies_an_example_is_sent_back(tmp_path: Path) -> None:
    told: list[bool] = []

    def copying(request: Request) -> str:
        """Copy a run of the example shown into every message, until told not to."""
        prompt = prompt_of(request)
        if request.purpose != "query":
            return composed(request)
        told.append("It copies an example" in prompt)
        example = prompt.partition('<example topic="')[2].partition(">")[2].split()
        return composed(request) if told[-1] else f"{composed(request)} Copied: {' '.join(example[2:17])}, or so?"

    result = run(tmp_path, copying, 12, batch_size=1)
    made = [json.loads(line)["messages"][0]["content"] for line in result.dataset.read_text("utf-8").splitlines()]
    assert result.summary.status == "done"
    assert any(told)
    assert not any("Copied:" in message for message in made)


def test_run_json_says_what_the_messages_tell(tmp_path: Path) -> None:
    result = run(tmp_path, composed, 12)
    told = json.loads((result.folder / "run.json").read_text(encoding="utf-8"))["ingredients"]
    assert told["question"] == 1.0
    assert 0 < told["score"] <= 1
