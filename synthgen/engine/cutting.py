"""One transcript made ready: who is who, nobody recognisable, cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from synthgen.deidentify.finders import Finder
from synthgen.deidentify.transcript import deidentified
from synthgen.engine.intake import Cut
from synthgen.languages.telling import language_read
from synthgen.records import Page, PageTurn
from synthgen.transcripts.pages import cut, pieces_of
from synthgen.transcripts.roles import Roles, Side, joined, roles_of
from synthgen.transcripts.transcript import Transcript, Utterance


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts transcripts, always the same way.

    `told` is what the user says of speakers, `languages` those that pages may be in. `count` returns the length of a
    text in tokens, `page_tokens` is the most of a page and `overlap` the turns that stand on two. `terms` are taken out
    besides what `finders` find.
    """

    told: Mapping[str, Side]
    languages: Sequence[str]
    finders: Sequence[Finder]
    terms: Sequence[str]
    surrogates: Literal["tags", "names"]
    page_tokens: int
    overlap: int
    by_sheet: bool
    count: Callable[[str], int]
    seed: int = 0

    def cut(self, transcript: Transcript) -> Cut:
        """Return a transcript's pages, and what was taken out of them."""
        said, roles = self.understood(transcript)
        whole = replace(transcript, utterances=tuple(said))
        clean = deidentified(
            whole,
            finders=self.finders,
            terms=self.terms,
            surrogates=self.surrogates,
            roles=roles.sides,
            seed=self.seed,
        )
        turns = [
            (PageTurn(number, roles.sides.get(before.speaker), after.speaker, after.text), after.sheet)
            for number, (before, after) in enumerate(zip(said, clean.transcript.utterances, strict=True), 1)
        ]
        return Cut(
            tuple(self._pages(said, turns)),
            dict(roles.sides),
            roles.how,
            tuple((each.kind, each.original, each.surrogate) for each in clean.replaced),
        )

    def understood(self, transcript: Transcript) -> tuple[list[Utterance], Roles]:
        """Return a transcript's turns, those in a row by one speaker as one, and the roles of its speakers."""
        said = joined(transcript.utterances, by_sheet=self.by_sheet)
        return said, roles_of(said, self.told)

    def _pages(self, said: Sequence[Utterance], turns: Sequence[tuple[PageTurn, int]]) -> Iterator[Page]:
        # Where each turn begins, and one past the last.
        begins = [0, *accumulate(len(utterance.text) + 1 for utterance in said)]
        pieces = list(pieces_of(turns, self.page_tokens, self.count))
        for part, page in enumerate(cut(pieces, self.page_tokens, self.overlap, by_sheet=self.by_sheet), 1):
            first, last = page[0].turn.number, page[-1].turn.number
            yield Page(
                number=0,
                transcript=0,
                part=part,
                sheet=page[0].sheet,
                language=language_read(self.languages, "\n".join(piece.turn.text for piece in page)),
                start=begins[first - 1],
                end=begins[last] - 1,
                turns=tuple(piece.turn for piece in page),
            )
