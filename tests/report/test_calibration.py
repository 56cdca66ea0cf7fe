from __future__ import annotations

import json
from pathlib import Path
from random import Random
from statistics import fmean

import krippendorff
import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from synthgen.errors import FileError
from synthgen.report.calibration import calibration, corrected, read_human_scores

TABLES = 1000
UNDEFINED = ["pearson", "spearman", "quadratic_kappa", "alpha", "human_alpha", "bias", "absolute_error", "fit"]


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=1e-9)


def table(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# The file


def test_long_scores_of_several_raters(tmp_path):
    lines = ["r1,empathy,7,Ada", "r1,empathy,5,Bo", " r1 ,clarity,8.5,Ada", "r2,empathy,,Ada", "r2,empathy,3,"]
    wanted = {("r1", "empathy"): [7, 5], ("r1", "clarity"): [8.5], ("r2", "empathy"): [3]}
    assert read_human_scores(table(tmp_path, "\n".join(["id,metric,score,rater", *lines]))) == wanted


def test_without_a_rater_every_line_is_of_another(tmp_path):
    path = table(tmp_path, "score,id,metric\n7,r1,empathy\n7,r1,empathy\n")
    assert read_human_scores(path) == {("r1", "empathy"): [7, 7]}


def test_wide_scores(tmp_path):
    path = table(tmp_path, "id, empathy,clarity\n\nr1,7,8\nr1, 6 ,\n,,\nr2,,1\n")
    wanted = {("r1", "empathy"): [7, 6], ("r1", "clarity"): [8], ("r2", "clarity"): [1]}
    assert read_human_scores(path) == wanted


def test_a_table_may_number_its_rows(tmp_path):
    assert read_human_scores(table(tmp_path, " ,id,empathy\n0,r1,7\n")) == {("r1", "empathy"): [7]}


def test_only_the_metrics_named_are_read(tmp_path):
    path = table(tmp_path, ",id,rater,reply,empathy,comment\n0,r1,Ada,Thank you for telling me.,7,good\n")
    assert read_human_scores(path, ["empathy", "clarity"]) == {("r1", "empathy"): [7]}
    long = table(tmp_path, "id,metric,score\nr1,empathy,7\nr1,empthy,6\n", "long.csv")
    with pytest.raises(FileError, match=r"row 2: 'empthy' is no metric of the rubric\. Hint: it has empathy, clarity"):
        read_human_scores(long, ["empathy", "clarity"])


@pytest.mark.parametrize(("score", "is_read"), [("1", True), ("5.5", True), ("0", False), ("10.5", False)])
def test_scores_are_on_the_scale(tmp_path, score, is_read):
    path = table(tmp_path, f"id,empathy\nr1,7\nr2,{score}\n")
    if is_read:
        assert read_human_scores(path, scale=(1, 10))["r2", "empathy"] == [float(score)]
        return
    with pytest.raises(FileError, match=f"row 2: the score of empathy must be from 1 to 10, .* got {score}"):
        read_human_scores(path, scale=(1, 10))


def test_other_files_of_rows_are_read_alike(tmp_path):
    lines = '{"id": 5, "empathy": 7, "clarity": null}\n{"id": "r2", "metric": "empathy", "score": 2.5}\n'
    wanted = {("5", "empathy"): [7], ("r2", "empathy"): [2.5]}
    assert read_human_scores(table(tmp_path, lines, "people.jsonl")) == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("row,empathy\nr1,7\n", "people.csv: row 1: there is no column id among row, empathy. Hint: a line is id"),
        ("id,empathy\n ,7\n", "people.csv: row 1: its id is empty."),
        ("id,metric,score\nr1,,7\n", "people.csv: row 1: its metric is empty."),
        ("id,empathy\nr1,7\nr2,seven\n", "people.csv: row 2: the score of empathy must be a number, got 'seven'."),
        ("id,empathy\nr1,nan\n", "the score of empathy must be a number, got 'nan'."),
        ("id,empathy\nr1,-inf\n", "the score of empathy must be a number, got '-inf'."),
        ("id,rater,empathy\nr1,Ada,7\nr2,Ada,5\nr1,Ada,6\n", "row 3: Ada scored empathy of r1 in row 1 already."),
        ("id,empathy\nr1,\n", "people.csv: it holds no score."),
        ("", "people.csv: it holds no score."),
    ],
)
def test_a_fault_is_told_by_its_place(tmp_path, text, told):
    with pytest.raises(FileError) as caught:
        read_human_scores(table(tmp_path, text))
    assert told in str(caught.value)
    assert caught.value.hint


