"""Rubrics: the bundled ones are whole in both languages; one that cannot be is refused with where and why."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.errors import SpecError
from synthgen.resources import rubric_files
from synthgen.rubrics import DEFAULT_RUBRIC, MAX_RUBRIC_BYTES, load_rubric, parse_rubric, read_rubric
from synthgen.rules.rubric import MOST_METRICS, Rubric, points_of
from synthgen.text import cjk_share

BUNDLED = {
    "counseling7": [
        "active_listening",
        "empathy_validation",
        "safety_trustworthiness",
        "openmindedness_nonjudgment",
        "clarity_encouragement",
        "boundaries_ethical",
        "holistic_approach",
    ],
    "cpsycoun4": ["comprehensiveness", "professionalism", "authenticity", "safety"],
}
ANCHORS = "{1-4: poor, 5-7: fair, 8-10: good}"
METRIC = f"  - {{name: warmth, about: how warm it is, anchors: {ANCHORS}}}\n"
LEAST = f"name: mine\nabout: replies\nmetrics:\n{METRIC}"


def with_anchors(anchors: str, scale: str = "[1, 10]") -> str:
    return LEAST.replace(ANCHORS, anchors) + f"scale: {scale}\n"


def test_what_is_bundled_can_be_named() -> None:
    assert set(rubric_files()) == set(BUNDLED)
    assert DEFAULT_RUBRIC in BUNDLED


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_bundled_rubrics_have_their_metrics_from_1_to_10(name: str) -> None:
    rubric, path = load_rubric(name)
    assert (rubric.name, path.stem) == (name, name)
    assert [metric.name for metric in rubric.metrics] == BUNDLED[name]
    assert rubric.scale == (1, 10)


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_every_point_has_an_anchor_in_both_languages(name: str) -> None:
    rubric, _ = load_rubric(name)
    for metric in rubric.metrics:
        for language in ("en", "zh"):
            levels = metric.levels(language)
            assert [point for level, _ in levels for point in points_of(level)] == [*range(1, 11)]
            texts = [rubric.meaning(language), metric.title(language), metric.meaning(language), *dict(levels).values()]
            wanted = (0.9, 1.0) if language == "zh" else (0.0, 0.0)
            assert [text for text in texts if not wanted[0] <= cjk_share(text) <= wanted[1]] == []


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_no_anchor_is_said_twice(name: str) -> None:
    metrics = load_rubric(name)[0].metrics
    said = [text for metric in metrics for language in ("en", "zh") for _, text in metric.levels(language)]
    assert len(set(said)) == len(said)


def test_a_users_own_rubric_is_read_from_its_path_and_wins_by_its_name(tmp_path: Path, monkeypatch) -> None:
    own = tmp_path / "rubrics" / "counseling7.yaml"
    own.parent.mkdir()
    own.write_text(LEAST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for named in (str(own), "rubrics/counseling7.yaml", "./rubrics/counseling7.yaml", "counseling7"):
        rubric, path = load_rubric(named)
        assert rubric.name == "mine"
        assert path.resolve() == own
    assert load_rubric("cpsycoun4")[0].name == "cpsycoun4"


def test_one_text_stands_for_every_language_and_the_first_for_those_unsaid() -> None:
    metric = parse_rubric(LEAST, "x").metric("warmth")
    assert (metric.title("zh"), metric.meaning("zh")) == ("warmth", "how warm it is")
    assert metric.levels("zh") == [("1-4", "poor"), ("5-7", "fair"), ("8-10", "good")]
    german = parse_rubric(LEAST.replace("about: how warm it is", "about: {de: wie warm, en: how warm}"), "x")
    assert [german.metrics[0].meaning(language) for language in ("en", "zh")] == ["how warm", "wie warm"]


def test_levels_come_lowest_first_and_a_point_may_be_a_number() -> None:
    metric = parse_rubric(with_anchors("{2: all, 0: nothing, '1': some}", "[0, 2]"), "x").metrics[0]
    assert metric.levels("en") == [("0", "nothing"), ("1", "some"), ("2", "all")]


def test_the_hash_follows_what_is_said() -> None:
    assert parse_rubric(LEAST, "x").hash == parse_rubric(LEAST, "y").hash
    assert parse_rubric(LEAST.replace("good", "very good"), "x").hash != parse_rubric(LEAST, "x").hash


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a mapping with name, about and metrics is wanted, found nothing"),
        ("- warmth", "a mapping with name, about and metrics is wanted, found a list"),
        ("name: mine\nabout: replies", "metrics: is missing"),
        ("name: mine\nabout: replies\nmetrics: []", "metrics: must not be empty"),
        (LEAST.replace("about: replies", "about: ''"), "about: must not be empty"),
        (LEAST.replace("about: replies", "about: {}"), "about: must not be empty"),
        (
            LEAST.replace("name: mine", "name: My Rubric"),
            "name: up to 64 lower-case letters, digits, _ and - are allowed",
        ),
        (LEAST + "weights: 3\n", "weights: no such key"),
        (LEAST + "scale: [5, 5]\n", "scale: at least two points are needed"),
        (LEAST + "scale: [10, 1]\n", "scale: the lower bound 10 is above the upper bound 1"),
        (LEAST + "scale: [1, 5.5]\n", "scale[1]: "),
        (LEAST + METRIC, "metrics[1].name: 'warmth' stands twice"),
        (LEAST.replace("warmth", "mean"), "metrics[0].name: 'mean' is what the average is called"),
        (LEAST.replace("good}", "' '}"), "metrics[0].anchors.8-10: must not be empty"),
        (with_anchors("good"), "metrics[0].anchors: a mapping of keys to values is wanted, got 'good'"),
        (with_anchors("{}"), "metrics[0].anchors: must not be empty"),
        (with_anchors("{1-4: poor, 8-10: good}"), "needs an anchor, none found for 5, 6, 7"),
        (with_anchors("{1-5: poor, 5-10: good}"), "metrics[0].anchors.5-10: 5 is anchored by 1-5 too"),
        (with_anchors("{0-5: poor, 6-10: good}"), "metrics[0].anchors.0-5: 0 is not on the scale of 1 to 10"),
        (with_anchors("{1-9: poor, 10-11: good}"), "metrics[0].anchors.10-11: 11 is not on the scale"),
        (with_anchors("{4-1: poor, 5-10: good}"), "a point such as 3 or a range such as 3-4 is wanted, got '4-1'"),
        (with_anchors("{low: poor}"), "metrics[0].anchors.low: a point such as 3 or a range"),
        (with_anchors("{1: poor, '1': bad}", "[1, 2]"), "metrics[0].anchors: a level stands twice"),
        (with_anchors("{1: poor, 1: bad}", "[1, 2]"), "the key 1 stands twice"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(SpecError) as error:
        parse_rubric(text, "my/rubric.yaml")
    message = str(error.value)
    assert message.startswith("my/rubric.yaml: ")
    assert told in message
    assert "\n" not in message
    assert error.value.hint


def test_there_are_at_most_so_many_metrics() -> None:
    many = [METRIC.replace("warmth", f"warmth{at}") for at in range(MOST_METRICS)]
    head = LEAST.removesuffix(METRIC)
    assert len(parse_rubric(head + "".join(many), "x").metrics) == MOST_METRICS
    with pytest.raises(SpecError, match=f"metrics: at most {MOST_METRICS} are allowed, got {MOST_METRICS + 1}"):
        parse_rubric(head + "".join(many) + METRIC, "x")


@given(st.integers(0, 20), st.integers(1, 20), st.data())
def test_any_cut_of_a_scale_is_taken_and_none_with_a_hole(low: int, width: int, data: st.DataObject) -> None:
    points = [*range(low, low + width + 1)]
    cuts = sorted({0, len(points), *data.draw(st.lists(st.integers(1, len(points) - 1)))})
    levels = [f"{points[start]}-{points[end - 1]}" for start, end in pairwise(cuts)]
    metric = {"name": "warmth", "about": "warm", "anchors": dict.fromkeys(levels, "so")}
    whole = {"name": "mine", "about": "x", "scale": [points[0], points[-1]], "metrics": [metric]}
    assert [level for level, _ in Rubric.model_validate(whole).metrics[0].levels("en")] == levels
    del metric["anchors"][data.draw(st.sampled_from(levels))]
    with pytest.raises(ValueError, match=r"needs an anchor|at least 1 item"):
        Rubric.model_validate(whole)


@pytest.mark.parametrize("named", ["", "counseling", "COUNSELING7", "7"])
def test_what_names_nothing_is_told_with_what_there_is(named: str) -> None:
    with pytest.raises(SpecError, match=r"no such rubric; there are counseling7, cpsycoun4\."):
        load_rubric(named)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"none\.yaml: cannot be read"):
        load_rubric(str(tmp_path / "none.yaml"))
    path = tmp_path / "odd.yaml"
    path.write_bytes(b"name: \xff")
    with pytest.raises(SpecError, match="not UTF-8"):
        read_rubric(path)
    path.write_text("#" * (MAX_RUBRIC_BYTES + 1))
    with pytest.raises(SpecError, match="over 1,000,000 bytes"):
        read_rubric(path)
