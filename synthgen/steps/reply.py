"""The reply step: buys the answer to a message that has passed, and has one that failed a filter mended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.parsing import clean_message
from synthgen.prompts import Prompts
from synthgen.records import Row, Stage, State, Turn
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables, named_facets, word_band


@dataclass(frozen=True, slots=True)
class Reply:
    """Answers one row's message a run."""

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    purpose: str = "reply"
    makes: tuple[Stage, ...] = ("reply",)

    def is_due(self, row: Row) -> bool:
        return (row.state is State.DRAFTED and row.drop is None) or (
            row.state is State.REPLIED and row.drop is not None
        )

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request for the row's reply, or for a mended one, and its template's name."""
        language = row.slot.cell.language
        words = word_band(self.spec, "reply", language, self.style.plain)
        fault, faulty = (row.drop.detail, row.reply) if row.drop else (None, None)
        variables = common_variables(self.spec, language, words, fault) | self._variables(row, language)
        prompt = self.style.render(self.prompts, self.spec.reply.template, language, variables, faulty)
        slot = row.slot
        # A mended reply needs a seed of its own: a plain prompt does not tell the fault, and would get the same text.
        seed = request_seed(self.seed, "reply", slot.cell, slot.seat, slot.attempt, row.repairs + bool(row.drop))
        return self.style.request("reply", prompt, words[1], seed), prompt.template

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with a reply; one with a fault on it is told what was wrong with the reply before."""
        reply = await ctx.generate(*self.request(row))
        return self.with_text(row, reply.text, reply.finish)

    def with_text(self, row: Row, text: str, finish: str) -> Row:
        """Return the row with the reply that a model wrote, without the wrapping that models put around it."""
        role = self.spec.roles.assistant
        names = [role, self.spec.translated(role, row.slot.cell.language), "Assistant", "assistant"]
        messages = (row.messages[0], Turn("assistant", clean_message(text, names)))
        return replace(row, state=State.REPLIED, messages=messages, finish=finish)

    def _variables(self, row: Row, language: str) -> dict[str, Any]:
        rules, topic = self.spec.reply, self.spec.topic(row.slot.cell.topic)
        pairs = [pair for pair in self.spec.plain.pairs if pair.language == language]
        return {
            "topic": topic.names.get(language, topic.name),
            "about": in_language(topic.about, language, ""),
            "facets": named_facets(self.spec, row.slot.facets, language),
            "query": row.query,
            "rules": in_language(rules.rules, language, []),
            "banned_openers": in_language(rules.banned_openers, language, []),
            "referrals": rules.referrals,
            "crisis": row.risk,
            # Small models follow the last example most: the ones for a crisis come last.
            "pairs": sorted(pairs, key=lambda pair: pair.risk) if row.risk else [p for p in pairs if not p.risk],
        }
