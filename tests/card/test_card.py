"""The card of an export: valid for the Hub, full of what was measured, and of nothing else."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub import DatasetCard

from synthgen.card.card import dataset_card
from synthgen.card.facts import Facts, facts_of
from synthgen.card.files import Kind, Written, WrittenFile
from synthgen.card.licenses import LICENSES
from synthgen.errors import UsageError
from synthgen.judge import judge
from synthgen.report.roles import Role
from synthgen.row_settings import JudgeSettings

COLUMNS: dict[str, Kind] = {"id": "text", "messages": [{"role": "text", "content": "text"}]}


def files_of(*rows: tuple[str, int]) -> list[WrittenFile]:
    return [
        WrittenFile(f"data/{split}-{at}.parquet", split, count, 1_234_567, "ab" * 32, COLUMNS)
        for at, (split, count) in enumerate(rows)
    ]


FILES = files_of(("train", 8), ("train", 2), ("test", 2))
NOTHING = Facts(cells={})


def card_of(
    *facts: Facts,
    written: Written | None = None,
    files: Sequence[WrittenFile] = FILES,
    license: str = "cc-by-4.0",
    name: str = "Ferry talks",
) -> str:
    return dataset_card(facts, files, license=license, name=name, written=written or Written())


def data_of(card: str) -> dict[str, Any]:
    """Read a card as the Hub's library does, which refuses and warns of what is not as it should be."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found: dict[str, Any] = yaml.safe_load(DatasetCard(card).data.to_yaml())
    return found


def cells_in(card: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in card.splitlines() if line.startswith("| ")]


def test_the_front_matter_is_what_the_hub_reads(run: Path) -> None:
    data = data_of(card_of(facts_of(run)))
    assert data == {
        "license": "cc-by-4.0",
        "language": ["en"],
        "pretty_name": "Ferry talks",
        "task_categories": ["text-generation"],
        "size_categories": ["n<1K"],
        "tags": ["synthetic", "synthgen"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": "train", "path": ["data/train-0.parquet", "data/train-1.parquet"]},
                    {"split": "test", "path": ["data/test-2.parquet"]},
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        (1, "n<1K"),
        (999, "n<1K"),
        (1_000, "1K<n<10K"),
        (9_775, "1K<n<10K"),
        (1_000_000, "1M<n<10M"),
        (2_000_000_000, "1B<n<10B"),
    ],
)
def test_the_size_is_one_of_the_hubs_classes(rows: int, size: str) -> None:
    assert data_of(card_of(NOTHING, files=files_of(("train", rows))))["size_categories"] == [size]


def test_languages_are_codes_those_of_most_rows_first() -> None:
    cells = {("A", "en"): 1, ("A", "zh-Hant"): 3, ("B", "zh"): 1, ("B", "Old Frisian"): 9, ("", ""): 9}
    assert data_of(card_of(Facts(cells=cells)))["language"] == ["zh", "en"]


def test_what_an_export_counted_goes_before_what_the_run_has(run: Path) -> None:
    card = card_of(facts_of(run), written=Written(cells={("Luggage", "zh"): 5}, left_out={"too_long": 7}))
    assert data_of(card)["language"] == ["zh"]
    assert ["Luggage", "5", "5"] in cells_in(card)
    assert ["too long", "7"] in cells_in(card)
    assert "Counted in what the rows were taken from" not in card


