"""`synthgen topics`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import SPEC, Outcome, rows_of, write_spec

Synthgen = Callable[..., Outcome]


def test_list_shows_bundled_specs_and_the_users_own(synthgen: Synthgen, tmp_path: Path) -> None:
    (tmp_path / "topic_specs").mkdir()
    write_spec(tmp_path / "topic_specs" / "ferry_office.yaml")
    write_spec(tmp_path / "topic_specs" / "torn.yaml", "name: [")
    told = synthgen("topics", "list")
    assert (told.code, told.err) == (0, "")
    lines = {line.split()[0]: line for line in told.out.splitlines() if line.strip()}
    assert {"mentalchat33", "psy_insight", "tenant_advice", "ferry_office"} <= set(lines)
    assert lines["mentalchat33"].split()[1] == "33"
    assert "cannot be used" in lines["torn"]


def test_show_gives_topics_shares_and_facets(synthgen: Synthgen, tmp_path: Path) -> None:
    told = synthgen("topics", "show", write_spec(tmp_path / "ferry.yaml"))
    assert told.code == 0
    assert [[word.partition(".")[0] for word in line.split()[:3]] for line in told.out.splitlines() if "%" in line] == [
        ["Tickets", "3", "50"],
        ["Luggage", "2", "33"],
        ["Delays", "1", "16"],
    ]
    assert "tone: calm (1), upset (1)" in told.out


def test_number_shows_the_heaviest_topics(synthgen: Synthgen) -> None:
    told = synthgen("topics", "show", "2")
    assert [line.split()[0] for line in told.out.splitlines() if "%" in line] == ["Relationships", "Anxiety"]


def test_topics_with_risk_are_marked(synthgen: Synthgen) -> None:
    marked = [
        line for line in synthgen("topics", "show", "mentalchat33").out.splitlines() if line.split()[-1:] == ["risk"]
    ]
    assert any(line.lstrip().startswith("Self-harm") for line in marked)
    assert not any(line.lstrip().startswith("Career Counseling") for line in marked)


@pytest.mark.parametrize("name", ["mentalchat33", "psy_insight", "tenant_advice"])
def test_bundled_specs_are_sound(synthgen: Synthgen, name: str) -> None:
    told = synthgen("topics", "check", name)
    assert (told.code, told.err) == (0, "")
    assert f": ok. {name}: " in told.out


def test_new_spec_is_sound_commented_and_runs(synthgen: Synthgen, tmp_path: Path) -> None:
    told = synthgen("topics", "new", "mine.yaml")
    assert (told.code, told.out) == (0, "mine.yaml\n")
    assert "synthgen topics check mine.yaml" in told.err
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert sum(" # " in line or line.startswith("# ") for line in text.splitlines()) > 20
    assert synthgen("topics", "check", "mine.yaml").code == 0
    told = synthgen("generate", "--topics", "mine.yaml", "--n", 6, "--model", "scripted", "--out", "run")
    assert told.code == 0
    assert len(rows_of(tmp_path / "run")) == 6


def test_check_finds_a_template_that_does_not_render(synthgen: Synthgen, tmp_path: Path) -> None:
    (tmp_path / "templates" / "mine").mkdir(parents=True)
    (tmp_path / "templates" / "mine" / "en.j2").write_text("{{ nowhere.to.be.found }}")
    path = write_spec(tmp_path / "ferry.yaml", SPEC.replace("reply: {", "reply: {template: mine, "))
    assert "mine/en.j2" in synthgen("topics", "check", path).error
