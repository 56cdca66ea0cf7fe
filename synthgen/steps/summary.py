"""The summary step: asks for rounds of question and answer on a page, and has one that failed a filter mended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.parsing import Round, clean_message, parse_rounds, rounds_schema
from synthgen.prompts import Prompts
from synthgen.records import Drop, Page, Row, Slot, Stage, State, Turn
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables, word_band

TEMPLATE = "summary"
# What JSON and the numbers of turns take beside the texts.
_FORM_UNITS = 40


@dataclass(frozen=True, slots=True)
class Summary:
    """Makes rows of pages; as a step it mends one row a run. `page_of` returns the page of a row's slot.

    `copied_run` is how many words in a row may not be kept, as the prompt tells it; filters hold texts to it.
    """

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    rounds: int
    copied_run: int
    page_of: Callable[[Slot], Page]
    purpose: str = "summary"
    makes: tuple[Stage, ...] = ("query", "reply")

    def request(
        self, page: Page, language: str, rounds: int, *, repair: int = 0, fault: str | None = None, faulty: str = ""
    ) -> tuple[Request, str]:
        """Return the request for a page's rounds in a language, or for one of them to be mended; and its template."""
        question, answer = (word_band(self.spec, stage, language, self.style.plain) for stage in self.makes)
        variables: dict[str, Any] = common_variables(self.spec, language, question, fault) | {
            "turns": [self._turn(turn.number, turn.role, turn.speaker, turn.text, language) for turn in page.turns],
            "rounds": rounds,
            "question_words": question,
            "answer_words": answer,
            "copied_run": self.copied_run,
            "rules": [
                *in_language(self.spec.query.rules, language, []),
                *in_language(self.spec.reply.rules, language, []),
            ],
        }
        prompt = self.style.render(self.prompts, TEMPLATE, language, variables, faulty if fault is not None else None)
        seed = request_seed(self.seed, self.purpose, page.number, repair)
        schema = rounds_schema(list(dict.fromkeys(turn.number for turn in page.turns)), rounds)
        units = (question[1] + answer[1] + _FORM_UNITS) * rounds
        return self.style.request(self.purpose, prompt, units, seed, schema), prompt.template

    def is_due(self, row: Row) -> bool:
        return row.drop is not None

    async def run(self, row: Row, ctx: Context) -> Row:
        """Have the row's round written again, told what is wrong with it."""
        assert row.drop is not None
        page = self.page_of(row.slot)
        faulty = {"turns": row.cited, "question": row.query, "answer": row.reply}
        request, template = self.request(
            page,
            row.slot.cell.language,
            1,
            repair=row.repairs + 1,
            fault=row.drop.detail,
            faulty=json.dumps({"rounds": [faulty]}, ensure_ascii=False),
        )
        reply = await ctx.generate(request, template)
        found = parse_rounds(reply.text, 1).rounds
        return self._with_round(row, page, found[0] if found else Round("", "", ()), reply.finish)

    def drawn(self, slots: list[Slot], text: str, finish: str, new_id: Callable[[], str]) -> list[Row]:
        """Return the rows in an answer for the slots of one page: one a round, or a dropped row that says why."""
        page = self.page_of(slots[0])
        found = parse_rounds(text, len(slots))
        if not found.rounds:
            return [Row(new_id(), slots[0], state=State.DROPPED, drop=_nothing(found.is_none, finish, text))]
        return [
            self._with_round(Row(new_id(), slot), page, each, finish)
            for slot, each in zip(slots, found.rounds, strict=False)
        ]

    def _with_round(self, row: Row, page: Page, found: Round, finish: str) -> Row:
        language = row.slot.cell.language
        texts = []
        for role, text in ((self.spec.roles.user, found.question), (self.spec.roles.assistant, found.answer)):
            texts.append(clean_message(text, [role, self.spec.translated(role, language)]))
        messages = (Turn("user", texts[0]), Turn("assistant", texts[1]))
        return replace(row, state=State.REPLIED, messages=messages, cited=found.cited, page=page, finish=finish)

    def _turn(self, number: int, role: str | None, speaker: str, text: str, language: str) -> SimpleNamespace:
        roles = self.spec.roles
        names = {"user": roles.user, "assistant": roles.assistant}
        shown = self.spec.translated(names[role], language) if role in names else speaker
        return SimpleNamespace(number=number, speaker=shown or "?", text=text)


def _nothing(is_none: bool, finish: str, text: str) -> Drop:
    if is_none:
        return empty_page("The model found nothing on it to ask about.")
    cut = " It was cut off at its token limit." if finish == "length" else ""
    return Drop("query", "no_round", f"The model's answer held no question and answer.{cut}", text[:120], False)


def other_language(language: str, known: Sequence[str]) -> Drop:
    """Return the drop of a page in a language ("" for one that nobody can name) that the run has no words for."""
    reads = f"It reads as {language!r}" if language else "It is in a language that nobody here can name"
    why = f"{reads}, and the spec has words for {' and '.join(known)} alone. --lang has it told anew in one of these."
    return Drop("query", "other_language", why, repairable=False)


def empty_page(why: str) -> Drop:
    """Return the drop of a page that holds nothing to ask about."""
    return Drop("query", "empty_page", why, repairable=False)
