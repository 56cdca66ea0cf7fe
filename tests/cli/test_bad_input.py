"""Bad input: one line says where, what and what next; nothing is made, and nothing that is there is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_trials import SPEC, Outcome, assert_sound, rows_of, write_rows, write_spec

from synthgen.formats.sources import LEDGER

Synthgen = Callable[..., Outcome]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ("--n 0", 2, "--n 0: must be from 1 to 10,000,000."),
        ("--n -5", 2, "--n -5"),
        ("--n 99999999", 2, "--n 99999999"),
        ("--n many", 2, "'--n'"),
        ("--topics 34", 1, "34 topics asked for, but mentalchat33 has 33"),
        ("--topics 0", 2, "0: at least one topic is needed"),
        ("--topics nowhere", 1, "mentalchat33, psy_insight, tenant_advice"),
        ("--topics nowhere.yaml", 1, "nowhere.yaml"),
        ("--lang klingon", 1, "'klingon'"),
        ("--lang en,en", 2, "--lang en,en"),
        ("--lang en=-1", 2, "'en=-1'"),
        ("--lang en=nan", 2, "'en=nan'"),
        ("--lang ,", 2, "--lang ,"),
        ("--model nowhere", 2, "no such model; known are gguf:PATH"),
        ("--model openai:", 2, "openai:NAME"),
        ("--model gguf:", 2, "gguf:PATH"),
        ("--model scripted --query-model nowhere", 2, "nowhere"),
        ("--model openai:gpt-5-mini", 1, "OPENAI_API_KEY"),
        ("--model openai:x --base-url nowhere", 2, "--base-url"),
        ("--model openai:x --base-url ftp://127.0.0.1/v1", 2, "--base-url"),
        ("--model openai:x --base-url http://me:word@127.0.0.1/v1", 2, "--base-url"),
        ("--model gguf:missing.gguf", 1, "missing.gguf: no such file"),
        ("--max-cost 3", 2, "--price-in and --price-out"),
        ("--max-cost -1 --price-in 1", 2, "--max-cost -1"),
        ("--max-tokens-total 0", 2, "--max-tokens-total 0"),
        ("--temperature nan", 2, "--temperature nan"),
        ("--temperature 9", 2, "--temperature 9"),
        ("--top-p 1.5", 2, "--top-p 1.5"),
        ("--top-k -2", 2, "--top-k -2"),
        ("--repeat-penalty 0", 2, "--repeat-penalty 0"),
        ("--concurrency 0", 2, "--concurrency 0"),
        ("--batch-size 51", 2, "--batch-size 51"),
        ("--requests-per-minute 0", 2, "--requests-per-minute 0"),
        ("--timeout 0", 2, "--timeout 0"),
        ("--threads 0", 2, "--threads 0"),
        ("--context 1", 2, "--context 1"),
        ("--bogus", 2, "--bogus"),
        ("stray", 2, "stray"),
    ],
)
def test_option_that_cannot_be_is_told_and_no_folder_is_made(
    synthgen: Synthgen, tmp_path: Path, args: str, code: int, words: str
) -> None:
    told = synthgen("generate", "--out", "run", *args.split())
    assert words in told.error
    assert (told.code, told.out) == (code, "")
    assert list(tmp_path.iterdir()) == []


def test_password_in_an_address_is_not_repeated(synthgen: Synthgen) -> None:
    told = synthgen("generate", "--model", "openai:x", "--base-url", "http://me:hushhush@127.0.0.1/v1")
    assert "hushhush" not in told.error


def test_command_that_is_not_one_is_told(synthgen: Synthgen) -> None:
    assert "'bogus'" in synthgen("bogus").error


def test_damaged_model_file_is_told(synthgen: Synthgen, tmp_path: Path) -> None:
    (tmp_path / "damaged.gguf").write_bytes(b"GGUF" + bytes(range(256)) * 20)
    (tmp_path / "other.gguf").write_text("no model at all")
    for name in ("damaged.gguf", "other.gguf"):
        told = synthgen("generate", "--model", f"gguf:{name}", "--n", 1, "--out", "run")
        assert name in told.error
        assert told.code == 1


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("name: [", "line"),
        ("", "name"),
        ("- a list", "a list"),
        ("name: x_y\ntopics: []", "topics"),
        (SPEC.replace("weight: 3", "weight: -1"), "topics[0].weight"),
        (SPEC.replace("weight: 3", "weight: heavy"), "'heavy'"),
        (SPEC.replace("Luggage", "Tickets"), "Tickets"),
        (SPEC + "colour: blue\n", "colour"),
        (SPEC + "reply: {template: nowhere}\n", "reply"),
        (SPEC.replace("[20, 80]", "[80, 20]"), "words: the lower bound 80 is above the upper bound 20"),
        (SPEC + "dedup: {similarity: 2}\n", "dedup.similarity"),
        ("name: !!python/object/apply:os.system [true]", "line"),
        ("name: \x00", "broken.yaml"),
    ],
)
def test_fault_in_a_spec_is_told_by_file_and_key(synthgen: Synthgen, tmp_path: Path, broken: str, words: str) -> None:
    path = write_spec(tmp_path / "broken.yaml", broken)
    told = synthgen("generate", "--topics", path, "--model", "scripted", "--n", 6, "--out", "run")
    assert "broken.yaml" in told.error
    assert words in told.error
    assert (told.code, told.out) == (1, "")
    assert not (tmp_path / "run").exists()
    assert synthgen("topics", "check", path).error.split(": ", 2)[1] == str(path)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (SPEC.replace("query: {", "query: {template: nowhere, "), "templates/nowhere/en.j2"),
        (SPEC + "filters: {nonsense: true}\n", "filters.nonsense"),
        (SPEC + "filters: {length: {slack: red}}\n", "filters.length.slack"),
    ],
)
def test_fault_in_what_a_spec_names_is_told(synthgen: Synthgen, tmp_path: Path, broken: str, words: str) -> None:
    path = write_spec(tmp_path / "broken.yaml", broken)
    for command in (("generate", "--model", "scripted", "--out", "run", "--topics", path), ("topics", "check", path)):
        told = synthgen(*command)
        assert words in told.error
        assert told.code == 1
    assert not (tmp_path / "run").exists()


def test_spec_that_is_not_text_is_told(synthgen: Synthgen, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_bytes(b"\xff\xfe\x00name")
    assert "broken.yaml" in synthgen("generate", "--topics", "broken.yaml").error


@pytest.mark.parametrize("kind", ["file", "other"])
def test_out_that_is_not_a_run_is_left_alone(synthgen: Synthgen, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    kept = place if kind == "file" else place / "notes.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine")
    told = synthgen("generate", "--model", "scripted", "--n", 3, "--out", place)
    assert str(place) in told.error
    assert kept.read_text() == "mine"
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1


@pytest.fixture
def finished(synthgen: Synthgen, tmp_path: Path) -> Path:
    """A finished run of 12 rows."""
    spec = write_spec(tmp_path / "ferry.yaml")
    assert synthgen("generate", "--topics", spec, "--n", 12, "--model", "scripted", "--out", "run").code == 0
    return tmp_path / "run"


def test_run_of_a_later_version_is_refused(synthgen: Synthgen, finished: Path) -> None:
    with closing(sqlite3.connect(finished / LEDGER)) as ledger:
        ledger.execute("PRAGMA user_version = 99")
    for command in (("generate", "--out", finished), ("runs", "show", finished), ("why", "1", "--run", finished)):
        assert "99" in synthgen(*command).error
    assert "unreadable" in synthgen("runs", "list", finished.parent).out
    assert_sound(finished)


def test_ledger_that_is_none_is_refused(synthgen: Synthgen, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / LEDGER).write_text("no database, but long enough to be looked at" * 40)
    for command in (("generate", "--model", "scripted", "--out", "run"), ("runs", "show", "run")):
        assert "run" in synthgen(*command).error


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ("--n 11", "--n 11"),
        ("--seed 1", "--seed 0"),
        ("--temperature 0.3", "temperature: unset is now 0.3"),
        ("--reply-model scripted:other.jsonl", "reply_model: 'scripted' is now 'scripted:other.jsonl'"),
        ("--topics 5", "topics"),
    ],
)
def test_change_that_the_run_cannot_take_is_refused(synthgen: Synthgen, finished: Path, args: str, words: str) -> None:
    (finished.parent / "other.jsonl").write_text('{"text": "A recorded answer."}\n')
    before = (finished / "dataset.jsonl").read_bytes()
    told = synthgen("generate", "--out", finished, *args.split())
    assert words in told.error
    assert (told.code, told.out) == (1, "")
    assert (finished / "dataset.jsonl").read_bytes() == before
    assert_sound(finished)


def test_accepted_change_goes_on(synthgen: Synthgen, finished: Path) -> None:
    more = ("generate", "--out", finished, "--n", 18, "--temperature", 0.3)
    assert "--accept-changes" in synthgen(*more).error
    assert synthgen(*more, "--accept-changes").code == 0
    assert len(rows_of(finished)) == 18


def test_changed_spec_is_shown_as_a_difference(synthgen: Synthgen, finished: Path) -> None:
    spec = finished.parent / "ferry.yaml"
    write_spec(spec, SPEC.replace("[30, 120]", "[30, 130]"))
    assert "reply.words" in synthgen("generate", "--out", finished, "--n", 18).error
    write_spec(spec, SPEC.replace("weight: 3", "weight: 4"))
    assert "weights" in synthgen("generate", "--out", finished, "--accept-changes").error
    assert_sound(finished)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ("why", "ROW"),
        ("why words", "words"),
        ("why 1", "RUN-NUMBER"),
        ("why nowhere-1", "nowhere"),
        ("why 1 --run nowhere", "nowhere"),
        ("runs show", "RUN"),
        ("runs show nowhere", "nowhere"),
        ("topics show", "NAME"),
        ("topics show nowhere", "nowhere"),
        ("topics show 40", "40"),
        ("topics check nowhere.yaml", "nowhere.yaml"),
        ("topics new there.yaml", "there.yaml"),
        ("topics new spec.txt", "spec.yaml"),
        ("topics new nowhere/spec.yaml", "nowhere"),
    ],
)
def test_other_commands_tell_what_is_wrong(synthgen: Synthgen, tmp_path: Path, args: str, words: str) -> None:
    (tmp_path / "there.yaml").write_text("mine")
    told = synthgen(*args.split())
    assert words in told.error
    assert [path.name for path in tmp_path.iterdir()] == ["there.yaml"]
    assert (tmp_path / "there.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    "args",
    [
        "generate --model scripted --n 3",
        "annotate rows.jsonl --model scripted",
        "judge rows.jsonl --model scripted",
        "summarize rows.jsonl --model scripted --no-ner",
        "export rows.jsonl --format chat",
        "dedup rows.jsonl",
        "filter rows.jsonl --spec psy_insight",
        "report rows.jsonl",
    ],
)
def test_an_out_that_no_file_system_takes_is_told(synthgen: Synthgen, tmp_path: Path, args: str) -> None:
    write_rows(tmp_path / "rows.jsonl")
    told = synthgen(*args.split(), "--out", "x" * 300 + ".jsonl")
    assert "File name too long" in told.error
    assert told.code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


@pytest.mark.parametrize(
    "args",
    [
        "dedup loop.jsonl",
        "dedup rows.jsonl --against loop.jsonl",
        "filter loop.jsonl --spec psy_insight --out kept.jsonl",
        "filter loop.jsonl --spec psy_insight --dropped gone.jsonl",
        "annotate loop.jsonl --model scripted --out run",
    ],
)
def test_a_link_that_leads_to_itself_is_told(synthgen: Synthgen, tmp_path: Path, args: str) -> None:
    write_rows(tmp_path / "rows.jsonl")
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    told = synthgen(*args.split())
    assert "loop.jsonl" in told.error
    assert told.code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loop.jsonl", "rows.jsonl"]


def test_a_file_that_is_not_there_is_told_before_its_spec_is_asked_for(synthgen: Synthgen, tmp_path: Path) -> None:
    assert "nowhere.jsonl: no such file" in synthgen("filter", "nowhere.jsonl").error
    write_rows(tmp_path / "rows.jsonl")
    assert "by which spec?" in synthgen("filter", "rows.jsonl").error


@pytest.mark.parametrize(
    ("key", "value"), [("settings", "{broken"), ("settings", "5"), ("totals", "{}"), ("run", "[" * 100_000)]
)
def test_a_damaged_note_of_a_ledger_is_told(synthgen: Synthgen, finished: Path, key: str, value: str) -> None:
    assert synthgen("generate", "--topics", 3, "--n", 3, "--model", "scripted", "--out", "sound").code == 0
    with closing(sqlite3.connect(finished / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    for command in (("generate", "--out", finished), ("runs", "show", finished), ("why", "1", "--run", finished)):
        told = synthgen(*command)
        assert f"not a sound ledger: its note '{key}'" in told.error
        assert "restore it from a copy" in told.error
        assert told.code == 1
    listed = synthgen("runs", "list", finished.parent)
    assert (listed.code, listed.out.count("unreadable"), "3 of 3" in listed.out) == (0, 1, True)


def test_an_empty_ledger_is_told(synthgen: Synthgen, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / LEDGER).touch()
    for command in (("generate", "--model", "scripted", "--out", "run"), ("runs", "show", "run")):
        told = synthgen(*command)
        assert "not a sound ledger" in told.error
        assert "restore it from a copy, or choose another --out" in told.error


@pytest.mark.parametrize(
    "template",
    [
        "{% for j in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}",
        '{{ "%0999999999d" | format(1) }}',
        '{{ "a" * 10 ** 10 }}',
    ],
)
def test_a_template_that_would_run_for_ever_is_told(synthgen: Synthgen, tmp_path: Path, template: str) -> None:
    spec = write_spec(tmp_path / "ferry.yaml")
    path = tmp_path / "templates" / "query" / "en.j2"
    path.parent.mkdir(parents=True)
    path.write_text("{% block user %}" + template + "{% endblock %}", encoding="utf-8")
    told = synthgen("topics", "check", spec)
    assert "templates/query/en.j2: " in told.error
    assert ": ." not in told.error
    assert told.code == 1
