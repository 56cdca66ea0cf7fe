"""The answering step: has a row's message answered by one model after another, as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.parsing import clean_message
from synthgen.prompts import Prompts
from synthgen.records import Row, Stage, State, Turn
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables

TEMPLATE = "answer"
# Words (or characters) that an answer may have; what is longer is cut off by its model.
_UNITS, _PLAIN_UNITS = 700, 180


@dataclass(frozen=True, slots=True)
class Answerer:
    """A model that answers: what its calls are for, and how it is asked."""

    purpose: str
    style: Style


@dataclass(frozen=True, slots=True)
class Answering:
    """Adds the answer of one model a run to rows that begin with a message and `given` answers.

    `instructions` is what every model is told before the message, None for the template's own words and "" for
    nothing. A model that says nothing has an empty answer.
    """

    spec: Spec
    prompts: Prompts
    seed: int
    answerers: Sequence[Answerer]
    given: int
    instructions: str | None = None
    purpose: str = "answer_1"
    makes: tuple[Stage, ...] = ()

    def is_due(self, row: Row) -> bool:
        return row.state is State.DRAFTED and len(row.messages) <= self.given + len(self.answerers)

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request for the answer that is due, and its template's name."""
        answerer, language, units = self.next_answerer(row), row.slot.cell.language, self.most_units(row)
        variables = common_variables(self.spec, language, (1, units), None)
        # Half of a surrogate pair cannot be sent.
        message = row.query.encode("utf-8", "ignore").decode()
        variables |= {"message": message, "instructions": self.instructions}
        prompt = answerer.style.render(self.prompts, TEMPLATE, language, variables)
        seed = request_seed(self.seed, answerer.purpose, message)
        return answerer.style.request(answerer.purpose, prompt, units, seed), prompt.template

    def most_units(self, row: Row) -> int:
        """Return how many words (or characters) the answer that is due may have."""
        return _PLAIN_UNITS if self.next_answerer(row).style.plain else _UNITS

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with one more answer."""
        reply = await ctx.generate(*self.request(row))
        role = self.spec.roles.assistant
        names = [role, self.spec.translated(role, row.slot.cell.language), "Assistant", "assistant"]
        answer = Turn("assistant", clean_message(reply.text, names))
        return replace(row, messages=(*row.messages, answer))

    def next_answerer(self, row: Row) -> Answerer:
        """Return the model whose answer is due."""
        return self.answerers[len(row.messages) - 1 - self.given]
