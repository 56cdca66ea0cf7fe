"""What a card says of limits: of texts by models in general, and what follows from what was measured here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from synthgen.card.facts import WRITERS, Facts
from synthgen.formats.private import REPORTS, TRANSCRIPTS


def limits(facts: Sequence[Facts]) -> Iterator[str]:
    """Yield the section about what the rows are not good for."""
    yield "## Limits and ethical notes"
    yield "\n".join(f"- {point}" for point in dict.fromkeys(_points(facts)))


def _points(facts: Sequence[Facts]) -> Iterator[str]:
    runs = [run for source in facts for run in source.chain()]
    if any(run.private for run in runs):
        yield "The texts were written by language models from real material, and may state what it did not."
    elif any(run.recipe in WRITERS or (not run.recipe and run.models) for run in runs):
        yield (
            "The texts were written by language models. They may state what is wrong, repeat what their models are "
            "biased to, and lack what real conversations have."
        )
    if any(run.recipe == "generate" for run in runs):
        yield (
            "Topics and their shares are those that were asked for, not those of any population: no frequency of "
            "anything can be inferred from them."
        )
    if not all(source.chain()[0].models for source in facts):
        yield "Who or what wrote some or all of the texts is not known to the tool that wrote this card."
    if any(run.private == TRANSCRIPTS for run in runs):
        yield (
            "Personal data was replaced as far as rules and models found it. What they overlooked may still be there: "
            "have people read the rows before they are given to anyone."
        )
    if any(run.private == REPORTS for run in runs):
        yield "Case reports were the source. Whether persons can be recognised in the rows was not measured."
    flagged = [run.risk for run in runs if run.risk is not None]
    if flagged:
        yield (
            f"Messages were searched for signs of risk to life, by rules: {sum(flagged):,} rows bear that flag. Rules "
            "overlook some and take others for what they are not. A model trained on these rows is no substitute for "
            "help by people, and has to be tested for such cases before anyone talks to it."
        )
    if any(run.scores for run in runs):
        yield "Scores are a model's judgement. They rank texts; they do not show that a text is right or does good."
    if any(run.notes for run in runs):
        yield "Labels are a model's judgement, except those that rows came with."
    if short := sum(run.summary.wanted - run.summary.accepted for run in runs if run.summary):
        yield f"{short:,} of the rows that were asked for are lacking."
    yield "The terms of the models named above may bind what their output is used for, whatever the license here."
