"""What a `generate` run is made of, apart from the run folder and the models: pairs, or conversations of any mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from synthgen.catalog import prompts_for
from synthgen.engine.examiner import Examiner
from synthgen.engine.exemplars import Exemplars
from synthgen.engine.givens import GivenSeats
from synthgen.engine.job import Job
from synthgen.engine.preview import judge_sample, sample_calls, sample_talks
from synthgen.engine.sides import batch_size, style_for
from synthgen.engine.sources import FirstStep, QuotaLoop, Seating, Source
from synthgen.plan import Plan
from synthgen.prompts import Prompts, template_name
from synthgen.quota import Quota
from synthgen.records import Slot, Stage
from synthgen.report.estimate import Sample
from synthgen.rules.rubric import MEAN, Rubric
from synthgen.settings import Settings
from synthgen.spec import Spec
from synthgen.steps.gate import Gate
from synthgen.steps.judge import TEMPLATE as JUDGE
from synthgen.steps.judge import Judge
from synthgen.steps.memo import TEMPLATE as MEMO
from synthgen.steps.memo import Memo
from synthgen.steps.query import Query
from synthgen.steps.reply import Reply
from synthgen.steps.script import TEMPLATE as SCRIPT
from synthgen.steps.script import Script
from synthgen.steps.script import Source as Material
from synthgen.steps.speaker import Speaker
from synthgen.steps.step import Step
from synthgen.steps.style import Style

EXPAND = "expand"
FROM_MEMO = "from_memo"


@dataclass(frozen=True, slots=True)
class Parts:
    """`steps` in the order in which they are due, `source_of` what draws rows for seats, `samples` its calls written
    out; `templates` are the names of those that are used. `repairs` is how often a text may be mended.
    """

    spec: Spec
    prompts: Prompts
    examiner: Examiner
    exemplars: Exemplars
    steps: Sequence[Step]
    source_of: Callable[[Seating], Source]
    samples: Callable[[Seating], Iterator[Sample]]
    templates: Sequence[str]
    repairs: int


@dataclass(frozen=True, slots=True)
class PairParts(Parts):
    """The parts of a run of pairs."""

    query: Query
    reply: Reply


def parts_of(job: Job, styles: Mapping[str, Style]) -> Parts:
    """Return the parts for models asked in these styles. Raises TemplateError or SpecError, before any call."""
    parts = pair_parts(job, styles) if job.settings.mode is None else _talk_parts(job, styles)
    return parts if job.rubric is None else _gated(job, parts, job.rubric, styles["judge"])


def _gated(job: Job, parts: Parts, rubric: Rubric, style: Style) -> Parts:
    """Return the parts with a judge at the end, who holds rows to a score."""
    settings = job.settings
    templates = _names(job.spec, [(JUDGE, style)])
    judge = Judge(job.spec, prompts_for(job.spec_path, templates), style, settings.seed or 0, rubric)
    gate = Gate(judge, settings.min_score or 0.0, settings.judge_on or MEAN, mends=settings.mode != "simulate")

    def samples(seats: Seating) -> Iterator[Sample]:
        for sample in parts.samples(seats):
            if sample.purpose not in ("reply", "script", "assistant"):
                yield sample
                continue
            # What scores too low is written once more, with the judge's reason, and judged anew.
            mended = 1.0 if gate.mends else 0.0
            yield replace(sample, mended=mended)
            yield replace(judge_sample(judge, sample), mended=mended)

    return replace(
        parts,
        steps=[*parts.steps, gate],
        prompts=prompts_for(job.spec_path, [*parts.templates, *templates]),
        samples=samples,
        templates=[*parts.templates, *templates],
    )


def pair_parts(job: Job, styles: Mapping[str, Style]) -> PairParts:
    """Return the parts of a run of messages and their replies. Raises as `parts_of`."""
    spec, seed = job.spec, job.settings.seed or 0
    templates = _names(spec, [(spec.query.template, styles["query"]), (spec.reply.template, styles["reply"])])
    prompts = prompts_for(job.spec_path, templates)
    exemplars = Exemplars(spec, seed, plain=styles["query"].plain)
    query = Query(spec, prompts, styles["query"], seed, exemplars.pick)
    reply = Reply(spec, prompts, styles["reply"], seed)
    size = batch_size(job.settings, spec, styles["query"])
    return PairParts(
        spec,
        prompts,
        Examiner(spec, plain_stages(styles), str(job.spec_path)),
        exemplars,
        (query, reply),
        lambda seats: QuotaLoop(query, seats, size),
        lambda seats: sample_calls(query, reply, seats, size),
        templates,
        spec.repairs,
        query,
        reply,
    )


def _talk_parts(job: Job, styles: Mapping[str, Style]) -> Parts:
    """Return the parts of a run of conversations."""
    spec, settings, seed = job.spec, job.settings, job.settings.seed or 0
    user, assistant = styles["query"], styles["reply"]
    writer = style_for(settings, "conversation", assistant.plain)
    folders: list[tuple[str, Style]]
    match settings.mode:
        case "simulate":
            folders = [("user_turn", user), ("assistant_turn", assistant)]
        case "expand":
            folders = [(EXPAND, writer)]
        case "memo":
            folders = [(MEMO, writer), (FROM_MEMO, writer)]
        case _:
            folders = [(SCRIPT, writer)]
    templates = _names(spec, folders)
    prompts = prompts_for(job.spec_path, templates)
    steps: list[Speaker | Memo | Script]
    match settings.mode:
        case "simulate":
            steps = [
                Speaker(spec, prompts, user, seed, "user"),
                Speaker(spec, prompts, assistant, seed, "assistant"),
            ]
        case "memo":
            steps = [
                Memo(spec, prompts, writer, seed, lambda slot: _material(job, slot).memo),
                Script(spec, prompts, writer, seed, FROM_MEMO, lambda row: Material(memo=row.memo)),
            ]
        case "expand":
            steps = [Script(spec, prompts, writer, seed, EXPAND, lambda row: _material(job, row.slot))]
        case _:
            steps = [Script(spec, prompts, writer, seed)]
    return Parts(
        spec,
        prompts,
        Examiner(spec, plain_stages(styles), str(job.spec_path)),
        Exemplars(spec, seed),
        steps,
        lambda seats: FirstStep(steps[0], seats),
        lambda seats: sample_talks(steps, seats, seed),
        templates,
        spec.dialogue.repairs if settings.mode == "simulate" else spec.repairs,
    )


def seats_of(job: Job, totals: Sequence[int]) -> Quota | GivenSeats:
    """Return the seats of a run, all of them free."""
    if job.givens is not None:
        return GivenSeats(job.givens, job.kinds, totals)
    return Quota(Plan(job.spec, totals, job.settings.seed or 0, job.kinds), job.spec.drafts_per_row)


def plain_stages(styles: Mapping[str, Style]) -> dict[Stage, bool]:
    """Return of each stage whether its model is asked by examples alone."""
    talks = styles["reply"].plain
    return {"query": styles["query"].plain, "reply": talks, "turn": talks, "conversation": talks}


def purposes_of(settings: Settings) -> Sequence[str]:
    """Return what the calls of a run are for."""
    made: dict[str | None, tuple[str, ...]] = {
        None: ("query", "reply"),
        "simulate": ("user", "assistant"),
        "memo": ("memo", "script"),
    }
    return (*made.get(settings.mode, ("script",)), *(("judge",) if settings.judge_model else ()))


def _material(job: Job, slot: Slot) -> Material:
    assert job.givens is not None
    return job.givens.all[slot.seat].material


def _names(spec: Spec, folders: Sequence[tuple[str, Style]]) -> list[str]:
    return [template_name(folder, language, style.plain) for language in spec.languages for folder, style in folders]
