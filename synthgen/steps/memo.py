"""The memo step: has a report on a case told as a memo, from which a conversation is written afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.parsing import clean_message
from synthgen.prompts import Prompts
from synthgen.records import Drop, Row, Slot, Stage
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables

TEMPLATE = "memo"
# Enough for who, what, how long, what was done and what came of it; less than would be read out in the talk.
WORDS: Mapping[str, tuple[int, int]] = {"*": (120, 320), "zh": (200, 500)}


@dataclass(frozen=True, slots=True)
class Memo:
    """Makes one row's memo a run; the report of its slot is what `report_of` returns."""

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    report_of: Callable[[Slot], str]
    purpose: str = "memo"
    makes: tuple[Stage, ...] = ("conversation",)

    def is_due(self, row: Row) -> bool:
        return not row.memo

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request for the row's memo, and its template's name."""
        slot, language = row.slot, row.slot.cell.language
        words = in_language(WORDS, language, WORDS["*"])
        topic = self.spec.topic(slot.cell.topic)
        variables: dict[str, Any] = common_variables(self.spec, language, words, None) | {
            "topic": topic.names.get(language, topic.name),
            "report": self.report_of(slot),
        }
        prompt = self.style.render(self.prompts, TEMPLATE, language, variables)
        repair = row.repairs + bool(row.drop)
        seed = request_seed(self.seed, self.purpose, slot.cell, slot.seat, slot.attempt, repair)
        return self.style.request(self.purpose, prompt, words[1], seed), prompt.template

    def draft_request(self, slot: Slot) -> tuple[Request, str]:
        """Return the request for a slot's first memo, and its template's name."""
        return self.request(Row("", slot))

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with its memo."""
        reply = await ctx.generate(*self.request(row))
        return self.with_text(row, reply.text, reply.finish)

    def with_text(self, row: Row, text: str, finish: str) -> Row:
        """Return the row with the memo that a model wrote; with a drop, and no memo, where none is whole."""
        memo = clean_message(text, ["Memo", "备忘录", "备忘"])
        if finish == "length" or not memo:
            why = "was cut off at its token limit" if memo else "is empty"
            return replace(row, drop=Drop("conversation", "no_memo", f"The memo {why}.", memo[:120]))
        return replace(row, memo=memo, drop=None)
