"""The query step: asks for a user's messages, and has one that failed a filter mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.parsing import clean_message, slot_schema
from synthgen.prompts import Prompt, Prompts
from synthgen.records import Row, Slot, Stage, State, Turn
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables, named_facets, word_band


@dataclass(frozen=True, slots=True)
class Example:
    """A message shown to the model, under its topic's name."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """Makes the requests of the query side, and as a step repairs one message a run.

    `examples` picks the messages to show for slots.
    """

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    examples: Callable[[Sequence[Slot]], Sequence[Example]]
    purpose: str = "query"
    makes: tuple[Stage, ...] = ("query",)

    def draft_request(self, slots: Sequence[Slot], examples: Sequence[Example]) -> tuple[Request, str]:
        """Return the request for one message per slot (all of one language), and its template's name."""
        prompt = self._prompt(slots, examples)
        seed = request_seed(self.seed, "query", *((slot.cell, slot.seat, slot.attempt) for slot in slots))
        numbers = range(1, len(slots) + 1)
        schema = slot_schema(numbers) if len(slots) > 1 else None
        return self._request(prompt, slots, seed, schema), prompt.template

    def is_due(self, row: Row) -> bool:
        return row.state is State.DRAFTED and row.drop is not None

    async def run(self, row: Row, ctx: Context) -> Row:
        """Have the row's message written again, told what is wrong with it."""
        assert row.drop is not None
        examples = self.examples([row.slot])
        prompt = self._prompt([row.slot], examples, fault=row.drop.detail, faulty=row.query)
        seed = request_seed(self.seed, "query", row.slot.cell, row.slot.seat, row.slot.attempt, "repair", row.repairs)
        reply = await ctx.generate(self._request(prompt, [row.slot], seed), prompt.template)
        return self.with_text(row, reply.text, reply.finish, texts_of(examples))

    def with_text(self, row: Row, text: str, finish: str, shown: tuple[str, ...] = ()) -> Row:
        """Return the row with the message that a model wrote, without the wrapping that models put around it."""
        role = self.spec.roles.user
        names = [role, self.spec.translated(role, row.slot.cell.language), "User", "user"]
        return replace(row, messages=(Turn("user", clean_message(text, names)),), finish=finish, shown=shown)

    def _prompt(
        self,
        slots: Sequence[Slot],
        examples: Sequence[Example],
        fault: str | None = None,
        faulty: str | None = None,
    ) -> Prompt:
        language = slots[0].cell.language
        rules = self.spec.query
        variables: dict[str, Any] = common_variables(
            self.spec, language, word_band(self.spec, "query", language, self.style.plain), fault
        ) | {
            "slots": [self._slot(number, slot) for number, slot in enumerate(slots, 1)],
            "ingredients": in_language(rules.ingredients, language, []),
            "rules": in_language(rules.rules, language, []),
            "examples": examples,
        }
        return self.style.render(self.prompts, rules.template, language, variables, faulty)

    def _slot(self, number: int, slot: Slot) -> SimpleNamespace:
        topic = self.spec.topic(slot.cell.topic)
        return SimpleNamespace(
            number=number,
            topic=topic.names.get(slot.cell.language, topic.name),
            about=in_language(topic.about, slot.cell.language, ""),
            risk=topic.risk,
            facets=named_facets(self.spec, slot.facets, slot.cell.language),
        )

    def _request(self, prompt: Prompt, slots: Sequence[Slot], seed: int, schema: Any = None) -> Request:
        _, most = word_band(self.spec, "query", slots[0].cell.language, self.style.plain)
        return self.style.request("query", prompt, most * len(slots), seed, schema)


def texts_of(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the messages alone, for a row to be compared with."""
    return tuple(example.text for example in examples)