def test_a_file_without_the_metrics_named_is_told(tmp_path):
    with pytest.raises(FileError, match="holds no score of empathy, clarity"):
        read_human_scores(table(tmp_path, "id,mood\nr1,7\n"), ["empathy", "clarity"])


def test_no_text_of_a_row_stands_in_an_error(tmp_path):
    path = table(tmp_path, "id,reply\nr1,My neighbour Ludmila told me everything.\n")
    with pytest.raises(FileError, match="score of reply must be a number, got a text") as caught:
        read_human_scores(path)
    assert "Ludmila" not in str(caught.value)


def test_truth_is_no_score(tmp_path):
    with pytest.raises(FileError, match="must be a number, got 'True'"):
        read_human_scores(table(tmp_path, '{"id": "r1", "empathy": true}\n', "people.jsonl"))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FileError, match="no such file"):
        read_human_scores(tmp_path / "people.csv")


# The figures


def random_scores(random):
    """Return a judge's scores and those of one to three people, on whole points or between them, some missing."""
    judge, human = {}, {}
    step, noise, raters = random.choice([1, 0.5]), random.randint(0, 3), random.randint(1, 3)
    for row in range(random.randint(1, 25)):
        for metric in ("empathy", "clarity"):
            score = random.randint(1, 10) * step
            if random.random() < 0.9:
                judge[f"r{row}", metric] = score
            if random.random() < 0.9:
                human[f"r{row}", metric] = [score + random.randint(-noise, noise) for _ in range(raters)]
    return judge, human


def test_figures_equal_their_references_on_random_tables():
    random, defined = Random(1), 0
    for _ in range(TABLES):
        judge, human = random_scores(random)
        told = calibration(judge, human)["overall"]
        both = [key for key in judge if key in human]
        ours, theirs = np.array([judge[key] for key in both]), np.array([fmean(human[key]) for key in both])
        assert (told["items"], told["judge_only"]) == (len(both), len(judge.keys() - human))
        assert (told["human_only"], told["ratings"]) == (len(human.keys() - judge), sum(len(human[k]) for k in both))
        if len(both) < 3 or len(set(ours)) == 1 or len(set(theirs)) == 1:
            continue
        assert told["pearson"] == near(stats.pearsonr(ours, theirs).statistic)
        assert told["spearman"] == near(stats.spearmanr(ours, theirs).statistic)
        points = np.floor(ours + 0.5).astype(int), np.floor(theirs + 0.5).astype(int)
        if len({*points[0], *points[1]}) > 1:
            wanted = cohen_kappa_score(*points, labels=range(-5, 16), weights="quadratic")
            assert told["quadratic_kappa"] == near(wanted)
        by_rater = np.array([[judge[key], *human[key]] for key in both]).T
        assert told["alpha"] == near(krippendorff.alpha(by_rater, level_of_measurement="interval"))
        if len(by_rater) > 2:
            assert told["human_alpha"] == near(krippendorff.alpha(by_rater[1:], level_of_measurement="interval"))
        else:
            assert told["human_alpha"] is None
        assert told["bias"] == near((ours - theirs).mean())
        assert told["absolute_error"] == near(abs(ours - theirs).mean())
        line = stats.linregress(ours, theirs)
        left = theirs - line.slope * ours - line.intercept
        assert (told["fit"]["slope"], told["fit"]["intercept"]) == near((line.slope, line.intercept))
        assert told["fit"]["residual"] == near((left @ left / (len(both) - 2)) ** 0.5)
        defined += 1
    assert defined > 0.8 * TABLES


