"""A row's story in lines of text: the row, the filters it met, the calls that made it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from textwrap import indent
from typing import Any

from synthgen.engine.plain_stages import plain_stages_in
from synthgen.engine.screen import candidate_of
from synthgen.filters import Check, named_checks
from synthgen.records import Candidate, Row, Stage, State
from synthgen.report.figures import money
from synthgen.spec import spec_of_run

# The purposes of calls by which two sides speak in turn.
SPEAKERS = ("user", "assistant")
# Of a prompt or an answer, unless everything is asked for.
FIRST_LINES = 4
FIRST_CHARS = 400
# Of a template's hash: enough to tell versions apart.
SHORT_HASH = len("sha256:") + 12


def row_lines(row: Row, repairs: int) -> Iterator[str]:
    """Yield what the row is, the fault it was dropped for, and how many repairs it had."""
    slot = row.slot
    yield from _state_lines(row)
    yield (
        f"cell:    {slot.cell.told}, seat {slot.seat}, attempt {slot.attempt + 1}"
        if slot.seat >= 0
        else ("cell:    none, the model gave no slot number that was asked for")
    )
    yield f"facets:  {', '.join(f'{facet}: {value}' for facet, value in slot.facets.items()) or 'none'}"
    yield f"risk:    {'life may be at risk' if row.risk else 'none seen'}"
    yield f"repairs: {repairs}"
    if row.memo:
        yield "\nmemo:"
        yield indent(row.memo, "  ")
    yield from _turn_lines(row)


def original_lines(row: Row, origin: str, named: str) -> Iterator[str]:
    """Yield a row of another file or run that something was asked about; `named` is its own id."""
    yield from _state_lines(row)
    yield f"from:    {origin}, its row {row.slot.seat}{f', {named}' if named else ''}"
    yield f"asked:   about {row.slot.cell.topic or 'no topic'}, in {row.slot.cell.language or 'no language'}"
    yield from _turn_lines(row)


def page_lines(row: Row, verbose: bool) -> Iterator[str]:
    """Yield the page that a row was made of, as the model was shown it; the turns that it names are marked."""
    if (page := row.page) is None:
        return
    sheet = f", from page {page.sheet} of its file on" if page.sheet > 1 else ""
    yield (
        f"\npage {page.part} of transcript {page.transcript}{sheet}: turns {page.turns[0].number} to "
        f"{page.turns[-1].number}, characters {page.start:,} to {page.end:,}"
    )
    for turn in page.turns:
        mark = "*" if turn.number in row.cited else " "
        text = turn.text if verbose else shortened(turn.text)
        yield indent(f"[{turn.number}]{mark} {turn.speaker or turn.role or '?'}: {text}", "  ")


def filter_lines(row: Row, meta: Mapping[str, Any]) -> Iterator[str]:
    """Yield the filters of each stage that the row has a text for, asked once more by the spec of the run."""
    spec = spec_of_run(meta)
    plain = plain_stages_in(spec, meta["templates"])
    yield ""
    for stage in _stages(row):
        told = "last turn" if stage == "turn" else stage
        # How the call of a message ended was not kept beyond the call of its reply.
        asked = replace(row, finish="stop") if stage == "query" and row.reply else row
        candidate = candidate_of(spec, asked, stage, meta["settings"]["seed"])
        yield f"filters of the {told}: {_verdict(row, candidate, named_checks(spec, plain[stage]))}"


def calls_lines(calls: Iterable[Mapping[str, Any]], verbose: bool, *, answers: bool = False) -> Iterator[str]:
    """Yield the lines of a row's calls in order, those of two sides that speak in turn by the turn that they said.

    With `answers` these are told as well, where the row's own texts do not show them.
    """
    turn, before = 0, ""
    for call in calls:
        side = call["purpose"] if call["purpose"] in SPEAKERS else ""
        # The sides take turns: a side that is asked again says its last turn anew.
        is_anew = bool(side) and side == before
        turn += bool(side) and not is_anew
        said = f"turn {turn}{' anew' if is_anew else ''}, " if side else ""
        yield from call_lines(call, verbose, said, answer=answers or verbose)
        before = side or before


def call_lines(call: Mapping[str, Any], verbose: bool, said: str = "", *, answer: bool) -> Iterator[str]:
    """Yield what a call was, and the first lines, or all, of its prompt and of the `answer` if that is wanted.

    `said` tells what it said of a conversation. Of a talk so far only the last message is told, unless all is.
    """
    cost = f", cost {money(call['cost'])}" if call["cost"] else ""
    yield (
        f"\ncall {call['id']}: {said}{call['purpose']} by {call['model']} ({call['backend']}), "
        f"{call['prompt_tokens']:,} tokens in, {call['completion_tokens']:,} out{cost}, "
        f"{call['seconds']:.2f} s, finish {call['finish']}"
    )
    yield f"  template {call['template']}@{call['template_hash'][:SHORT_HASH]}, sampling {call['sampling']}"
    messages = list(_prompt(call))
    if said and not verbose and (between := messages[1:-1]):
        messages = [messages[0], messages[-1]]
        yield f"  of {len(between) + 2} messages the first and the last, see -v"
    for role, text in messages:
        yield f"  {role}:"
        yield indent(text if verbose else shortened(text), "    ")
    if answer:
        yield "  answer:"
        yield indent(call["response"] if verbose else shortened(call["response"]), "    ")


def shortened(text: str) -> str:
    """Return the first lines of a text, and how much is left out."""
    first = "\n".join(text[:FIRST_CHARS].splitlines()[:FIRST_LINES])
    return first if first == text else f"{first}\n... ({len(text) - len(first):,} more characters, see -v)"


def _state_lines(row: Row) -> Iterator[str]:
    yield f"row {row.id}: {row.state}" + (f" at the {row.drop.stage}: {row.drop.reason}" if row.drop else "")
    if row.drop:
        yield f"  {row.drop.detail}"
        if row.drop.evidence:
            yield f"  evidence: {row.drop.evidence}"


def _turn_lines(row: Row) -> Iterator[str]:
    for turn in row.messages:
        yield f"\n{turn.role}:"
        yield indent(turn.content, "  ")


def _stages(row: Row) -> Iterator[Stage]:
    """Yield the stages that the row has a text for; of a conversation that is not whole, its last turn."""
    if row.slot.cell.turns:
        is_whole = row.state in (State.REPLIED, State.ACCEPTED) or (row.drop and row.drop.stage == "conversation")
        if row.messages:
            yield "conversation" if is_whole else "turn"
        return
    if row.query:
        yield "query"
    if row.reply:
        yield "reply"


def _verdict(row: Row, candidate: Candidate, checks: Mapping[str, Check]) -> str:
    """Return which checks a candidate passes, and what stops it: a check, or what the row was dropped for besides."""
    passed: list[str] = []
    for name, check in checks.items():
        if (drop := check(candidate)) is not None:
            return f"passed {', '.join(passed) or 'none'}; stopped by {name} as {drop.reason}"
        passed.append(name)
    is_it = row.drop is not None and (candidate.turns or row.drop.stage == candidate.stage)
    beyond = f"; stopped as {row.drop.reason}" if row.drop and is_it else ""
    return f"passed {', '.join(passed) or 'none'}{beyond}"


def _prompt(call: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the messages of a chat as (role, text), or the text that was gone on from."""
    if call["system_text"] is not None:
        yield "system", call["system_text"]
    if ".plain." in call["template"]:
        yield "text", call["prompt"]
    else:
        yield from json.loads(call["prompt"])
