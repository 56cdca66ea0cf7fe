"""The annotation of a conversation: what is asked of it window by window, and what of the answers is sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from synthgen.annotation.faults import fault_of
from synthgen.annotation.fields import PARTS, SESSION, Asked, Field, fields_of, notes_form, notes_schema
from synthgen.annotation.findings import Findings, joined, notes_of
from synthgen.annotation.samples import samples_of
from synthgen.annotation.windows import Window, shortened, whole, windows, words_shown
from synthgen.calls import Request
from synthgen.hashing import request_seed
from synthgen.parsing import parse_notes
from synthgen.prompts import Prompts
from synthgen.records import Turn
from synthgen.rules.annotation import AnnotationRules
from synthgen.spec import Spec
from synthgen.steps.style import Style, common_variables

TEMPLATE = "annotate"
# What keys, quotes and brackets take beside the values, in words.
_FORM_UNITS = 8
# An answer that is to be mended is shown up to here; what is wrong with it is told besides.
_MOST_FAULTY_CHARS = 12_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one call is about: turns to label, turns before them, words (or characters) of either window."""

    turns: int
    context: int
    words: int
    session_words: int


LIMITS = Limits(turns=10, context=6, words=1500, session_words=6000)
# A very small model has a short context, and forgets the beginning of a long answer.
PLAIN_LIMITS = Limits(turns=2, context=2, words=160, session_words=400)


@dataclass(frozen=True, slots=True)
class Annotate:
    """Builds the requests for a conversation's notes and reads their answers; a window is asked until nothing lacks.

    `rules` are the fields wanted, `limits` None the usual ones. Turns count from 1 in the sequence given; those of the
    system are neither shown nor labelled.
    """

    spec: Spec
    prompts: Prompts
    style: Style
    seed: int
    rules: AnnotationRules
    limits: Limits | None = None
    purpose: str = "annotate"
    # Fields with their label sets are the same for every call in a language, and take a millisecond to make.
    _made: dict[tuple[str, str], tuple[Field, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def windows(self, turns: Sequence[Turn]) -> list[Window]:
        """Return the windows that are asked about, the one on the whole conversation first; none without fields."""
        limits = self._limits
        found = [whole(turns, limits.session_words)] if self.rules.session and turns else []
        cut = windows(turns, limits.turns, limits.context, limits.words)
        return found + [window for window in cut if any(self._rules(turns[at - 1].role) for at in window.focus)]

    def asked(self, turns: Sequence[Turn], language: str, window: Window) -> Asked:
        """Return the fields that a window is asked for, by place."""
        places = window.focus or (SESSION,)
        return {place: fields for place, fields in self.asked_of_all(turns, language).items() if place in places}

    def asked_of_all(self, turns: Sequence[Turn], language: str) -> Asked:
        """Return the fields that a conversation is asked for, by place: the session and each turn that has any."""
        by_part = {part: self._fields(part, language) for part in PARTS}
        parts = ["session", *(turn.role for turn in turns)]
        return {place: fields for place, part in enumerate(parts) if (fields := by_part.get(part, ()))}

    def request(
        self,
        turns: Sequence[Turn],
        language: str,
        window: Window,
        *,
        vote: int = 0,
        before: Findings | None = None,
        faulty: str = "",
    ) -> tuple[Request, str]:
        """Return the request for a window's notes, and its template's name.

        With what was found `before`, in the answer `faulty`, only the places that lack something are asked for again.
        """
        asked = self.asked(turns, language, window)
        wanted = self._lacking(asked, before)
        fault = fault_of(before.lacks, language) if before else None
        plain = self.style.plain
        dots = "……" if language.split("-")[0] == "zh" else "..."
        variables: dict[str, Any] = common_variables(self.spec, language, (1, 1), fault) | {
            "turns": self._shown(turns, language, window),
            "is_session": not window.focus,
            "groups": self._groups(turns, language, wanted if plain else asked),
            "numbers": list(wanted),
            "form": notes_form(asked, dots),
        }
        prompt = self.style.render(
            self.prompts, TEMPLATE, language, variables, faulty[:_MOST_FAULTY_CHARS] if before else None
        )
        said = [turn["text"] for turn in variables["turns"]]
        seed = request_seed(self.seed, self.purpose, vote, *window.focus, *said, fault, faulty)
        units = sum(field.units + _FORM_UNITS for fields in wanted.values() for field in fields)
        schema = notes_schema(wanted, plain)
        return self.style.request(self.purpose, prompt, units, seed, schema), prompt.template

    def read(
        self, text: str, turns: Sequence[Turn], language: str, window: Window, before: Findings | None = None
    ) -> Findings:
        """Return what is known of a window after an answer, together with what was found `before` it."""
        wanted = self._lacking(self.asked(turns, language, window), before)
        found = notes_of(parse_notes(text), wanted)
        return joined(before, found) if before else found

    @property
    def _limits(self) -> Limits:
        return self.limits or (PLAIN_LIMITS if self.style.plain else LIMITS)

    def _rules(self, part: str) -> dict[str, Any]:
        return getattr(self.rules, part, {})

    def _fields(self, part: str, language: str) -> tuple[Field, ...]:
        if (part, language) not in self._made:
            self._made[part, language] = fields_of(self.spec, self._rules(part), language, self.style.plain)
        return self._made[part, language]

    def _lacking(self, asked: Asked, before: Findings | None) -> Asked:
        if before is None:
            return asked
        places = {lack.place for lack in before.lacks}
        return {place: fields for place, fields in asked.items() if place in places}

    def _shown(self, turns: Sequence[Turn], language: str, window: Window) -> list[dict[str, Any]]:
        """Return the turns of a window, each on one line so that none can pass for another; gaps are told."""
        limits = self._limits
        most = limits.words if window.focus else limits.session_words
        last = 0
        shown = []
        for number in window.shown:
            turn = turns[number - 1]
            if turn.role != "system":
                shown.append(
                    {
                        "number": number,
                        "speaker": self._role(turn.role, language),
                        "text": shortened(turn.content, words_shown(window, number, most)),
                        "left_out": (last + 1, number - 1) if number > last + 1 else None,
                    }
                )
            last = number
        return shown

    def _groups(self, turns: Sequence[Turn], language: str, asked: Asked) -> list[SimpleNamespace]:
        """Return the fields by whose turns they are asked of, "" for those of the conversation."""
        groups: dict[str, SimpleNamespace] = {}
        for place, fields in asked.items():
            side = turns[place - 1].role if place != SESSION else ""
            if side not in groups:
                role = self._role(side, language) if side else ""
                samples = list(samples_of(fields)) if self.style.plain and side else []
                groups[side] = SimpleNamespace(role=role, numbers=[], fields=_told(fields), samples=samples)
            groups[side].numbers.append(place)
        return list(groups.values())

    def _role(self, role: str, language: str) -> str:
        return self.spec.translated(self.spec.roles.user if role == "user" else self.spec.roles.assistant, language)


def _told(fields: Iterable[Field]) -> list[SimpleNamespace]:
    """Return fields as templates see them."""
    return [
        SimpleNamespace(
            name=field.name,
            shown=field.shown,
            about=field.about,
            labels=list(field.labels.shown.values()) if field.labels else [],
            several=field.several,
            steps=field.steps,
            most=field.most,
            words=field.words,
        )
        for field in fields
    ]
