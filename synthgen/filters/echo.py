"""Replies that say the message back word for word, and messages that copy an example they were written after."""

from __future__ import annotations

from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.copying import GRAM, Copy, copied, kept_source, source_of, units_of, without_quotes
from synthgen.filters.options import Range
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec
from synthgen.text import unit_name


def build(
    spec: Spec,
    plain: bool,
    *,
    run: Annotated[int, Range(GRAM, 200)] = 12,
    share: Annotated[float, Range(0.05, 1)] = 0.5,
    example_run: Annotated[int, Range(GRAM, 200)] = 12,
    example_share: Annotated[float, Range(0.05, 1)] = 0.5,
) -> Check:
    """Options: `run`, the words in a row that a reply may not share with its message; `share`, the part of a reply
    that may be shared; `example_run` and `example_share`, the same for a message and each example it was shown.
    """

    def check(candidate: Candidate) -> Drop | None:
        in_characters = unit_name(candidate.language) == "characters"
        if candidate.stage == "reply" and candidate.query:
            reply = units_of(without_quotes(candidate.text), in_characters)
            copy = copied(reply, source_of(candidate.query, in_characters), run, share, in_characters)
            return _echo(candidate, copy) if copy else None
        if candidate.stage == "query" and candidate.shown:
            query = units_of(candidate.text, in_characters)
            for example in candidate.shown:
                # One example serves many messages.
                source = kept_source(example, in_characters)
                if copy := copied(query, source, example_run, example_share, in_characters):
                    return _copied_example(candidate, copy)
        return None

    return check


def _echo(candidate: Candidate, copy: Copy) -> Drop:
    if copy.is_long:
        return drop(
            candidate,
            "echo",
            en=f'It repeats the message word for word: "{copy.text}". Say it in other words or leave it out.',
            zh=f"逐字重复了来信：“{copy.text}”。请换一种说法，或者删去。",
            evidence=copy.text,
        )
    return drop(
        candidate,
        "echo",
        en="Most of it only repeats the message. Answer the message: add insight and steps of your own.",
        zh="大部分内容只是在重复来信。请真正回应来信，写出自己的理解和建议。",
        evidence=copy.text,
    )


def _copied_example(candidate: Candidate, copy: Copy) -> Drop:
    return drop(
        candidate,
        "copied_example",
        en=f'It copies an example: "{copy.text}". Tell another story, with people, events and words of its own.',
        zh=f"照抄了示例：“{copy.text}”。请另写一件事，人物、经过和措辞都要不同。",
        evidence=copy.text,
    )
