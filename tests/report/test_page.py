"""What stands on a report, and what must not."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from page_trials import SCRIPT, hostile_rows, write_rows, write_run

from synthgen.measures.shown import plain
from synthgen.pages.blocks import Picture, Samples, Table
from synthgen.pages.page import page, sections
from synthgen.pages.report import read_sides, report_figures, write_report
from synthgen.pages.samples import HIDDEN, dropped

RUN_SECTIONS = [
    "overview",
    "topics",
    "funnel",
    "balance",
    "lengths",
    "openings",
    "variety",
    "costs",
    "examples",
    "dropped",
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return write_run(tmp_path_factory.mktemp("run") / "tenants")


@pytest.fixture(scope="module")
def sides(run):
    return read_sides([run])


@pytest.fixture(scope="module")
def told(sides):
    return sections(sides)


def texts_of(whole):
    """Return what a reader of the page reads."""
    return html.unescape(re.sub(r"<[^>]+>", "", whole))


def test_a_run_has_all_sections_that_it_can_have(told):
    assert [section.anchor for section in told] == RUN_SECTIONS
    assert sum(isinstance(block, Picture) for section in told for block in section.blocks) == 11


def test_the_overview_and_the_funnel_tell_what_the_ledger_holds(sides, told):
    tiles = {tile.label: (tile.value, tile.note) for tile in told[0].blocks[0].tiles}
    assert tiles["accepted rows"] == ("24", "of 26 wanted")
    assert tiles["dropped"] == ("11", "31 % of 36 drafts")
    assert tiles["calls"] == ("30", "3,600 tokens")
    assert tiles["cost"][0] == "7.50"
    funnel = texts_of(told[2].blocks[0].svg)
    for step in ("drafts", "query: length", "10 (28 %)", "reply: banned opener", "surplus", "accepted", "24 (67 %)"):
        assert step in funnel
    remark = told[1].blocks[-1].text
    assert remark.startswith("2 rows are lacking; the topics' shares are 0.038 ")


def test_settings_that_are_paths_or_addresses_are_not_told(sides):
    whole = page(sides, "1.0")
    assert "example" not in texts_of(whole).replace("Examples", "")
    assert "/home/" not in whole
    assert "SECRET" not in json.dumps(report_figures(sides))
    assert "SECRET draft" in whole  # of a run that is not private dropped rows are shown


def test_dropped_rows_of_transcripts_are_shown_only_when_asked_for(tmp_path):
    folder = write_run(tmp_path / "sessions", recipe="summarize")
    write_report(read_sides([folder]), tmp_path / "report.html", "1.0")
    whole = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "SECRET" not in whole
    assert HIDDEN.format("transcripts") in texts_of(whole)
    assert "Said about it" in whole
    assert "10 rows" in texts_of(whole)
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0
    asked_for = dropped(read_sides([folder], with_dropped=True))
    assert "SECRET evidence" in asked_for.blocks[0].sides[0][0].why


def test_a_killed_run_without_a_dataset_is_told_from_its_ledger(sides):
    assert sides[0].portrait.rows == 24
    assert sides[0].portrait.facets["tone"].counts() == {"calm": 12, "upset": 12}


def test_a_dataset_is_read_in_place_of_the_ledger(run, tmp_path):
    folder = write_run(tmp_path / "judged", recipe="judge")
    rows = [{"query": f"Message {n}", "reply": f"Reply {n}", "scores": {"fit": n}} for n in range(1, 11)]
    write_rows(folder / "dataset.jsonl", rows)
    reading = {"scores": 10, "failures": {"refused": 2}, "quotes_found": 9}
    (folder / "scores.json").write_text(json.dumps({"scale": [1, 10], "metrics": {"fit": reading}}))
    side = read_sides([folder])[0]
    scores = next(section for section in sections([side]) if section.anchor == "scores")
    tables = {block.title: block.rows for block in scores.blocks if isinstance(block, Table)}
    assert tables["In figures"][0][:2] == ("fit", "5.50")
    assert tables["What the judge gave"] == [("fit", "10", "2", "90 %")]


def test_files_are_compared_side_by_side(tmp_path, run):
    rows = [{"topic": "Rent", "query": f"Where is number {n}?", "reply": f"There, {n}."} for n in range(30)]
    sides = read_sides([run, write_rows(tmp_path / "others.jsonl", rows)])
    told = {section.anchor: section for section in sections(sides)}
    whole = page(sides, "1.0")
    assert "tenants" in whole
    assert "others.jsonl" in whole
    assert len(told["overview"].blocks) == 3
    topics = texts_of(told["topics"].blocks[0].svg)
    assert "12 (50 %) of 14" in topics
    assert "30 (100 %)" in topics
    samples = {block.title: block.sides for block in told["examples"].blocks if isinstance(block, Samples)}
    assert [len(rows) for rows in samples["Rent"]] == [3, 3]
    assert [len(rows) for rows in samples["Noise"]] == [3, 0]
    near = next(block for block in told["variety"].blocks if isinstance(block, Table))
    assert [row[:3] for row in near.rows[:2]] == [("user, en", "tenants", "24"), ("user, en", "others.jsonl", "24")]
    figures = report_figures(sides)
    assert (figures["name"], figures["compare"]["name"]) == ("tenants", "others.jsonl")
    assert figures["compare"]["run"] is None


def test_two_sides_of_one_name_are_told_apart(tmp_path):
    rows = [{"query": "a", "reply": "b"}]
    places = [tmp_path / folder / "rows.jsonl" for folder in ("one", "two")]
    for place in places:
        place.parent.mkdir()
        write_rows(place, rows)
    assert [side.name for side in read_sides(places)] == ["rows.jsonl (1)", "rows.jsonl (2)"]


def test_an_empty_file_has_a_report(tmp_path):
    (tmp_path / "none.jsonl").write_text("")
    sides = read_sides([tmp_path / "none.jsonl"])
    assert [section.anchor for section in sections(sides)] == ["overview"]
    assert "none.jsonl" in page(sides, "1.0")


def test_hostile_rows_and_names_become_plain_text_and_little_of_it(tmp_path):
    run = write_run(tmp_path / "run<i>", evil=SCRIPT)
    whole = page(read_sides([write_rows(tmp_path / "<b>&.jsonl", hostile_rows()), run]), "1.0")
    assert not re.search(r"<(script|img|a href=['\"](?!#)|iframe|object|link)", whole)
    assert "onerror=" not in re.sub(r">[^<]*<", "><", whole)  # as text alone
    assert plain(SCRIPT) in texts_of(whole)
    assert "<title>&lt;b&gt;&amp;.jsonl and run&lt;i&gt;</title>" in whole
    assert "⟨U+202E⟩" in whole
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff\x00]", whole)
    assert re.search(r"1,0\d\d,\d{3} more characters", whole)
    assert len(whole.encode()) < 1_500_000
    assert whole.count("<details") == whole.count("</details>")
    assert whole.count("</style>") == 1
    whole.encode("utf-8")


def test_a_page_of_the_worst_rows_stays_small(tmp_path):
    rows = [{"topic": f"t{n}", "query": "'" * 6000, "reply": '"&' * 6000} for n in range(150)]
    whole = page(read_sides([write_rows(tmp_path / "quotes.jsonl", rows)]), "1.0")
    assert len(whole.encode()) < 5_000_000


def test_the_style_sheet_and_the_template_are_in_the_package():
    html_folder = Path(page.__code__.co_filename).parent / "html"
    assert {path.name for path in html_folder.iterdir()} == {"report.html.j2", "parts.html.j2", "report.css"}


def test_few_texts_are_said_to_be_too_few(tmp_path):
    talk = [{"role": "user", "content": "My rent went up."}, {"role": "assistant", "content": "Ask for the reason."}]
    few = write_rows(tmp_path / "few.jsonl", [{"id": n, "topic": "Rent", "messages": talk} for n in range(3)])
    (variety,) = [section for section in sections(read_sides([few])) if section.anchor == "variety"]
    assert [block.text for block in variety.blocks] == [
        "With fewer than 10 texts of one side in one language it is not told."
    ]
