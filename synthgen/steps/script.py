"""The script step: has a whole conversation written by one call, and one that failed a filter mended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from synthgen.calls import Request
from synthgen.hashing import request_seed, seed_of
from synthgen.parsing import conversation_schema, parse_conversation, turns_schema
from synthgen.prompts import Prompt, Prompts
from synthgen.records import Drop, Role, Row, Slot, Stage, State, Turn
from synthgen.rules.dialogue import Sample
from synthgen.rules.parts import band_in, in_language
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables
from synthgen.steps.talk_plan import Talk, plan_talk
from synthgen.text import sentences, unit_name

TEMPLATE = "script"
# What JSON takes beside the text of a turn, in words.
_FORM_UNITS = 8
# A model may end an exchange earlier or later than planned, where its close is natural.
_LEEWAY = 2
# Very small models follow two conversations about as well as more, which would only lengthen their prompt.
_SAMPLES = 2
# The least and the most characters of a turn that they may write; left alone they go on to the token limit.
_PLAIN_CHARS = {"en": (20, 260), "zh": (6, 90)}

_CLOSING = ".!?…。！？\"'”’)）"


@dataclass(frozen=True, slots=True)
class Source:
    """What a conversation is made from: a pair of `question` and `answer`, or a `memo`; "" for what there is not."""

    question: str = ""
    answer: str = ""
    memo: str = ""


def _no_source(row: Row) -> Source:
    return Source()


@dataclass(frozen=True, slots=True)
class Script:
    """Makes the requests of whole conversations, and as a step writes or repairs one a run.

    `source_of` returns what a row's conversation is made from; the templates that use it are other than `script`.
    """

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    template: str = TEMPLATE
    source_of: Callable[[Row], Source] = _no_source
    purpose: str = "script"
    makes: tuple[Stage, ...] = ("conversation",)

    def is_due(self, row: Row) -> bool:
        return row.drop is not None or not row.messages

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request for the row's conversation, or for a mended one, and its template's name.

        A row whose conversation could not be read has nothing to mend: it is asked for again.
        """
        slot = row.slot
        talk = plan_talk(self.spec, slot, self.seed)
        fault, faulty = (row.drop.detail, _as_json(row.messages)) if row.drop and row.messages else (None, None)
        prompt = self._prompt(row, talk, fault, faulty)
        # A repair needs a seed of its own: a plain prompt does not tell the fault, and would get the same text.
        repair = row.repairs + bool(row.drop)
        seed = request_seed(self.seed, self.purpose, slot.cell, slot.seat, slot.attempt, repair)
        schema = self._plain_schema(talk, slot) if self.style.plain else conversation_schema(*self._lengths(talk, slot))
        return self.style.request(self.purpose, prompt, self._units(talk, slot), seed, schema), prompt.template

    def draft_request(self, slot: Slot) -> tuple[Request, str]:
        """Return the request for the first draft of a slot's conversation, and its template's name."""
        return self.request(Row("", slot))

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with a conversation; one with a fault on it is told what was wrong with the one before."""
        reply = await ctx.generate(*self.request(row))
        return self.with_text(row, reply.text, reply.finish)

    def with_text(self, row: Row, text: str, finish: str) -> Row:
        """Return the row with the conversation that a model wrote; with a drop, and no messages, where it wrote none.

        Of what a very small model goes on to write the end is left out: see `_rounded_off`.
        """
        talk, language = plan_talk(self.spec, row.slot, self.seed), row.slot.cell.language
        roles: list[tuple[str, Role]] = [(self.spec.roles.user, "user"), (self.spec.roles.assistant, "assistant")]
        names = {name: role for each, role in roles for name in (each, self.spec.translated(each, language))}
        turns = parse_conversation(text, names | ({talk.name: "user"} if talk.name else {}))
        if self.style.plain:
            turns, finish = _rounded_off(turns, finish, self._band(row.slot))
        drop = None if turns else _nothing(finish, text)
        return replace(row, state=State.REPLIED, messages=turns, finish=finish, drop=drop)

    def _prompt(self, row: Row, talk: Talk, fault: str | None, faulty: str | None) -> Prompt:
        slot, rules = row.slot, self.spec.dialogue
        language, topic = slot.cell.language, self.spec.topic(slot.cell.topic)
        user_words, assistant_words = self._words(slot)
        seeds = in_language(topic.seeds, language, [])
        least, most = self._lengths(talk, slot)
        variables: dict[str, Any] = common_variables(self.spec, language, user_words, fault) | {
            "topic": topic.names.get(language, topic.name),
            "about": in_language(topic.about, language, ""),
            "talk": talk,
            "least": least,
            "most": most,
            "user_words": user_words,
            "assistant_words": assistant_words,
            "user_rules": in_language(rules.user_rules, language, []),
            "assistant_rules": in_language(rules.assistant_rules, language, []),
            "banned_openers": in_language(self.spec.reply.banned_openers, language, []),
            "referrals": self.spec.reply.referrals,
            "crisis": topic.risk or row.risk,
            "risk_possible": topic.risk or row.risk or self.spec.crisis.detect,
            "example": seeds[seed_of(self.seed, "seed", *_place(slot)) % len(seeds)] if seeds else "",
            "samples": self._samples(slot, topic.risk or row.risk),
            "source": self.source_of(row),
        }
        return self.style.render(self.prompts, self.template, language, variables, faulty)

    def _samples(self, slot: Slot, risk: bool) -> list[Sample]:
        """Return conversations to go on from: of its kind where there are any, on other topics, others each time."""
        samples = [each for each in self.spec.dialogue.samples if each.language == slot.cell.language]
        order = sorted(samples, key=lambda each: seed_of(self.seed, "sample", *_place(slot), each.turns[0]))
        order.sort(key=lambda each: (each.risk != risk, each.topic == slot.cell.topic))
        # The last is followed most, so it is the one that fits best.
        return order[:_SAMPLES][::-1]

    def _band(self, slot: Slot) -> tuple[int, int]:
        return slot.cell.band or self.spec.dialogue.turns

    def _words(self, slot: Slot) -> tuple[tuple[int, int], tuple[int, int]]:
        rules, language = self.spec.dialogue, slot.cell.language
        return band_in(rules.user_words, language), band_in(rules.assistant_words, language)

    def _lengths(self, talk: Talk, slot: Slot) -> tuple[int, int]:
        """Return the least and the most turns to ask for, such that the assistant ends where the band lets it."""
        low, high = self._band(slot)
        least, most = max(low + low % 2, talk.turns - _LEEWAY), min(high - high % 2, talk.turns + _LEEWAY)
        return min(least, talk.turns), max(most, talk.turns)

    def _plain_schema(self, talk: Talk, slot: Slot) -> dict[str, Any]:
        roles = self.spec.roles
        sides = [self.spec.translated(role, slot.cell.language) for role in (roles.user, roles.assistant)]
        chars = _PLAIN_CHARS["zh" if unit_name(slot.cell.language) == "characters" else "en"]
        return turns_schema([f"{sides[at % 2]} {at // 2 + 1}" for at in range(talk.turns)], chars)

    def _units(self, talk: Talk, slot: Slot) -> int:
        (_, user), (_, assistant) = self._words(slot)
        return (talk.turns + _LEEWAY) * ((user + assistant) // 2 + _FORM_UNITS)


def _rounded_off(turns: Sequence[Turn], finish: str, band: tuple[int, int]) -> tuple[tuple[Turn, ...], str]:
    """Return the turns up to where a talk that goes on and on can end, and how it ended.

    A very small model knows no close: it stops at its token limit, says again what was said or takes up another
    talk. Where enough turns are left, they end with the assistant's last one that is whole and new.
    """
    least, most = band
    sound = [replace(turn, content=_whole(turn.content)) for turn in turns[: len(turns) - (finish == "length")]]
    seen: set[str] = set()
    for at, turn in enumerate(sound):
        if turn.content in seen or turn.role != ("user", "assistant")[at % 2]:
            del sound[at:]
            break
        seen.add(turn.content)
    del sound[most:]
    while sound and sound[-1].role == "user":
        sound.pop()
    return (tuple(sound), "stop") if len(sound) >= least else (tuple(turns), finish)


def _whole(text: str) -> str:
    """Return a text without the sentence that it breaks off in, where another stands before it."""
    *before, last = sentences(text)
    return text if not before or last[-1] in _CLOSING else text[: text.rindex(last)].rstrip()


def _place(slot: Slot) -> tuple[object, ...]:
    return slot.cell, slot.seat, slot.attempt


def _as_json(turns: Sequence[Turn]) -> str:
    return json.dumps({"turns": [{"speaker": each.role, "text": each.content} for each in turns]}, ensure_ascii=False)


def _nothing(finish: str, text: str) -> Drop:
    cut = " It was cut off at its token limit." if finish == "length" else ""
    return Drop("conversation", "no_conversation", f"The answer held no conversation.{cut}", text[:120])
