"""The calls that a run will make, written out in advance for a sample of its rows. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator

from synthgen.calls import Request, Usage
from synthgen.quota import Quota
from synthgen.records import Row, Turn
from synthgen.report.estimate import Sample
from synthgen.steps.query import Query
from synthgen.steps.reply import Reply
from synthgen.steps.style import word_band
from synthgen.text import estimate_tokens, unit_name

# Query calls written out: enough to level out topics and facets, done in a few milliseconds.
SAMPLED_CALLS = 40
# What a chat template puts around a message, and JSON around each of several texts.
MESSAGE_TOKENS = 6
ITEM_TOKENS = 12


def sample_calls(query: Query, reply: Reply, quota: Quota, batch_size: int) -> Iterator[Sample]:
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
        yield Sample("query", language, _usage(request, len(slots) * (estimate_tokens(message) + extra)))
        row = Row("", slots[0], (Turn("user", message),), risk=spec.topic(slots[0].cell.topic).risk)
        request, _ = reply.request(row)
        answer = filler(language, word_band(spec, "reply", language, reply.style.plain))
        yield Sample("reply", language, _usage(request, estimate_tokens(answer)))


def filler(language: str, band: tuple[int, int]) -> str:
    """Return a text of the length in the middle of a band of words or characters."""
    length = sum(band) // 2
    return "字" * length if unit_name(language) == "characters" else "word " * length


def _usage(request: Request, answer_tokens: int) -> Usage:
    texts = [turn.content for turn in request.messages] or [request.text]
    asked = sum(estimate_tokens(text) + MESSAGE_TOKENS for text in texts)
    return Usage(asked, min(answer_tokens, request.sampling.max_tokens))
