"""The fake backend: answers from a function, a list, a file or the composer."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from synthgen.backends.scripted import Script, Scripted, open_scripted, prompt_of
from synthgen.calls import Backend, Reply, Request, Sampling, Usage
from synthgen.errors import BadRequestError, ModelFileError, RateLimitError
from synthgen.records import Turn
from synthgen.text import estimate_tokens


def chat(*contents: str, seed: int | None = None) -> Request:
    turns = tuple(Turn("user", content) for content in contents)
    return Request(purpose="reply", sampling=Sampling(max_tokens=100, seed=seed), messages=turns)


def ask(backend: Backend, *requests: Request) -> list[Reply]:
    async def replies() -> list[Reply]:
        return [await backend.complete(request) for request in requests]

    return asyncio.run(replies())


async def slow(request: Request) -> str:
    await asyncio.sleep(0)
    return f"slowly {request.messages[0].content}"


@pytest.mark.parametrize(
    ("script", "text"),
    [(lambda request: f"to {request.messages[0].content}", "to you"), (slow, "slowly you"), (["first"], "first")],
)
def test_answers_come_from_a_function_or_a_list(script: Script, text: str) -> None:
    (reply,) = ask(Scripted(script), chat("you", "two words"))
    usage = Usage(estimate_tokens("you\n\ntwo words"), estimate_tokens(text))
    assert reply == Reply(text=text, finish="stop", usage=usage, model="scripted")


def test_whole_replies_are_handed_on() -> None:
    reply = Reply(text="", finish="length", usage=Usage(1, 2), model="mine", id="r-1")
    assert ask(Scripted([reply]), chat("a")) == [reply]
    assert ask(Scripted(lambda _: reply), chat("a")) == [reply]


def test_list_is_answered_from_in_order_until_it_is_used_up() -> None:
    scripted = Scripted(["one", "two"])
    assert [reply.text for reply in ask(scripted, chat("a"), chat("b"))] == ["one", "two"]
    with pytest.raises(BadRequestError, match="all 2 answers are used up") as refused:
        ask(scripted, chat("c"))
    assert refused.value.hint


def test_failure_uses_up_no_answer() -> None:
    failures = [RateLimitError("later", retry_after=1.0)]

    def fail(request: Request) -> None:
        if request.messages[0].content == "a" and failures:
            raise failures.pop()

    scripted = Scripted(["one"], fail=fail)
    with pytest.raises(RateLimitError):
        ask(scripted, chat("a"))
    assert ask(scripted, chat("a"))[0].text == "one"


def test_answers_wait_together_not_in_line() -> None:
    async def together() -> tuple[list[Reply], float]:
        loop = asyncio.get_running_loop()
        started = loop.time()
        scripted = Scripted(lambda request: request.messages[0].content, latency=0.2)
        replies = await asyncio.gather(*(scripted.complete(chat(str(number))) for number in range(50)))
        return replies, loop.time() - started

    replies, seconds = asyncio.run(together())
    assert [reply.text for reply in replies] == [str(number) for number in range(50)]
    assert seconds >= 0.2


def test_made_up_answers_depend_on_seed_request_and_sampling_seed() -> None:
    requests = [chat("Answer."), chat("Answer!"), chat("Answer.", seed=1)]
    first, again, other = (ask(open_scripted("", seed), *requests) for seed in (1, 1, 2))
    assert first == again
    assert len({reply.text for reply in first + other}) == 6


def test_made_up_answers_follow_the_schema() -> None:
    request = Request("label", Sampling(max_tokens=9), text="Label it.", schema={"properties": {"a": {"enum": [5]}}})
    assert json.loads(ask(open_scripted("", 0), request)[0].text) == {"a": 5}


def test_recorded_answers_are_read_in_order(tmp_path: Path) -> None:
    recorded = tmp_path / "answers.jsonl"
    recorded.write_text('"one"\n\n{"text": "two\u2028lines", "more": 1}\n', encoding="utf-8")
    replies = ask(open_scripted(str(recorded), 0), chat("a"), chat("b"))
    assert [reply.text for reply in replies] == ["one", "two\u2028lines"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'"one"\n{', "answers.jsonl:2: not JSON"),
        (b"5", "answers.jsonl:1: no answer in it"),
        (b'{"text": null}', "answers.jsonl:1: no answer in it"),
        (b"\xff", "not UTF-8"),
        (None, "cannot be read: No such file"),
    ],
)
def test_files_that_hold_no_answers_are_told_with_their_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    recorded = tmp_path / "answers.jsonl"
    if content is not None:
        recorded.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"answers\.jsonl") as refused:
        open_scripted(str(recorded), 0)
    assert words in refused.value.message
    assert refused.value.hint


def test_it_says_what_it_is() -> None:
    scripted = open_scripted("", 0)
    assert (scripted.name, scripted.fake, scripted.local, scripted.plain) == ("scripted", True, True, False)
    assert scripted.slots == 64
    asyncio.run(scripted.aclose())


def test_prompt_is_all_that_a_request_says() -> None:
    assert prompt_of(chat("a", "b")) == "a\n\nb"
    assert prompt_of(Request("query", Sampling(max_tokens=1), text="go on")) == "go on"
