from __future__ import annotations

import csv

import pytest
from reading_trials import reason, talk

from synthgen.transcripts.reading import read_transcripts
from synthgen.transcripts.tables import said_in

ROWS = [("Coach", "Hello, you"), ("Client", 'I "slept"\nbadly; or | not'), ("Coach", "Go on\tthen")]
READ = [("Coach", "Hello, you"), ("Client", 'I "slept"\nbadly; or | not'), ("Coach", "Go on\tthen")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "head", [("Speaker", "Text"), ("role", "Content"), ("说话人", "内容"), ("Participant ", "Utterance")]
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_columns_marks_and_encodings(tmp_path, mark, head, encoding):
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=mark).writerows(
            [("no", *head, "time"), *((n, *row, "0:01") for n, row in enumerate(ROWS))]
        )
    assert talk(path) == READ


def test_sessions_part_conversations_also_when_they_are_mixed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Session ID,speaker,text\nann 1,Coach,one\nann 2,Coach,two\nann 1,Client,three\n")
    found = list(read_transcripts([path]))
    assert [item.name for item in found] == [f"{path}#1", f"{path}#2"]
    assert [len(item.utterances) for item in found] == [2, 1]


def test_whisper_writes_tables_of_nobody(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text('start\tend\ttext\n0\t1200\tSo it began.\n1200\t2000\tAnd "went on.\n')
    assert talk(path) == [("", "So it began."), ("", 'And "went on.')]


def test_short_rows_and_rows_of_nothing_are_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,speaker\nHello\n\n,Coach\nHi,Client\n")
    assert talk(path) == [("", "Hello"), ("Client", "Hi")]


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "", "speaker\nCoach\n"])
def test_a_table_without_what_is_said_is_told(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_text(content)
    assert "no column" in reason(path)


def test_a_quote_that_never_ends_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('speaker,text\nCoach,"' + "word,\n" * 400_000)
    limit = csv.field_size_limit()
    assert "double quotes" in reason(path)
    path.write_text("speaker,text" + "x" * 2_000_000)
    assert "double quotes" in reason(path)
    assert csv.field_size_limit() == limit


def test_tables_of_documents():
    assert list(said_in([["Time", "Speaker", "Text"], ["0:01", "Coach", "Hi"]])) == [("Coach", "Hi")]
    unnamed = [["0:01", "Ann", "Hi"], ["0:02", "Ben", "Yo"], ["0:03", "Ann", "So"]]
    assert list(said_in(unnamed)) == [("Ann", "Hi"), ("Ben", "Yo"), ("Ann", "So")]
    assert list(said_in([["Name", "Ann"], ["Age", "40"]])) == ["Name\tAnn", "Age\t40"]
    assert list(said_in([])) == []
