"""Rows of files through the filters of a spec."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synthgen.errors import SpecError, UsageError
from synthgen.filters import CEILING, FILTERS
from synthgen.sift import Fault, Sieve, Sifted, sieve_of, sift_file
from synthgen.spec import Spec, parse_spec

SPEC = """
name: desk
topics: [{name: Loans}, {name: Threats, risk: true}]
query: {words: [3, 40]}
reply: {words: [5, 60], banned_openers: [It sounds like]}
"""
ASKED = "My loan card stopped working on Monday. What should I bring to the desk?"
ANSWERED = "Bring the card and a letter with your address. We print a new card while you wait, at no cost."
OPENED = "It sounds like your card is worn out. Bring it to the desk and we will print a new one."


@pytest.fixture
def spec() -> Spec:
    return parse_spec(SPEC, "spec")


def row(query: str = ASKED, reply: str = ANSWERED, **more: Any) -> dict[str, Any]:
    turns = [{"role": "user", "content": query}, {"role": "assistant", "content": reply}]
    return {"messages": turns} | more


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def faults_of(path: Path, sieve: Sieve) -> list[Fault]:
    faults: list[Fault] = []
    sift_file(path, sieve, told=faults.append)
    return faults


def test_each_side_is_held_to_what_its_own_model_was_asked_for(spec: Spec, tmp_path: Path) -> None:
    plain = spec.plain.model_copy(update={"query_words": {"*": (1, 4)}, "reply_words": {"*": (1, 4)}})
    path, both = written(tmp_path, row()), spec.model_copy(update={"plain": plain})

    def faults(**asked: bool) -> list[tuple[str, str]]:
        sieve = sieve_of(both, only=["length"], plain=asked)  # type: ignore[arg-type]
        return [(fault.drop.stage, fault.drop.reason) for fault in faults_of(path, sieve)]

    assert faults() == []
    assert faults(query=True, reply=True) == faults(query=True) == [("query", "too_long")]
    assert faults(reply=True) == [("reply", "too_long")]


def test_whoever_watches_is_told_of_each_row(spec: Spec, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    sift_file(written(tmp_path, row(), row(reply=OPENED)), sieve_of(spec), watch=lambda *now: told.append(now))
    assert told == [("Filtering rows", 1, 0), ("Filtering rows", 2, 0)]


def test_rows_that_pass_are_written_as_they_stand(spec: Spec, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        json.dumps(row(), indent=None, separators=(" ,", " :")),
        json.dumps(row(reply=OPENED, id="second")),
        json.dumps({"question": ASKED, "answer": ANSWERED, "source": "é"}, ensure_ascii=False),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out, dropped = tmp_path / "kept.jsonl", tmp_path / "dropped.jsonl"
    assert sift_file(path, sieve_of(spec), out=out, dropped=dropped).kept == 2
    assert out.read_text(encoding="utf-8").splitlines() == [lines[0], lines[2]]
    (told,) = map(json.loads, dropped.read_text(encoding="utf-8").splitlines())
    assert (told["row"], told["id"], told["filter"], told["stage"]) == (2, "second", "openers", "reply")
    assert told["reason"] == "banned_opener"
    assert "It sounds like" in told["detail"]


def test_formats_can_change_on_the_way(spec: Spec, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f'question,answer\n"{ASKED}","{ANSWERED}"\n"{ASKED}",Yes.\n', encoding="utf-8")
    out = tmp_path / "kept.jsonl"
    sifted = sift_file(path, sieve_of(spec), out=out)
    assert sifted == Sifted(2, sifted.dropped)
    assert dict(sifted.dropped) == {("length", "too_short"): 1}
    assert json.loads(out.read_text(encoding="utf-8")) == {"question": ASKED, "answer": ANSWERED}


def test_a_conversation_is_looked_at_turn_by_turn(spec: Spec, tmp_path: Path) -> None:
    said = [("human", ASKED), ("gpt", ANSWERED), ("human", "And on Sunday?"), ("gpt", OPENED)]
    talk = {"conversations": [{"from": who, "value": text} for who, text in said]}
    (fault,) = faults_of(written(tmp_path, talk), sieve_of(spec))
    assert (fault.drop.stage, fault.drop.reason) == ("conversation", "banned_opener")
    assert fault.drop.detail.startswith("Turn 4: ")


@pytest.mark.parametrize("more", [{"topic": "Threats"}, {"messages": [{"role": "user", "content": "I want to die."}]}])
def test_risk_is_told_by_topic_or_words(spec: Spec, tmp_path: Path, more: dict[str, Any]) -> None:
    risky = row("I want to die." if "messages" in more else ASKED) | {
        key: value for key, value in more.items() if key != "messages"
    }
    (fault,) = faults_of(written(tmp_path, risky), sieve_of(spec))
    assert fault.drop.reason == "missing_crisis_guidance"


@pytest.mark.parametrize("strange", [{}, {"messages": []}, {"text": "hello"}, {"messages": "hello"}])
def test_a_row_without_a_message_is_no_dialogue(spec: Spec, tmp_path: Path, strange: dict[str, Any]) -> None:
    (fault,) = faults_of(written(tmp_path, strange), sieve_of(spec))
    assert (fault.filter, fault.drop.reason) == ("shape", "no_dialogue")


GERMAN_SPEC = """
name: werkstatt
languages: {languages}
topics: [Bremsen]
query: {{words: [3, 60]}}
reply: {{words: [3, 60]}}
"""
GERMAN = {
    "question": "Meine Bremse quietscht seit gestern, und ich habe die Beläge erst im Mai gewechselt. Was tun?",
    "answer": "Das ist meist Schmutz auf der Felge. Reinigen Sie sie mit Spiritus, und fahren Sie dann ein paar Meter.",
}


@pytest.mark.parametrize(
    ("languages", "language", "reasons"),
    [
        ("[de]", {}, []),
        ("[de]", {"language": " "}, []),
        ("[de-AT]", {}, []),
        ("[en, de]", {}, []),
        ("[fr, zh, de]", {}, []),
        ("[en]", {}, ["wrong_language"]),
        ("[zh]", {}, ["wrong_script"]),
        ("[de]", {"language": "en"}, ["wrong_language"]),
        ("[en]", {"lang": "de"}, []),
    ],
)
def test_a_row_that_does_not_say_its_language_is_in_one_of_the_specs(
    tmp_path: Path, languages: str, language: dict[str, str], reasons: list[str]
) -> None:
    sieve = sieve_of(parse_spec(GERMAN_SPEC.format(languages=languages), "werkstatt"), only=["language"])
    assert [fault.drop.reason for fault in faults_of(written(tmp_path, GERMAN | language), sieve)] == reasons


def test_an_id_of_nought_is_an_id(spec: Spec, tmp_path: Path) -> None:
    path = written(tmp_path, row(reply="Yes.", id=0), row(reply="Yes."))
    assert [(fault.number, fault.id) for fault in faults_of(path, sieve_of(spec))] == [(1, "0"), (2, "")]


def test_a_history_that_cannot_be_read_is_told_and_not_cut(spec: Spec, tmp_path: Path) -> None:
    pair = {"question": ASKED, "answer": ANSWERED}
    path = written(
        tmp_path, pair | {"history": "She came twice."}, pair | {"history": [["Hello there, you two", None]]}
    )
    assert [(fault.number, fault.drop.reason) for fault in faults_of(path, sieve_of(spec, only=["length"]))] == [
        (1, "no_dialogue")
    ]


def test_filters_can_be_chosen(spec: Spec, tmp_path: Path) -> None:
    path = written(tmp_path, row(reply=OPENED), row(reply="Yes."))
    assert [fault.filter for fault in faults_of(path, sieve_of(spec))] == ["openers", "length"]
    assert [fault.filter for fault in faults_of(path, sieve_of(spec, only=["length"]))] == ["length"]
    assert [fault.filter for fault in faults_of(path, sieve_of(spec, skip=["openers", "formulas"]))] == ["length"]
    off = spec.model_copy(update={"filters": {"length": False}})
    assert [fault.filter for fault in faults_of(path, sieve_of(off))] == ["openers"]
    assert [fault.filter for fault in faults_of(path, sieve_of(off, only=["length"]))] == ["length"]


def test_the_ceiling_counts_over_the_file(spec: Spec, tmp_path: Path) -> None:
    tight = spec.model_copy(update={"filters": {CEILING: {"share": 0.01, "after": 200}}})
    rows = [row(reply=f"Bring the card to {number} Hill Road. We print another while you wait.") for number in range(9)]
    faults = faults_of(written(tmp_path, *rows), sieve_of(tight, only=[CEILING]))
    assert [fault.number for fault in faults] == [3, 4, 5, 6, 7, 8, 9]
    assert {fault.drop.reason for fault in faults} == {"opening_ceiling"}


def test_what_cannot_be_is_told(spec: Spec, tmp_path: Path) -> None:
    path = written(tmp_path, row())
    with pytest.raises(UsageError, match="toxicity: no such filter"):
        sieve_of(spec, only=["toxicity"])
    with pytest.raises(SpecError, match=r"filters\.echo\.run"):
        sieve_of(spec.model_copy(update={"filters": {"echo": {"run": 1}}}))
    with pytest.raises(UsageError, match="is the file that is read"):
        sift_file(path, sieve_of(spec), out=path)
    assert path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_can_be_asked_alone(spec: Spec, tmp_path: Path, name: str) -> None:
    assert sift_file(written(tmp_path, row()), sieve_of(spec, only=[name])).kept == 1
