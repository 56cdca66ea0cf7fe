"""Who says what in a table: CSV, TSV and the tables of documents."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from synthgen.errors import FileError
from synthgen.transcripts.limits import MB, MOST_LINE, MOST_LINES
from synthgen.transcripts.names import is_name, is_role
from synthgen.transcripts.plain import Line
from synthgen.transcripts.spoken import heard, said
from synthgen.transcripts.transcript import Utterance

# How columns are called, the likeliest first, written small and with _ between words.
SPEAKERS = """speaker speaker_name speaker_label role participant interlocutor who from author sender name speaker_id
 说话人 发言人 讲话人 说话者 角色 身份 人物 姓名 說話人 發言人""".split()
TEXTS = """text utterance content transcript transcription message sentence dialogue speech value body words
 内容 文本 话语 发言 对话 对话内容 发言内容 句子 內容 話語 發言""".split()
SESSIONS = """session session_id conversation conversation_id dialogue_id dialog_id transcript_id interview interview_id
 call_id episode file filename 会话 会话编号 会话id 对话编号 对话id 场次 會話""".split()
_MARKS = (",", "\t", ";", "|", "，")
_LEAST_NAMED = 0.8


def table_conversations(text: str) -> list[tuple[Utterance, ...]]:
    """Return the conversations of a table of text with a head line, in the order in which they begin.

    Raises FileError when no column holds what is said.
    """
    limit = csv.field_size_limit(MOST_LINE)  # one for the whole program, so it is given back
    try:
        return [heard(utterances) for utterances in _conversations(text).values()]
    except csv.Error:
        raise FileError(
            f"a field of more than {MOST_LINE // MB} million characters", hint="check the double quotes."
        ) from None
    finally:
        csv.field_size_limit(limit)


def _conversations(text: str) -> dict[str, list[Utterance]]:
    mark, columns = _head(text)
    at, by, session = _first(TEXTS, columns), _first(SPEAKERS, columns), _first(SESSIONS, columns)
    conversations: dict[str, list[Utterance]] = {}
    for number, row in enumerate(csv.reader(_lines(text), delimiter=mark)):
        if number > MOST_LINES:
            raise FileError(f"more than {MOST_LINES:,} rows", hint="split it into a file for each conversation.")
        if number and (content := _value(row, at)):
            conversations.setdefault(_value(row, session), []).append(said(_value(row, by), content))
    return conversations


def _head(text: str) -> tuple[str, list[str]]:
    """Return what parts the columns of a table, and their names. Raises FileError when none holds what is said."""
    line = next((line for line in _lines(text) if line.strip()), "")
    for mark in _MARKS:
        columns = [_name(column) for column in next(csv.reader([line], delimiter=mark), [])]
        if _first(TEXTS, columns) is not None:
            return mark, columns
    raise FileError(
        "no column for what is said",
        hint=f"the first line names the columns, such as {SPEAKERS[0]} and {TEXTS[0]}.",
    )


def said_in(rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    """Yield the rows of a document's table as lines: with who speaks where its columns tell."""
    head = [_name(cell) for cell in rows[0]] if rows else []
    by, at = _first(SPEAKERS, head), _first(TEXTS, head)
    if by is not None and at is not None:
        yield from ((row[by], row[at]) for row in rows[1:] if max(by, at) < len(row))
        return
    pairs = [row for row in rows if len(row) > 1 and row[-2].strip()]
    named = sum(is_name(row[-2]) or is_role(row[-2]) for row in pairs)
    if named > 1 and named >= _LEAST_NAMED * len(rows) and len({row[-2] for row in pairs}) < len(pairs):
        yield from ((row[-2], row[-1]) if len(row) > 1 else " ".join(row) for row in rows)
        return
    yield from ("\t".join(filter(None, row)) for row in rows)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text one by one; a list of them would be as large as the text again."""
    return (match[0] for match in re.finditer(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$", text))


def _name(column: str) -> str:
    return re.sub(r"[\s_-]+", "_", column.strip(" \ufeff\"'*").lower())


def _first(names: Sequence[str], columns: Sequence[str]) -> int | None:
    """Return the place of the column with the likeliest name."""
    return next((columns.index(name) for name in names if name in columns), None)


def _value(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""
