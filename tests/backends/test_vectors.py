"""Vectors read from what servers answer."""

from __future__ import annotations

from typing import Any

import pytest

from synthgen.backends.vectors import read_vectors
from synthgen.errors import MalformedReplyError


def item(index: Any, *numbers: Any) -> dict[str, Any]:
    return {"index": index, "embedding": list(numbers)}


def test_vectors_stand_in_the_order_of_their_texts() -> None:
    found = read_vectors({"data": [item(1, 0.5, 2), item(0, -1.0, 0.25)]}, 2, "there")
    assert [list(vector) for vector in found] == [[-1.0, 0.25], [0.5, 2.0]]
    assert {vector.typecode for vector in found} == {"f"}


def test_a_server_that_gives_no_numbers_is_read_in_its_order() -> None:
    found = read_vectors({"data": [{"embedding": [1.0]}, {"embedding": [2.0]}]}, 2, "there")
    assert [list(vector) for vector in found] == [[1.0], [2.0]]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"data": None},
        {"data": []},
        {"data": ["x"]},
        {"data": [{}]},
        {"data": [item(0)]},
        {"data": [item(0, "one")]},
        {"data": [item(0, float("nan"))]},
        {"data": [item(0, 1e300)]},
        {"data": [item(0, [1.0], [2.0])]},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
        {"data": [item(1, 1.0)]},
        {"data": [item([0], 1.0), item(0, 1.0), item(1, 1.0)]},
    ],
)
def test_an_answer_that_is_none_is_told(answer: Any) -> None:
    with pytest.raises(MalformedReplyError) as failed:
        read_vectors(answer, 1, "openai:m at there")
    assert str(failed.value).startswith("openai:m at there: the answer ")


def test_vectors_of_unlike_lengths_are_none() -> None:
    with pytest.raises(MalformedReplyError):
        read_vectors({"data": [item(0, 1.0), item(1, 1.0, 2.0)]}, 2, "there")
