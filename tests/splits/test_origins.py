"""A conversation and the pair that it was expanded from are known for kin, whatever either is called."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from split_trials import said

from synthgen.export.example import Example, example_of
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.formats.rows import open_writer, rows_in
from synthgen.recipes import generate
from synthgen.settings import Settings
from synthgen.splits.origins import commons_of, own_names, pair_name
from synthgen.splits.split import split_names

SOURCE = {"kind": "generate", "mode": "expand"}


def pair(number: int, **more: Any) -> dict[str, Any]:
    rng = random.Random(number)
    return {"question": said(rng, "en", 20), "answer": said(rng, "en", 20)} | more


def expanded(number: int, run: str, said_from: str) -> dict[str, Any]:
    """Return a conversation of other words that says it was made from the pair of a number."""
    given = pair(number)
    source = SOURCE | {"from": said_from, "pair": pair_name(given["question"], given["answer"])}
    return pair(1_000 + number) | {"id": f"{run}-{number}", "source": source, "provenance": {"run": run}}


def examples(*rows: dict[str, Any]) -> list[Example]:
    found = [example_of(row, number) for number, row in enumerate(rows, 1)]
    return [example for example in found if example is not None]


@pytest.mark.parametrize("named", [{}, {"id": None}, {"id": 7}, {"id": "7"}])
def test_a_pair_without_a_name_of_its_own_is_known_by_its_text(named: dict[str, Any]) -> None:
    rows = examples(*(pair(at, **named) for at in range(40)), *(expanded(at, "a", str(at + 1)) for at in range(40)))
    plan = split_names(lambda: iter(rows), {"train": 50, "test": 50}, seed=1)
    assert list(plan.names[:40]) == list(plan.names[40:])
    assert plan.told["joins"]["original"] == 40
    assert set(plan.names) == {"train", "test"}


def test_two_runs_that_expanded_one_pair_are_kin_and_those_of_one_number_are_not() -> None:
    same = [{*commons_of(expanded(3, run, name))} for run, name in (("a", "4"), ("b", "9"))]
    assert len(same[0] & same[1]) == 1
    other = [{*commons_of(expanded(at, run, "4"))} for at, run in ((3, "a"), (5, "b"))]
    assert not other[0] & other[1]


def test_a_pair_is_named_by_its_text_alone() -> None:
    given = pair(1)
    shapes = [
        given,
        {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": f" {given['question']}"},
                      {"role": "assistant", "content": f"{given['answer']}\n"}, {"role": "user", "content": "More?"}]},
    ]  # fmt: skip
    assert {name for row in shapes for name in own_names(row)} == {pair_name(given["question"], given["answer"])}
    assert list(own_names({"question": "Half \ud800", "answer": "a pair"}))
    assert list(own_names({"question": "No answer"})) == list(own_names({"text": "none"})) == []
    assert len([*own_names(given | {"id": "q7"})]) == 1


@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.csv"])
def test_a_run_and_the_file_that_it_was_expanded_from_are_split_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_writer(name) as writer:
        for at in range(2):
            writer.write(pair(at))
    settings = Settings(topics="psy_insight", mode="expand", origin=name, turns="8", model="scripted", languages="en")
    run = generate(settings, tmp_path / "run").folder
    assert len(list(rows_in(run))) == 2
    record = export([run, name], ExportSettings("chat", split={"train": 50.0, "test": 50.0}), Path("out")).record
    assert record["split_plan"]["joins"]["original"] == 2
    assert record["splits"] == {"train": 2, "test": 2}
