"""Pairs of a better and a worse answer: by scores, and by what runs mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_trials import exported, lines, native_row

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Request
from synthgen.errors import FileError
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.hashing import seed_of
from synthgen.recipes import generate
from synthgen.settings import Settings

SPEC = """
name: ferry_office
roles: {user: passenger, assistant: clerk}
topics: [Tickets, Luggage]
query: {words: [20, 80], batch_size: 4}
reply: {words: [30, 120]}
dialogue: {turns: [4, 6], user_words: [12, 60], assistant_words: [15, 70]}
"""
CURT = "Too short to be of use."


def answers(scores: list[float | None], prompt: int = 1) -> list[dict[str, Any]]:
    """Return rows that answer one message, each with its score."""
    asked = native_row(prompt)["messages"][0]
    return [
        native_row(prompt * 100 + at, messages=[asked, {"role": "assistant", "content": f"Answer {prompt}/{at}."}])
        | ({"scores": {"mean": score}} if score is not None else {})
        for at, score in enumerate(scores)
    ]


def test_the_best_answer_to_a_prompt_is_paired_with_the_worst() -> None:
    rows = answers([5, 2, None, 9, 2], prompt=1) + answers([4, 4], prompt=2) + answers([7], prompt=3)
    record = exported(rows, "dpo").record
    (pair,) = lines("out/train.jsonl")
    assert pair == {
        "prompt": [rows[0]["messages"][0]],
        "chosen": [{"role": "assistant", "content": "Answer 1/3."}],
        "rejected": [{"role": "assistant", "content": "Answer 1/1."}],
    }
    # Both rows of the pair stand in it.
    assert record["left_out"] == {"no_worse_answer": 6}
    assert [each["id"] for each in lines("out/left_out.jsonl")] == [rows[at]["id"] for at in (0, 2, 4, 5, 6, 7)]
    assert record["pairs"] == {"scores": 1}


def test_answers_in_the_same_words_are_no_pair() -> None:
    rows = answers([9, 2])
    rows[1]["messages"] = rows[0]["messages"]
    with pytest.raises(FileError, match="no_worse_answer 2"):
        exported(rows, "dpo")


@pytest.mark.parametrize("said", [{"score_field": "scores.nope"}, {"margin": 0.5}, {"margin": 0.0}])
def test_a_score_that_no_row_has_is_told_where_it_is_asked_for(tmp_path: Path, said: dict[str, Any]) -> None:
    rows = answers([9, 2]) if "score_field" in said else answers([None, None])
    with pytest.raises(
        FileError, match=rf"--score-field {said.get('score_field', 'scores.mean')}: no row has a number"
    ):
        exported(rows, "dpo", **said)
    folder = run(tmp_path, curt_at_first, n=24)
    assert export([folder], ExportSettings("dpo"), Path("out")).record["rows"]["written"] > 0
    with pytest.raises(FileError, match="no row has a number"):
        export([folder], ExportSettings("dpo", **said), Path("out"))


def test_answers_may_have_to_differ_by_a_margin_in_a_score_of_choice() -> None:
    rows = [{**row, "rated": {"warmth": 3 - at}} for at, row in enumerate(answers([1, 9]))]
    exported(rows, "dpo", score_field="rated.warmth", margin=1.0)
    (pair,) = lines("out/train.jsonl")
    assert pair["chosen"][0]["content"] == "Answer 1/0."
    with pytest.raises(FileError, match="no_worse_answer 2"):
        exported(rows, "dpo", score_field="rated.warmth", margin=1.5)


def test_the_system_and_earlier_turns_are_part_of_the_prompt() -> None:
    long = native_row(1, turns=4)["messages"]
    rows = [
        native_row(1, messages=long, scores={"mean": 8}),
        native_row(2, messages=[*long[:3], {"role": "assistant", "content": "No."}], scores={"mean": 2}),
        native_row(3, messages=[long[2], {"role": "assistant", "content": "Well."}], scores={"mean": 1}),
    ]
    exported(rows, "dpo", system="Be kind.")
    (pair,) = lines("out/train.jsonl")
    assert pair["prompt"] == [{"role": "system", "content": "Be kind."}, *long[:3]]
    assert pair["rejected"][0]["content"] == "No."


def run(folder: Path, answer: Callable[[Request], str], **settings: Any) -> Path:
    spec = folder / "ferry.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    result = generate(Settings(topics=str(spec), seed=3, **settings), folder / "run", backend=Scripted(answer))
    assert result.summary.status == "done"
    return result.folder


def curt_at_first(request: Request) -> str:
    """Answer each third reply of the assistant's side too briefly, and well when asked to mend it."""
    is_first = not any(turn.content == CURT for turn in request.messages)
    if request.purpose in ("reply", "assistant") and is_first and seed_of(prompt_of(request)) % 3 == 0:
        return CURT
    return compose(prompt_of(request), request.schema, seed_of(request.sampling.seed))


@pytest.mark.parametrize("settings", [{"n": 24}, {"n": 16, "mode": "simulate", "turns": "4-6"}])
def test_what_a_run_mended_is_paired_with_what_it_was(tmp_path: Path, settings: dict[str, Any]) -> None:
    folder = run(tmp_path, curt_at_first, **settings)
    record = export([folder], ExportSettings("dpo"), Path("out")).record
    rows = {json.dumps(row["messages"][0]): row["messages"] for row in lines(folder / "dataset.jsonl")}
    pairs = lines("out/train.jsonl")
    assert len(pairs) == record["rows"]["written"] >= 2
    assert record["pairs"] == {"repair": len(pairs)}
    for pair in pairs:
        assert pair["rejected"] == [{"role": "assistant", "content": CURT}]
        whole = pair["prompt"] + pair["chosen"]
        assert whole == rows[json.dumps(whole[0])][: len(whole)]
    if "mode" in settings:
        assert max(len(pair["prompt"]) for pair in pairs) > 1


def test_a_margin_is_asked_of_scores_and_not_of_repairs(tmp_path: Path) -> None:
    folder = run(tmp_path, curt_at_first, n=24)
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers([5, 2])))
    paths = [folder, tmp_path / "rows.jsonl"]
    pairs = export(paths, ExportSettings("dpo", margin=3), Path("out")).record["pairs"]
    assert pairs["scores"] == 1
    assert export(paths, ExportSettings("dpo", margin=9), Path("out")).record["pairs"] == {"repair": pairs["repair"]}


def test_pairs_of_one_row_fall_on_one_side(tmp_path: Path) -> None:
    folder = run(tmp_path, curt_at_first, n=24)
    rows = answers([5, 2], prompt=1) + answers([1, 8], prompt=2)
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    settings = ExportSettings("dpo", split={"train": 1.0, "test": 1.0})
    export([folder, tmp_path / "rows.jsonl"], settings, Path("out"))
    sides = [{json.dumps(pair["prompt"][0]) for pair in lines(f"out/{split}.jsonl")} for split in ("train", "test")]
    assert all(sides)
    assert not sides[0] & sides[1]
