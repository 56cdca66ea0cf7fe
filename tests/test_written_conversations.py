"""Conversations written by one call each: script, and those made from pairs (expand) or case reports (memo)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from talk_trials import ENGLISH, composed, ledger_rows, rows_of, run, talks, write_spec

from synthgen.calls import Request
from synthgen.errors import AuthError, FileError, RunChangedError, UsageError
from synthgen.hashing import seed_of
from synthgen.recipes import Result
from synthgen.records import State


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_spec(tmp_path)


@pytest.fixture
def english(tmp_path: Path) -> str:
    return write_spec(tmp_path, ENGLISH)


def write_pairs(path: Path, count: int = 6) -> Path:
    """Pairs in English and Chinese by turns, on topics of the spec, one of them by its Chinese name."""
    rows = []
    for at in range(count):
        chinese = at % 2 == 1
        rows.append(
            {
                "id": f"pair-{at}",
                "topic": "泊位" if chinese else "charts",
                "question": f"第{at}号泊位为什么总是被占着？" if chinese else f"Which chart shows buoy {at} by night?",
                "answer": f"去问{at}号的值班员。"
                if chinese
                else f"Sheet {at} shows it, and the pilot book tells its light.",
            }
        )
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def write_reports(folder: Path, count: int = 4) -> Path:
    folder.mkdir()
    for at in range(count):
        report = f"Case {at}: a sailor of the brig number {at} lost her berth in spring, slept badly and was helped."
        (folder / f"Jory Penrose {at}.txt").write_text(report, encoding="utf-8")
    return folder


def by_given(result: Result) -> dict[str, list[str]]:
    """Return of each given the prompts of the calls that made its row."""
    seen: dict[str, list[str]] = {}
    for row in rows_of(result):
        seen.setdefault(row["source"]["from"], []).append(row["id"])
    return seen


def test_a_script_is_one_call_a_conversation_and_exact_in_every_cell(spec: str, tmp_path: Path) -> None:
    result = run(spec, tmp_path / "run", n=24, turns="4-6=2,7-8=1")
    rows = rows_of(result)
    assert (result.summary.status, result.summary.calls) == ("done", 24)
    cells = Counter((row["topic"], row["language"], row["turns"], row["approach"]) for row in rows)
    assert sum(cells.values()) == 24
    assert Counter(row["turns"] for row in rows) == {"4-6": 16, "7-8": 8}
    assert Counter(row["approach"] for row in rows) == {"chartwork": 12, "sextantry": 12}
    assert Counter((row["topic"], row["language"]) for row in rows) == {
        ("Moorings", "en"): 8, ("Moorings", "zh"): 8, ("Charts", "en"): 4, ("Charts", "zh"): 4,
    }  # fmt: skip
    assert min(cells.values()) >= 1
    assert rows[0]["source"]["mode"] == "script"


def test_what_holds_no_conversation_is_asked_for_again(english: str, tmp_path: Path) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> str:
        asked.append(request)
        return "I would rather sing a shanty." if len(asked) <= 2 else composed(request)

    result = run(english, tmp_path / "run", answer, n=2, mode="script", concurrency=2)
    assert result.summary.dropped == {}
    assert result.summary.calls == len(asked) == 4
    assert len({request.sampling.seed for request in asked}) == 4
    # There is nothing to mend: the same is asked once more.
    assert Counter(request.messages for request in asked) == {asked[0].messages: 2, asked[1].messages: 2}


def test_a_fault_in_a_script_is_told_with_its_turn_and_the_whole_is_mended(english: str, tmp_path: Path) -> None:
    repairs: list[Request] = []

    def answer(request: Request) -> str:
        if len(request.messages) > 2:
            repairs.append(request)
            return composed(request)
        found = json.loads(composed(request))
        found["turns"][1]["text"] = "The tide turns at noon and the moorings hold fast. " * 20
        return json.dumps(found)

    result = run(english, tmp_path / "run", answer, n=3, mode="script")
    assert result.summary.dropped == {}
    assert len(repairs) == 3
    for request in repairs:
        assert "the moorings hold fast" in request.messages[-2].content
        assert "Turn 2: " in request.messages[-1].content


def test_a_conversation_that_is_nearly_another_is_dropped_and_made_anew(english: str, tmp_path: Path) -> None:
    same: list[str] = []

    def answer(request: Request) -> str:
        text = composed(request)
        if len(same) < 4:
            same.append(same[0] if same else text)
            return same[0]
        return text

    result = run(english, tmp_path / "run", answer, n=8, turns="4")
    assert result.summary.dropped == {"conversation.duplicate": 3}
    assert len({json.dumps(talk) for talk in talks(result)}) == 8


def test_each_pair_becomes_one_conversation_that_names_it(spec: str, tmp_path: Path) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> str:
        asked.append(request)
        return composed(request)

    pairs = write_pairs(tmp_path / "pairs.jsonl", 8)
    result = run(spec, tmp_path / "run", answer, mode="expand", origin=str(pairs), turns="4-6=1,8=1")
    rows = rows_of(result)
    assert (result.summary.status, len(rows)) == ("done", 8)
    assert sorted(row["source"]["from"] for row in rows) == [f"pair-{at}" for at in range(8)]
    assert Counter((row["topic"], row["language"]) for row in rows) == {("Charts", "en"): 4, ("Moorings", "zh"): 4}
    assert Counter(row["turns"] for row in rows) == {"4-6": 4, "8-8": 4}
    assert Counter(row["approach"] for row in rows) == {"chartwork": 4, "sextantry": 4}
    assert all(row["facets"] == {} for row in rows)
    for at in range(8):
        own = f"第{at}号泊位为什么" if at % 2 else f"buoy {at} by night"
        assert any(own in request.messages[-1].content for request in asked)


def test_pairs_are_read_from_tables_and_from_runs(english: str, tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text(
        'question,answer\n"Who lights the lamp?","The keeper, at dusk."\n"Unanswered?",\n', encoding="utf-8"
    )
    result = run(english, tmp_path / "one", mode="expand", origin=str(table))
    assert [row["source"]["from"] for row in rows_of(result)] == ["1"]
    pairs = run(english, tmp_path / "pairs", n=3)
    (pairs.folder / "notes.md").write_text("What I thought of this run.", encoding="utf-8")
    result = run(english, tmp_path / "two", mode="expand", origin=str(pairs.folder))
    assert sorted(by_given(result)) == sorted(row["id"] for row in rows_of(pairs))
    assert Counter(row["topic"] for row in rows_of(result)) == Counter(row["topic"] for row in rows_of(pairs))


def test_each_report_becomes_a_memo_and_then_a_conversation(english: str, tmp_path: Path) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> str:
        asked.append(request)
        return composed(request)

    result = run(english, tmp_path / "run", answer, mode="memo", origin=str(write_reports(tmp_path / "cases")))
    assert (result.summary.status, result.summary.calls) == ("done", 8)
    assert Counter(request.purpose for request in asked) == {"memo": 4, "script": 4}
    memos = {row.memo for row in ledger_rows(result.folder, State.ACCEPTED)}
    assert len(memos) == 4
    for request in asked:
        whole = "\n".join(turn.content for turn in request.messages)
        # The report goes to the memo's call alone, the memo to the conversation's; names of files to none.
        assert ("lost her berth" in whole) == (request.purpose == "memo")
        assert any(memo in whole for memo in memos) == (request.purpose == "script")
        assert "Penrose" not in whole
    assert sorted(by_given(result)) == ["report 1", "report 2", "report 3", "report 4"]
    assert "Penrose" not in result.dataset.read_text(encoding="utf-8")


def test_a_memo_that_is_committed_is_not_bought_again(english: str, tmp_path: Path) -> None:
    asked: list[tuple[str, int | None]] = []

    def answer(request: Request) -> str:
        asked.append((request.purpose, request.sampling.seed))
        return composed(request)

    def no_script(request: Request) -> None:
        if request.purpose == "script":
            raise AuthError("the key was refused.")

    reports = str(write_reports(tmp_path / "cases"))
    stopped = run(english, tmp_path / "run", answer, mode="memo", origin=reports, fail=no_script)
    assert isinstance(stopped.error, AuthError)
    done = run(english, tmp_path / "run", answer)
    assert done.summary.status == "done"
    assert Counter(asked).most_common(1)[0][1] == 1
    assert Counter(purpose for purpose, _ in asked) == {"memo": 4, "script": 4}


def test_a_pair_that_never_works_is_tried_four_times_and_lacks(english: str, tmp_path: Path) -> None:
    asked: list[int] = []

    def answer(request: Request) -> str:
        if "buoy 2 by night" in request.messages[1].content:
            asked.append(seed_of(request.sampling.seed))
            return "No conversation today."
        return composed(request)

    pairs = write_pairs(tmp_path / "pairs.jsonl")
    result = run(english, tmp_path / "run", answer, mode="expand", origin=str(pairs), languages="en")
    assert result.summary.status == "shortfall"
    assert sum(result.summary.shortfall.values()) == 1
    assert result.summary.dropped == {"conversation.no_conversation": 4}
    # Each try is one call and two repairs, and every one of them another draw.
    assert len(set(asked)) == len(asked) == 4 * 3
    assert sorted(by_given(result)) == ["pair-0", "pair-4"]
    again = run(english, tmp_path / "run", answer)
    assert again.summary.status == "shortfall"
    assert len(asked) == 12


def test_a_larger_n_keeps_the_kinds_of_what_is_there_and_stays_exact(spec: str, tmp_path: Path) -> None:
    pairs = str(write_pairs(tmp_path / "pairs.jsonl", 12))
    bands = "4=1,5-6=1,7-8=1"
    first = run(spec, tmp_path / "run", n=5, mode="expand", origin=pairs, turns=bands, approaches="chartwork")
    rows = rows_of(first)
    grown = run(spec, tmp_path / "run", n=12, mode="expand", origin=pairs, turns=bands, approaches="chartwork")
    assert rows_of(grown)[:5] == rows
    assert Counter(row["turns"] for row in rows_of(grown)) == {"4-4": 4, "5-6": 4, "7-8": 4}
    assert grown.summary.shortfall == {}
    assert len(by_given(grown)) == 12


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("buoy 2", "buoy two"),
        lambda text: text.replace("pair-4", "pair-x"),
        lambda text: text.replace('"topic": "charts"', '"topic": "Moorings"', 1),
        lambda text: text + '\n{"question": "And then?", "answer": "Ask the keeper."}',
    ],
    ids=["text", "id", "topic", "row"],
)
def test_a_run_whose_pairs_have_changed_is_refused(spec: str, tmp_path: Path, change: Callable[[str], str]) -> None:
    pairs = write_pairs(tmp_path / "pairs.jsonl")
    run(spec, tmp_path / "run", mode="expand", origin=str(pairs), n=2)
    pairs.write_text(change(pairs.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RunChangedError):
        run(spec, tmp_path / "run", n=4)


def test_more_than_there_are_or_none_at_all_is_refused(spec: str, tmp_path: Path) -> None:
    pairs = str(write_pairs(tmp_path / "pairs.jsonl"))
    with pytest.raises(UsageError, match=r"--n 7: .*pairs\.jsonl holds 6 to make conversations from"):
        run(spec, tmp_path / "run", mode="expand", origin=pairs, n=7)
    with pytest.raises(FileError, match="holds no reports"):
        run(spec, tmp_path / "run", mode="memo", origin=pairs)
    (tmp_path / "cases.jsonl").write_text('{"report": "A sailor came in spring."}', encoding="utf-8")
    with pytest.raises(FileError, match="holds no pairs of question and answer"):
        run(spec, tmp_path / "run", mode="expand", origin=str(tmp_path / "cases.jsonl"))
    assert not (tmp_path / "run").exists()