def test_worked_example():
    judge = {("r1", "empathy"): 2, ("r2", "empathy"): 4, ("r3", "empathy"): 6, ("r4", "empathy"): 9}
    human = {("r1", "empathy"): [1, 2], ("r2", "empathy"): [2, 3], ("r3", "empathy"): [3, 4], ("r5", "empathy"): [9]}
    told = calibration(judge, human)
    assert told["overall"] == told["metrics"]["empathy"]
    figures = told["overall"]
    assert (figures["items"], figures["judge_only"], figures["human_only"], figures["ratings"]) == (3, 1, 1, 6)
    # The means of people are 1.5, 2.5, 3.5: half a point each point of the judge.
    assert figures["pearson"] == figures["spearman"] == 1
    assert figures["fit"] == {"slope": 0.5, "intercept": 0.5, "residual": 0}
    assert figures["bias"] == figures["absolute_error"] == near(1.5)
    # Rounded up to 2, 3, 4: squared distances 0, 1, 4 sum to 5, over all nine pairs to 0+1+4+4+1+0+16+9+4.
    assert figures["quadratic_kappa"] == near(1 - 3 * 5 / 39)
    # Of people: 3 pairs at distance 1, D of the items 2 each; of all, 2 (6 * 43 - 15^2) = 66.
    assert figures["human_alpha"] == near(1 - 5 * 6 / 66)
    assert figures["curve"] == [
        {"judge": 2, "items": 1, "human": 1.5},
        {"judge": 4, "items": 1, "human": 2.5},
        {"judge": 6, "items": 1, "human": 3.5},
    ]


def test_each_metric_has_its_own_figures():
    judge = {("r1", "empathy"): 1, ("r2", "empathy"): 2, ("r1", "clarity"): 1, ("r2", "clarity"): 2, ("r1", "mood"): 5}
    human = {("r1", "empathy"): [1], ("r2", "empathy"): [2], ("r1", "clarity"): [2], ("r2", "clarity"): [1]}
    told = calibration(judge, human)
    assert list(told["metrics"]) == ["empathy", "clarity", "mood"]
    assert [told["metrics"][name]["pearson"] for name in told["metrics"]] == [1, -1, None]
    assert told["overall"]["pearson"] == 0
    assert told["metrics"]["mood"]["judge_only"] == told["overall"]["judge_only"] == 1


@pytest.mark.parametrize("human", [{}, {("r1", "empathy"): []}, {("r2", "empathy"): [3]}])
def test_nothing_is_told_of_nothing_in_common(human):
    told = calibration({("r1", "empathy"): 3}, human)["overall"]
    assert told["items"] == told["ratings"] == 0
    assert told["human_only"] == (("r2", "empathy") in human)
    assert told["judge_only"] == 1
    assert all(told[name] is None for name in UNDEFINED)
    assert told["curve"] == []


def test_undefined_is_none_and_all_is_json():
    same = calibration({("r1", "m"): 3, ("r2", "m"): 3}, {("r1", "m"): [3], ("r2", "m"): [3]})
    assert {name for name, figure in same["overall"].items() if figure is None} == {*UNDEFINED[:5], "fit"}
    two = calibration({("r1", "m"): 3, ("r2", "m"): 4}, {("r1", "m"): [5], ("r2", "m"): [7]})
    assert two["overall"]["fit"] == {"slope": 2, "intercept": -1, "residual": None}
    for told in (same, two, calibration({}, {})):
        assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_scores_are_brought_to_the_scale_of_people():
    random = Random(3)
    judge = {(f"r{row}", "m"): random.randint(1, 10) for row in range(40)}
    human = {key: [0.5 * score + 2 + random.choice([-0.25, 0.25])] for key, score in judge.items()}
    told = calibration(judge, human)["overall"]
    moved = dict(zip(judge, corrected(judge.values(), told["fit"]), strict=True))
    again = calibration(moved, human)["overall"]
    assert again["bias"] == near(0)
    assert again["absolute_error"] < 0.3 < told["absolute_error"]
    assert again["pearson"] == near(told["pearson"])
    assert corrected([1, 2], {"slope": 2.0, "intercept": -1.0, "residual": None}) == [1, 3]


@pytest.mark.parametrize("slope", [0.0, -0.5, None])
def test_a_fit_that_does_not_rise_corrects_nothing(slope):
    with pytest.raises(ValueError, match="fit that rises"):
        corrected([1], {"slope": slope, "intercept": 1.0, "residual": 0.0})
