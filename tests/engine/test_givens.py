"""What conversations are made from: how it is read, and the seats of it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.engine.givens import MOST_CHARS, TRIES, Given, Givens, GivenSeats, read_givens, source_of
from synthgen.errors import FileError
from synthgen.formats.private import private_source
from synthgen.plan import apportion
from synthgen.records import Cell, Row, Slot, State
from synthgen.spec import Spec
from synthgen.splits.origins import pair_name
from synthgen.steps.script import Source

SPEC = Spec.model_validate(
    {"name": "quay", "languages": ["en", "zh"], "topics": [{"name": "Ropes", "names": {"zh": "缆绳"}}, "Tides"]}
)
KINDS = {("4-6", "a"): 2.0, ("8-8", "a"): 1.0}


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def pair(**parts: Any) -> dict[str, Any]:
    return {"question": "Which knot holds?", "answer": "A bowline.", **parts}


def givens_of(count: int) -> Givens:
    return Givens([Given(f"g{at}", "Ropes", "en", Source(memo="m")) for at in range(count)], "hash")


def seats_of(count: int, *totals: int) -> GivenSeats:
    return GivenSeats(givens_of(count), KINDS, totals or (count,))


def takings(seats: GivenSeats) -> list[Slot]:
    taken = []
    while slots := seats.take(5):
        taken += slots
    return taken


def test_pairs_are_read_from_any_shape_with_their_topic_and_language(tmp_path: Path) -> None:
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "涨潮是几点？"},
                {"role": "assistant", "content": "六点。"}, {"role": "user", "content": "谢谢。"}]  # fmt: skip
    path = write_rows(
        tmp_path / "rows.jsonl",
        pair(id="first", topic="TIDES"),
        {"messages": messages, "topic": "缆绳"},
        pair(topic="Sails", language="zh-CN"),
        {"question": "And who asks without an answer?"},
        pair(answer="  "),
        {"note": "neither"},
    )
    found = read_givens(path, SPEC, pairs=True)
    assert [(each.id, each.topic, each.language) for each in found.all] == [
        ("first", "Tides", "en"), ("2", "Ropes", "zh"), ("3", "Sails", "zh"),
    ]  # fmt: skip
    assert found.all[1].material == Source(question="涨潮是几点？", answer="六点。")
    assert list(found.languages) == ["en", "zh"]
    assert len(found) == 3


def test_reports_are_read_from_rows_files_and_folders(tmp_path: Path) -> None:
    rows = write_rows(
        tmp_path / "rows.jsonl", {"id": 7, "case": " A case. "}, {"report": ""}, {"content": "一个案例。"}
    )
    found = read_givens(rows, SPEC, pairs=False)
    assert [(each.id, each.language, each.material.memo) for each in found.all] == [
        ("7", "en", "A case."), ("3", "zh", "一个案例。"),
    ]  # fmt: skip
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "b.md").write_text("The second.", encoding="utf-8-sig")
    (folder / "A.TXT").write_text("The first.", encoding="utf-8")
    (folder / "c.txt").write_text("  \n", encoding="utf-8")
    (folder / "d.pdf").write_bytes(b"%PDF")
    found = read_givens(folder, SPEC, pairs=False)
    assert [(each.id, each.topic, each.material.memo) for each in found.all] == [
        ("report 1", "", "The first."), ("report 2", "", "The second."),
    ]  # fmt: skip
    (tmp_path / "long.txt").write_text("word " * MOST_CHARS, encoding="utf-8")
    (long,) = read_givens(tmp_path / "long.txt", SPEC, pairs=False).all
    assert MOST_CHARS - 5 <= len(long.material.memo) <= MOST_CHARS


def test_another_language_is_refused_or_left_out(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", pair(), pair(id="x", language="fr"))
    with pytest.raises(FileError, match=r"rows\.jsonl: 'x' is in 'fr', and quay has only en, zh") as told:
        read_givens(path, SPEC, pairs=True)
    assert "--lang" in (told.value.hint or "")
    assert len(read_givens(path, SPEC, pairs=True, all_languages=False)) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rows.jsonl", b'{"question": "One?"}', "holds no pairs"),
        ("rows.jsonl", b"", "holds no pairs"),
        ("rows.jsonl", b"{", "not JSON"),
        ("rows.docx", b"", "its name tells no format"),
        ("missing", None, "missing"),
    ],
)
def test_what_holds_no_pairs_is_told(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError, match=words):
        read_givens(tmp_path / name, SPEC, pairs=True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.txt", b"\xff\xfe\x00", "not UTF-8"), ("a.txt", None, "cannot be read"), ("a.md", b" ", "holds no reports")],
)
def test_what_holds_no_report_is_told(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError, match=words):
        read_givens(tmp_path / name, SPEC, pairs=False)


def test_the_hash_is_of_all_that_is_read(tmp_path: Path) -> None:
    hashes = {
        read_givens(write_rows(tmp_path / "rows.jsonl", pair(**parts)), SPEC, pairs=True).hash
        for parts in ({}, {"id": "x"}, {"topic": "Tides"}, {"language": "zh"}, {"answer": "Two."}, {"id": "\ud800"})
    }
    assert len(hashes) == 6
    assert read_givens(write_rows(tmp_path / "rows.jsonl", pair(note=1)), SPEC, pairs=True).hash in hashes


def test_every_given_is_asked_for_once_in_its_order() -> None:
    slots = takings(seats_of(9))
    assert [(slot.seat, slot.attempt, slot.facets) for slot in slots] == [(at, 0, {}) for at in range(9)]
    assert Counter(slot.cell for slot in slots) == {
        Cell("Ropes", "en", "4-6", "a"): 6, Cell("Ropes", "en", "8-8", "a"): 3,
    }  # fmt: skip


@given(st.integers(1, 200), st.lists(st.integers(1, 9), min_size=1, max_size=12), st.data())
def test_kinds_are_exact_and_even_and_stay_when_more_are_wanted(count: int, weights: list[int], data: Any) -> None:
    kinds = {(f"{at + 2}-{at + 2}", ""): float(weight) for at, weight in enumerate(weights)}
    totals = sorted({count, *data.draw(st.lists(st.integers(1, count), max_size=3))})
    cells = [slot.cell for slot in takings(GivenSeats(givens_of(count), kinds, totals))]
    held: list[int] = []
    for total in totals:
        held = apportion(weights, total, held)
        counts = Counter(cell.turns for cell in cells[:total])
        assert [counts[turns] for turns, _ in kinds] == held
    assert len(cells) == count


def test_a_dropped_one_is_tried_again_until_it_is_given_up() -> None:
    seats = seats_of(2)
    first, second = takings(seats)
    assert seats.accept(second)
    assert not seats.accept(second)
    assert (seats.is_taken(second), seats.is_taken(first)) == (True, False)
    for attempt in range(1, TRIES):
        seats.drop(first)
        (first,) = takings(seats)
        assert (first.seat, first.attempt) == (0, attempt)
    seats.drop(first)
    assert takings(seats) == []
    assert not seats.is_full
    assert sum(seats.shortfall().values()) == 1


def test_a_given_that_has_its_conversation_is_not_opened_by_a_drop() -> None:
    seats = seats_of(1)
    (slot,) = takings(seats)
    seats.accept(slot)
    seats.drop(slot)
    assert takings(seats) == []
    assert seats.is_full
    assert seats.shortfall() == {}


def test_seats_are_restored_as_they_stood() -> None:
    slots = takings(seats_of(5))
    seats = seats_of(5)
    last = Slot(slots[3].cell, 3, TRIES - 1, {})
    rows = [(slots[0], State.ACCEPTED), (slots[1], State.DRAFTED), (slots[2], State.DROPPED), (last, State.DROPPED)]
    seats.restore(iter(rows))
    assert [(slot.seat, slot.attempt) for slot in takings(seats)] == [(2, 1), (4, 0)]
    assert sum(accepted for _, accepted, _ in seats.progress()) == 1
    assert sum(wanted for _, _, wanted in seats.progress()) == 5


def test_a_row_says_how_and_from_what_it_was_made() -> None:
    row = Row("r-1", Slot(Cell("Ropes", "en", "4-6"), 1, 0, {}))
    assert source_of(None, None, row) == {}
    assert source_of("simulate", None, row) == {"mode": "simulate"}
    assert source_of("expand", givens_of(2), row) == {"mode": "expand", "from": "g1"}
    pairs = Givens([Given(str(at), "Ropes", "en", Source(question="Why?", answer="So.")) for at in range(2)], "hash")
    told = source_of("expand", pairs, row)
    assert told == {"mode": "expand", "from": "1", "pair": pair_name(" Why?", "So.\n")}
    assert "Why" not in told["pair"]


def test_seats_are_counted_as_they_are_taken_and_as_they_come_back() -> None:
    seats = seats_of(9)
    first = takings(seats)
    assert all(seats.accept(slot) for slot in first[:5])
    assert not seats.accept(first[0])
    wanted = Counter(slot.cell for slot in first)
    made = Counter(slot.cell for slot in first[:5])
    assert sorted(seats.progress()) == sorted((cell, made[cell], wanted[cell]) for cell in wanted)
    again = seats_of(9)
    again.restore((slot, State.ACCEPTED if at < 5 else State.DRAFTED) for at, slot in enumerate(first))
    assert list(again.progress()) == list(seats.progress())
    assert sum(again.shortfall().values()) == 4


def test_telling_the_progress_looks_at_no_seat() -> None:
    seats = seats_of(500)
    for slot in takings(seats)[:300]:
        seats.accept(slot)
    looked_at: list[int] = []

    class Watched(list[Cell]):
        def __iter__(self) -> Any:
            looked_at.append(-1)
            return super().__iter__()

        def __getitem__(self, at: Any) -> Any:
            looked_at.append(at)
            return super().__getitem__(at)

    seats._cells = Watched(seats._cells)
    assert sum(made for _, made, _ in seats.progress()) == 300
    assert looked_at == []


def test_what_lang_leaves_out_is_told(tmp_path: Path) -> None:
    chinese = SPEC.in_languages({"zh": 1.0})
    path = write_rows(tmp_path / "rows.jsonl", *(pair(language="en") for _ in range(3)), pair(language="fr"))
    words = r"all 4 pairs of question and answer were left out by --lang: they are in en, fr\."
    with pytest.raises(FileError, match=words):
        read_givens(path, chinese, pairs=True, all_languages=False)


def test_what_givens_were_made_from_is_known_and_changes_no_hash(tmp_path: Path) -> None:
    said = [{"kind": "summarize"}, {"kind": "generate", "mode": "memo"}, {"private": "case reports"}]
    row = Row("r-1", Slot(Cell("Ropes", "en", "4-6"), 0, 0, {}))
    plain = read_givens(write_rows(tmp_path / "rows.jsonl", pair(id="1")), SPEC, pairs=True)
    assert plain.private == ""
    assert "private" not in source_of("expand", plain, row)
    for source, private in zip(said, ("transcripts", "case reports", "case reports"), strict=True):
        found = read_givens(write_rows(tmp_path / "rows.jsonl", pair(id="1", source=source)), SPEC, pairs=True)
        assert (found.private, found.hash) == (private, plain.hash)
        assert source_of("expand", found, row)["private"] == private
    report = read_givens(write_rows(tmp_path / "rows.jsonl", {"id": "1", "report": "A case."}), SPEC, pairs=False)
    assert report.private == "case reports"
    assert private_source({"source": source_of("memo", report, row)}) == "case reports"


def test_an_id_of_nought_is_an_id(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", pair(id=0), pair(id=" "), {"id": 0, "report": "Tides."})
    assert [each.id for each in read_givens(path, SPEC, pairs=True).all] == ["0", "2"]
    assert [each.id for each in read_givens(path, SPEC, pairs=False).all] == ["0"]


def test_what_does_not_say_its_language_is_in_one_of_the_specs(tmp_path: Path) -> None:
    spec = SPEC.model_copy(update={"languages": {"de": 1.0}})
    text = "Welcher Knoten hält, wenn das Seil nass ist und ich es nicht mehr lösen kann?"
    path = write_rows(tmp_path / "rows.jsonl", pair(question=text, answer=text), {"report": text})
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    for origin, pairs in ((path, True), (path, False), (tmp_path / "one.txt", False)):
        assert [each.language for each in read_givens(origin, spec, pairs=pairs).all] == ["de"]
    english = pair(question="Which knot holds when the rope is wet and I cannot open it?", answer="It is the bowline.")
    write_rows(path, pair(question=text, answer=text), english)
    found = read_givens(path, spec, pairs=True, all_languages=False, among=["en", "de"])
    assert [each.material.question for each in found.all] == [text]
