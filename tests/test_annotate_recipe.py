"""The annotate recipe end to end: real files, ledger and templates; only the models are scripted."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from note_trials import (
    MOODS,
    SAID,
    SPEC,
    Recorded,
    given_by,
    is_again,
    is_session,
    lookup_of,
    native,
    notes,
    rows_of,
    run,
    spec_of,
    told,
    usual,
    write_rows,
    write_spec,
)

from synthgen.annotate import annotate
from synthgen.backends.scripted import Scripted
from synthgen.calls import Request
from synthgen.errors import AuthError, FileError, RunChangedError, RunError, ServerError, SpecError, UsageError
from synthgen.formats.annotated import annotation_in
from synthgen.formats.shapes import dialogue_of
from synthgen.formats.sources import LEDGER
from synthgen.hashing import seed_of
from synthgen.recipes import generate
from synthgen.records import Note
from synthgen.row_settings import NoteSettings
from synthgen.settings import Settings
from synthgen.statistics.agreement import label_agreement, set_agreement
from synthgen.statistics.recognition import recognition
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook

PSY_INSIGHT = Path(__file__).parent / "formats" / "psy_insight_sessions.json"


def as_sharegpt(folder: Path) -> Path:
    rows = [
        {
            "id": number,
            "system": "Be kind.",
            "conversations": [
                {"from": ("human", "gpt")[at % 2], "value": f"{text} ({number})", "weight": at}
                for at, text in enumerate(SAID)
            ],
        }
        for number in range(1, 4)
    ]
    return write_rows(folder / "sharegpt.jsonl", rows)


def as_openai(folder: Path) -> Path:
    turns = [{"role": "system", "content": "Be kind."}]
    turns += [{"role": ("user", "assistant")[at % 2], "content": text} for at, text in enumerate(SAID)]
    asked: Any = [{"type": "text", "text": "Is this mould?"}, {"type": "image_url", "image_url": {"url": "x"}}]
    rows = [{"messages": turns, "tags": ["a"]}, {"messages": [{"role": "user", "content": asked}]}]
    return write_rows(folder / "openai.jsonl", rows)


def as_native(folder: Path) -> Path:
    half = native(4, "It broke \ud83d again.\r\n\tTwice\u2028", "  Why? ", "I cannot say.")
    path = folder / "native.jsonl"
    rows = [native(1), native(2, "押金还没退。", "你写信了吗？", language="zh"), native(3, *SAID * 9), half]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def as_pairs(folder: Path) -> Path:
    path = folder / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["question", "answer", "score"], [SAID[0], SAID[1], "7"], ['Say, "now"?\n', "Yes.", ""]])
    return path


def as_run(folder: Path) -> Path:
    generate(Settings(topics=str(write_spec(folder, SPEC)), n=4, model="scripted"), folder / "made")
    return folder / "made"


def as_psy_insight(folder: Path) -> Path:
    path = folder / "sessions.json"
    path.write_bytes(PSY_INSIGHT.read_bytes())
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def records_in(out: Path) -> list[dict[str, Any]]:
    ledger = Ledger(out, write=False)
    with closing(ledger):
        return [record for record, _ in OriginalBook(ledger).made()]


def calls_in(out: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(out / LEDGER)) as ledger:
        return ledger.execute("SELECT purpose, response FROM calls ORDER BY id").fetchall()


def holds(made: Any, before: Any) -> bool:
    """Whether all that was in a value is still in it, where it was; what was empty may be filled."""
    if before is None or before in ("", [], {}) or before == made:
        return True
    if isinstance(before, Mapping):
        return isinstance(made, Mapping) and all(holds(made.get(key), value) for key, value in before.items())
    if isinstance(before, list) and isinstance(made, list):
        return len(made) == len(before) and all(map(holds, made, before))
    return isinstance(before, str) and not before.strip()


@pytest.mark.parametrize("shape", [as_run, as_native, as_psy_insight, as_sharegpt, as_openai, as_pairs])
def test_every_shape_comes_out_as_it_was_with_every_turn_labelled(
    shape: Callable[[Path], Path], tmp_path: Path
) -> None:
    origin = shape(tmp_path)
    found = run(origin, tmp_path / "out", Recorded())
    rows, before = rows_of(found), records_in(tmp_path / "out")
    assert found.result.summary.status == "done"
    assert len(rows) == len(before) > 1
    rules, lookup = spec_of(tmp_path).annotation, lookup_of(spec_of(tmp_path))
    for row, record, (given,) in zip(rows, before, given_by(found), strict=True):
        assert holds(row, record)
        assert dialogue_of(row) == dialogue_of(record)
        standing, _ = annotation_in(row, rules, lookup)
        spoken = [turn for turn in dialogue_of(record) or () if turn.role != "system"]
        assert list(given["turns"]) == [str(number) for number in range(1, len(spoken) + 1)]
        for number, turn in enumerate(spoken, 1):
            fields = rules.user if turn.role == "user" else rules.assistant
            assert set(given["turns"][str(number)]) == set(fields)
            if shape is not as_psy_insight:  # whose own labels, which stay, are of another spec
                assert {name: note.value is not None for name, note in standing.turns[number].items()} == dict.fromkeys(
                    fields, True
                )


def test_what_stands_in_the_ledger_is_what_was_read(tmp_path: Path) -> None:
    origin = as_native(tmp_path)
    run(origin, tmp_path / "out", Recorded())
    assert records_in(tmp_path / "out") == lines_of(origin)
    # A half of a surrogate pair and a line separator come through files of one line a row.
    rows = (tmp_path / "out" / "dataset.jsonl").read_bytes().decode("utf-8").split("\n")[:-1]
    assert [turn["content"] for turn in json.loads(rows[3])["messages"]] == [
        "It broke \ud83d again.\r\n\tTwice\u2028",
        "  Why? ",
        "I cannot say.",
    ]


def test_labels_that_were_there_stay_and_what_is_empty_is_filled(tmp_path: Path) -> None:
    row = native(1)
    row["messages"][0]["labels"] = {"mood": ["Anger"]}
    row["messages"][2]["labels"] = {"mood": []}
    row["annotation"] = {"summary": "As the desk wrote it."}
    found = run(write_rows(tmp_path / "rows.jsonl", [row]), tmp_path / "out", Recorded())
    (made,) = rows_of(found)
    assert made["messages"][0]["labels"]["mood"] == ["Anger"]
    assert made["messages"][2]["labels"]["mood"] == ["Calm"]
    assert (made["annotation"]["summary"], made["annotation"]["topic"]) == ("As the desk wrote it.", "Deposit")


def test_rows_without_a_dialogue_come_through_and_say_why(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [{"title": "no talk", "n": [1, {}]}, native(2), {"messages": "?"}])
    found = run(origin, tmp_path / "out", Recorded())
    rows = rows_of(found)
    assert rows[0] == {
        "title": "no talk",
        "n": [1, {}],
        "annotation": {
            "summary": None,
            "topic": None,
            "missing": {"summary": "no_dialogue", "topic": "no_dialogue"},
        },
    }
    assert rows[2]["messages"] == "?"
    assert found.figures["fields"]["session.topic"]["missing"] == {"no_dialogue": 2}
    assert (found.result.summary.accepted, found.result.summary.dropped) == (1, {"conversation.no_dialogue": 2})
    assert found.result.summary.calls == 2


@pytest.mark.parametrize(
    ("language", "asked_in"), [("zh-CN", "来访"), ("English", "tenant"), ("fr", "tenant"), ("../x", "tenant")]
)
def test_a_row_is_asked_about_in_a_language_that_there_are_templates_in(
    language: str, asked_in: str, tmp_path: Path
) -> None:
    model = Recorded()
    row = native(1, "押金还没退。", "你写信了吗？") if language == "zh-CN" else native(1)
    run(write_rows(tmp_path / "rows.jsonl", [row | {"language": language}]), tmp_path / "out", model)
    assert all(("租客" in prompt) == (asked_in == "来访") for prompt in model.prompts)
    assert len(model.prompts) == 2


def once_wrong(change: Callable[[dict[str, Any]], None]) -> Callable[[Request], str]:
    """Answer wrongly about the turns at first, and soundly once it is told."""

    def answer(request: Request) -> str:
        made = notes(request)
        if not is_session(request) and not is_again(request):
            change(made)
        return json.dumps(made)

    return answer


def test_an_unknown_label_and_a_missing_turn_are_named_and_asked_for_again(tmp_path: Path) -> None:
    def change(made: dict[str, Any]) -> None:
        made["1"]["mood"] = ["Wobbly"]
        del made["4"]

    model = Recorded(once_wrong(change))
    found = run(write_rows(tmp_path / "rows.jsonl", [native(1)]), tmp_path / "out", model)
    again = [request for request in model.requests if is_again(request)]
    assert len(model.requests) == 3
    assert len(again) == 1
    assert 'Turn 1: "mood" names what is not on its list: "Wobbly".' in again[0].messages[-1].content
    assert "Turn 4 has no notes." in again[0].messages[-1].content
    assert again[0].schema is not None
    assert list(again[0].schema["properties"]) == ["1", "4"]
    (made,) = rows_of(found)
    assert [turn["labels"] for turn in made["messages"]] == [
        {"mood": ["Worry"]},
        {"act": ["Question"]},
        {"mood": ["Calm"]},
        {"act": ["Question"]},
    ]
    assert "missing" not in made["annotation"]


@pytest.mark.parametrize("tries", [0, 1, 3])
def test_after_the_tries_a_field_is_null_and_says_why(tries: int, tmp_path: Path) -> None:
    def stubborn(request: Request) -> str:
        made = notes(request)
        if not is_session(request):
            made.get("1", {})["mood"] = ["Wobbly"]
            made.pop("4", None)
        return json.dumps(made)

    model = Recorded(stubborn)
    found = run(write_rows(tmp_path / "rows.jsonl", [native(1)]), tmp_path / "out", model, tries=tries)
    assert len(model.requests) == 2 + tries
    (made,) = rows_of(found)
    assert made["messages"][0]["labels"] == {"mood": None}
    assert made["messages"][3]["labels"] == {"act": None}
    assert made["annotation"]["missing"] == {"turn 1 mood": "unknown_label: Wobbly", "turn 4 act": "no_turn"}
    assert found.figures["fields"]["user.mood"]["missing"] == {"unknown_label": 1}
    assert found.figures["fields"]["assistant.act"]["missing"] == {"no_turn": 1}


def test_an_annotator_that_talks_nonsense_loses_nothing(tmp_path: Path) -> None:
    found = run(
        write_rows(tmp_path / "rows.jsonl", [native(1)]), tmp_path / "out", Recorded(lambda _: "I'd rather not")
    )
    (made,) = rows_of(found)
    assert holds(made, native(1))
    assert len(made["annotation"]["missing"]) == 2 + 2 * 2 + 2
    assert [found.figures["fields"][path]["filled"] for path in found.figures["fields"]] == [0] * 5


def by_vote(moods: Mapping[int, Any]) -> Callable[[Request], str]:
    """Answer each vote on a window, told by its seed, in the order of asking."""
    seen: dict[int, int] = {}

    def answer(request: Request) -> str:
        assert request.sampling.seed is not None
        vote = 0 if is_session(request) else seen.setdefault(request.sampling.seed, len(seen))
        return told(
            request, lambda field, labels, place: moods[place][vote] if field == "mood" else usual(field, labels, place)
        )

    return answer


def test_the_majority_of_votes_counts_and_says_how_sure_it_is(tmp_path: Path) -> None:
    votes = {1: (["Calm"], ["Worry"], ["Worry"]), 3: (["Anger"], ["Anger"], ["Anger"])}
    model = Recorded(by_vote(votes))
    found = run(write_rows(tmp_path / "rows.jsonl", [native(1)]), tmp_path / "out", model, votes=3)
    (made,) = rows_of(found)
    assert len(model.requests) == 6
    assert len({request.sampling.seed for request in model.requests}) == 6
    assert [turn.get("labels", {}).get("mood") for turn in made["messages"]] == [["Worry"], None, ["Anger"], None]
    confidence = made["annotation"]["confidence"]
    assert confidence["turn 1 mood"] == pytest.approx(2 / 3, abs=1e-4)
    assert (confidence["turn 3 mood"], confidence["topic"]) == (1, 1)
    assert found.figures["fields"]["user.mood"]["mean_confidence"] == pytest.approx(5 / 6, abs=1e-4)


def test_votes_that_share_nothing_give_no_label(tmp_path: Path) -> None:
    votes = {1: (["Calm"], ["Worry"], ["Anger"]), 3: (["Calm"], ["Calm"], ["Worry"])}
    found = run(write_rows(tmp_path / "rows.jsonl", [native(1)]), tmp_path / "out", Recorded(by_vote(votes)), votes=3)
    (made,) = rows_of(found)
    assert made["messages"][0]["labels"] == {"mood": None}
    assert made["annotation"]["missing"]["turn 1 mood"].startswith("no_majority: ")


def moods_by(salt: str) -> Callable[[Request], str]:
    """Answer by the text of the turns: one or two moods."""

    def answer(request: Request) -> str:
        said = request.messages[-1].content

        def choose(field: str, labels: list[str], place: int) -> Any:
            seed = seed_of(salt if place % 4 else "", field, place, said)
            if field == "mood":
                return sorted({labels[seed % 3], labels[seed // 3 % 3]})
            return labels[seed % len(labels)] if labels else "So."

        return told(request, choose)

    return answer


def test_agreement_is_that_of_the_labels_that_two_annotators_gave(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(number) for number in range(12)])
    a, b = Recorded(moods_by("a")), Recorded(moods_by("b"))
    found = run(origin, tmp_path / "out", a, b, model_b="scripted")
    given = given_by(found)
    assert {len(each) for each in given} == {2}
    assert {purpose for purpose, _ in calls_in(tmp_path / "out")} == {"annotate", "annotate_b"}
    places = [(at, number) for at in range(12) for number in ("1", "3")]
    ours, theirs = (
        [frozenset(given[at][who]["turns"][number]["mood"]["value"]) for at, number in places] for who in (0, 1)
    )
    figures = json.loads((tmp_path / "out" / "annotation.json").read_text(encoding="utf-8"))
    assert ours != theirs
    assert figures["agreement"]["user.mood"]["overall"] == asdict(set_agreement(ours, theirs))
    by_label = label_agreement(ours, theirs, MOODS)
    assert figures["agreement"]["user.mood"]["labels"] == {name: asdict(each) for name, each in by_label.items()}
    topics = [[frozenset([each[who]["session"]["topic"]["value"]]) for each in given] for who in (0, 1)]
    assert figures["agreement"]["session.topic"]["overall"] == asdict(set_agreement(*topics))
    # The first annotator's labels are those of the rows.
    assert [frozenset(row["messages"][0]["labels"]["mood"]) for row in rows_of(found)] == ours[::2]


def test_gold_labels_are_compared_with_and_never_shown(tmp_path: Path) -> None:
    rows = [native(number) for number in range(1, 13)]
    gold = {}
    for number, row in enumerate(rows, 1):
        row["messages"][0]["labels"] = {"mood": [gold.setdefault((number, 1), MOODS[number % 3])]}
        if number % 2:
            row["messages"][2]["labels"] = {"mood": [gold.setdefault((number, 3), MOODS[number % 2])]}
        row["messages"][1]["labels"] = {"act": ["Zugzwang", "Advice"]}
        row["messages"][0]["look"] = "Goldmarked observation."
        row["annotation"] = {"summary": "Goldmarked summary."}
    model = Recorded()
    found = run(write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", model, gold=True)
    assert not [prompt for prompt in model.prompts if "Goldmarked" in prompt or "Zugzwang" in prompt]

    # The model says Worry of the first turn and Calm of the third; see `usual`.
    meant = [frozenset([label]) for label in gold.values()]
    said = [frozenset(["Worry" if number == 1 else "Calm"]) for _, number in gold]
    wanted = recognition(meant, said, MOODS, groups=[row for row, _ in gold])
    figures = found.figures["gold"]["user.mood"]
    assert (figures["items"], figures["conversations"], figures["unanswered"]) == (18, 12, 0)
    assert figures["micro"] == asdict(wanted.micro)
    assert figures["macro"] == asdict(wanted.macro)  # type: ignore[arg-type]
    assert figures["exact"] == wanted.exact
    assert figures["labels"] == {name: asdict(scores) for name, scores in wanted.labels.items()}
    assert {(each["gold"], each["told"]): each["count"] for each in figures["confusion"]} == wanted.confusion
    assert figures["micro_f1_interval"] == wanted.micro_f1_interval != recognition(meant, said, MOODS).micro_f1_interval
    assert found.figures["gold_left_out"] == {"assistant.act": {"Zugzwang": 12}}
    # What the row came with stays, and what the model says stands beside it.
    assert rows_of(found)[0]["messages"][0]["labels"]["mood"] == [gold[1, 1]]
    assert given_by(found)[0][0]["turns"]["1"]["mood"]["value"] == ["Worry"]


def test_gold_of_a_run_that_is_finished_is_compared_without_a_call(tmp_path: Path) -> None:
    row = native(1)
    row["messages"][0]["labels"] = {"mood": "Worried"}
    origin = write_rows(tmp_path / "rows.jsonl", [row])
    assert "gold" not in run(origin, tmp_path / "out", Recorded()).figures
    again = run(origin, tmp_path / "out", Scripted([]), gold=True)
    assert again.result.was_finished
    assert again.figures["gold"]["user.mood"]["exact"] == 1


def stopping(after: int, error: Exception) -> Callable[[Request], None]:
    asked = [0]

    def fail(request: Request) -> None:
        asked[0] += 1
        if asked[0] > after:
            raise error

    return fail


def test_a_run_goes_on_where_it_stopped_and_asks_nothing_twice(tmp_path: Path) -> None:
    origin = write_rows(
        tmp_path / "rows.jsonl", [native(number, *(f"{text} ({number})" for text in SAID * 4)) for number in range(5)]
    )
    options = {"votes": 2, "model_b": "scripted", "concurrency": 2}

    def faulty(salt: str) -> Callable[[Request], str]:
        answer = moods_by(salt)
        return lambda request: (
            "no" if not is_again(request) and seed_of(request.sampling.seed) % 3 == 0 else answer(request)
        )

    whole = run(origin, tmp_path / "whole", Recorded(faulty("a")), Recorded(faulty("b")), **options)
    wanted = calls_in(tmp_path / "whole")

    out, paid = tmp_path / "stopped", list[tuple[str, int | None]]()
    for after in (3, 1, 7, 4, 10, 0, 25, 1000):
        fail = stopping(after, AuthError("no key"))
        models = Recorded(faulty("a"), fail=fail), Recorded(faulty("b"), fail=fail)
        found = run(origin, out, *models, **options)
        assert (found.result.error is None) == (after == 1000)
        for model in models:
            paid += [(request.purpose, request.sampling.seed) for request in model.requests]
    # No request was answered twice, and all that was answered was committed.
    assert len(set(paid)) == len(paid) == len(calls_in(out)) == len(wanted)
    assert sorted(calls_in(out)) == sorted(wanted)
    assert given_by(found) == given_by(whole)
    assert rows_of(found) == rows_of(whole)
    assert found.figures == whole.figures

    finished = run(None, out, Scripted([]), Scripted([]))
    assert finished.result.was_finished
    assert finished.figures == whole.figures
    assert rows_of(finished) == rows_of(whole)


def test_a_stop_while_rows_are_taken_in_takes_them_in_anew(tmp_path: Path) -> None:
    # No more of a file is read ahead than it takes to know that it is private.
    private = {"source": {"kind": "summarize"}}
    origin = write_rows(tmp_path / "rows.jsonl", [native(number, **private) for number in range(1100)])
    with origin.open("a", encoding="utf-8") as file:
        file.write("{ broken\n")
    out, model = tmp_path / "out", Recorded()
    with pytest.raises(FileError, match=r"rows\.jsonl:1101: not JSON"):
        run(origin, out, model, fields="session")
    assert len(records_in(out)) == 1000
    assert model.requests == []
    write_rows(origin, [native(7), native(8)])
    found = run(origin, out, model)
    assert [row["id"] for row in rows_of(found)] == ["row-7", "row-8"]
    # From here on the file is not asked for any more.
    origin.unlink()
    assert run(None, out, Scripted([])).result.was_finished


def test_another_origin_is_refused_and_the_same_by_another_name_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(1)])
    run(origin, tmp_path / "out", Recorded())
    other = write_rows(tmp_path / "other.jsonl", [native(2)])
    with pytest.raises(UsageError, match=r"annotates .*rows\.jsonl, not .*other\.jsonl"):
        run(other, tmp_path / "out", Recorded())
    monkeypatch.chdir(tmp_path)
    assert run(Path("./rows.jsonl"), tmp_path / "out", Scripted([])).result.was_finished


@pytest.mark.parametrize(
    "change", [{"model": "other"}, {"votes": 2}, {"fields": "user"}, {"tries": 5}, {"temperature": 0.9}]
)
def test_what_makes_the_labels_may_change_only_by_consent(change: dict[str, Any], tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(number) for number in range(3)])
    out = tmp_path / "out"
    run(origin, out, Recorded(fail=stopping(2, AuthError("no key"))), concurrency=1)
    with pytest.raises(RunChangedError, match=next(iter(change))):
        run(origin, out, Recorded(), **change)
    found = run(origin, out, Recorded(), accept_changes=True, **change)
    assert found.result.summary.status == "done"
    assert len(rows_of(found)) == 3


def test_a_changed_spec_is_refused_unless_accepted(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(1)])
    run(origin, tmp_path / "out", Recorded(fail=stopping(1, AuthError("no key"))))
    spec = str(write_spec(tmp_path / "out", SPEC.replace("name: Anger", "name: Rage")))
    with pytest.raises(RunChangedError, match="labels"):
        run(origin, tmp_path / "out", Recorded(), topics=spec)
    assert run(origin, tmp_path / "out", Recorded(), topics=spec, accept_changes=True).result.error is None


def test_answers_to_what_is_asked_no_more_are_no_answers_of_another(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(1)])
    out = tmp_path / "out"
    fail = stopping(5, AuthError("no key"))
    options = {"model_b": "scripted", "concurrency": 1}
    run(origin, out, Recorded(fail=fail), Recorded(fail=fail), votes=3, **options)
    assert len(calls_in(out)) == 5
    b = Recorded(lambda request: told(request, lambda field, labels, place: labels[-1] if labels else "By B."))
    found = run(origin, out, Scripted([]), b, votes=1, accept_changes=True, **options)
    assert found.result.error is None
    assert len(b.requests) == 2
    ((first, second),) = given_by(found)
    assert (first["turns"]["1"]["mood"]["value"], second["turns"]["1"]["mood"]["value"]) == (["Worry"], ["Anger"])
    assert second["session"]["summary"]["value"] == "By B."


def test_a_row_whose_calls_fail_is_written_with_what_there_is(tmp_path: Path) -> None:
    rows = [native(number) for number in range(1, 31)]
    rows[0]["messages"][0]["content"] = "All cursed from the first."
    rows[1] = native(2, *[f"{text} Cursed." for text in SAID * 4])

    def fail(request: Request) -> None:
        said = request.messages[-1].content
        if "All cursed" in said or ("Cursed." in said and "[16]" in said and not is_session(request)):
            raise ServerError("the server failed.", retry_after=0.01)

    found = run(
        write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", Recorded(fail=fail, latency=0.005), concurrency=4
    )
    made = rows_of(found)
    assert [row["id"] for row in made] == [row["id"] for row in rows]
    assert found.result.summary.status == "done"
    assert found.result.summary.dropped == {"conversation.call_failed": 2}
    assert all(map(holds, made, rows))
    # Of the second row the session and the first window were answered: these answers are not lost.
    assert made[1]["annotation"]["topic"] == "Deposit"
    assert [turn["labels"][("mood", "act")[at % 2]] is None for at, turn in enumerate(made[1]["messages"])] == [
        at >= 8 for at in range(16)
    ]
    assert set(made[1]["annotation"]["missing"].values()) == {"call_failed"}
    assert [turn["labels"] for turn in made[0]["messages"]] == [{"mood": None}, {"act": None}] * 2
    assert len(made[0]["annotation"]["missing"]) == 8
    assert set(made[0]["annotation"]["missing"].values()) == {"call_failed"}
    assert found.figures["fields"]["assistant.act"]["missing"] == {"call_failed": 4 + 2}
    finished = run(None, tmp_path / "out", Scripted([]))
    assert finished.result.was_finished
    assert rows_of(finished) == made


def test_a_second_annotator_that_never_answers_stops_the_run_and_costs_no_row(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(number) for number in range(6)])

    def down(request: Request) -> None:
        raise ServerError("the server failed.", retry_after=0.0)

    options = {"model_b": "scripted", "concurrency": 2}
    stopped = run(origin, tmp_path / "out", Recorded(), Recorded(fail=down), **options)
    assert isinstance(stopped.result.error, ServerError)
    assert stopped.result.summary.dropped == {}
    found = run(origin, tmp_path / "out", Recorded(), Recorded(), **options)
    assert found.result.summary.accepted == 6
    assert {len(each) for each in given_by(found)} == {2}


def of_transcripts(folder: Path) -> list[dict[str, Any]]:
    return [native(number, source={"kind": "summarize", "transcript": number}) for number in (1, 2)]


def test_rows_made_from_transcripts_stay_on_this_machine(tmp_path: Path) -> None:
    away = {"model": "openai:m", "base_url": "http://198.51.100.7:9/v1"}
    origin = write_rows(tmp_path / "exported.jsonl", of_transcripts(tmp_path))
    with pytest.raises(UsageError, match="is not on this machine, and rows made from transcripts") as refused:
        run(origin, tmp_path / "away", **away)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "away").exists()
    # Begun here, they do not leave later either, though the file is gone.
    run(origin, tmp_path / "here", Recorded(fail=stopping(1, AuthError("no key"))))
    origin.unlink()
    with pytest.raises(UsageError, match="--allow-remote"):
        run(None, tmp_path / "here", accept_changes=True, **away)

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
    write_rows(made / "dataset.jsonl", [native(1)])
    with pytest.raises(UsageError, match="is not on this machine"):
        run(made, tmp_path / "out", model="openai:m", base_url="http://198.51.100.7:9/v1")
    assert not (tmp_path / "out").exists()
    assert run(made, tmp_path / "out", Recorded()).result.summary.accepted == 1


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"origin": None}, UsageError, "nothing to annotate is named"),
        ({"origin": "none.jsonl"}, FileError, "none.jsonl: no such file"),
        ({"origin": "empty.jsonl"}, FileError, "empty.jsonl: holds no rows"),
        ({"origin": "empty.json"}, FileError, "empty.json: holds no rows"),
        ({"origin": "rows.txt"}, FileError, "its name tells no format"),
        ({"origin": "broken.jsonl"}, FileError, "broken.jsonl:1: not JSON"),
        ({"origin": "."}, FileError, "without dataset.jsonl"),
        ({"fields": "nope"}, UsageError, "--fields: no such field: 'nope'"),
        ({"votes": 0}, UsageError, "--votes 0"),
        ({"tries": -1}, UsageError, "--tries -1"),
        ({"topics": "bare.yaml"}, UsageError, "has no fields to annotate"),
        ({"topics": "none.yaml"}, SpecError, "none.yaml"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_no_folder(
    options: dict[str, Any], error: type[Exception], words: str, tmp_path: Path
) -> None:
    for name, text in (("empty.jsonl", "\n \n"), ("empty.json", "[]"), ("rows.txt", "x"), ("broken.jsonl", "{,")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bare.yaml").write_text(SPEC.partition("annotation:")[0], encoding="utf-8")
    write_spec(tmp_path)
    write_rows(tmp_path / "rows.jsonl", [native(1)])
    settings = NoteSettings(**({"origin": "rows.jsonl", "topics": "house.yaml"} | options))
    with pytest.raises(error, match=words):
        annotate(settings, Path("out"), backends=[Recorded()])
    assert not Path("out").exists()


def test_a_folder_of_another_recipe_is_refused(tmp_path: Path) -> None:
    made = as_run(tmp_path)
    with pytest.raises(RunError, match="is a run of `synthgen generate`, not of `synthgen annotate`"):
        run(made, made, Recorded())


def test_fields_that_are_not_wanted_are_neither_asked_for_nor_written(tmp_path: Path) -> None:
    model = Recorded()
    found = run(
        write_rows(tmp_path / "rows.jsonl", [native(1)]), tmp_path / "out", model, fields="user.mood, session.topic"
    )
    (made,) = rows_of(found)
    assert [list(turn) for turn in made["messages"]] == [["role", "content", "labels"], ["role", "content"]] * 2
    assert list(made["annotation"]) == ["topic"]
    assert list(found.figures["fields"]) == ["session.topic", "user.mood"]


def test_models_that_were_opened_are_closed_whatever_happens(tmp_path: Path) -> None:
    class Closing(Recorded):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    origin = write_rows(tmp_path / "rows.jsonl", [native(1)])
    a, b = Closing(), Closing()
    run(origin, tmp_path / "out", a, b, model_b="scripted")
    with pytest.raises(RunError):
        run(origin, origin, a)
    with pytest.raises(RunChangedError):
        run(origin, tmp_path / "out", a, b, model_b="other")
    assert (a.closed, b.closed) == (2, 2)


def test_two_lines_of_python_work_in_a_thread_too(tmp_path: Path) -> None:
    origin = write_rows(tmp_path / "rows.jsonl", [native(1)])
    found = []
    thread = threading.Thread(target=lambda: found.append(run(origin, tmp_path / "out", Recorded())))
    thread.start()
    thread.join()
    assert found[0].result.summary.accepted == 1


def test_a_null_is_a_note_of_its_own(tmp_path: Path) -> None:
    """What an annotated file says of itself can be read, and annotated once more."""
    origin = write_rows(tmp_path / "rows.jsonl", [native(1)])
    first = run(origin, tmp_path / "first", Recorded(lambda _: "no"), tries=0)
    second = run(tmp_path / "first", tmp_path / "second", Recorded())
    (before,), (made,) = rows_of(first), rows_of(second)
    spec = spec_of(tmp_path)
    standing, _ = annotation_in(before, spec.annotation, lookup_of(spec))
    assert standing.session["summary"] == Note(None, "missing")
    assert not made["annotation"].get("missing")
    assert made["messages"][0]["labels"] == {"mood": ["Worry"]}
