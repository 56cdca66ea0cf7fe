"""What a set of rows is like, whichever shape they have."""

from __future__ import annotations

import json

import pytest

from synthgen.catalog import load_spec
from synthgen.measures.labels import LabelCount
from synthgen.measures.pace import Timeline, pace_figures
from synthgen.measures.portrait import Portrait
from synthgen.measures.shown import MOST_CHARS, MOST_TURNS, plain, short
from synthgen.store.call_book import CallEnd


@pytest.fixture(scope="module")
def spec():
    return load_spec("psy_insight")[0]


def portrait_of(spec, rows):
    portrait = Portrait(spec)
    for number, row in enumerate(rows, 1):
        portrait.add(row, number)
    return portrait


def test_rows_of_all_shapes_are_counted(spec):
    rows = [
        {
            "topic": "Rent",
            "language": "en",
            "query": "One two three four",
            "reply": "Five six",
            "facets": {"tone": "calm"},
        },
        {
            "topic": "Rent",
            "messages": [{"role": "user", "content": "我很难过"}, {"role": "assistant", "content": "请说"}],
        },
        {"instruction": "Act as a clerk.", "input": "Where is it?", "output": "Over there."},
        {"nothing": "to read"},
    ]
    found = portrait_of(spec, rows).figures()
    assert (found["rows"], found["unread"]) == (4, 1)
    assert found["topics"] == {"Rent": 2, "": 1}
    assert found["languages"] == {"en": 2, "zh": 1}
    assert found["facets"] == {"tone": {"calm": 1}}
    assert found["turns"]["histogram"] == [(2, 3)]
    assert found["lengths"]["user en"]["most"] == 4
    assert found["lengths"]["assistant zh"]["most"] == 2
    assert found["openings"]["user en"]["most"] == {"one two three": 1, "where is it": 1}
    assert json.loads(json.dumps(found))["rows"] == 4


def test_no_row_makes_it_stumble(spec):
    odd = "\ud800\x00\u202e"
    rows = [
        {},
        {"messages": None, "scores": "no", "facets": ["x"], "annotation": 3},
        {
            "query": odd,
            "reply": odd,
            "topic": odd,
            "language": odd,
            "id": {"a": 1},
            "scores": {"x": float("nan"), "y": True},
        },
        {"query": "", "reply": ""},
        {"query": "x", "facets": {"a": {"deep": []}}, "scores": {"fit": 3}},
        {"dialog": [{"speaker": "Seeker", "content": "Hi", "emotional label": 7}]},
        {"messages": [{"role": "user", "content": "Hi", "labels": {"emotion": [None, {"x": 1}]}}]},
    ]
    found = portrait_of(spec, rows).figures()
    assert found["rows"] == len(rows)
    assert found["scores"]["fit"]["mean"] == 3
    assert set(found["scores"]) == {"fit"}


def test_many_languages_and_facets_do_not_grow_without_end(spec):
    rows = [{"query": "a", "reply": "b", "language": f"x{n}", "facets": {f"facet {n}": "v"}} for n in range(100)]
    found = portrait_of(spec, rows).figures()
    assert found["languages"]["other"] == 88
    assert len(found["facets"]) == 24
    assert len(found["lengths"]) == 26