@pytest.mark.parametrize("license", ["", "CC-BY-4.0", "my own"])
def test_a_license_that_nobody_knows_is_refused(license: str) -> None:
    with pytest.raises(UsageError, match="is not a known license") as refused:
        card_of(NOTHING, license=license)
    assert set(LICENSES) == set(re.findall(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", refused.value.hint)) - {"known", "are"}


def test_a_run_tells_its_models_prompts_spec_and_what_it_took(run: Path) -> None:
    facts = facts_of(run)
    assert facts.summary is not None
    card = card_of(facts)
    rows = {row[0]: row[1:] for row in cells_in(card)}
    assert rows["written by"] == ["`scripted` (no real model)"]
    assert "models" not in rows
    assert rows["spec"] == ["`ferry_office`"]
    assert rows["its hash"] == [f"`{facts.spec['hash']}`"]
    assert rows["settings"] == ["n 12, seed 3, temperature 0.7"]
    assert rows["calls"] == [str(facts.summary.calls)]
    assert rows["tokens"] == [f"{facts.summary.prompt_tokens:,} in, {facts.summary.completion_tokens:,} out"]
    assert rows["cost at the prices given"] == [f"{facts.summary.cost:,.4f}"]
    for name, digest in facts.templates.items():
        assert rows[f"`{name}`"] == [f"`{digest}`"]
    assert "A trial, not for training" in card
    assert "What was asked for: What passengers ask at a ferry's \\*office\\*." in card


def test_each_model_is_told_by_what_it_did(run: Path) -> None:
    roles = (Role("made", ("big",)), Role("judged", ("big", "scripted"), ("scripted",)))
    card = card_of(replace(facts_of(run), roles=roles, fake=False))
    rows = {row[0]: row[1:] for row in cells_in(card)}
    assert (rows["written by"], rows["judged by"]) == (["`big`"], ["`big`, `scripted` (no real model)"])
    assert "A trial, not for training" not in card
    assert "**Judged by a scripted stand-in.**" in card


@pytest.mark.parametrize(
    ("roles", "title", "trial"),
    [
        ((Role("answered", ("s",), ("s",)), Role("judged", ("big",))), "answered and judged by models", True),
        ((Role("judged", ("big",)), Role("compared", ("big",))), "judged and compared by models", False),
        ((), "evaluate", False),
    ],
)
def test_an_evaluation_is_called_by_what_was_done_in_it(roles: tuple[Role, ...], title: str, trial: bool) -> None:
    card = card_of(Facts(cells={}, recipe="evaluate", run="ab12", roles=roles, fake=trial))
    assert f"## How it was made: {title}\n" in card
    assert ("A trial, not for training" in card) is trial
    assert "stand-in.**" not in card


def test_drops_are_told_with_their_reasons(run: Path) -> None:
    facts = facts_of(run)
    assert facts.summary is not None
    dropped = {"query.duplicate": 3, "reply.banned_opener": 2, "query.semantic_duplicate": 1}
    card = card_of(replace(facts, summary=replace(facts.summary, dropped=dropped, surplus=2, accepted=12, pending=0)))
    assert ["dropped", "query: duplicate", "3", "15.0%"] in cells_in(card)
    assert ["dropped", "reply: banned opener", "2", "10.0%"] in cells_in(card)
    assert ["surplus", "good, when its place was taken", "2", "10.0%"] in cells_in(card)
    assert "Dropped as duplicates: 4 of 20 rows begun." in card


def test_what_was_not_measured_is_not_in_it(run: Path) -> None:
    facts = facts_of(run)
    card = card_of(replace(facts, priced=False, risk=None, repaired=None, version="", created=""))
    for absent in ("cost", "risk", "mended", "begun |", "| synthgen |", "Scores", "interval", "transcripts"):
        assert absent not in card
    bare = card_of(NOTHING)
    assert "language" not in data_of(bare)
    assert [row[0] for row in cells_in(bare)] == [
        "split",
        "---",
        "`train`",
        "`test`",
        "column",
        "---",
        "`id`",
        "`messages`",
    ]
    assert "Who or what wrote some or all of the texts is not known" in bare
    assert "written by language models" not in bare


def test_scores_come_with_their_intervals(run: Path, tmp_path: Path) -> None:
    judge(JudgeSettings(origin=str(run), model="scripted"), tmp_path / "scored")
    facts = facts_of(tmp_path / "scored")
    card = card_of(facts)
    found = facts.scores["metrics"]["active_listening"]
    low, high = found["interval"]
    assert ["active listening", f"{found['mean']:.2f}", f"{low:.2f} to {high:.2f}", "12", "0", "0"] in cells_in(card)
    assert ["rubric", "`counseling7`"] in cells_in(card)
    assert card.index("written by models") < card.index("scored by models")
    assert card.count("Dropped as duplicates") == 1


def test_labels_are_told_by_field() -> None:
    found = {"filled": 9, "missing": {"unclear": 1}, "labels": {"Calm": 7, "Cross | or worse": 2}}
    notes = {"fields": {"user.emotion": found, "session.summary": {"filled": 10, "missing": {}}}}
    card = card_of(Facts(cells={}, recipe="annotate", notes=notes))
    assert "| user.emotion | 9 | 1 | Calm 7, Cross \\| or worse 2 |" in card
    assert "| session.summary | 10 | 0 |  |" in card


def test_tasks_make_it_a_dataset_for_classification_too() -> None:
    card = card_of(NOTHING, written=Written(tasks={"emotion": 4, "reply": 8}))
    assert data_of(card)["task_categories"] == ["text-generation", "text-classification"]
    assert ["emotion", "4"] in cells_in(card)


@pytest.mark.parametrize(
    ("source", "tag"), [("transcripts", "from-transcripts"), ("case reports", "from-case-reports")]
)
def test_private_sources_are_told_where_people_and_programs_look(source: str, tag: str) -> None:
    card = card_of(Facts(cells={}, private=source, models=("tiny",)))
    assert f"> **Made from {source}.**" in card
    assert tag in data_of(card)["tags"]
    assert "from real material" in card


def test_notes_on_risk_are_for_specs_that_have_it_found(run: Path) -> None:
    facts = facts_of(run)
    assert "signs of risk to life" in card_of(replace(facts, risk=3))
    assert "3 rows bear that flag" in card_of(replace(facts, risk=3))
    assert "risk" not in card_of(replace(facts, risk=None))


def test_the_code_of_the_card_knows_no_domain(run: Path) -> None:
    card = card_of(replace(facts_of(run), risk=1, repaired=2))
    assert not re.search(r"counsel|therap|client|patient|psycho|mental", card, re.IGNORECASE)


def test_texts_of_rows_and_specs_change_nothing_but_themselves() -> None:
    hostile = "</table><script>alert(1)</script>\n---\n# x | y\u202e`z` [a](javascript:b)"
    facts = Facts(
        cells={(hostile, "en"): 1},
        recipe="generate",
        run=hostile,
        created=hostile,
        version=hostile,
        models=(hostile,),
        templates={hostile: hostile},
        spec={"name": hostile, "hash": hostile},
        settings={"mode": hostile},
        content={"description": {"en": hostile}},
    )
    written = Written(left_out={hostile: 1}, settings={hostile: [hostile]}, tasks={hostile: 1}, changed={hostile: 1})
    card = card_of(facts, name=hostile, written=written)
    data = data_of(card)
    assert data["pretty_name"] == "</table><script>alert(1)</script> --- # x | y `z` [a](javascript:b)"
    body = card.partition("\n---\n\n")[2]
    assert "<" not in body
    assert "](" not in body.replace("\\](", "")
    assert "\u202e" not in card
    widths = [line.replace("\\|", "").count("|") for line in body.splitlines() if line.startswith("| ")]
    assert set(widths) <= {3, 4, 5}


def test_ten_thousand_topics_are_told_in_a_hundred_lines() -> None:
    cells = {(f"topic {number}", "en"): 1 + number % 7 for number in range(10_000)}
    card = card_of(Facts(cells=cells))
    rows = cells_in(card[: card.index("## Limits")])
    assert rows[-1][0] == "9,900 other topics"
    assert sum(int(row[-1].replace(",", "")) for row in rows[-101:]) == sum(cells.values())


def test_the_same_run_has_the_same_card(run: Path) -> None:
    assert card_of(facts_of(run)) == card_of(facts_of(run))
