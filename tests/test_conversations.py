"""Conversations of two models that speak in turn, end to end: real ledger, templates and filters; models scripted."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from talk_trials import ENGLISH, SPEC, calls_by_row, composed, ledger_rows, rows_of, run, talks, write_spec

from synthgen.backends.composer import compose
from synthgen.calls import Request
from synthgen.errors import AuthError
from synthgen.hashing import seed_of
from synthgen.records import State
from synthgen.spec import parse_spec
from synthgen.steps.talk_plan import plan_talk
from synthgen.text import count_units

# What only the assistant's side may be told, and what only the user's side may.
COURSE = ("chartwork", "sextantry", "海图法", "提灯法", "Draw the course", "Light one step", "先画航线", "一次照亮",
          "casting off", "making fast", "解缆", "系缆", "sounding", "knotting", "测深", "打结")  # fmt: skip
PERSON = ("brinesick", "windless", "咸苦", "无风", "owes the", "欠着", "Jory", "Tamsin", "小芹", "阿涛")


def system_of(request: Request) -> str:
    return request.messages[0].content


def is_first_try(request: Request, turn: int) -> bool:
    """Whether a request is for the turn of that number, and for the first time."""
    said = [message for message in request.messages if message.role != "system"]
    start = request.purpose == "user"
    return len(said) == turn - 1 + start and (turn == 1) == (start and len(said) == 1)


def is_repair(message: str) -> bool:
    return message.startswith(("That cannot be used.", "这段话不能用。"))


def curt(request: Request) -> str:
    """A made-up answer that heeds no note."""
    return compose("An answer between 20 and 40 words.", None, seed_of(request.sampling.seed))


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_spec(tmp_path)


@pytest.fixture
def english(tmp_path: Path) -> str:
    return write_spec(tmp_path, ENGLISH)


def test_cells_and_facets_are_exact_and_sides_take_turns_within_the_band(spec: str, tmp_path: Path) -> None:
    result = run(spec, tmp_path / "run", n=48, mode="simulate", turns="4-5,6-8=1")
    rows = rows_of(result)
    assert result.summary.status == "done"
    assert Counter((row["topic"], row["language"], row["turns"], row["approach"]) for row in rows) == {
        (topic, language, band, approach): count
        for topic, count in (("Moorings", 4), ("Charts", 2))
        for language in ("en", "zh")
        for band in ("4-5", "6-8")
        for approach in ("chartwork", "sextantry")
    }
    for facet in ("years", "mood", "debt", "visit"):
        assert sorted(Counter(row["facets"][facet] for row in rows).values()) == [24, 24]
    for row in rows:
        low, high = map(int, row["turns"].split("-"))
        assert low <= len(row["messages"]) <= high
        assert [turn["role"] for turn in row["messages"]] == ["user", "assistant"] * (len(row["messages"]) // 2)
        bands = {"user": (12, 60), "assistant": (15, 70)}
        if row["language"] == "zh":
            bands = {"user": (12, 90), "assistant": (15, 110)}
        for turn in row["messages"]:
            least, most = bands[turn["role"]]
            assert least <= count_units(turn["content"]) <= most
        assert row["source"] == {"kind": "generate", "fake": True, "mode": "simulate"}
        assert len(row["provenance"]["calls"]) >= len(row["messages"])
    assert {len(row["messages"]) for row in rows} == {4, 6, 8}


def test_each_side_is_told_what_it_may_know_and_nothing_else(spec: str, tmp_path: Path) -> None:
    result = run(spec, tmp_path / "run", n=16, mode="simulate")
    rules = parse_spec(SPEC, "harbour").for_talks()
    talked = [*calls_by_row(result.folder, State.ACCEPTED)]
    assert len(talked) == 16
    for row, calls in talked:
        talk = plan_talk(rules, row.slot, seed=7)
        for call in calls:
            whole = call["system_text"] + call["prompt"] + json.dumps(json.loads(call["prompt"]), ensure_ascii=False)
            known, hidden = (PERSON, COURSE) if call["purpose"] == "user" else (COURSE, PERSON)
            assert not [words for words in hidden if words in whole]
            assert sum(words in call["system_text"] for words in known) >= 3
            assert (str(talk.age) in whole) == (call["purpose"] == "user")
            assert all(value in call["system_text"] for _, value in talk.plan)
        user = next(call["system_text"] for call in calls if call["purpose"] == "user")
        assert talk.name in user
        assert all(value in user for _, value in (*talk.profile, *talk.held_back))
        assistant = next(call["system_text"] for call in calls if call["purpose"] == "assistant")
        assert talk.approach in assistant
        assert talk.approach_about in assistant


def test_a_side_hears_its_own_turns_as_the_assistants_and_reads_again_only_what_is_new(
    spec: str, tmp_path: Path
) -> None:
    result = run(spec, tmp_path / "run", n=16, mode="simulate", turns="6-8")
    talked = [*calls_by_row(result.folder, State.ACCEPTED)]
    assert len(talked) == 16
    for row, calls in talked:
        for side in ("user", "assistant"):
            own = [call for call in calls if call["purpose"] == side]
            assert len({call["system_text"] for call in own}) == 1
            heard = [said for call in own if not is_repair((said := json.loads(call["prompt"]))[-1][1])]
            for before, after in pairwise(heard):
                assert before[:-1] == after[: len(before) - 1]
                # What changes, the note, stands at the end of the last message alone.
                role, text = after[len(before) - 1]
                assert role == before[-1][0] == "user"
                assert before[-1][1].startswith(text)
            last = [text for role, text in heard[-1] if role == "assistant"]
            said = [turn.content for turn in row.messages if turn.role == side]
            assert last == said[: len(last)]
            assert len(last) == len(said) - 1
            assert [role for role, _ in heard[-1]] == ["user", "assistant"] * len(last) + ["user"]


def test_a_stopped_run_goes_on_at_the_turn_where_it_stopped(english: str, tmp_path: Path) -> None:
    answered: list[Any] = []

    def stops(request: Request) -> None:
        if len(answered) >= 37:
            raise AuthError("the key was refused.")

    def answer(request: Request) -> str:
        answered.append((request.purpose, request.sampling.seed, request.messages))
        return composed(request)

    stopped = run(english, tmp_path / "run", answer, n=12, mode="simulate", turns="6", fail=stops, concurrency=4)
    assert isinstance(stopped.error, AuthError)
    left = {row.id: row.messages for row in ledger_rows(stopped.folder, State.DRAFTED)}
    assert sorted({len(turns) for turns in left.values()}) != [1]
    done = run(english, tmp_path / "run", answer, mode="simulate")
    assert done.summary.status == "done"
    assert done.summary.calls == len(answered) == len(set(answered))
    final = {row.id: row.messages for row in ledger_rows(done.folder, *State)}
    for number, turns in left.items():
        assert final[number][: len(turns)] == turns
    assert len(rows_of(done)) == 12
    assert all(len(row["messages"]) == 6 for row in rows_of(done))


@pytest.mark.parametrize(
    ("turn", "fault"), [(2, "too_long"), (4, "repeated"), (3, "role"), (1, "too_short")], ids=lambda value: str(value)
)
def test_a_faulty_turn_alone_is_written_anew_and_told_its_fault(
    english: str, tmp_path: Path, turn: int, fault: str
) -> None:
    asked: list[Request] = []
    bad = {
        "too_long": "The tide turns at noon and the moorings hold fast. " * 20,
        "too_short": "The rope.",
        "role": "As your pilot, I advise you to write down each wave you fear and bring the list on Monday morning.",
    }
    told = {"too_long": "words", "too_short": "words", "role": "as your pilot", "repeated": "again"}

    def answer(request: Request) -> str:
        asked.append(request)
        if not is_first_try(request, turn):
            return composed(request)
        return request.messages[2].content if fault == "repeated" else bad[fault]

    result = run(english, tmp_path / "run", answer, n=4, mode="simulate", turns="6")
    assert result.summary.dropped == {}
    assert result.summary.calls == len(asked) == 4 * 6 + 4
    repairs = [request for request in asked if is_repair(request.messages[-1].content)]
    assert len(repairs) == 4
    for request in repairs:
        assert told[fault] in request.messages[-1].content.lower()
        first = next(each for each in asked if each.messages == request.messages[:-2])
        assert request.messages[-2].content == answer(first).strip()
        assert system_of(first) == system_of(request)
        assert first.sampling.seed != request.sampling.seed
    assert all(len(talk) == 6 for talk in talks(result))


def test_a_turn_that_cannot_be_mended_ends_its_conversation_and_the_seat_is_filled_by_another(
    tmp_path: Path,
) -> None:
    spec = write_spec(tmp_path, ENGLISH.replace("dialogue:\n", "dialogue:\n  repairs: 1\n"))
    failing: set[str] = set()

    def answer(request: Request) -> str:
        opening = request.messages[1].content.split("\n\n")[0]
        if request.purpose == "assistant" and len(request.messages) == 2 and len(failing) < 2:
            failing.add(opening)
        return "No." if request.purpose == "assistant" and opening in failing else composed(request)

    result = run(spec, tmp_path / "run", answer, n=6, mode="simulate", turns="4")
    assert result.summary.status == "done"
    assert result.summary.dropped == {"turn.too_short": 2}
    dropped = ledger_rows(result.folder, State.DROPPED)
    assert [(row.repairs, len(row.messages)) for row in dropped] == [(1, 2), (1, 2)]
    seats = {(row.slot.cell, row.slot.seat): row.slot.attempt for row in ledger_rows(result.folder, State.ACCEPTED)}
    assert all(seats[row.slot.cell, row.slot.seat] > row.slot.attempt for row in dropped)
    assert len(rows_of(result)) == 6


@pytest.mark.parametrize("heeds", [True, False])
def test_a_turn_that_shows_risk_is_answered_with_help_within_two_turns(
    english: str, tmp_path: Path, heeds: bool
) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> str:
        asked.append(request)
        if request.purpose == "user" and is_first_try(request, 3):
            return "I have not slept since the storm. I want to kill myself tonight and nobody on the quay knows it."
        return composed(request) if heeds or request.purpose == "user" else curt(request)

    result = run(english, tmp_path / "run", answer, n=1, mode="simulate", turns="8")
    noted = [request for request in asked if "safety may be at risk" in request.messages[-1].content]
    assert {request.purpose for request in noted} == {"assistant"}
    # The first reply after the statement is told, and others only until one has pointed to help.
    assert min(len(request.messages) for request in noted) == 1 + 3
    if heeds:
        assert result.summary.status == "done"
        assert [row["risk"] for row in rows_of(result)] == [True]
        assert len(noted) == 1
        return
    assert result.summary.accepted == 0
    assert set(result.summary.dropped) == {"turn.missing_crisis_guidance"}
    for row in ledger_rows(result.folder, State.DROPPED):
        assert (row.risk, len(row.messages)) == (True, 6)


def test_a_risk_shown_in_chinese_is_answered_with_help(spec: str, tmp_path: Path) -> None:
    noted: list[Request] = []

    def answer(request: Request) -> str:
        if "可能有人的生命或安全受到威胁" in request.messages[-1].content:
            noted.append(request)
        if request.purpose == "user" and is_first_try(request, 3):
            return "风暴以后我一直没睡着。我今晚就想自杀，码头上谁也不知道这件事。"
        return composed(request)

    result = run(spec, tmp_path / "run", answer, n=2, mode="simulate", turns="8", languages="zh")
    assert [row["risk"] for row in rows_of(result)] == [True, True]
    assert {(request.purpose, len(request.messages)) for request in noted} == {("assistant", 1 + 3)}


def test_a_farewell_of_both_sides_within_the_band_ends_the_talk(english: str, tmp_path: Path) -> None:
    def answer(request: Request) -> str:
        turn = len([message for message in request.messages if message.role != "system"]) + (request.purpose != "user")
        if turn == 5:
            return "The harbour lights are on and I know where to tie up now, so thank you for all of it. Goodbye."
        if turn == 6:
            return curt(request) + " Take care on the water, and goodbye until next week."
        return composed(request)

    early = run(english, tmp_path / "early", answer, n=8, mode="simulate", turns="4-10")
    assert early.summary.status == "done"
    assert {len(talk) for talk in talks(early)} == {4, 6}
    usual = run(english, tmp_path / "usual", n=8, mode="simulate", turns="4-10")
    assert {len(talk) for talk in talks(usual)} == {4, 6, 8, 10}


def test_no_two_conversations_open_by_the_same_message(english: str, tmp_path: Path) -> None:
    same = "The bollard at pier nine gave way under my ship on Sunday night. Who pays for the rope and the paint?"
    taken: list[str] = []

    def answer(request: Request) -> str:
        if is_first_try(request, 1) and len(taken) < 3:
            taken.append(same)
            return same
        return composed(request)

    result = run(english, tmp_path / "run", answer, n=6, mode="simulate", turns="4")
    assert result.summary.dropped == {"query.duplicate": 2}
    assert sum(talk[0][1] == same for talk in talks(result)) == 1
