"""A row's story in lines of text: the row, the filters it met, the calls that made it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from textwrap import indent
from typing import Any

from synthgen.cli.figures import money
from synthgen.filters import named_checks
from synthgen.records import Candidate, Row, Stage
from synthgen.spec import Spec

# Of a prompt or an answer, unless everything is asked for.
FIRST_LINES = 4
FIRST_CHARS = 400
# Of a template's hash: enough to tell versions apart.
SHORT_HASH = len("sha256:") + 12


def row_lines(row: Row) -> Iterator[str]:
    """Yield what the row is, and the fault it was dropped for."""
    slot = row.slot
    yield f"row {row.id}: {row.state}" + (f" at the {row.drop.stage}: {row.drop.reason}" if row.drop else "")
    if row.drop:
        yield f"  {row.drop.detail}"
        if row.drop.evidence:
            yield f"  evidence: {row.drop.evidence}"
    yield (
        f"cell:    {slot.cell.told}, seat {slot.seat}, attempt {slot.attempt + 1}"
        if slot.seat >= 0
        else ("cell:    none, the model gave no slot number that was asked for")
    )
    yield f"facets:  {', '.join(f'{facet}: {value}' for facet, value in slot.facets.items()) or 'none'}"
    yield f"risk:    {'life may be at risk' if row.risk else 'none seen'}"
    yield f"repairs: {row.repairs} of its last text"
    for turn in row.messages:
        yield f"\n{turn.role}:"
        yield indent(turn.content, "  ")


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


def filter_lines(row: Row, meta: Mapping[str, Any], plain: bool) -> Iterator[str]:
    """Yield the filters of each stage that the row has a text for, asked once more by the spec of the run."""
    spec = Spec.model_validate(meta["content"])
    yield ""
    for stage, text in _texts(row):
        yield f"filters of the {stage}: {_verdict(row, stage, text, spec, plain)}"


def call_lines(call: Mapping[str, Any], verbose: bool) -> Iterator[str]:
    """Yield what a call was, and its prompt: the first lines, or all of it and the answer."""
    cost = f", cost {money(call['cost'])}" if call["cost"] else ""
    yield (
        f"\ncall {call['id']}: {call['purpose']} by {call['model']} ({call['backend']}), "
        f"{call['prompt_tokens']:,} tokens in, {call['completion_tokens']:,} out{cost}, "
        f"{call['seconds']:.2f} s, finish {call['finish']}"
    )
    yield f"  template {call['template']}@{call['template_hash'][:SHORT_HASH]}, sampling {call['sampling']}"
    for role, text in _prompt(call):
        yield f"  {role}:"
        yield indent(text if verbose else shortened(text), "    ")
    if verbose:
        yield "  answer:"
        yield indent(call["response"], "    ")


def shortened(text: str) -> str:
    """Return the first lines of a text, and how much is left out."""
    first = "\n".join(text[:FIRST_CHARS].splitlines()[:FIRST_LINES])
    return first if first == text else f"{first}\n... ({len(text) - len(first):,} more characters, see -v)"


def _texts(row: Row) -> Iterator[tuple[Stage, str]]:
    if row.query:
        yield "query", row.query
    if row.reply:
        yield "reply", row.reply


def _verdict(row: Row, stage: Stage, text: str, spec: Spec, plain: bool) -> str:
    is_last = stage == "reply" or not row.reply
    candidate = Candidate(
        stage=stage,
        text=text,
        language=row.slot.cell.language,
        query=row.query if stage == "reply" else "",
        finish=row.finish if is_last else "stop",
        risk=row.risk,
        page=row.page,
        cited=row.cited,
    )
    passed: list[str] = []
    for name, check in named_checks(spec, plain).items():
        if (drop := check(candidate)) is not None:
            return f"passed {', '.join(passed) or 'none'}; stopped by {name} as {drop.reason}"
        passed.append(name)
    if row.drop and row.drop.stage == stage:
        return f"passed {', '.join(passed)}; stopped as {row.drop.reason}"
    return f"passed {', '.join([*passed, 'duplicates'])}"


def _prompt(call: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the messages of a chat as (role, text), or the text that was gone on from."""
    if call["system_text"] is not None:
        yield "system", call["system_text"]
    if ".plain." in call["template"]:
        yield "text", call["prompt"]
    else:
        yield from json.loads(call["prompt"])
