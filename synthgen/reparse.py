"""The `reparse` recipe: a run read again by today's parser and filters, into a run folder of its own."""

from __future__ import annotations

import secrets
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from synthgen.engine.job import Job, prepare
from synthgen.engine.loop import blocking
from synthgen.engine.parts import PairParts, parts_of
from synthgen.engine.rereading import Reread, Rereader
from synthgen.engine.screen import Screen
from synthgen.engine.session import Session
from synthgen.engine.sides import is_plain, sides_of, styles_for
from synthgen.errors import RunError
from synthgen.filters import build_ceilings
from synthgen.formats.sources import DATASET
from synthgen.plan import Plan
from synthgen.quota import Quota
from synthgen.recipes import Result, begun
from synthgen.records import Row, State
from synthgen.settings import Settings
from synthgen.store.copying import copy_calls
from synthgen.store.ledger import Ledger

# Rows committed together: small enough for memory, large enough for the disk.
COMMITTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reparsed:
    """The new run, and how many rows stood so before and stand so now, as `fate_of` says it."""

    result: Result
    fates: Counter[tuple[str, str]]


def reparse(folder: Path, out: Path) -> Reparsed:
    """Read a run's stored answers with today's parser, spec and filters. Nothing is asked of a model.

    The run in `folder` stays as it is. `out`, a new folder, gets a run with the same calls and every row judged
    anew; `generate` on it fills the seats that are open then. What a judge or a model of `--embedding` found of a text
    holds while it is the same; rows that they have not seen wait for `generate` to ask them. Raises a SynthgenError.
    """
    return blocking(_reparse(folder, out))


def fate_of(row: Row | None) -> str:
    """Return how a row stands, in a few words."""
    if row is None:
        return "not seen"
    if row.drop is None:
        return str(row.state)
    return f"{row.state if row.state is State.DROPPED else 'to be mended'}: {row.drop.reason}"


async def _reparse(folder: Path, out: Path) -> Reparsed:
    with closing(Ledger(folder, write=False)) as old:
        job = prepare(Settings(), folder)
        settings = job.settings
        if settings.mode is not None:
            raise RunError(
                f"{folder}: holds conversations, and only pairs can be read again.",
                hint="`synthgen filter` asks today's filters about its dataset.jsonl.",
            )
        run = secrets.token_hex(4)
        copy_calls(folder, out, run=run, reparsed_from=old.run)
        session = Session(out)
        try:
            rereader, totals = await _begun(job, session, run)
            fates: Counter[tuple[str, str]] = Counter()
            reread = rereader.read(old.histories, old.next_number())
            while chunk := list(islice(reread, COMMITTED_AT_ONCE)):
                await _committed(chunk, session.ledger, rereader.screen)
                fates.update((fate_of(each.before), fate_of(each.after)) for each in chunk)
            quota = Quota(Plan(rereader.query.spec, totals, settings.seed or 0), rereader.query.spec.drafts_per_row)
            quota.restore(session.ledger.slots())
            summary = await session.finish("done" if quota.is_full else "interrupted")
            return Reparsed(Result(out, out / DATASET, summary), fates)
        finally:
            session.close()


async def _begun(job: Job, session: Session, run: str) -> tuple[Rereader, list[int]]:
    """Return what reads the rows, for a run that has noted what it is read by, and the run's totals."""
    settings = job.settings
    styles = styles_for(settings, {side: is_plain(settings, side) for side in sides_of(settings)})
    parts, spec = parts_of(job, styles), job.spec
    assert isinstance(parts, PairParts), "conversations are refused"
    totals = await begun(session, job, parts, fakes=[], accept_changes=True)
    screen = Screen(spec, parts.examiner, build_ceilings(spec, styles["reply"].plain), session.ledger)
    asks_more = settings.judge_model is not None or settings.embedding is not None
    return Rereader(run, parts.query, parts.reply, screen, spec.repairs, asks_more), totals


async def _committed(chunk: list[Reread], ledger: Ledger, screen: Screen) -> None:
    await ledger.adopt([(each.after, each.calls) for each in chunk])
    for each in chunk:
        screen.committed(each.after)
