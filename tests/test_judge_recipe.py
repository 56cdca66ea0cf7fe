"""The judge recipe end to end: real files, ledger and templates; only the models are scripted."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from judge_trials import (
    METRICS,
    QUOTE,
    RUBRIC,
    Recorded,
    by_row,
    by_seed,
    lines_of,
    number_in,
    points_of,
    rows_of,
    run,
    scored,
    stopping,
    verdicts_of,
    write_rubric,
    written,
)
from note_trials import SAID, SPEC, native, write_rows, write_spec

from synthgen.backends.scripted import Answer, Scripted, prompt_of
from synthgen.calls import Reply, Request, Usage
from synthgen.errors import AuthError, FileError, RunChangedError, RunError, ServerError, SpecError, UsageError
from synthgen.formats.sources import LEDGER
from synthgen.judge import PLOT, Human, JudgeResult, judge
from synthgen.recipes import generate
from synthgen.report.calibration import calibration, corrected
from synthgen.row_settings import JudgeSettings
from synthgen.rubrics import load_rubric
from synthgen.settings import Settings
from synthgen.statistics.agreement import cohen_kappa, krippendorff_alpha
from synthgen.statistics.correlation import pearson, spearman
from synthgen.statistics.scores import judge_variance, length_bias, mean_with_interval
from synthgen.store.ledger import Ledger
from synthgen.text import count_units

AWAY = {"model": "openai:m", "base_url": "http://198.51.100.7:9/v1"}


def pair(number: int, **more: Any) -> dict[str, Any]:
    said = f"{SAID[0]} ({number})", f"You should write to the landlord again{'!' * (number % 3)}"
    return native(number, *said, **more)


def talk(number: int, **more: Any) -> dict[str, Any]:
    return native(number, *(f"{text} ({number})" for text in SAID), **more)


def pairs(folder: Path, count: int, **more: Any) -> Path:
    return write_rows(folder / "rows.jsonl", [pair(number, **more) for number in range(1, count + 1)])


def calls_in(out: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(out / LEDGER)) as ledger:
        return ledger.execute("SELECT purpose, response FROM calls ORDER BY id").fetchall()


def reply(text: str, finish: str) -> Reply:
    return Reply(text, finish, Usage(9, 9), "scripted")


def unsound(request: Request) -> Answer | None:
    """Answer nonsense for 10 % of the rows, refuse 5 %, break off at 5 %, and leave the rest to others."""
    at = number_in(request) % 20
    if at in (0, 1):
        return ("The weather was fine, and 7 cats sat by.", "{}")[at]
    if at == 2:
        return "I'm sorry, but I can't rate this." if number_in(request) % 40 == 2 else reply("", "content_filter")
    return reply('{"firmness": {"quote": "You should", "reason": "It is 5 t', "length") if at == 3 else None


def test_what_cannot_be_read_is_in_no_mean_and_stands_by_its_kind(tmp_path: Path) -> None:
    found = run(pairs(tmp_path, 200), tmp_path / "out", Recorded(lambda r: unsound(r) or scored(r)), tries=0)
    sound = [number for number in range(1, 201) if number % 20 > 3]
    kinds = {"nonsense": 20, "refused": 10, "cut_off": 10}
    figures = written(found)
    for metric in METRICS:
        of_metric = figures["metrics"][metric]
        assert of_metric["mean"] == pytest.approx(fmean(by_row(metric, number, 0) for number in sound), abs=1e-12)
        assert (of_metric["count"], of_metric["scores"]) == (160, 160)
        assert of_metric["failures"] == kinds
    means = [fmean(by_row(metric, number, 0) for metric in METRICS) for number in sound]
    assert figures["mean"]["mean"] == pytest.approx(fmean(means), abs=1e-12)
    assert figures["mean"]["count"] == 160
    assert figures["failures"] == {kind: 2 * count for kind, count in kinds.items()}
    assert figures["rows"] == len(rows_of(found)) == 200
    for number, row in enumerate(rows_of(found), 1):
        wanted = {metric: by_row(metric, number, 0) for metric in METRICS}
        assert row["scores"] == (
            wanted | {"mean": fmean(wanted.values())} if number in sound else dict.fromkeys((*METRICS, "mean"))
        )
    assert found.result.summary.calls == 200


def test_a_judge_that_mends_itself_fails_nothing(tmp_path: Path) -> None:
    seen: Counter[int] = Counter()

    def answer(request: Request) -> Answer:
        seen[number_in(request)] += 1
        return (seen[number_in(request)] <= 2 and unsound(request)) or scored(request)

    found = run(pairs(tmp_path, 40), tmp_path / "out", Recorded(answer), tries=2)
    assert found.figures["failures"] == {}
    for metric in METRICS:
        of_metric = found.figures["metrics"][metric]
        assert of_metric["mean"] == pytest.approx(fmean(by_row(metric, at, 0) for at in range(1, 41)), abs=1e-12)
    assert found.result.summary.calls == 32 + 3 * 8


@pytest.mark.parametrize("tries", [0, 1, 3])
def test_only_what_failed_is_asked_for_again_and_what_was_sound_counts(tries: int, tmp_path: Path) -> None:
    model = Recorded(lambda request: scored(request, lambda metric, *_: 4 if metric == "firmness" else 9))
    found = run(pairs(tmp_path, 1), tmp_path / "out", model, tries=tries)
    asked = [list(request.schema["properties"]) for request in model.requests if request.schema]
    assert asked == [[*METRICS], *[["order"]] * tries]
    (row,) = rows_of(found)
    assert row["scores"] == {"firmness": 4, "order": None, "mean": None}
    assert found.figures["metrics"]["order"]["failures"] == {"out_of_scale": 1}
    assert found.figures["mean"]["mean"] is None
    assert found.figures["mean"]["count"] == 0


def test_the_same_fault_again_is_asked_about_with_another_seed(tmp_path: Path) -> None:
    model = Recorded(lambda request: "It was fine.")
    run(pairs(tmp_path, 1), tmp_path / "out", model, tries=3)
    assert len({request.sampling.seed for request in model.requests}) == len(model.requests) == 4


def test_a_quote_that_does_not_stand_there_is_counted(tmp_path: Path) -> None:
    def answer(request: Request) -> str:
        # Of every third row what the tenant says, or nothing, is quoted: neither is of what is judged.
        return scored(
            request, quote={0: "My deposit", 1: "", 2: f"You  should\n{QUOTE.upper()}"}[number_in(request) % 3]
        )

    found = run(pairs(tmp_path, 30), tmp_path / "out", Recorded(answer))
    for metric in METRICS:
        of_metric = written(found)["metrics"][metric]
        assert (of_metric["quotes_found"], of_metric["scores"], of_metric["failures"]) == (10, 30, {})
    told = [row[0][0]["scores"]["order"]["quote_found"] for row in verdicts_of(found)]
    assert told == [number % 3 == 2 for number in range(1, 31)]


def as_pairs(folder: Path) -> Path:
    path = folder / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["question", "answer", "tag"], [*SAID[:2], "7"], ['Say, "now"?\n', "Yes.", ""]])
    return path


def as_sharegpt(folder: Path) -> Path:
    turns = [{"from": ("human", "gpt")[at % 2], "value": text, "weight": at} for at, text in enumerate(SAID)]
    return write_rows(folder / "sharegpt.jsonl", [{"id": 1, "system": "Be kind.", "conversations": turns}])


def as_run(folder: Path) -> Path:
    generate(Settings(topics=str(write_spec(folder, SPEC)), n=4, model="scripted"), folder / "made")
    return folder / "made"


def as_native(folder: Path) -> Path:
    half = native(4, "It broke \ud83d again.\r\n\tTwice\u2028", "  Why? ", labels={"a": [1, {}]}, scores_of={"x": 1})
    path = folder / "native.jsonl"
    path.write_text("\n".join(map(json.dumps, [pair(1), talk(2), half])), encoding="utf-8")
    return path


@pytest.mark.parametrize("shape", [as_run, as_native, as_sharegpt, as_pairs])
def test_every_shape_comes_out_as_it_was_but_for_its_scores(shape: Callable[[Path], Path], tmp_path: Path) -> None:
    origin = shape(tmp_path)
    # A judge may quote the half of a pair too.
    found = run(origin, tmp_path / "out", Recorded(lambda request: scored(request, quote="\ud83d again")))
    assert found.result.summary.status == "done"
    rows = rows_of(found)
    scores = [row.pop("scores") for row in rows]
    if origin.suffix == ".csv":
        assert [list(row) for row in rows] == [["question", "answer", "tag"]] * 2
        assert rows[1]["question"] == 'Say, "now"?\n'
    else:
        assert rows == lines_of(origin / "dataset.jsonl" if origin.is_dir() else origin)
    assert all(set(each) == {*METRICS, "mean"} and None not in each.values() for each in scores)


def test_scores_that_a_row_has_stay(tmp_path: Path) -> None:
    rows = [pair(1, scores={"order": "good"}), pair(2, scores=None), pair(3)]
    found = run(write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", Recorded())
    made = rows_of(found)
    assert made[0] == rows[0]
    assert [row["scores"]["order"] for row in made[1:]] == [by_row("order", number, 0) for number in (2, 3)]
    assert found.figures["unwritten"] == 1
    assert points_of(found, "order") == [[by_row("order", number, 0)] for number in (1, 2, 3)]


def test_rows_without_a_dialogue_come_through_and_are_counted(tmp_path: Path) -> None:
    rows = [{"title": "no talk", "n": [1, {}]}, pair(2), {"messages": "?"}]
    found = run(write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", Recorded())
    nothing = {"scores": dict.fromkeys((*METRICS, "mean"))}
    made = rows_of(found)
    assert [made[0], made[2]] == [rows[0] | nothing, rows[2] | nothing]
    assert (found.result.summary.accepted, found.result.summary.dropped) == (1, {"conversation.no_dialogue": 2})
    assert (found.figures["rows"], found.figures["failures"]) == (1, {})
    assert found.result.summary.calls == 1


def test_repeats_tell_how_far_a_judge_repeats_itself(tmp_path: Path) -> None:
    model = Recorded(lambda request: "no" if number_in(request) == 7 else scored(request, by_seed))
    found = run(pairs(tmp_path, 30), tmp_path / "out", model, repeats=3, tries=0)
    assert len({request.sampling.seed for request in model.requests}) == 90
    figures = written(found)["metrics"]
    for metric in METRICS:
        given = points_of(found, metric)
        assert [len(row) for row in given] == [0 if number == 7 else 3 for number in range(1, 31)]
        assert figures[metric]["repeats"] == asdict(judge_variance(given))
        assert figures[metric]["repeats"]["within"] > 0
        flat = [(points, at) for at, row in enumerate(given) for points in row]
        wanted = mean_with_interval([points for points, _ in flat], groups=[at for _, at in flat])
        assert (figures[metric]["mean"], figures[metric]["count"]) == (wanted.mean, 87)
        assert figures[metric]["interval"] == list(wanted.interval or ())
        assert figures[metric]["failures"] == {"nonsense": 3}
        assert [row["scores"][metric] for row in rows_of(found)] == [round(fmean(r), 4) if r else None for r in given]


def test_a_second_judge_tells_how_far_two_agree(tmp_path: Path) -> None:
    def other(request: Request) -> str:
        if number_in(request) == 3:
            return "no"
        return scored(request, lambda metric, number, _: max(1, by_row(metric, number, 0) - number % 2))

    a, b = Recorded(), Recorded(other)
    found = run(pairs(tmp_path, 25), tmp_path / "out", a, b, second_model="scripted", tries=0)
    assert Counter(purpose for purpose, _ in calls_in(tmp_path / "out")) == {"judge": 25, "judge_b": 25}
    for metric in METRICS:
        both = zip(points_of(found, metric), points_of(found, metric, 1), strict=True)
        ours, theirs = zip(*[(one[0], two[0]) for one, two in both if one and two], strict=True)
        figures = written(found)["metrics"][metric]
        assert figures["second_judge"] == {
            "failures": {"nonsense": 1},
            "quotes_found": 24,
            "scores": 24,
            "rows": 24,
            "pearson": pearson(ours, theirs),
            "spearman": spearman(ours, theirs),
            "quadratic_kappa": cohen_kappa(ours, theirs, "quadratic"),
            "krippendorff": krippendorff_alpha([*zip(ours, theirs, strict=True)], "interval"),
            "mean_difference": fmean(one - two for one, two in zip(ours, theirs, strict=True)),
        }
        # What the second judge fails at is not the first one's failure.
        assert (figures["failures"], figures["scores"], figures["count"]) == ({}, 25, 25)
        assert [row["scores"][metric] for row in rows_of(found)] == [by_row(metric, n, 0) for n in range(1, 26)]
    assert found.figures["failures"] == {}


def human_points(metric: str, number: int) -> list[int]:
    """Two people, who score much as the judge does, and the second not all rows."""
    points = by_row(metric, number, 0)
    return [min(5, points + number % 2), *([max(1, points - 1)] if number % 3 else [])]


def long_file(path: Path, ids: Sequence[Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "rater", "metric", "score"])
        for number, named in enumerate(ids, 1):
            for metric in METRICS:
                writer.writerows(
                    [named, "ab"[at], metric, score] for at, score in enumerate(human_points(metric, number))
                )
    return path


def wide_file(path: Path, ids: Sequence[Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *METRICS, "remark"])
        for number, named in enumerate(ids, 1):
            for at in (0, 1):
                given = [human_points(metric, number) for metric in METRICS]
                writer.writerow([named, *(each[at] if at < len(each) else "" for each in given), "as it is"])
    return path


@pytest.mark.parametrize("write", [long_file, wide_file])
def test_scores_by_people_calibrate_the_judge(write: Callable[[Path, Sequence[Any]], Path], tmp_path: Path) -> None:
    origin = pairs(tmp_path, 20)
    people = write(tmp_path / "people.csv", [f"row-{number}" for number in range(1, 19)] + ["row-99"])
    found = run(origin, tmp_path / "out", Recorded(), human=Human(people, corrects=True))
    given = {(f"row-{n}", metric): float(by_row(metric, n, 0)) for n in range(1, 21) for metric in METRICS}
    named = [*range(1, 19), 99]
    rated = {(f"row-{n}", m): [*map(float, human_points(m, at))] for at, n in enumerate(named, 1) for m in METRICS}
    wanted = calibration(given, rated)
    assert found.figures["calibration"] == wanted
    assert (wanted["overall"]["items"], wanted["overall"]["judge_only"], wanted["overall"]["human_only"]) == (36, 4, 2)
    for metric in METRICS:
        own = [value for (_, name), value in given.items() if name == metric]
        assert found.figures["corrected"][metric] == fmean(corrected(own, wanted["metrics"][metric]["fit"]))
    # Rows keep what the judge gave.
    assert [row["scores"]["order"] for row in rows_of(found)] == [by_row("order", n, 0) for n in range(1, 21)]


def test_people_may_be_asked_later_without_a_call(tmp_path: Path) -> None:
    assert "calibration" not in run(pairs(tmp_path, 4), tmp_path / "out", Recorded()).figures
    people = wide_file(tmp_path / "people.csv", [f"row-{number}" for number in range(1, 5)])
    again = run(None, tmp_path / "out", Scripted([]), human=Human(people))
    assert again.result.was_finished
    assert again.figures["calibration"]["overall"]["items"] == 8
    assert "corrected" not in again.figures


def test_rows_are_known_to_people_by_their_ids_else_by_their_places(tmp_path: Path) -> None:
    rows = [pair(1) | {"id": 0}, pair(2) | {"id": 1}, {key: v for key, v in pair(3).items() if key != "id"}]
    people = long_file(tmp_path / "people.csv", [0, 1, 3])
    found = run(write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", Recorded(), human=Human(people))
    rated = {(name, m): human_points(m, at) for at, name in enumerate("013", 1) for m in METRICS}
    given = {(name, m): by_row(m, at, 0) for at, name in enumerate("013", 1) for m in METRICS}
    assert found.figures["calibration"] == calibration(given, rated)
    assert [line["source"] for line in lines_of(tmp_path / "out" / "verdicts.jsonl")] == ["0", "1", "3"]


def test_a_correction_that_would_turn_the_order_round_is_none(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    lines = [f"row-{n},{6 - by_row('order', n, 0)}" for n in range(1, 9)]
    people.write_text("\n".join(["id,order", *lines]), encoding="utf-8")
    found = run(pairs(tmp_path, 8), tmp_path / "out", Recorded(), human=Human(people, corrects=True))
    assert found.figures["corrected"] == {"firmness": None, "order": None}
    assert found.figures["calibration"]["metrics"]["order"]["pearson"] == pytest.approx(-1)


def test_people_without_a_row_of_the_run_are_no_error(tmp_path: Path) -> None:
    people = wide_file(tmp_path / "people.csv", ["other-1"])
    found = run(pairs(tmp_path, 2), tmp_path / "out", Recorded(), human=Human(people, corrects=True))
    overall = found.figures["calibration"]["overall"]
    assert (overall["items"], overall["judge_only"], overall["human_only"]) == (0, 4, 2)
    assert found.figures["corrected"] == dict.fromkeys(METRICS)
    assert found.result.summary.status == "done"


def test_longer_answers_and_topics_are_told_of(tmp_path: Path) -> None:
    rows = [pair(number, topic=("Deposit", "Repairs")[number % 2]) for number in range(1, 13)]
    for number, row in enumerate(rows, 1):
        row["messages"][1]["content"] += " Really." * (number * 7 % 5)
    found = run(write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", Recorded())
    means = [fmean(by_row(metric, n, 0) for metric in METRICS) for n in range(1, 13)]
    lengths = [count_units(row["messages"][1]["content"]) for row in rows]
    assert found.figures["length_bias"] == length_bias(means, lengths)
    assert found.figures["topics"] == {
        "Deposit": {"mean": round(fmean(means[1::2]), 4), "rows": 6},
        "Repairs": {"mean": round(fmean(means[::2]), 4), "rows": 6},
    }


CHINESE = ("押金还没退。", "请再写信给房东，定一个日期。")


@pytest.mark.parametrize("is_talk", [False, True])
def test_a_row_is_judged_in_its_language(is_talk: bool, tmp_path: Path) -> None:
    english = talk(1) if is_talk else pair(1)
    chinese = native(2, *CHINESE * (2 if is_talk else 1), language="zh")
    untold = native(3, *CHINESE * (2 if is_talk else 1))
    del untold["language"]
    model = Recorded(lambda request: scored(request, quote="定一个日期"))
    found = run(write_rows(tmp_path / "rows.jsonl", [english, chinese, untold]), tmp_path / "out", model)
    prompts = sorted(prompt_of(request) for request in model.requests)
    assert sum("tenant" in prompt and "Meek." in prompt for prompt in prompts) == 1
    assert sum("租客" in prompt and "退让。" in prompt and "Meek" not in prompt for prompt in prompts) == 2
    for prompt in prompts:
        if "租客" in prompt:
            assert not re.search("[A-Za-z]{12,}", prompt)
        assert ("The conversation" in prompt or "整场谈话" in prompt) == is_talk
    found_there = [row[0][0]["scores"]["order"]["quote_found"] for row in verdicts_of(found)]
    assert found_there == [False, True, True]


@pytest.mark.parametrize("named", ["counseling7", "cpsycoun4", "path"])
def test_a_rubric_is_named_or_a_file_of_ones_own(named: str, tmp_path: Path) -> None:
    rubric = str(write_rubric(tmp_path)) if named == "path" else named
    wanted, _ = load_rubric(rubric)
    model = Recorded()
    found = run(pairs(tmp_path, 2), tmp_path / "out", model, rubric=rubric)
    names = [metric.name for metric in wanted.metrics]
    assert list(found.figures["metrics"]) == names
    assert (found.figures["rubric"], found.figures["scale"]) == (wanted.name, list(wanted.scale))
    assert list(rows_of(found)[0]["scores"]) == [*names, "mean"]
    assert all(metric.meaning("en") in prompt_of(request) for metric in wanted.metrics for request in model.requests)


def test_a_run_goes_on_where_it_stopped_and_asks_nothing_twice(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [(pair, talk)[n % 2](n) for n in range(1, 9)])
    options = {"repeats": 2, "second_model": "scripted", "concurrency": 2}

    def faulty(request: Request) -> str:
        given = json.loads(scored(request, by_seed))
        if len(given) == 2 and (request.sampling.seed or 0) % 3 == 0:
            given["order"]["score"] = "perhaps"
        return json.dumps(given)

    whole = run(origin, tmp_path / "whole", Recorded(faulty), Recorded(faulty), **options)
    wanted = calls_in(tmp_path / "whole")
    assert 32 < len(wanted) < 64

    out, paid = tmp_path / "stopped", list[tuple[str, int | None]]()
    for after in (3, 1, 7, 4, 0, 10, 1000):
        fail = stopping(after)
        models = Recorded(faulty, fail=fail), Recorded(faulty, fail=fail)
        found = run(origin, out, *models, **options)
        assert (found.result.error is None) == (after == 1000)
        assert {line["id"] for line in rows_of(found)} <= {f"row-{n}" for n in range(1, 9)}
        paid += [(request.purpose, request.sampling.seed) for model in models for request in model.requests]
    # No request was answered twice, and all that was answered was committed.
    assert len(set(paid)) == len(paid) == len(calls_in(out)) == len(wanted)
    assert sorted(calls_in(out)) == sorted(wanted)
    assert (rows_of(found), verdicts_of(found), found.figures) == (rows_of(whole), verdicts_of(whole), whole.figures)

    origin.unlink()
    finished = run(None, out, Scripted([]), Scripted([]))
    assert finished.result.was_finished
    assert (rows_of(finished), finished.figures) == (rows_of(whole), whole.figures)


def test_another_origin_is_refused_and_the_same_by_another_name_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(pairs(tmp_path, 1), tmp_path / "out", Recorded())
    other = write_rows(tmp_path / "other.jsonl", [pair(2)])
    for accepts in (False, True):
        with pytest.raises(UsageError, match=r"judges .*rows\.jsonl, not .*other\.jsonl"):
            run(other, tmp_path / "out", Recorded(), accept_changes=accepts)
    monkeypatch.chdir(tmp_path)
    assert run(Path("./rows.jsonl"), tmp_path / "out", Scripted([])).result.was_finished


@pytest.mark.parametrize(
    "change", [{"model": "other"}, {"second_model": "scripted"}, {"repeats": 2}, {"tries": 5}, {"temperature": 0.9}]
)
def test_what_makes_the_scores_may_change_only_by_consent(change: dict[str, Any], tmp_path: Path) -> None:
    origin, out = pairs(tmp_path, 3), tmp_path / "out"
    run(origin, out, Recorded(fail=stopping(2)), concurrency=1)
    models = [Recorded() for _ in range(2 if "second_model" in change else 1)]
    with pytest.raises(RunChangedError, match=next(iter(change))):
        run(origin, out, *models, **change)
    found = run(origin, out, *models, accept_changes=True, **change)
    assert found.result.summary.status == "done"
    assert len(rows_of(found)) == 3
    assert all(None not in row["scores"].values() for row in rows_of(found))


@pytest.mark.parametrize(
    ("rubric", "spec"),
    [(RUBRIC.replace("Meek.", "Weak."), SPEC), (RUBRIC, SPEC.replace("user: tenant", "user: lodger"))],
)
def test_a_changed_rubric_or_role_is_refused_unless_accepted(rubric: str, spec: str, tmp_path: Path) -> None:
    origin, out = pairs(tmp_path, 2), tmp_path / "out"
    run(origin, out, Recorded(fail=stopping(1)), concurrency=1)
    changed = JudgeSettings(
        origin=str(origin), rubric=str(write_rubric(tmp_path, rubric)), topics=str(write_spec(tmp_path, spec))
    )

    def again(model: Recorded, **more: Any) -> JudgeResult:
        return judge(changed, out, backends=[model], **more)

    with pytest.raises(RunChangedError, match=r"Meek|tenant"):
        again(Recorded())
    model = Recorded()
    assert again(model, accept_changes=True).result.error is None
    assert len(model.requests) == 1


def test_rows_made_from_transcripts_stay_on_this_machine(tmp_path: Path) -> None:
    origin = pairs(tmp_path, 2, source={"kind": "summarize"})
    for models in (AWAY, AWAY | {"model": "scripted", "second_model": AWAY["model"]}):
        with pytest.raises(UsageError, match="is not on this machine, and rows made from transcripts") as refused:
            run(origin, tmp_path / "away", accept_changes=True, **models)
        assert "\n" not in str(refused.value)
        assert not (tmp_path / "away").exists()
    # Begun here, they do not leave later either, though the file is gone.
    run(origin, tmp_path / "here", Recorded(fail=stopping(1)), concurrency=1)
    origin.unlink()
    with pytest.raises(UsageError, match="--allow-remote"):
        run(None, tmp_path / "here", accept_changes=True, **AWAY)

    class Elsewhere(Recorded):
        local = False

    elsewhere = Elsewhere()
    with pytest.raises(UsageError, match="is not on this machine"):
        run(None, tmp_path / "here", elsewhere)
    assert elsewhere.requests == []
    assert run(None, tmp_path / "here", elsewhere, allow_remote=True).result.summary.accepted == 2


def test_a_run_of_transcripts_is_refused_before_a_folder_is_made(tmp_path: Path) -> None:
    made = tmp_path / "made"
    ledger = Ledger(made, write=True)

    async def noted() -> None:
        await ledger.note(recipe="summarize", run="abc")

    with closing(ledger):
        asyncio.run(noted())
    write_rows(made / "dataset.jsonl", [pair(1)])
    with pytest.raises(UsageError, match="is not on this machine"):
        run(made, tmp_path / "out", **AWAY)
    assert not (tmp_path / "out").exists()
    assert run(made, tmp_path / "out", Recorded()).result.summary.accepted == 1
    for path in (tmp_path / "out").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_row_whose_calls_fail_keeps_what_was_answered(tmp_path: Path) -> None:
    def fail(request: Request) -> None:
        if number_in(request) == 3 and request.purpose == "judge_b":
            raise ServerError("the server failed.", retry_after=0.01)

    origin, models = pairs(tmp_path, 30), (Recorded(latency=0.005), Recorded(fail=fail, latency=0.005))
    found = run(origin, tmp_path / "out", *models, second_model="scripted", concurrency=4)
    assert found.result.summary.status == "done"
    assert found.result.summary.dropped == {"conversation.call_failed": 1}
    assert [row["id"] for row in rows_of(found)] == [f"row-{number}" for number in range(1, 31)]
    assert rows_of(found)[2]["scores"]["order"] == by_row("order", 3, 0)
    assert [[len(each) for each in row] for row in verdicts_of(found)][2] == [1, 0]
    assert found.figures["metrics"]["order"]["second_judge"]["rows"] == 29
    finished = run(None, tmp_path / "out", Scripted([]), Scripted([]))
    assert (finished.result.was_finished, finished.figures) == (True, found.figures)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"origin": None}, UsageError, "nothing to judge is named"),
        ({"origin": "none.jsonl"}, FileError, "none.jsonl: no such file"),
        ({"origin": "empty.jsonl"}, FileError, "empty.jsonl: holds no rows"),
        ({"rubric": "nope"}, SpecError, "--rubric nope: no such rubric; there are counseling7, cpsycoun4"),
        ({"rubric": "none.yaml"}, SpecError, "none.yaml"),
        ({"rubric": "broken.yaml"}, SpecError, r"broken.yaml: .*needs an anchor"),
        ({"repeats": 0}, UsageError, "--repeats 0"),
        ({"tries": -1}, UsageError, "--tries -1"),
        ({"topics": "none.yaml"}, SpecError, "none.yaml"),
        ({"human": Human(Path("none.csv"))}, FileError, "none.csv: no such file"),
        ({"human": Human(Path("empty.csv"))}, FileError, "empty.csv: "),
        ({"human": Human(Path("other.csv"))}, FileError, "it holds no score of firmness, order"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_no_folder(
    options: dict[str, Any], error: type[Exception], words: str, tmp_path: Path
) -> None:
    for name, text in (("empty.jsonl", "\n \n"), ("empty.csv", ""), ("other.csv", "id,charm\nrow-1,3\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(RUBRIC.replace("4-5: ", "4: "), encoding="utf-8")
    write_spec(tmp_path)
    write_rubric(tmp_path)
    pairs(tmp_path, 1)
    given = {"origin": "rows.jsonl", "topics": "house.yaml", "rubric": "desk.yaml"} | options
    human = given.pop("human", None)
    model = Recorded()
    with pytest.raises(error, match=words) as told:
        judge(JudgeSettings(**given), Path("out"), backends=[model], human=human)
    assert "\n" not in str(told.value)
    assert not Path("out").exists()
    assert model.requests == []


def test_a_folder_of_another_recipe_is_refused(tmp_path: Path) -> None:
    made = as_run(tmp_path)
    with pytest.raises(RunError, match="is a run of `synthgen generate`, not of `synthgen judge`"):
        run(made, made, Recorded())


def test_models_that_were_opened_are_closed_whatever_happens(tmp_path: Path) -> None:
    class Closing(Recorded):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    origin, a, b = pairs(tmp_path, 1), Closing(), Closing()
    run(origin, tmp_path / "out", a, b, second_model="scripted")
    with pytest.raises(RunChangedError):
        run(origin, tmp_path / "out", a, b, second_model="other")
    assert (a.closed, b.closed) == (2, 2)


def test_a_run_that_was_stopped_before_any_verdict_has_figures_of_nothing(tmp_path: Path) -> None:
    found = run(pairs(tmp_path, 3), tmp_path / "out", Recorded(fail=stopping(0)), repeats=2)
    assert isinstance(found.result.error, AuthError)
    figures = written(found)
    assert (figures["rows"], figures["mean"]["mean"], figures["length_bias"], figures["topics"]) == (0, None, None, {})
    assert rows_of(found) == []
    again = run(None, tmp_path / "out", Recorded())
    assert (again.figures["rows"], again.figures["mean"]["count"]) == (3, 3)


def test_a_calibration_is_drawn_with_a_panel_for_each_metric_that_people_scored(tmp_path: Path) -> None:
    people = wide_file(tmp_path / "people.csv", [f"row-{number}" for number in range(1, 9)])
    found = run(pairs(tmp_path, 8), tmp_path / "out", Recorded(), human=Human(people))
    assert found.figures["plot"] == PLOT
    drawn = (found.result.folder / PLOT).read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "<script" not in drawn
    assert ("Firmness" in drawn, "Order" in drawn) == (True, True)
    # Without a row that both scored there is nothing to draw.
    nobody = wide_file(tmp_path / "nobody.csv", ["row-99"])
    assert run(None, tmp_path / "out", Scripted([]), human=Human(nobody)).figures["plot"] is None
