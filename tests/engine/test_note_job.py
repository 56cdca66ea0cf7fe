"""Which spec the rows of a run are labelled by, and own templates in a language that comes with none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from note_trials import SPEC, Recorded, native, run, told, write_rows, write_spec

from synthgen.annotate import annotate
from synthgen.engine.note_job import USUAL_SPEC, prepare_notes
from synthgen.errors import AuthError
from synthgen.recipes import generate
from synthgen.row_settings import NoteSettings
from synthgen.settings import Settings

TEMPLATES = Path(__file__).parents[2] / "templates"
GERMAN = ("Meine Kaution ist seit Mai nicht zurück.", "Haben Sie dem Vermieter schon geschrieben?")


def made(folder: Path, spec: str = SPEC) -> Path:
    """Return a run by a spec of its own."""
    return generate(Settings(topics=str(write_spec(folder, spec)), n=2, model="scripted"), folder / "made").folder


def named(origin: Path | str, out: Path | None = None, **said: Any) -> str:
    return prepare_notes(NoteSettings(origin=str(origin), **said), out).spec.name


def test_a_run_is_labelled_by_its_own_spec(tmp_path: Path) -> None:
    origin = made(tmp_path)
    assert named(origin) == "house_desk"
    assert named(origin, topics=USUAL_SPEC) == USUAL_SPEC
    assert named(origin / "dataset.jsonl") == USUAL_SPEC


def test_a_run_whose_spec_has_no_fields_is_labelled_as_files_are(tmp_path: Path) -> None:
    assert named(made(tmp_path, SPEC.partition("annotation:")[0])) == USUAL_SPEC
    assert named(write_rows(tmp_path / "rows.jsonl", [native(1)])) == USUAL_SPEC


def test_it_goes_on_by_that_spec_without_the_run_and_its_file(tmp_path: Path) -> None:
    origin, out, asked = made(tmp_path), tmp_path / "notes", [0]

    def stops(request: Any) -> None:
        asked[0] += 1
        if asked[0] > 2:
            raise AuthError("no key")

    first = annotate(NoteSettings(origin=str(origin)), out, backends=[Recorded(told, fail=stops)])
    assert first.result.error is not None
    origin.rename(tmp_path / "gone")
    (tmp_path / "house.yaml").unlink()
    found = annotate(NoteSettings(), out, backends=[Recorded()])
    assert found.result.error is None
    assert set(found.figures["fields"]) >= {"user.mood", "assistant.act"}
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["spec"]["name"] == "house_desk"


@pytest.mark.parametrize("language", [{"language": "de"}, {"language": None}])
def test_rows_are_asked_about_by_own_templates_in_their_language(tmp_path: Path, language: dict[str, Any]) -> None:
    own = tmp_path / "templates" / "annotate"
    own.mkdir(parents=True)
    text = (TEMPLATES / "annotate" / "en.j2").read_text(encoding="utf-8")
    (own / "de.j2").write_text(text.replace("{% block system %}", "{% block system %}AUF DEUTSCH "), encoding="utf-8")
    path = write_rows(tmp_path / "rows.jsonl", [native(1, *GERMAN) | language, native(2)])
    annotator = Recorded()
    found = run(path, tmp_path / "out", annotator)
    assert found.result.error is None
    german = ["AUF DEUTSCH" in prompt for prompt in annotator.prompts]
    assert [GERMAN[0] in prompt for prompt in annotator.prompts] == german
    assert sorted(set(german)) == [False, True]


def test_the_spec_that_a_dry_run_goes_by_has_its_templates(tmp_path: Path) -> None:
    job = prepare_notes(NoteSettings(origin=str(made(tmp_path))))
    assert job.spec_path == tmp_path / "house.yaml"
    assert job.settings.topics is None


def test_what_an_annotator_gave_is_filed_under_the_rows_own_name(tmp_path: Path) -> None:
    rows = [native(1) | {"id": 0}, native(2) | {"id": None}, native(3)]
    found = run(write_rows(tmp_path / "rows.jsonl", rows), tmp_path / "out", Recorded())
    lines = (found.result.folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["0", "2", "row-3"]
