"""What was made from transcripts or case reports, in whatever form it is given: it is not sent, and not shown."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli_trials import Outcome
from judge_trials import write_rubric
from note_trials import native, write_rows
from note_trials import write_spec as write_house
from talk_trials import ENGLISH, composed, write_spec
from talk_trials import run as talk

from synthgen.backends.scripted import Scripted
from synthgen.calls import Request, Vector
from synthgen.cli.dedup import by_meaning
from synthgen.dedup.batch import dedup_files
from synthgen.errors import UsageError
from synthgen.recipes import generate
from synthgen.settings import Settings
from synthgen.store.ledger import Ledger
from synthgen.store.private import private_origin

Synthgen = Callable[..., Outcome]

# Kept for documents: nobody answers there, and the guard of the tests lets nothing get there.
AWAY = "http://192.0.2.1:9/v1"
TRANSCRIPTS = {"kind": "summarize", "transcript": 1}
COPIES = {
    "copy.jsonl": TRANSCRIPTS,
    "copy.csv": "summarize",
    "reports.jsonl": {"kind": "generate", "mode": "memo", "from": "report 1"},
    "expanded.jsonl": {"kind": "generate", "mode": "expand", "from": "1", "private": "transcripts"},
}
RUNS = ("private", "private/dataset.jsonl", "private/exports/rows.jsonl")
FORMS = (*RUNS, *COPIES, "-")

SENDING = {
    "expand": "generate --mode expand --from {origin} --topics harbour.yaml --model openai:m --base-url {away} --out o",
    "expand by meaning": "generate --mode expand --from {origin} --topics harbour.yaml --model scripted"
    " --embedding openai:m --embedding-base-url {away} --out o",
    "annotate": "annotate {origin} --spec house.yaml --model openai:m --base-url {away} --out o",
    "judge": "judge {origin} --rubric desk.yaml --model openai:m --base-url {away} --out o",
    "evaluate": "evaluate {origin} --questions asked.jsonl --rubric desk.yaml"
    " --model openai:m --base-url {away} --out o",
    "dedup by meaning": "dedup {origin} --embedding openai:m --embedding-base-url {away} --out o.jsonl",
}
WRITING = {
    "expand": "generate --mode expand --from {origin} --topics harbour.yaml --model scripted --out made/run -q",
    "annotate": "annotate {origin} --spec house.yaml --model scripted --out made/run -q",
    "judge": "judge {origin} --rubric desk.yaml --model scripted --out made/run -q",
    "evaluate": "evaluate {origin} --questions asked.jsonl --rubric desk.yaml --model scripted --out made/run -q",
    "export": "export {origin} --format alpaca --out made/alpaca --split 50/50 --license cc-by-4.0",
    "report": "report {origin} --out made/page.html",
    "dedup": "dedup {origin} --out made/kept.jsonl --dropped made/gone.jsonl --clusters made/alike.jsonl",
    "filter": "filter {origin} --spec harbour.yaml --out made/kept.jsonl --dropped made/gone.jsonl",
}


@pytest.fixture(scope="module")
def told_of_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run made from case reports, whose rows say nothing of it any more."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "cases").mkdir()
    for at in range(2):
        (folder / "cases" / f"{at}.txt").write_text(f"A sailor of ship {at} slept badly in spring.", "utf-8")
    made = talk(write_spec(folder, ENGLISH), folder / "private", mode="memo", origin=str(folder / "cases"))
    rows = [json.loads(line) | {"source": {}} for line in made.dataset.read_text(encoding="utf-8").splitlines()]
    write_rows(made.dataset, rows)
    (made.folder / "exports").mkdir()
    shutil.copy(made.dataset, made.folder / "exports" / "rows.jsonl")
    return made.folder


@pytest.fixture(autouse=True)
def _house(tmp_path: Path) -> Iterator[None]:
    """Have the specs beside the rows, and files that others may read unless the command minds."""
    write_house(tmp_path)
    write_rubric(tmp_path)
    write_spec(tmp_path, ENGLISH)
    usual = os.umask(0o022)
    yield
    os.umask(usual)


@pytest.fixture
def given(tmp_path: Path, told_of_reports: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Write an origin in one of its forms, with the questions that its rows answer; return its name."""

    def written(form: str, source: Any = TRANSCRIPTS) -> str:
        if form.startswith("private"):
            shutil.copytree(told_of_reports, tmp_path / "private")
            rows = [json.loads(line) for line in Path("private/dataset.jsonl").read_text("utf-8").splitlines()]
        else:
            said = COPIES.get(form, source)
            rows = [native(number, source=said) for number in (1, 2)]
            text = "".join(json.dumps(row) + "\n" for row in rows)
            if form == "-":
                monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
            elif form.endswith(".csv"):
                with Path(form).open("w", encoding="utf-8", newline="") as file:
                    table = csv.writer(file)
                    table.writerow(["id", "messages", "source"])
                    table.writerows([row["id"], json.dumps(row["messages"]), said] for row in rows)
            else:
                Path(form).write_text(text, encoding="utf-8")
        asked = [{"id": at, "question": row["messages"][0]["content"]} for at, row in enumerate(rows)]
        write_rows(Path("asked.jsonl"), asked)
        return form

    return written


def made_from_in(form: str) -> str:
    return "case reports" if form in (*RUNS, "reports.jsonl") else "transcripts"


