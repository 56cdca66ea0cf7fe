"""What the tests of conversations share: a spec of a small domain, made-up answers, and what is read of a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Reply, Request
from synthgen.hashing import seed_of
from synthgen.recipes import Result, generate
from synthgen.records import Row, State
from synthgen.settings import Settings
from synthgen.store.ledger import Ledger

SPEC = """
name: harbour_desk
languages: {en: 1, zh: 1}
roles: {user: sailor, assistant: pilot}
translations:
  zh: {sailor: 水手, pilot: 引航员, mood: 心境, brinesick: 咸苦, windless: 无风, debt: 欠款,
       owes the chandler: 欠着船具店, owes the sailmaker: 欠着帆匠,
       years: 年龄段, young: 年轻, old: 年长, visit: 来访, maiden call: 初航, return call: 返航}
topics:
  - {name: Moorings, weight: 2, names: {zh: 泊位}}
  - {name: Charts, weight: 1, names: {zh: 海图}}
facets: {years: {young: 1, old: 1}}
dialogue:
  turns: [4, 6]
  user_words: {en: [12, 60], zh: [12, 90]}
  assistant_words: {en: [15, 70], zh: [15, 110]}
  profile: {mood: [brinesick, windless], debt: [owes the chandler, owes the sailmaker]}
  plan: {visit: [maiden call, return call]}
  held_back: [debt]
  age_facet: years
  ages: {young: [21, 29], old: [61, 69]}
  names: {en: [Jory, Tamsin], zh: [小芹, 阿涛]}
  approaches:
    chartwork: {names: {zh: 海图法}, about: {en: Draw the course before the talk, zh: 先画航线再谈}}
    sextantry: {names: {zh: 提灯法}, about: {en: Light one step at a time, zh: 一次照亮一步}}
  phases:
    - name: casting off
      names: {zh: 解缆}
      about: {en: hear where she lies, zh: 听船在哪里}
      strategies: {en: [sounding], zh: [测深]}
    - name: making fast
      names: {zh: 系缆}
      about: {en: come to rest, zh: 停稳}
      strategies: {en: [knotting], zh: [打结]}
"""
ENGLISH = SPEC.replace("languages: {en: 1, zh: 1}", "languages: {en: 1}")

Answer = Callable[[Request], str | Reply]


def composed(request: Request) -> str:
    return compose(prompt_of(request), request.schema, seed_of(request.sampling.seed))


def write_spec(folder: Path, text: str = SPEC) -> str:
    path = folder / "harbour.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(spec: str, out: Path, answer: Any = composed, **options: Any) -> Result:
    fail = options.pop("fail", None)
    return generate(Settings(topics=spec, **{"seed": 7, **options}), out, backend=Scripted(answer, fail=fail))


def rows_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.dataset.read_text(encoding="utf-8").splitlines()]


def ledger_rows(folder: Path, *states: State) -> list[Row]:
    with closing(Ledger(folder, write=False)) as ledger:
        return list(ledger.rows(*states))


def calls_by_row(folder: Path, *states: State) -> Iterator[tuple[Row, list[dict[str, Any]]]]:
    """Yield each row with its calls as they stand in the ledger, in the order in which they were made."""
    with closing(Ledger(folder, write=False)) as ledger:
        for row in list(ledger.rows(*states)):
            yield row, [dict(call) for call in ledger.calls(int(row.id.rpartition("-")[2]))]


def talks(result: Result) -> list[list[tuple[str, str]]]:
    """Return the conversations of a run, each as (role, content)."""
    return [[(turn["role"], turn["content"]) for turn in row["messages"]] for row in rows_of(result)]
