"""The calls that a run will make, written out in advance for a sample of its rows. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from synthgen.calls import Request, Usage
from synthgen.engine.sources import Seating
from synthgen.records import Row, Turn
from synthgen.report.estimate import Sample
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.steps.judge import Judge
from synthgen.steps.memo import WORDS as MEMO_WORDS
from synthgen.steps.query import Query
from synthgen.steps.reply import Reply
from synthgen.steps.style import word_band
from synthgen.steps.talk_plan import plan_talk
from synthgen.text import estimate_tokens, unit_name

# Query calls written out: enough to level out topics and facets, done in a few milliseconds.
SAMPLED_CALLS = 40
SAMPLED_TALKS = 10
# A score with its quote and its grounds.
VERDICT_TOKENS = 60
# What a chat template puts around a message, and JSON around each of several texts.
MESSAGE_TOKENS = 6
ITEM_TOKENS = 12


class TalkStep(Protocol):
    """A step that writes a conversation or a turn of one, and can say in advance what it will ask."""

    @property
    def spec(self) -> Spec: ...

    @property
    def purpose(self) -> str: ...

    def request(self, row: Row) -> tuple[Request, str]: ...


def sample_calls(query: Query, reply: Reply, quota: Seating, batch_size: int) -> Iterator[Sample]:
    """Yield the size of the first query calls that `quota` asks for, and of a reply to each. Raises TemplateError."""
    spec = query.spec
    for _ in range(SAMPLED_CALLS):
        slots = quota.take(batch_size)
        if not slots:
            return
        language = slots[0].cell.language
        request, _ = query.draft_request(slots, query.examples(slots))
        message = filler(language, word_band(spec, "query", language, query.style.plain))
        extra = ITEM_TOKENS if len(slots) > 1 else 0
        asked = usage_of(request, len(slots) * (estimate_tokens(message) + extra))
        yield Sample("query", language, asked, 1 / batch_size)
        row = Row("", slots[0], (Turn("user", message),), risk=spec.topic(slots[0].cell.topic).risk)
        request, _ = reply.request(row)
        answer = filler(language, word_band(spec, "reply", language, reply.style.plain))
        yield Sample("reply", language, usage_of(request, estimate_tokens(answer)))


def sample_talks(steps: Sequence[TalkStep], quota: Seating, seed: int) -> Iterator[Sample]:
    """Yield the size of the calls of the first conversations that `quota` asks for. Raises TemplateError.

    Of one spoken turn by turn, every turn is written out: each prompt holds the talk so far.
    """
    for _ in range(SAMPLED_TALKS):
        slots = quota.take(1)
        if not slots:
            return
        row, language = Row("", slots[0]), slots[0].cell.language
        memo = filler(language, in_language(MEMO_WORDS, language, MEMO_WORDS["*"]))
        for step in steps:
            spec = step.spec
            talk = plan_talk(spec, slots[0], seed)
            bands = {"user": spec.dialogue.user_words, "assistant": spec.dialogue.assistant_words}
            texts = {side: filler(language, in_language(band, language, (1, 200))) for side, band in bands.items()}
            turns = tuple(Turn("assistant" if at % 2 else "user", "") for at in range(talk.turns))
            turns = tuple(replace(turn, content=texts[turn.role]) for turn in turns)
            own = [at for at, turn in enumerate(turns) if turn.role == step.purpose]
            if not own:
                request, _ = step.request(row)
                talked = sum(estimate_tokens(turn.content) + ITEM_TOKENS for turn in turns)
                is_memo = step.purpose == "memo"
                yield Sample(step.purpose, language, usage_of(request, estimate_tokens(memo) if is_memo else talked))
                row = replace(row, memo=memo)
            for at in own:
                request, _ = step.request(replace(row, messages=turns[:at]))
                usage = usage_of(request, estimate_tokens(turns[at].content))
                yield Sample(step.purpose, language, usage, len(own))


def judge_sample(judge: Judge, sample: Sample) -> Sample:
    """Return the size of a judge's call about what the call of a sample makes; once a draft."""
    text = "word " * sample.usage.completion_tokens
    turns = [Turn("user", text), Turn("assistant", text)]
    request, _ = judge.request(turns, sample.language)
    return Sample("judge", sample.language, usage_of(request, VERDICT_TOKENS * len(judge.metrics)))


def filler(language: str, band: tuple[int, int]) -> str:
    """Return a text of the length in the middle of a band of words or characters."""
    length = sum(band) // 2
    return "字" * length if unit_name(language) == "characters" else "word " * length


def usage_of(request: Request, answer_tokens: int) -> Usage:
    """Return about what a request uses whose answer has so many tokens, or as many as it may have."""
    texts = [turn.content for turn in request.messages] or [request.text]
    asked = sum(estimate_tokens(text) + MESSAGE_TOKENS for text in texts)
    return Usage(asked, min(answer_tokens, request.sampling.max_tokens))