def modes_in(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", SENDING)
def test_nothing_is_sent_to_a_model_elsewhere(
    synthgen: Synthgen, given: Callable[[str], str], command: str, form: str
) -> None:
    origin = given(form)
    refused = synthgen(*SENDING[command].format(origin=origin, away=AWAY).split())
    told = f"openai:m: is not on this machine, and rows made from {made_from_in(form)} would be sent to it."
    assert told in refused.error
    assert "--allow-remote" in refused.error
    assert refused.code == 2
    assert not list(Path().glob("o*"))


def test_case_reports_are_not_embedded_elsewhere(synthgen: Synthgen, told_of_reports: Path) -> None:
    said = ("generate", "--mode", "memo", "--topics", "harbour.yaml", "--model", "scripted", "--out", "out")
    cases = ("--from", told_of_reports.parent / "cases")
    refused = synthgen(*said, *cases, "--embedding", "openai:m", "--embedding-base-url", AWAY)
    assert "openai:m: is not on this machine, and case reports would be sent to it." in refused.error
    assert refused.code == 2
    assert not Path("out").exists()


@pytest.mark.parametrize("form", ["private", "private/dataset.jsonl", "copy.jsonl", "-"])
@pytest.mark.parametrize("command", WRITING)
def test_what_is_written_is_for_its_owner_alone(
    synthgen: Synthgen, given: Callable[[str], str], command: str, form: str
) -> None:
    Path("made").mkdir()
    told = synthgen(*WRITING[command].format(origin=given(form)).split())
    assert told.code == 0, told.err
    modes = modes_in(Path("made"))
    assert modes
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


@pytest.mark.parametrize("form", ["open.jsonl", "-"])
@pytest.mark.parametrize("command", WRITING)
def test_what_is_nobodys_secret_is_written_as_usual(
    synthgen: Synthgen, given: Callable[..., str], command: str, form: str
) -> None:
    Path("made").mkdir()
    told = synthgen(*WRITING[command].format(origin=given(form, {"kind": "generate"})).split())
    assert told.code == 0, told.err
    modes = modes_in(Path("made"))
    assert modes
    assert {path: oct(mode) for path, mode in modes.items() if mode != 0o644} == {}


def test_a_run_that_goes_on_keeps_its_files_though_its_origin_is_gone(
    synthgen: Synthgen, given: Callable[[str], str]
) -> None:
    origin = given("copy.jsonl")
    args = WRITING["judge"].format(origin=origin).split()
    Path("made").mkdir()
    assert synthgen(*args).code == 0
    Path(origin).unlink()
    for path in ("dataset.jsonl", "run.json", "verdicts.jsonl", "scores.json"):
        Path("made/run", path).unlink()
    assert synthgen("judge", "--out", "made/run", "-q").code == 0
    modes = modes_in(Path("made"))
    assert "made/run/verdicts.jsonl" in modes
    assert set(modes.values()) == {0o600}


def test_expanded_rows_say_what_they_come_from_wherever_they_go(
    synthgen: Synthgen, given: Callable[[str], str], tmp_path: Path
) -> None:
    Path("made").mkdir()
    assert synthgen(*WRITING["expand"].format(origin=given("copy.jsonl")).split()).code == 0
    shutil.copy("made/run/dataset.jsonl", "elsewhere.jsonl")
    refused = synthgen("judge", "elsewhere.jsonl", "--rubric", "desk.yaml", "--model", "openai:m", "--base-url", AWAY)
    assert "rows made from transcripts would be sent" in refused.error


@pytest.mark.parametrize("form", FORMS)
def test_an_export_says_what_it_was_made_from_and_is_not_published(
    synthgen: Synthgen, given: Callable[[str], str], form: str
) -> None:
    made = synthgen("export", given(form), "--format", "csv", "--license", "cc-by-4.0", "--out", "made")
    assert made.code == 0, made.err
    made_from = made_from_in(form)
    assert f"**Made from {made_from}.**" in Path("made/README.md").read_text(encoding="utf-8")
    refused = synthgen("push", "made", "--repo", "quay/desk", "--dry-run")
    assert f"made: was made from {made_from}, and is not published." in refused.error


def elsewhere(answer: Callable[[Request], Any], sent: list[Request]) -> Scripted:
    """Return a stand-in for a model on another machine, which notes what it is sent."""

    def noted(request: Request) -> Any:
        sent.append(request)
        return answer(request)

    model = Scripted(noted)
    model.local = False
    return model


def test_a_model_elsewhere_is_asked_only_where_that_is_allowed(given: Callable[[str], str], tmp_path: Path) -> None:
    settings = Settings(topics="harbour.yaml", mode="expand", origin=given("copy.jsonl"), seed=7)
    sent: list[Request] = []
    with pytest.raises(UsageError, match="rows made from transcripts would be sent"):
        generate(settings, tmp_path / "out", backend=elsewhere(composed, sent))
    assert sent == []
    made = generate(settings, tmp_path / "out", backend=elsewhere(composed, sent), allow_remote=True)
    assert made.summary.accepted == 2
    assert sent
    with closing(Ledger(made.folder, write=False)) as ledger:
        assert ledger.meta()["private"] == "transcripts"
    assert private_origin(made.folder) == private_origin(made.dataset) == "transcripts"


class Vectors:
    """A stand-in for an embedding model on another machine."""

    name, local = "far:m", False

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.closed = 0

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.texts += texts
        return [array("f", [1.0, float(at)]) for at in range(len(texts))]

    async def aclose(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("form", ["copy.jsonl", "-"])
def test_texts_are_embedded_elsewhere_only_where_that_is_allowed(given: Callable[[str], str], form: str) -> None:
    vectors = Vectors()
    origin = Path(given(form))
    with pytest.raises(UsageError, match="far:m: is not on this machine"):
        dedup_files([origin], compare=by_meaning(vectors, 0.99, [origin], allow_remote=False))
    assert (vectors.texts, vectors.closed) == ([], 1)
    given(form)
    dedup_files([origin], compare=by_meaning(vectors, 0.99, [origin], allow_remote=True))
    assert vectors.texts
    assert vectors.closed == 2
