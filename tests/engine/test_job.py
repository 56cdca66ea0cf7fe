"""What a `generate` run is resolved to before any model is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from talk_trials import SPEC, run, write_spec

from synthgen.engine.job import Job, prepare
from synthgen.errors import FileError, SpecError, UsageError
from synthgen.plan import PAIRS
from synthgen.settings import Settings


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_spec(tmp_path)


@pytest.fixture
def pairs(tmp_path: Path) -> str:
    path = tmp_path / "pairs.csv"
    path.write_text(
        "question,answer,language\nWhich rope?,The blue one.,en\n哪根缆绳？,蓝色的。,zh\n", encoding="utf-8"
    )
    return str(path)


def job(spec: str, **parts: object) -> Job:
    return prepare(Settings(topics=spec, **{"model": "scripted", **parts}))  # type: ignore[arg-type]


def test_without_a_mode_pairs_are_made(spec: str) -> None:
    made = job(spec)
    assert (made.settings.mode, dict(made.kinds), made.settings.n) == (None, dict(PAIRS), 100)
    assert set(made.spec.facets) == {"years"}


@pytest.mark.parametrize("said", [{"turns": "4"}, {"approaches": "chartwork"}])
def test_turns_or_approaches_alone_ask_for_scripts(spec: str, said: dict[str, str]) -> None:
    made = job(spec, **said)
    assert made.settings.mode == "script"
    assert set(made.spec.facets) == {"years", "mood", "debt", "visit"}


def test_kinds_are_bands_by_approaches_with_their_weights(spec: str) -> None:
    assert job(spec, mode="script").kinds == {("4-6", "chartwork"): 1.0, ("4-6", "sextantry"): 1.0}
    made = job(spec, turns="4=2,8-10=3", approaches="sextantry=5")
    assert made.kinds == {("4-4", "sextantry"): 10.0, ("8-10", "sextantry"): 15.0}
    weighed = SPEC.replace("sextantry: {", "sextantry: {weight: 3, ")
    Path(spec).write_text(weighed, encoding="utf-8")
    assert job(spec, turns="4").kinds == {("4-4", "chartwork"): 1.0, ("4-4", "sextantry"): 3.0}


def test_very_small_models_get_shorter_talks_of_no_approach_and_no_facets(spec: str) -> None:
    made = job(spec, mode="script", plain=True)
    assert made.kinds == {("4-8", ""): 1.0}
    assert made.spec.facets == {}
    with pytest.raises(UsageError, match="--therapies: very small models are told of none"):
        job(spec, mode="script", plain=True, approaches="chartwork")


@pytest.mark.parametrize(
    ("mode", "query", "reply", "has_facets"),
    [
        ("script", "smollm2", "scripted", True),
        ("script", "scripted", "smollm2", False),
        ("simulate", "smollm2", "scripted", False),
        ("simulate", "scripted", "smollm2", True),
    ],
)
def test_rows_claim_facets_only_where_the_one_who_tells_them_is_told(
    spec: str, mode: str, query: str, reply: str, has_facets: bool
) -> None:
    made = job(spec, mode=mode, query_model=query, reply_model=reply)
    assert bool(made.spec.facets) == has_facets


def test_what_conversations_are_made_from_sets_their_number_languages_and_people(spec: str, pairs: str) -> None:
    made = job(spec, mode="expand", origin=pairs)
    assert (made.settings.n, made.spec.facets, dict(made.spec.dialogue.names)) == (2, {}, {})
    assert list(made.spec.languages) == ["en", "zh"]
    english = job(spec, mode="expand", origin=pairs, languages="en")
    assert (english.settings.n, list(english.spec.languages)) == (1, ["en"])
    Path(spec).write_text(SPEC.replace("languages: {en: 1, zh: 1}", "languages: [zh]"), encoding="utf-8")
    with pytest.raises(FileError, match=r"pairs\.csv: '1' is in 'en', and harbour_desk has only zh"):
        job(spec, mode="expand", origin=pairs)


def test_each_side_is_asked_for_its_own_calls(spec: str) -> None:
    made = job(spec)
    sides = {purpose: made.side_of(purpose) for purpose in ("query", "reply", "user", "assistant", "script", "memo")}
    assert {purpose for purpose, side in sides.items() if side == "query"} == {"query", "user"}
    assert set(sides.values()) == {"query", "reply"}


def test_the_plan_depends_on_kinds_and_on_what_is_given(spec: str, pairs: str, tmp_path: Path) -> None:
    hashes = [
        job(spec).plan_hash,
        job(spec, mode="script").plan_hash,
        job(spec, turns="4").plan_hash,
        job(spec, turns="4", approaches="chartwork").plan_hash,
        job(spec, mode="expand", origin=pairs).plan_hash,
    ]
    Path(pairs).write_text("question,answer\nWhich rope?,The red one.\nWhy?,It holds.\n", encoding="utf-8")
    hashes.append(job(spec, mode="expand", origin=pairs).plan_hash)
    assert len(set(hashes)) == len(hashes)
    assert job(spec, mode="script").plan_hash == job(spec, mode="simulate").plan_hash


def test_what_was_not_said_comes_from_the_run(spec: str, pairs: str, tmp_path: Path) -> None:
    made = run(spec, tmp_path / "run", mode="expand", origin=pairs, turns="4", approaches="sextantry")
    again = prepare(Settings(), made.folder)
    settings = again.settings
    assert (settings.mode, settings.origin, settings.turns, settings.n) == ("expand", pairs, "4", 2)
    assert again.kinds == {("4-4", "sextantry"): 1.0}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"mode": "expand"}, r"--mode expand: needs pairs of question and answer\."),
        ({"mode": "memo"}, r"--mode memo: needs case reports\."),
        ({"origin": "pairs.csv"}, "--from: belongs to --mode expand and --mode memo"),
        ({"origin": "pairs.csv", "mode": "simulate"}, "--from: belongs to"),
        ({"mode": "talk"}, "--mode talk: no such mode"),
        ({"turns": "1"}, "'1' is not a band of turns"),
        ({"turns": "5"}, "--turns 5: a conversation of 5 turns would leave the user's last one unanswered"),
        ({"approaches": "nope"}, "--therapies nope: 'nope' is not known"),
        ({"mode": "expand", "origin": "pairs.csv", "n": 3}, r"--n 3: pairs\.csv holds 2"),
        ({"mode": "expand", "origin": "pairs.csv", "n": 0}, "--n 0: must be from 1"),
    ],
)
def test_what_does_not_fit_together_is_told(spec: str, pairs: str, said: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words) as told:
        job(spec, **said)
    assert told.value.hint


def test_what_cannot_be_read_is_told(spec: str, pairs: str) -> None:
    with pytest.raises(FileError, match="nowhere"):
        job(spec, mode="expand", origin="nowhere.jsonl")
    with pytest.raises(SpecError, match="'fr'"):
        job(spec, mode="expand", origin=pairs, languages="fr")
