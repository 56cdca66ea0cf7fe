"""Exports end to end: runs and files in, splits, system's words, tasks and evaluation sets."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from export_trials import exported, lines, native_row, talk, write_rows
from note_trials import Recorded, write_spec

from synthgen.annotate import annotate
from synthgen.errors import FileError, TemplateError, UsageError
from synthgen.export.annotation import with_annotation
from synthgen.export.layouts import LAYOUTS
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings, role_names, split_shares
from synthgen.recipes import generate
from synthgen.records import Annotation, Note
from synthgen.row_settings import NoteSettings
from synthgen.settings import Settings
from synthgen.spec import read_spec

RULES = read_spec(Path(__file__).parents[2] / "topic_specs" / "psy_insight.yaml").annotation
SPLIT = {"train": 8.0, "validation": 1.0, "test": 1.0}


def annotated(number: int) -> dict[str, Any]:
    turns = {1: {"emotion": Note(("Fear",))}, 2: {"strategy": Note(("Question",))}}
    return with_annotation(native_row(number), Annotation({}, turns), RULES)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return generate(Settings(topics="tenant_advice", n=20, model="scripted"), tmp_path / "trial").folder


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {"dpo"}))
def test_splits_hold_every_row_once_in_exact_shares(layout: str) -> None:
    record = exported([native_row(number) for number in range(40)], layout, split=SPLIT).record
    assert record["splits"] == {"train": 32, "validation": 4, "test": 4}
    assert record["rows"] == {"read": 40, "written": 40}
    assert record["split_plan"]


def test_near_duplicates_fall_on_one_side() -> None:
    rows = [native_row(number) for number in range(40)]
    twins = [{**row, "id": f"twin of {row['id']}", "messages": [
        {**turn, "content": turn["content"].replace(".", "!")} for turn in row["messages"]
    ]} for row in rows]  # fmt: skip
    exported(rows + twins, "hf", split={"train": 1.0, "test": 1.0})
    sides = []
    for split in ("train", "test"):
        table = pq.read_table(f"out/data/{split}-00000-of-00001.parquet")
        sides.append({name.rpartition(" ")[2] for name in table.column("id").to_pylist()})
    assert not sides[0] & sides[1]
    assert len(sides[0] | sides[1]) == 40


def test_rows_that_are_left_out_do_not_count_in_the_shares() -> None:
    rows = [native_row(number, turns=2 if number % 2 else 4) for number in range(40)]
    record = exported(rows, "mentalchat16k", split={"train": 9.0, "test": 1.0}).record
    assert record["splits"] == {"train": 18, "test": 2}
    assert record["left_out"] == {"more_than_a_pair": 20}


def test_rows_of_an_evaluation_set_are_left_out_and_told() -> None:
    rows = [native_row(number) for number in range(12)]
    held = write_rows(Path("exam.jsonl"), [native_row(5), {"question": talk(9)[0]["content"], "answer": "Other."}])
    record = exported(rows, "chat", decontaminate=(held,)).record
    assert record["left_out"] == {"contaminated": 2}
    told = lines("out/left_out.jsonl")
    assert [(each["id"], each["set"], each["row"]) for each in told] == [
        (rows[5]["id"], "exam.jsonl", 1),
        (rows[9]["id"], "exam.jsonl", 2),
    ]
    words = talk(5)[0]["content"]
    assert words not in Path("out/left_out.jsonl").read_text() + Path("out/train.jsonl").read_text()


def test_what_an_evaluation_set_holds_is_told_by_the_similarity_that_is_asked_for() -> None:
    rows = [native_row(number) for number in range(4)]
    words = talk(2)[0]["content"].split()
    held = write_rows(Path("exam.jsonl"), [{"question": " ".join([*words[:5], "clock", "spoon."])}])
    assert not exported(rows, "chat", decontaminate=(held,)).record["left_out"]
    record = exported(rows, "chat", decontaminate=(held,), similarity=0.7).record
    assert record["left_out"] == {"contaminated": 1}
    assert record["settings"]["similarity"] == 0.7


def test_the_system_is_kept_taken_away_or_told(run: Path) -> None:
    rows = [native_row(1), native_row(2, messages=[{"role": "system", "content": "Old words."}, *talk(2)])]

    def said(system: str | None, **more: Any) -> list[str | None]:
        exported(rows, "chat", system=system, **more)
        first = [record["messages"][0] for record in lines("out/train.jsonl")]
        return [message["content"] if message["role"] == "system" else None for message in first]

    assert said(None) == [None, "Old words."]
    assert said("none") == [None, None]
    assert said("New words.") == ["New words."] * 2
    Path("words.txt").write_text("Words of a file.\n", encoding="utf-8")
    assert said("@words.txt") == ["Words of a file."] * 2
    assert exported(rows, "chat", system="@words.txt").record["settings"]["system"] == "@words.txt"
    (words, again) = said("spec", spec="tenant_advice")
    assert words == again
    assert words is not None
    assert "adviser" in words
    export([run], ExportSettings("chat", system="spec"), Path("out"))
    assert {record["messages"][0]["content"] for record in lines("out/train.jsonl")} == {words}
    with pytest.raises(FileError, match=r"missing\.txt"):
        said("@missing.txt")
    with pytest.raises(UsageError, match="by which spec"):
        said("spec")
    rows[0]["language"] = "tlh"
    with pytest.raises(UsageError, match="'tlh'"):
        said("spec", spec="tenant_advice")


def test_runs_have_their_system_by_the_templates_beside_their_spec(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "templates" / "answer").mkdir(parents=True)
    (own / "templates" / "answer" / "en.j2").write_text(
        "{% block system %}You are our {{ roles.assistant }}.{% endblock %}{% block user %}{{ message }}{% endblock %}",
        encoding="utf-8",
    )
    settings = Settings(topics=str(write_spec(own)), n=2, languages="en", model="scripted")
    made = generate(settings, tmp_path / "made").folder
    # The second one knows its spec from the first.
    noted = annotate(NoteSettings(origin=str(made)), tmp_path / "noted", backends=[Recorded()]).result.folder

    def said(run: Path) -> str:
        export([run], ExportSettings("chat", system="spec"), Path("out"))
        (words,) = {record["messages"][0]["content"] for record in lines("out/train.jsonl")}
        return str(words)

    told = said(made)
    assert told.startswith("You are our ")
    assert said(noted) == told
    own.rename(tmp_path / "gone")
    assert not said(made).startswith("You are our ")


def test_tasks_are_mixed_in_shares_and_stay_on_the_side_of_their_dialogue() -> None:
    rows = [annotated(number) for number in range(40)]
    record = exported(
        rows, "hf", tasks="emotion=2,strategy=1", spec="psy_insight", split={"train": 3.0, "test": 1.0}
    ).record
    assert record["tasks"] == {"emotion": 40, "strategy": 20}
    assert record["sources"] == {"generate": 60}
    assert record["fake"] == 60
    sides = []
    for split in ("train", "test"):
        table = pq.read_table(f"out/data/{split}-00000-of-00001.parquet").to_pylist()
        assert {row["task"] for row in table} == {"emotion", "strategy"}
        sides.append({row["id"].removesuffix("-1").removesuffix("-2").rpartition("-")[0] for row in table})
    assert not sides[0] & sides[1]
    assert exported(rows, "chat", tasks="all", spec="psy_insight").record["rows"]["written"] == 120
    with pytest.raises(UsageError, match="--tasks"):
        exported(rows, "chat", tasks="dancing", spec="psy_insight")
    with pytest.raises(UsageError, match="by which spec"):
        exported(rows, "chat", tasks="all")


def test_a_run_and_files_of_any_make_are_written_together(run: Path, tmp_path: Path) -> None:
    packed = tmp_path / "others.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps({"question": "Why?", "answer": "Because."}).encode()))
    record = export([run, packed], ExportSettings("csv"), Path("out")).record
    assert record["origins"] == ["trial", "others.jsonl.gz"]
    assert record["rows"] == {"read": 21, "written": 21}
    assert record["sources"] == {"other": 1, "generate": 20}
    assert record["fake"] == 20


def test_nothing_of_where_rows_were_made_goes_out(run: Path, tmp_path: Path) -> None:
    secret = native_row(1, source={"kind": "summarize", "fake": False, "transcript": 4, "pages": ["Her own words"]},
                        cited=["Her own words"], memo="Her own words", facets={"name": "Her own words"})  # fmt: skip
    rows = write_rows(tmp_path / "rows.jsonl", [secret])
    for layout in sorted(set(LAYOUTS) - {"dpo"}):
        result = export([rows], ExportSettings(layout, spec=str(tmp_path / "spec.yaml")), Path("out"))
        whole = b"".join(path.read_bytes() for path in Path("out").rglob("*") if path.is_file())
        assert b"Her own words" not in whole
        assert str(tmp_path).encode() not in whole
        assert result.record["sources"] == {"summarize": 1}


def test_runs_of_different_specs_have_no_spec_in_common(run: Path, tmp_path: Path) -> None:
    other = generate(Settings(topics="3", n=5, model="scripted"), tmp_path / "other").folder
    with pytest.raises(UsageError, match="different specs"):
        export([run, other], ExportSettings("chat", tasks="all"), Path("out"))
    export([run, other], ExportSettings("chat", system="spec"), Path("out"))
    first = {record["messages"][0]["content"] for record in lines("out/train.jsonl")}
    assert len(first) == 2


def test_shares_are_read_as_they_are_typed() -> None:
    assert split_shares("90/5/5") == {"train": 90.0, "validation": 5.0, "test": 5.0}
    assert split_shares("80/20") == {"train": 80.0, "test": 20.0}
    assert split_shares("train=9, dev=0.5,test=0.5") == {"train": 9.0, "dev": 0.5, "test": 0.5}
    for text in ("90", "90/5/3/2", "90/x", "a=1,a=2", "Train=1", "90/-5/5", "train=inf", "../up=1,b=2", "=1"):
        with pytest.raises(UsageError, match="--split"):
            split_shares(text)


def test_names_of_the_sides_are_read_as_they_are_typed() -> None:
    assert role_names("user=Client,assistant=Counselor") == {"user": "Client", "assistant": "Counselor"}
    for text in ("Client", "system=S", "user=", "user=A,user=B", "user=A,assistant=A"):
        with pytest.raises(UsageError, match="--roles"):
            role_names(text)


def test_a_template_that_does_not_render_is_told() -> None:
    Path("templates/answer").mkdir(parents=True)
    Path("templates/answer/en.j2").write_text(
        "{% block system %}{{ nothing }}{% endblock %}{% block user %}{% endblock %}"
    )
    with pytest.raises(TemplateError, match=r"answer/en\.j2"):
        exported([native_row(1)], "chat", system="spec", spec="tenant_advice")
