"""Values by dotted paths."""

from __future__ import annotations

import pytest

from synthgen.formats.fields import number_at, paths_in, text_at, value_at

ROW = {
    "id": 7,
    "messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi"}],
    "scores": {"mean": 6.5, "said": "7.25", "none": None, "yes": True},
    "a.b": "dotted",
    "empty": [],
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("id", "7"),
        ("messages.0.content", "Hello"),
        ("messages.1.role", "assistant"),
        ("messages.2.content", ""),
        ("messages.-1.content", ""),
        ("messages.content", ""),
        ("messages.0.content.0", ""),
        ("a.b", "dotted"),
        ("scores.none", ""),
        ("scores", '{"mean": 6.5, "none": null, "said": "7.25", "yes": true}'),
        ("", ""),
        (".", ""),
    ],
)
def test_text_at_a_path(path: str, text: str) -> None:
    assert text_at(ROW, path) == text


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("scores.mean", 6.5),
        ("scores.said", 7.25),
        ("scores.yes", None),
        ("scores.none", None),
        ("id", 7.0),
        ("a.b", None),
    ],
)
def test_number_at_a_path(path: str, number: float | None) -> None:
    assert number_at(ROW, path) == number


def test_what_is_no_number_is_none() -> None:
    assert number_at({"n": float("nan")}, "n") is None
    assert number_at({"n": 10**400}, "n") is None


def test_every_path_that_is_told_leads_to_a_value_or_an_empty_one() -> None:
    paths = list(paths_in(ROW))
    assert paths[:3] == ["id", "messages.0.role", "messages.0.content"]
    assert [path for path in paths if value_at(ROW, path) is None] == ["scores.none"]
