"""Replies that a filter or a judge refused, out of the ledger of the run that mended them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.records import Turn
from synthgen.store.ledger import Ledger

# The purposes of calls that write the reply of a pair, and each side's next turn of a simulated conversation.
REPLY = "reply"
SIDES = ("user", "assistant")
# Templates that are no chat, and so do not show what was refused.
PLAIN = ".plain."


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that could not be used, and the number from 1 of the turn that stands in its place."""

    number: int
    text: str


class Repairs:
    """The refused replies of a run's rows. Close it in the end."""

    def __init__(self, folder: Path) -> None:
        """Raises RunError."""
        self._ledger = Ledger(folder, write=False)

    def of(self, row_id: str, turns: tuple[Turn, ...]) -> Iterator[Refused]:
        """Yield what was refused of a row with these turns, the system's aside, each text once."""
        run, _, digits = row_id.rpartition("-")
        if run != self._ledger.run or not digits.isdecimal():
            return
        seen = {turn.content for turn in turns}
        for refused in _refused(self._ledger.calls(int(digits))):
            at = refused.number - 1
            if at < len(turns) and turns[at].role == "assistant" and refused.text not in seen:
                seen.add(refused.text)
                yield refused

    def close(self) -> None:
        self._ledger.close()


def _refused(calls: Iterator[Mapping[str, Any]]) -> Iterator[Refused]:
    """Yield the texts that calls were asked to mend: each stands in the prompt before the last message."""
    number, before = 0, ""
    for call in calls:
        purpose = call["purpose"]
        if purpose in SIDES:
            # The sides take turns: one that is asked again says its last turn anew.
            is_anew = purpose == before
            number, before = number + (not is_anew), purpose
            is_repair = is_anew and purpose == "assistant"
        else:
            is_repair = purpose == REPLY
            number = 2 if is_repair else number
        if is_repair and PLAIN not in call["template"] and (text := _mended(call["prompt"])):
            yield Refused(number, text)


def _mended(prompt: str) -> str:
    """Return the text that a prompt asks to be mended, "" where it asks for none."""
    messages = json.loads(prompt)
    if len(messages) < 3 or messages[-2][0] != "assistant":
        return ""
    return str(messages[-2][1])
