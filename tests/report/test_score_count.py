"""The figures of a judgement, from verdicts made by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_trials import METRICS, RUBRIC

from synthgen.judging.verdict import Failure, Score, Verdict
from synthgen.report.scores import ScoreCount, points_by_row
from synthgen.rubrics import parse_rubric
from synthgen.statistics.agreement import cohen_kappa
from synthgen.statistics.scores import judge_variance, mean_with_interval

DESK = parse_rubric(RUBRIC, "desk.yaml")


def verdict(*points: int | Failure, found: bool = True) -> Verdict:
    """Return a verdict with these points for the rubric's metrics, or why there are none."""
    given = dict(zip(METRICS, points, strict=True))
    return Verdict(
        {name: Score(name, each, "So.", "q", found) for name, each in given.items() if isinstance(each, int)},
        {name: each for name, each in given.items() if not isinstance(each, int)},
    )


def figures(*rows: list[list[Verdict]], topics: str = "") -> dict[str, Any]:
    counts = ScoreCount(DESK)
    for at, row in enumerate(rows):
        counts.add(topics[at] if topics else "", at, row)
    found = counts.figures()
    json.dumps(found)
    return found


def test_nothing_makes_figures_of_nothing() -> None:
    found = figures()
    assert (found["rows"], found["failures"], found["topics"], found["length_bias"]) == (0, {}, {}, None)
    nothing = {"mean": None, "interval": None, "deviation": None, "count": 0}
    assert found["mean"] == nothing
    empty = nothing | {"distribution": {}, "failures": {}, "quotes_found": 0, "scores": 0}
    assert found["metrics"] == dict.fromkeys(METRICS, empty)


def test_what_failed_is_counted_by_metric_and_kind_and_is_in_no_mean() -> None:
    found = figures([[verdict(4, "refused")]], [[verdict(2, 5, found=False)]], [[verdict("nonsense", "nonsense")]])
    firmness, order = (found["metrics"][name] for name in METRICS)
    assert (firmness["mean"], firmness["count"], firmness["failures"]) == (3, 2, {"nonsense": 1})
    assert (order["mean"], order["count"], order["failures"]) == (5, 1, {"refused": 1, "nonsense": 1})
    assert (firmness["quotes_found"], firmness["scores"], firmness["distribution"]) == (1, 2, {2: 1, 4: 1})
    assert found["failures"] == {"nonsense": 2, "refused": 1}
    # The mean over metrics is of rows that have them all.
    assert (found["mean"]["mean"], found["mean"]["count"]) == (3.5, 1)


def test_repeats_are_of_one_row() -> None:
    rows = [[[verdict(a, 3), verdict(b, 3)]] for a, b in ((1, 2), (4, 4), (5, 3))]
    found = figures(*rows)["metrics"]["firmness"]
    wanted = mean_with_interval([1, 2, 4, 4, 5, 3], groups=[0, 0, 1, 1, 2, 2])
    assert {name: found[name] for name in asdict(wanted)} == asdict(wanted)
    assert found["repeats"] == asdict(judge_variance([[1, 2], [4, 4], [5, 3]]))
    assert "second_judge" not in found


def test_a_repeat_that_failed_leaves_the_others() -> None:
    found = figures([[verdict(2, 4), verdict("cut_off", 2), verdict(4, "cut_off")]])
    assert (found["mean"]["mean"], found["mean"]["count"]) == (3, 1)
    assert found["metrics"]["firmness"]["repeats"]["scores"] == 2
    assert found["failures"] == {"cut_off": 2}


def test_what_the_second_judge_gives_stands_by_itself() -> None:
    rows = [
        [[verdict(1, 1)], [verdict(2, "refused")]],
        [[verdict(3, 1)], [verdict(3, "refused", found=False)]],
        [[verdict("nonsense", 1)], [verdict(5, "refused")]],
        [[verdict(5, 1)], []],
    ]
    found = figures(*rows)
    firmness, order = (found["metrics"][name] for name in METRICS)
    assert (firmness["scores"], firmness["failures"]) == (3, {"nonsense": 1})
    second = firmness["second_judge"]
    assert (second["rows"], second["scores"], second["quotes_found"], second["failures"]) == (2, 3, 2, {})
    assert second["quadratic_kappa"] == cohen_kappa([1, 3], [2, 3], "quadratic")
    assert second["mean_difference"] == -0.5
    assert order["second_judge"]["failures"] == {"refused": 3}
    assert (order["second_judge"]["rows"], order["second_judge"]["mean_difference"]) == (0, None)
    assert found["failures"] == {"nonsense": 1}


def test_topics_have_a_mean_each_of_their_whole_rows() -> None:
    rows = [[[verdict(1, 3)]], [[verdict(5, 5)]], [[verdict(2, 3)]], [[verdict("missing", 3)]]]
    assert figures(*rows, topics="baab")["topics"] == {
        "a": {"mean": 3.75, "rows": 2},
        "b": {"mean": 2, "rows": 1},
    }


@given(st.lists(st.lists(st.tuples(*[st.sampled_from([1, 2, 3, 4, 5, "missing", "refused"])] * 2), max_size=3)))
def test_every_verdict_is_counted_once(rows: list[list[tuple[Any, Any]]]) -> None:
    found = figures(*[[[verdict(*each) for each in row]] for row in rows])
    for at, metric in enumerate(METRICS):
        of_metric = found["metrics"][metric]
        points = [each[at] for row in rows for each in row]
        sound = [point for point in points if isinstance(point, int)]
        assert of_metric["count"] == of_metric["scores"] == sum(of_metric["distribution"].values()) == len(sound)
        assert sum(of_metric["failures"].values()) == len(points) - len(sound)
        assert of_metric["mean"] == (pytest.approx(sum(sound) / len(sound), abs=1e-12) if sound else None)


def test_points_are_the_mean_of_the_repeats_that_have_any() -> None:
    given = {"a": [verdict(1, "missing"), verdict(4, 2)], "b": [verdict("missing", "missing")], "c": []}
    assert points_by_row(given) == {("a", "firmness"): 2.5, ("a", "order"): 2}
