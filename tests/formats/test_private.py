"""What rows and runs say of what they were made from."""

from __future__ import annotations

from typing import Any

import pytest

from synthgen.formats.private import private_among, private_in_notes, private_source


@pytest.mark.parametrize(
    ("source", "private"),
    [
        ({"kind": "summarize", "page": 1}, "transcripts"),
        ('{"kind": "summarize"}', "transcripts"),
        ("summarize", "transcripts"),
        ({"kind": "generate", "mode": "memo"}, "case reports"),
        ({"kind": "generate", "mode": "expand", "private": "transcripts"}, "transcripts"),
        ({"kind": "evaluate", "private": "case reports"}, "case reports"),
        ({"kind": "generate", "mode": "expand"}, ""),
        ({"kind": "generate", "private": ["transcripts"]}, ""),
        ({"kind": "generate", "private": True}, ""),
        ("", ""),
        (7, ""),
        (None, ""),
    ],
)
def test_a_row_says_what_it_was_made_from(source: Any, private: str) -> None:
    assert private_source({"source": source}) == private
    assert private_among([{}, {"source": {"kind": "generate"}}, {"source": source}]) == private


def test_rows_after_the_first_that_says_it_are_not_read() -> None:
    rows = iter([{}, {"source": "summarize"}, {"id": "unread"}])
    assert private_among(rows) == "transcripts"
    assert list(rows) == [{"id": "unread"}]


@pytest.mark.parametrize(
    ("meta", "private"),
    [
        ({"recipe": "summarize"}, "transcripts"),
        ({"recipe": "generate", "settings": {"mode": "memo"}, "private": True}, "case reports"),
        ({"recipe": "generate", "settings": {"mode": "expand"}, "private": "case reports"}, "case reports"),
        ({"recipe": "judge", "settings": {}, "private": "transcripts"}, "transcripts"),
        ({"recipe": "judge", "settings": {}, "private": True}, "transcripts"),
        ({"recipe": "judge", "settings": {}, "private": False}, ""),
        ({"recipe": "judge", "settings": {}, "private": ""}, ""),
        ({"recipe": "generate", "settings": {"mode": "script"}}, ""),
        ({}, ""),
    ],
)
def test_a_runs_notes_say_it_also_as_earlier_versions_wrote_them(meta: dict[str, Any], private: str) -> None:
    assert private_in_notes(meta) == private
