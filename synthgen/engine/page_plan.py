"""What there is to be made of transcripts, counted before any model is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from synthgen.calls import Request
from synthgen.engine.cutting import Cutter
from synthgen.engine.page_source import lack_of
from synthgen.engine.preview import usage_of
from synthgen.records import Page
from synthgen.text import count_units
from synthgen.transcripts.transcript import Transcript, Unreadable


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One transcript. `speakers` is each label's role ("" for none), `how` is by what; `reason` why it was not read.

    `other` counts its pages in languages that the spec has no words for, "" for one that nobody can name.
    """

    name: str
    kind: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)
    how: str = ""
    turns: int = 0
    words: int = 0
    pages: int = 0
    other: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """All transcripts. Neither `empty` pages are asked about nor those in `other` languages.

    Tokens are of the `asked` ones' calls, estimated.
    """

    files: tuple[FilePlan, ...]
    pages: int
    empty: int
    other: int
    replaced: int
    tokens_in: int
    tokens_out: int

    @property
    def asked(self) -> int:
        return self.pages - self.empty - self.other


def plan_of(
    transcripts: Iterable[Transcript | Unreadable],
    cutter: Cutter,
    language_of: Callable[[str], str],
    request_of: Callable[[Page], Request] | None,
) -> PagePlan:
    """Return what there is to be made, each page in the language that `language_of` says of its own.

    Without `request_of` no tokens are counted.
    """
    files: list[FilePlan] = []
    pages = empty = replaced = tokens_in = tokens_out = 0
    for transcript in transcripts:
        if isinstance(transcript, Unreadable):
            files.append(FilePlan(transcript.name, reason=transcript.reason))
            continue
        said, roles = cutter.understood(transcript)
        cut = cutter.cut(transcript)
        spoken = [page for page in cut.pages if not lack_of(page)]
        asked = [page for page in spoken if language_of(page.language) in cutter.languages]
        files.append(
            FilePlan(
                transcript.name,
                transcript.kind,
                {label: roles.sides.get(label, "") for label in dict.fromkeys(turn.speaker for turn in said)},
                roles.how,
                len(said),
                sum(count_units(turn.text) for turn in said),
                len(cut.pages),
                Counter(page.language for page in spoken if language_of(page.language) not in cutter.languages),
            )
        )
        replaced += len(cut.replaced)
        pages += len(cut.pages)
        empty += len(cut.pages) - len(spoken)
        for request in map(request_of, asked) if request_of is not None else ():
            usage = usage_of(request, request.sampling.max_tokens // 2)
            tokens_in += usage.prompt_tokens
            tokens_out += usage.completion_tokens
    other = sum(sum(each.other.values()) for each in files)
    return PagePlan(tuple(files), pages, empty, other, replaced, tokens_in, tokens_out)
