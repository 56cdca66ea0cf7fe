"""The values that move through a run. They hold no client, no database and no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

Role = Literal["system", "user", "assistant"]
Stage = Literal["query", "reply", "turn", "conversation"]


class State(StrEnum):
    """Where a row stands; the last three are final."""

    DRAFTED = "drafted"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    SURPLUS = "surplus"


UNDER_WAY = (State.DRAFTED, State.REPLIED)


@dataclass(frozen=True, slots=True)
class Turn:
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class PageTurn:
    """What was said in one go on a page. `number` counts the transcript's turns from 1.

    `role` is None for a speaker who is neither the client nor the professional; `speaker` is the label shown.
    """

    number: int
    role: Role | None
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a transcript that one call is about, without who it is about.

    `number` counts the pages of a run and `part` those of its transcript, from 1; `transcript` is the transcript's
    number in the run. `sheet` is the page of the file that it begins on. `start` and `end` are characters of the
    transcript as it was read, its turns a line each. `private` are the originals that must not come back.
    """

    number: int
    transcript: int
    part: int
    sheet: int
    language: str
    start: int
    end: int
    turns: tuple[PageTurn, ...]
    private: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(turn.text for turn in self.turns)


class Cell(NamedTuple):
    """What a quota is counted by. A tuple, since it is hashed at every turn of the loop.

    Conversations have a band of `turns` ("8-20") and perhaps an `approach`, the school that they follow.
    """

    topic: str
    language: str
    turns: str = ""
    approach: str = ""

    @property
    def told(self) -> str:
        """The cell as people are told it."""
        rest = ", ".join(part for part in self[1:] if part)
        topic = self.topic or "no topic"
        return f"{topic} ({rest})" if rest else topic

    @property
    def band(self) -> tuple[int, int] | None:
        """The least and the most turns of a conversation; None for a pair of message and reply."""
        if not self.turns:
            return None
        low, _, high = self.turns.partition("-")
        return int(low), int(high)


@dataclass(frozen=True, slots=True)
class Slot:
    """One row asked for: a seat of a cell, which try at that seat this is, and the facets dealt to it."""

    cell: Cell
    seat: int
    attempt: int
    facets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drop:
    """Why a text does not pass.

    `reason` is a stable slug, `detail` a sentence that a model can be told to mend it by, `evidence` the
    piece of text (or the twin) that shows it. A drop that is not `repairable` costs no repair call.
    """

    stage: Stage
    reason: str
    detail: str
    evidence: str = ""
    repairable: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that a filter is asked about.

    `query` is the message that a reply answers ("" while the text is itself the query); `finish` is the
    finish reason of the call that wrote it; `risk` says that life may be at risk in the conversation;
    `shown` are the examples that a query was written after. A conversation has its `turns` (user and
    assistant), and their contents, a line each, as its `text`; a single turn has itself as `text` and as the last of
    the `turns` so far. `band` is how many turns the conversation is to have, and `facts` what is true of its user
    ("name" and "age" among them). A text made from a `page` names the numbers of the turns that it stands on.
    """

    stage: Stage
    text: str
    language: str
    query: str = ""
    finish: str = "stop"
    risk: bool = False
    shown: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    band: tuple[int, int] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    page: Page | None = None
    cited: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What an annotator says in one field: a text, labels or steps, or None, and then `why` there is nothing.

    `confidence` is the share of votes that agree, 0 to 1, where there were several.
    """

    value: str | tuple[str, ...] | None
    why: str = ""
    confidence: float | None = None


# The notes of one place by field.
Notes = Mapping[str, Note]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is noted of a conversation as a whole, and of its turns by their number from 1."""

    session: Notes
    turns: Mapping[int, Notes]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a gate's judge gave: points by metric (None while there are none), how many verdicts there were, and how
    many answers without sound scores since the last.
    """

    scores: Mapping[str, int] | None = None
    verdicts: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One dialogue in the making.

    `drop` is the fault that a repair call is due for while the row is drafted or replied, and the final
    reason once it is dropped. `finish` is the finish reason of the call that wrote its last message. `shown`
    are the examples that its query was written after, until the query is judged; they are not stored. A row made
    from a page has the numbers of the turns that it stands on as `cited`, and the `page` while it is judged. `memo` is
    what a conversation is written from where a report was made into one first, `annotations` those of each annotator,
    and `judgement` what a gate holds it to.
    """

    id: str
    slot: Slot
    messages: tuple[Turn, ...] = ()
    state: State = State.DRAFTED
    risk: bool = False
    drop: Drop | None = None
    repairs: int = 0
    finish: str = "stop"
    shown: tuple[str, ...] = ()
    cited: tuple[int, ...] = ()
    page: Page | None = None
    memo: str = ""
    annotations: tuple[Annotation, ...] = ()
    judgement: Judgement = Judgement()

    @property
    def query(self) -> str:
        return self.messages[0].content if self.messages else ""

    @property
    def reply(self) -> str:
        return self.messages[1].content if len(self.messages) > 1 else ""
