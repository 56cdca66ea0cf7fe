"""One side of a simulated conversation: says its next turn, knowing only what that side may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from synthgen.calls import Request
from synthgen.filters.closing import says_farewell
from synthgen.filters.crisis import guidance_is_due
from synthgen.hashing import request_seed
from synthgen.parsing import clean_message
from synthgen.prompts import Prompts
from synthgen.records import Role, Row, Slot, Stage, State, Turn
from synthgen.rules.parts import band_in, in_language
from synthgen.spec import Spec
from synthgen.steps.step import Context
from synthgen.steps.style import Style, common_variables
from synthgen.steps.talk_plan import Talk, plan_talk

# What is held back may be told once this share of the turns has been spoken.
TRUST = 0.4


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks for the user or for the assistant; one turn a run.

    The user's side is told its profile and not the plan of the other, the assistant's side its plan and not the
    profile. What both begin with stays the same from turn to turn, so that a server reads it once.
    """

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    side: Role
    makes: tuple[Stage, ...] = ("turn", "conversation")

    @property
    def purpose(self) -> str:
        return self.side

    @property
    def template(self) -> str:
        """The folder of its templates."""
        return f"{self.side}_turn"

    def is_due(self, row: Row) -> bool:
        if row.drop is not None:
            return bool(row.messages) and row.messages[-1].role == self.side
        return row.state is State.DRAFTED and self._speaks_after(row.messages)

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request for the row's next turn, or for its last one mended, and its template's name."""
        said = row.messages[:-1] if row.drop else row.messages
        faulty = row.messages[-1].content if row.drop else None
        language = row.slot.cell.language
        talk = plan_talk(self.spec, row.slot, self.seed)
        variables = self._variables(row, talk, said) | {
            "fault": row.drop.detail if row.drop else None,
            "said": [self._shown(turn, language) for turn in said],
        }
        if self.style.plain:
            prompt = self.prompts.plain(self.template, language, variables)
        else:
            prompt = self.prompts.talk(self.template, language, variables, self._as_heard(said), faulty)
        slot = row.slot
        seed = request_seed(
            self.seed, self.side, slot.cell, slot.seat, slot.attempt, len(said), row.repairs + bool(row.drop)
        )
        return self.style.request(self.purpose, prompt, variables["words"][1], seed), prompt.template

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with one more turn, or with its last one said anew."""
        reply = await ctx.generate(*self.request(row))
        return self.with_text(row, reply.text, reply.finish)

    def with_text(self, row: Row, text: str, finish: str) -> Row:
        """Return the row with the turn that a model wrote, without the wrapping that models put around it."""
        language = row.slot.cell.language
        said = row.messages[:-1] if row.drop else row.messages
        role = self._role(self.side)
        names = [role, self.spec.translated(role, language), self.side, self.side.capitalize()]
        if name := plan_talk(self.spec, row.slot, self.seed).name:
            names.append(name)
        messages = (*said, Turn(self.side, clean_message(text, names)))
        state = State.REPLIED if self._is_over(messages, row.slot) else State.DRAFTED
        return replace(row, messages=messages, finish=finish, state=state)

    def _is_over(self, messages: tuple[Turn, ...], slot: Slot) -> bool:
        """Whether a talk is as long as it was to be, or long enough and both sides have said goodbye."""
        if len(messages) >= plan_talk(self.spec, slot, self.seed).turns:
            return True
        least = (slot.cell.band or self.spec.dialogue.turns)[0]
        return len(messages) >= least and all(says_farewell(turn.content, slot.cell.language) for turn in messages[-2:])

    def _speaks_after(self, messages: tuple[Turn, ...]) -> bool:
        return self.side == ("user" if not messages or messages[-1].role == "assistant" else "assistant")

    def _as_heard(self, said: tuple[Turn, ...]) -> list[Turn]:
        """Return a talk as this side's model takes it: its own turns are the assistant's in a chat."""
        return [Turn("assistant" if turn.role == self.side else "user", turn.content) for turn in said]

    def _role(self, side: Role) -> str:
        return self.spec.roles.user if side == "user" else self.spec.roles.assistant

    def _shown(self, turn: Turn, language: str) -> dict[str, Any]:
        speaker = self.spec.translated(self._role(turn.role), language)
        return {"role": turn.role, "speaker": speaker, "text": " ".join(turn.content.split())}

    def _variables(self, row: Row, talk: Talk, said: tuple[Turn, ...]) -> dict[str, Any]:
        spec, language = self.spec, row.slot.cell.language
        rules, topic = spec.dialogue, spec.topic(row.slot.cell.topic)
        is_user = self.side == "user"
        words = band_in(rules.user_words if is_user else rules.assistant_words, language)
        number = len(said) + 1
        turns_left = max(0, talk.turns - number)
        known: dict[str, Any] = (
            {
                "name": talk.name,
                "age": talk.age,
                "profile": talk.profile,
                "held_back": talk.held_back,
                "trusts": number > TRUST * talk.turns,
                "rules": in_language(rules.user_rules, language, []),
            }
            if is_user
            else {
                "approach": talk.approach,
                "approach_about": talk.approach_about,
                "phases": talk.phases,
                "phase": talk.phase_at(number),
                "rules": in_language(rules.assistant_rules, language, []),
                "banned_openers": in_language(spec.reply.banned_openers, language, []),
                "referrals": spec.reply.referrals,
                "crisis": row.risk and guidance_is_due(said, row.risk, spec.crisis.detect),
                "risk_possible": topic.risk or row.risk or spec.crisis.detect,
            }
        )
        return (
            common_variables(spec, language, words, None)
            | known
            | {
                "topic": topic.names.get(language, topic.name),
                "about": in_language(topic.about, language, ""),
                "risk": topic.risk,
                "plan": talk.plan,
                "turn": number,
                "turns": talk.turns,
                "turns_left": turns_left,
                "samples": self._samples(row, language),
            }
        )

    def _samples(self, row: Row, language: str) -> list[dict[str, Any]]:
        """Return example conversations for a very small model: those as much at risk as this one, all where none is."""
        if not self.style.plain:
            return []
        found = [sample for sample in self.spec.dialogue.samples if sample.language == language]
        fitting = [sample for sample in found if sample.risk == row.risk] or found
        return [
            {
                "topic": sample.topic,
                "said": [
                    self._shown(Turn("assistant" if at % 2 else "user", text), language)
                    for at, text in enumerate(sample.turns)
                ],
            }
            for sample in fitting
        ]
