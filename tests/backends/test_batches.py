"""What stands between those who ask for vectors and their model."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from synthgen.backends.batches import MOST_CHARS, MOST_TEXTS, SHORTEST_CHARS, Batched
from synthgen.backends.patience import MOST_TRIES, TRIES_WITHOUT_ANY_ANSWER
from synthgen.calls import Vector
from synthgen.errors import (
    AuthError,
    ConnectionLostError,
    MalformedReplyError,
    ModelError,
    RateLimitError,
    ServerError,
    TooLongError,
)


class Lengths:
    """A model whose vector of a text is its length; it raises `failures` first, then refuses texts over `longest`."""

    name, local = "lengths", True

    def __init__(self, *failures: Exception, longest: int = 10**9) -> None:
        self.failures, self.longest = list(failures), longest
        self.asked: list[list[str]] = []
        self.in_flight = self.peak = 0
        self.begun = asyncio.Event()
        self.closed = False

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.asked.append(list(texts))
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        self.begun.set()
        await asyncio.sleep(0)
        self.in_flight -= 1
        if self.failures:
            raise self.failures.pop(0)
        if max(map(len, texts)) > self.longest:
            raise TooLongError("too long")
        return [array("f", [len(text), 1.0]) for text in texts]

    async def aclose(self) -> None:
        self.closed = True


def ask(model: Lengths, *groups: Sequence[str], most: int = 2) -> tuple[list[Any], list[float]]:
    """Return what each group asked for at once got, or its error, and the seconds waited."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def talk() -> list[Any]:
        batched = Batched(model, most, sleep=sleep)
        got = await asyncio.gather(*(batched.embed(group) for group in groups), return_exceptions=True)
        await batched.aclose()
        return got

    return asyncio.run(talk()), slept


def lengths(vectors: Sequence[Vector]) -> list[int]:
    return [int(vector[0]) for vector in vectors]


def test_texts_asked_for_one_by_one_go_together() -> None:
    model = Lengths()
    got, _ = ask(model, *(["x" * n] for n in range(1, 41)), most=1)
    assert [lengths(vectors) for vectors in got] == [[n] for n in range(1, 41)]
    assert len(model.asked) == 1


def test_many_texts_go_in_bounded_requests_and_come_back_in_order() -> None:
    model = Lengths()
    texts = ["x" * (1 + n % 7) for n in range(10 * MOST_TEXTS + 1)]
    got, _ = ask(model, texts, most=3)
    assert lengths(got[0]) == [len(text) for text in texts]
    assert max(map(len, model.asked)) == MOST_TEXTS
    assert len(model.asked) == 11
    assert model.peak == 3
    assert model.closed


def test_a_request_is_bounded_in_characters_too() -> None:
    model = Lengths()
    ask(model, ["x" * 90_000] * 5)
    assert [len(asked) for asked in model.asked] == [2, 2, 1]
    ask(model := Lengths(), ["x" * (3 * MOST_CHARS)])
    assert [len(text) for text in model.asked[0]] == [MOST_CHARS]


def test_nothing_is_asked_for_nothing() -> None:
    model = Lengths()
    assert ask(model, [])[0] == [[]]
    assert model.asked == []


@pytest.mark.parametrize(("text", "sent"), [("", "-"), (" \n", "-"), ("a\ud800b", "a?b"), (" a ", "a")])
def test_a_text_that_servers_refuse_is_mended(text: str, sent: str) -> None:
    model = Lengths()
    ask(model, [text])
    assert model.asked == [[sent]]


def test_what_may_pass_is_tried_again_as_long_as_the_server_wishes() -> None:
    model = Lengths(RateLimitError("slow down", retry_after=7.5), ServerError("down"))
    got, slept = ask(model, ["a", "b"])
    assert lengths(got[0]) == [1, 1]
    assert len(model.asked) == 3
    assert slept[0] == 7.5


@pytest.mark.parametrize(
    ("failures", "tries"),
    [
        ([AuthError("no")], 1),
        ([ServerError("down")] * 20, MOST_TRIES),
        ([ConnectionLostError("gone")] * 20, TRIES_WITHOUT_ANY_ANSWER),
    ],
)
def test_what_no_retry_mends_is_raised_to_all_who_asked(failures: list[ModelError], tries: int) -> None:
    model = Lengths(*failures)
    got, _ = ask(model, ["a"], ["b", "c"], most=1)
    assert got == [failures[0]] * 2
    assert len(model.asked) == tries


def test_the_next_batch_is_not_hurt_by_one_that_failed() -> None:
    model = Lengths(AuthError("no"))
    got, _ = ask(model, ["a"] * MOST_TEXTS, ["b"], most=1)
    assert isinstance(got[0], AuthError)
    assert lengths(got[1]) == [1]


def test_a_text_beyond_the_model_is_cut_and_later_ones_at_once() -> None:
    model = Lengths(longest=300)
    got, _ = ask(model, ["x" * 100, "y" * 1000, "z" * 2000, "w" * 200], most=1)
    assert lengths(got[0])[0] == 100
    assert all(100 < length <= 300 for length in lengths(got[0])[1:3])
    assert lengths(got[0])[3] in (200, lengths(got[0])[2])
    tries = len(model.asked)
    got, _ = ask(model, ["x" * 5000] * 3, most=1)
    assert len(set(lengths(got[0]))) == 1
    assert len(model.asked) > tries


def test_a_text_that_is_short_and_still_refused_ends_it() -> None:
    model = Lengths(longest=SHORTEST_CHARS // 4)
    got, _ = ask(model, ["x" * 1000])
    assert isinstance(got[0], TooLongError)
    assert len(model.asked) < 10


def test_vectors_that_change_their_length_are_no_answer() -> None:
    class Growing(Lengths):
        async def embed(self, texts: Sequence[str]) -> list[Vector]:
            self.asked.append(list(texts))
            return [array("f", [1.0] * len(self.asked)) for _ in texts]

    got, _ = ask(Growing(), ["a"] * (MOST_TEXTS + 1), most=1)
    assert isinstance(got[0], MalformedReplyError)


def stopped(stop: Callable[[Batched, asyncio.Task[Any]], Awaitable[None]]) -> tuple[Lengths, Any]:
    """Return what becomes of who asked, when `stop` comes while the model is at work."""

    async def talk() -> tuple[Lengths, Any]:
        model = Lengths()
        batched = Batched(model, 1)
        asked = asyncio.create_task(batched.embed(["a"] * (3 * MOST_TEXTS)))
        await model.begun.wait()
        await stop(batched, asked)
        (left,) = await asyncio.gather(asked, return_exceptions=True)
        later = await Batched(model, 1).embed(["later"])
        assert lengths(later) == [5]
        return model, left

    return asyncio.run(talk())


def test_closing_leaves_nobody_waiting() -> None:
    async def close(batched: Batched, _: asyncio.Task[Any]) -> None:
        await batched.aclose()

    model, left = stopped(close)
    assert isinstance(left, asyncio.CancelledError)
    assert model.closed


def test_who_goes_is_not_asked_for() -> None:
    async def leave(batched: Batched, asked: asyncio.Task[Any]) -> None:
        asked.cancel()
        assert lengths(await batched.embed(["still here"])) == [10]

    model, _ = stopped(leave)
    assert len(model.asked) == 3  # the one under way, the one that is still wanted, and the later one