def test_examples_are_drawn_by_topic_and_keep_the_beginning(spec):
    rows = [{"topic": f"t{n % 2}", "query": "x" * 9000, "reply": "y"} for n in range(20)]
    rows.append(
        {"topic": "long", "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}] * 40}
    )
    portrait = portrait_of(spec, rows)
    assert [len(portrait.examples[topic].kept) for topic in ("t0", "t1", "long")] == [3, 3, 1]
    said = portrait.examples["t0"].kept[0].turns[0]
    assert (len(said.text), said.length) == (MOST_CHARS, 9000)
    long = portrait.examples["long"].kept[0]
    assert (len(long.turns), long.count) == (MOST_TURNS, 80)


def session(*turns):
    return {"messages": [{"role": role, "content": "Said.", "labels": labels} for role, labels in turns]}


def test_labels_and_what_follows_them(spec):
    count = LabelCount(spec)
    row = session(
        ("user", {"emotion": ["Fear", "Anger"]}),
        ("assistant", {"strategy": ["Question"]}),
        ("user", {"emotion": "Sadness"}),
        ("assistant", {"strategy": ["Question", "Something of their own"]}),
    )
    assert count.add(row)[1] == ("Fear", "Anger")
    assert count.add({"query": "no labels", "reply": "none"}) == {}
    found = count.figures()
    assert found["fields"]["user.emotion"] == {"places": 2, "labels": {"Anger": 1, "Fear": 1, "Sadness": 1}}
    assert found["fields"]["assistant.strategy"]["labels"] == {"Question": 2, "Something of their own": 1}
    follow = {(each["from"], each["to"]): each["counts"] for each in found["transitions"]}
    assert sorted(follow["user.emotion", "user.emotion"]) == [["Anger", "Sadness", 1], ["Fear", "Sadness", 1]]
    assert ["Question", "Sadness", 1] in follow["assistant.strategy", "user.emotion"]
    assert ["Question", "Question", 1] in follow["assistant.strategy", "assistant.strategy"]


def test_labels_of_a_session_and_of_a_table(spec):
    count = LabelCount(spec)
    turn = {"speaker": "Seeker", "content": "Hi", "emotional label": "Fear"}
    count.add({"dialog": [turn], "stage": "first session"})
    count.add({"messages": json.dumps([{"role": "user", "content": "Hi", "labels": {"emotion": "Fear"}}])})
    fields = count.figures()["fields"]
    assert fields["user.emotion"]["labels"] == {"Fear": 2}
    assert fields["session.stage"]["labels"] == {"first session": 1}


def test_a_timeline_joins_its_buckets_and_loses_nothing():
    line = Timeline(most=8)
    for second in range(1000):
        line.add(second, 1, 2)
    assert line.width == 128
    assert line.sums(0)[-1] == (1024.0, 1000.0)
    assert line.rates(1)[0] == (0.0, 2.0)
    assert all(height == pytest.approx(2, rel=0.02) for _, height in line.rates(1))


def test_the_pace_leaves_pauses_out():
    ends = [CallEnd(1000.0 + n, 1.0, 10, 0.5) for n in range(100)]
    ends += [CallEnd(90_000.0 + n, 1.0, 10, 0.5) for n in range(100)]
    found = pace_figures(ends)
    assert found["seconds"] == pytest.approx(1 + 99 + 60 + 99)
    assert found["cost"][-1][1] == pytest.approx(100)
    assert found["calls_per_second"] == pytest.approx(200 / 259)
    assert pace_figures([]) is None


def test_what_cannot_be_seen_is_written_out():
    assert plain("a\u202eb\u2066c\x00d\ud800e\u200bf\r\n") == "a⟨U+202E⟩b⟨U+2066⟩c⟨U+0000⟩d⟨U+D800⟩e⟨U+200B⟩f⟨U+000D⟩\n"
    assert plain("家庭 👩‍👧 café\tone\n") == "家庭 👩‍👧 café\tone\n"
    assert len(plain("e" + "\u0301" * 5000)) < 10
    assert plain("x" * 9000) == "x" * MOST_CHARS
    assert len(plain("\u202e" * 9000)) == MOST_CHARS
    assert short("one\n two   three", 50) == "one two three"
    assert short("one two three", 8) == "one two…"


def test_rows_that_do_not_say_their_language_are_told_among_the_specs(spec):
    asked = "Ich kann seit drei Wochen nicht mehr schlafen, und der Arzt weiß auch nichts."
    rows = [{"question": asked, "answer": asked}, {"question": "How do I get back to sleep?", "answer": "Read."}]
    german = spec.model_copy(update={"languages": {"en": 1.0, "de": 1.0}})
    assert portrait_of(german, rows).figures()["languages"] == {"de": 1, "en": 1}
    assert portrait_of(spec, rows).figures()["languages"] == {"en": 2}
