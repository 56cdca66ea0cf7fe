"""The gate: a judge's scores decide whether a finished row is good enough."""

from __future__ import annotations

from dataclasses import dataclass, replace

from synthgen.calls import Request
from synthgen.judging.verdict import Verdict, mean_points
from synthgen.records import Drop, Judgement, Row, Stage, State
from synthgen.rules.rubric import MEAN
from synthgen.steps.judge import Judge
from synthgen.steps.step import Context

# Why a row is dropped at the gate.
LOW_SCORE, JUDGE_FAILED = "low_score", "judge_failed"
# Answers without sound scores before a row is given up.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Gate:
    """Has a row judged, one call a run, and holds it up below `least` points.

    `on` is the metric that counts, or the mean of all. A row below is mended once, told the judge's reason, then
    dropped; one that `mends` nothing, such as a talk whose last turn alone could be said anew, is dropped at once.
    """

    judge: Judge
    least: float
    on: str = MEAN
    mends: bool = True
    purpose: str = "judge"
    makes: tuple[Stage, ...] = ()

    def is_due(self, row: Row) -> bool:
        return row.state is State.REPLIED and row.drop is None and row.judgement.scores is None

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request for a row's scores, and its template's name; every one has a seed of its own."""
        before = row.judgement
        return self.judge.request(row.messages, row.slot.cell.language, repeat=before.verdicts * TRIES + before.tries)

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row with its scores, or with the drop that they are."""
        reply = await ctx.generate(*self.request(row))
        verdict = self.judge.read(reply.text, reply.finish, row.messages, row.slot.cell.language)
        return self.judged(row, verdict)

    def judged(self, row: Row, verdict: Verdict) -> Row:
        """Return the row as a verdict leaves it."""
        before = row.judgement
        stage: Stage = "conversation" if row.slot.cell.turns else "reply"
        if not verdict.is_whole:
            tried = replace(row, judgement=replace(before, tries=before.tries + 1))
            if tried.judgement.tries < TRIES:
                return tried
            kinds = ", ".join(sorted(set(verdict.failures.values())))
            return replace(tried, drop=Drop(stage, JUDGE_FAILED, "The judge gave no sound scores.", kinds, False))
        scores = {name: score.points for name, score in verdict.scores.items()}
        judged = replace(row, judgement=Judgement(scores, before.verdicts + 1))
        points = mean_points(verdict) if self.on == MEAN else scores[self.on]
        if points is None or points >= self.least:
            return judged
        return replace(judged, drop=self._drop(stage, verdict, points, repairable=self.mends and before.verdicts == 0))

    def _drop(self, stage: Stage, verdict: Verdict, points: float, *, repairable: bool) -> Drop:
        weakest = min(verdict.scores.values(), key=lambda score: score.points)
        blamed = verdict.scores[self.on] if self.on != MEAN else weakest
        told = f"A judge gives it {blamed.points} for {blamed.metric}: {blamed.reason} Mend this, and keep the rest."
        return Drop(stage, LOW_SCORE, told, f"{self.on} {points:.2f}, {self.least:g} wanted", repairable)
