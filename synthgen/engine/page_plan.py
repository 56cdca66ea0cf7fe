"""What there is to be made of transcripts, counted before any model is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from synthgen.calls import Request
from synthgen.engine.cutting import Cutter
from synthgen.engine.page_source import lack_of
from synthgen.records import Page
from synthgen.text import count_units, estimate_tokens
from synthgen.transcripts.transcript import Transcript, Unreadable

# What a chat template puts around a message.
_MESSAGE_TOKENS = 6


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One transcript. `speakers` is each label's role ("" for none), `how` is by what; `reason` why it was not read."""

    name: str
    kind: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)
    how: str = ""
    turns: int = 0
    words: int = 0
    pages: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """All transcripts. `empty` pages are not asked about; tokens are of the `asked` ones' calls, estimated."""

    files: tuple[FilePlan, ...]
    pages: int
    empty: int
    replaced: int
    tokens_in: int
    tokens_out: int

    @property
    def asked(self) -> int:
        return self.pages - self.empty


def plan_of(
    transcripts: Iterable[Transcript | Unreadable], cutter: Cutter, request_of: Callable[[Page], Request] | None
) -> PagePlan:
    """Return what there is to be made. Without `request_of` no tokens are counted."""
    files: list[FilePlan] = []
    pages = empty = replaced = tokens_in = tokens_out = 0
    for transcript in transcripts:
        if isinstance(transcript, Unreadable):
            files.append(FilePlan(transcript.name, reason=transcript.reason))
            continue
        said, roles = cutter.understood(transcript)
        cut = cutter.cut(transcript)
        files.append(
            FilePlan(
                transcript.name,
                transcript.kind,
                {label: roles.sides.get(label, "") for label in dict.fromkeys(turn.speaker for turn in said)},
                roles.how,
                len(said),
                sum(count_units(turn.text) for turn in said),
                len(cut.pages),
            )
        )
        replaced += len(cut.replaced)
        for page in cut.pages:
            if lack_of(page):
                empty += 1
            elif request_of is not None:
                request = request_of(page)
                tokens_in += sum(_sizes(request))
                tokens_out += request.sampling.max_tokens // 2
        pages += len(cut.pages)
    return PagePlan(tuple(files), pages, empty, replaced, tokens_in, tokens_out)


def _sizes(request: Request) -> Iterator[int]:
    for text in [turn.content for turn in request.messages] or [request.text]:
        yield estimate_tokens(text) + _MESSAGE_TOKENS
