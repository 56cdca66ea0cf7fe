"""What a run's template names tell of how its texts were asked for, against how they were."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from talk_trials import ENGLISH, write_spec

from synthgen.engine.job import prepare
from synthgen.engine.parts import parts_of, plain_stages
from synthgen.engine.plain_stages import plain_stages_in
from synthgen.engine.sides import styles_for
from synthgen.records import Stage
from synthgen.settings import GIVEN_MODES, Settings

ASKED: dict[str | None, tuple[Stage, ...]] = {
    None: ("query", "reply"),
    "simulate": ("turn", "conversation"),
    "script": ("conversation",),
    "expand": ("conversation",),
    "memo": ("conversation",),
}


@pytest.fixture
def origins(tmp_path: Path) -> dict[str | None, str]:
    pairs, cases = tmp_path / "pairs.jsonl", tmp_path / "cases"
    pairs.write_text('{"question": "Which rope holds the ship?", "answer": "The long one."}', encoding="utf-8")
    cases.mkdir()
    (cases / "one.txt").write_text("A sailor slept badly in spring and was helped.", encoding="utf-8")
    return {"expand": str(pairs), "memo": str(cases)}


@pytest.mark.parametrize("mode", ASKED)
def test_the_names_of_templates_tell_what_the_styles_said(
    tmp_path: Path, origins: dict[str | None, str], mode: str | None
) -> None:
    spec = write_spec(tmp_path, ENGLISH)
    # Very small models have no templates for what is made from something.
    for query, reply in product((False, True), (False,) if mode in GIVEN_MODES else (False, True)):
        settings = Settings(topics=spec, model="scripted", mode=mode, origin=origins.get(mode), n=1)
        judged = Settings(judge_model="scripted", min_score=5.0)
        job = prepare(judged.over(settings), tmp_path / "run")
        styles = styles_for(job.settings, {"query": query, "reply": reply, "judge": not reply})
        told = plain_stages_in(job.spec, parts_of(job, styles).templates)
        wanted = plain_stages(styles)
        assert {stage: told[stage] for stage in ASKED[mode]} == {stage: wanted[stage] for stage in ASKED[mode]}


def test_a_page_is_told_anew_by_one_model() -> None:
    spec = prepare(Settings(topics="interviews", n=1), Path("run")).spec
    assert set(plain_stages_in(spec, ["summary/en.j2", "summary/zh.j2"]).values()) == {False}
    assert set(plain_stages_in(spec, ["summary/en.plain.j2", "summary/zh.plain.j2"]).values()) == {True}
