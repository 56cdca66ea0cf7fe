"""`synthgen push` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_trials import Outcome, rows_of
from hub_stand_in import OWNER, TOKEN, Hub, Repository, standing_in

from synthgen.formats.sources import LEDGER

Synthgen = Callable[..., Outcome]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with standing_in() as standing:
        monkeypatch.setenv("HF_ENDPOINT", standing.url)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        yield standing


@pytest.fixture
def run(synthgen: Synthgen, spec: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    assert synthgen("generate", "--topics", spec, "--n", "12", "--model", "scripted", "--out", folder, "-q").code == 0
    return folder


def test_a_run_from_end_to_end(synthgen: Synthgen, hub: Hub, run: Path) -> None:
    done = synthgen("push", run, "--repo", "desk", "--license", "cc-by-4.0", "--split", "75/25")
    assert (done.code, done.out) == (0, f"{hub.url}/datasets/{OWNER}/desk\n")
    assert f"{OWNER}/desk: private, commit " in done.err
    repository = hub.repositories[f"{OWNER}/desk"]
    assert repository.private
    assert b'license: "cc-by-4.0"' in repository.files["README.md"]
    said = json.loads(repository.files["croissant.json"])
    assert {entry["contentUrl"] for entry in said["distribution"]} == {*repository.files} - {
        "README.md",
        "croissant.json",
    }
    assert said["description"].endswith("12 rows (9 in train, 3 in test).")
    assert TOKEN not in done.out + done.err


def test_a_dry_run_lists_what_would_be_sent(synthgen: Synthgen, hub: Hub, run: Path) -> None:
    done = synthgen("push", run, "--repo", "desk", "--license", "mit", "--public", "--dry-run")
    assert (done.code, done.out) == (0, "")
    for name in ("README.md", "croissant.json", "data/train-00000-of-00001.parquet", "in all"):
        assert name in done.err
    assert LEDGER not in done.err
    assert "nothing was sent; --repo desk would be public." in done.err
    assert not hub.asked


def test_rows_of_an_earlier_push_are_replaced_where_that_is_said(synthgen: Synthgen, hub: Hub, run: Path) -> None:
    hub.repositories[f"{OWNER}/desk"] = Repository(private=True, files={"old.csv": b"rows"})
    made = synthgen("push", run, "--repo", "desk", "--license", "mit")
    assert "holds 1 files of rows that this export does not have, such as old.csv" in made.error
    made = synthgen("push", run, "--repo", "desk", "--license", "mit", "--public", "--replace")
    assert "deleted old.csv" in made.err
    assert "It was private before and stays so" in made.err


def test_rows_from_transcripts_stay(synthgen: Synthgen, hub: Hub, run: Path) -> None:
    rows = [{**row, "source": {"kind": "summarize"}} for row in rows_of(run)]
    (run / "dataset.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    refused = synthgen("push", run, "--repo", "desk", "--license", "mit")
    assert refused.code == 2
    assert "run: was made from transcripts, and is not published." in refused.error
    assert "--i-have-the-right" in refused.error
    assert not hub.asked
    assert synthgen("push", run, "--repo", "desk", "--license", "mit", "--i-have-the-right").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--repo", "desk"], "--license: a dataset that is published needs one"),
        (["run", "--repo", "desk", "--license", "mine"], "--license mine: is not a known license"),
        (["run", "--repo", "desk", "--license", "mit", "--split", "x"], "--split x: 1 shares have no names"),
        (["run", "--repo", "a/b/c", "--license", "mit"], "--repo a/b/c: "),
        (["gone", "--repo", "desk"], "gone: no such run"),
        ([".", "--repo", "desk"], "is neither a run nor an export with a card"),
        (["run"], "Missing option '--repo'"),
    ],
)
def test_what_cannot_be_is_told(synthgen: Synthgen, hub: Hub, run: Path, arguments: list[str], said: str) -> None:
    assert said in synthgen("push", *arguments).error
    assert not hub.repositories


def test_a_token_that_is_not_known_is_told_without_it(
    synthgen: Synthgen, hub: Hub, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_thisOneIsNotKnown")
    done = synthgen("push", run, "--repo", "desk", "--license", "mit")
    assert (done.code, done.out) == (1, "")
    assert "does not know this token" in done.error
    assert "hf_thisOneIsNotKnown" not in done.err
