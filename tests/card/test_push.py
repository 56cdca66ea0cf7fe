"""A folder pushed to a stand-in of the Hub by the real library."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from card_trials import row, run_of, write_export
from hub_stand_in import OWNER, TOKEN, Hub, Repository

from synthgen.card.facts import Facts
from synthgen.card.push import push
from synthgen.errors import FileError, PublishError, UsageError
from synthgen.formats.sources import LEDGER

SENT = {"README.md", "croissant.json", "train.jsonl", "test.jsonl"}


def test_a_folder_becomes_a_private_repository_by_one_commit(hub: Hub, exported: Path) -> None:
    pushed = push(exported, "desk")
    repository = hub.repositories[f"{OWNER}/desk"]
    assert (pushed.repo, pushed.private, pushed.deleted) == (f"{OWNER}/desk", True, ())
    assert pushed.url == f"{hub.url}/datasets/{OWNER}/desk"
    assert repository.private
    assert repository.files == {name: (exported / name).read_bytes() for name in SENT}
    assert [commit["summary"] for commit in repository.commits] == ["4 files by synthgen"]


def test_it_is_public_only_where_that_is_said(hub: Hub, exported: Path) -> None:
    assert not push(exported, f"{OWNER}/open", public=True).private
    assert not hub.repositories[f"{OWNER}/open"].private


def test_a_public_repository_that_is_there_takes_nothing_meant_to_be_private(hub: Hub, exported: Path) -> None:
    hub.repositories[f"{OWNER}/open"] = Repository(private=False)
    with pytest.raises(PublishError, match="mira/open: is there already, and is public"):
        push(exported, "open")
    assert not hub.repositories[f"{OWNER}/open"].commits
    assert not push(exported, "open", public=True).private


def test_a_private_repository_that_is_there_stays_private(hub: Hub, exported: Path) -> None:
    hub.repositories[f"{OWNER}/desk"] = Repository(private=True)
    assert push(exported, "desk", public=True).private
    assert ("POST", "/api/repos/create") not in hub.asked


def test_rows_of_an_earlier_push_are_deleted_only_where_that_is_said(hub: Hub, exported: Path) -> None:
    earlier = {"data/train-00007.parquet": b"rows", "train.jsonl": b"older", "notes.md": b"by hand"}
    hub.repositories[f"{OWNER}/desk"] = repository = Repository(private=True, files=dict(earlier))
    with pytest.raises(PublishError, match=r"holds 1 files of rows .* such as data/train-00007\.parquet") as refused:
        push(exported, "desk")
    assert "--replace" in refused.value.hint
    assert repository.files == earlier
    assert push(exported, "desk", replace=True).deleted == ("data/train-00007.parquet",)
    assert repository.files.keys() == {*SENT, "notes.md"}
    assert len(repository.commits) == 1


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"whoami-v2": (401, "Invalid credentials")}, "the Hugging Face Hub does not know this token"),
        ({"repos/create": (403, "no rights")}, "desk: this token may not write there: no rights"),
        ({"repos/create": (409, "You already created this dataset repo")}, "changed by somebody else meanwhile"),
        ({"commit/main": (503, "overloaded")}, "answers HTTP 503: overloaded"),
        ({"commit/main": (404, "gone")}, "is not there, or is not yours to see: gone"),
        ({"preupload/main": (400, "bad sample")}, "answers HTTP 400: bad sample"),
    ],
)
def test_what_the_hub_refuses_is_told_in_a_line(
    hub: Hub, exported: Path, broken: dict[str, tuple[int, str]], said: str
) -> None:
    hub.broken = broken
    with pytest.raises(PublishError, match=said) as refused:
        push(exported, "desk")
    assert refused.value.hint
    assert "\n" not in str(refused.value)


def test_a_token_that_may_only_read_is_told(hub: Hub, exported: Path) -> None:
    hub.read_only = True
    with pytest.raises(PublishError, match="this token may not write there: You have read access only"):
        push(exported, "desk")


def test_another_owners_name_is_told(hub: Hub, exported: Path) -> None:
    with pytest.raises(PublishError, match="anna/desk: this token may not write there"):
        push(exported, "anna/desk")


def test_a_card_that_the_hub_does_not_take_is_told(hub: Hub, exported: Path) -> None:
    (exported / "README.md").write_text("# By hand\n", encoding="utf-8")
    with pytest.raises(PublishError, match=r"was not written: Invalid metadata in README\.md. - license is missing"):
        push(exported, "desk")


@pytest.mark.parametrize("name", ["a--b", "a/b/c", ".git", "x" * 200, "空"])
def test_a_name_that_no_repository_has_is_a_usage_error(hub: Hub, exported: Path, name: str) -> None:
    with pytest.raises(UsageError, match="--repo "):
        push(exported, name)
    assert not hub.repositories


def test_a_hub_that_is_not_there_is_told(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{held.getsockname()[1]}")
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        with pytest.raises(PublishError, match="cannot be reached"):
            push(exported, "desk")


def test_a_token_that_the_hub_does_not_know_is_told(hub: Hub, exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_thisOneIsNotKnown")
    with pytest.raises(PublishError, match="does not know this token") as told:
        push(exported, "desk")
    assert "HF_TOKEN" in told.value.hint


@pytest.mark.parametrize("path", ["commit/main", "preupload/main", "validate-yaml", "repos/create"])
def test_the_token_is_in_no_error_whatever_the_hub_sends_back(hub: Hub, exported: Path, path: str) -> None:
    hub.broken = {path: (400, f"Bearer {TOKEN} may not do that")}
    with pytest.raises(PublishError) as told:
        push(exported, "desk")
    assert TOKEN not in "".join(traceback.format_exception(told.value))


def test_rows_from_transcripts_are_not_published_unless_one_has_the_right(hub: Hub, tmp_path: Path) -> None:
    rows = [row(1, source={"kind": "generate"}), row(2, source={"kind": "summarize", "transcript": 3})]
    told = write_export(tmp_path / "told", {"train": rows})
    with pytest.raises(UsageError, match="told: was made from transcripts, and is not published") as refused:
        push(told, "desk")
    assert "--i-have-the-right" in refused.value.hint
    assert not hub.asked
    assert push(told, "desk", i_have_the_right=True).private


@pytest.mark.parametrize("source", ["transcripts", "case reports"])
def test_what_the_run_was_made_from_is_known_where_rows_do_not_say(hub: Hub, tmp_path: Path, source: str) -> None:
    silent = write_export(tmp_path / "silent", {"train": [row(1)]}, Facts(cells={}, private=source))
    with pytest.raises(UsageError, match=f"was made from {source}"):
        push(silent, "desk")
    assert not hub.asked


def test_conversations_from_case_reports_say_so_themselves(hub: Hub, tmp_path: Path) -> None:
    told = write_export(tmp_path / "told", {"train": [row(1, source={"kind": "generate", "mode": "memo"})]})
    with pytest.raises(UsageError, match="was made from case reports"):
        push(told, "desk")


def test_a_run_of_case_reports_is_refused_by_its_own_name(hub: Hub, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.txt").write_text("A passenger had lost a suitcase. We traced it within a week.", encoding="utf-8")
    told = run_of(tmp_path / "told", mode="memo", origin=str(reports), n=1)
    with pytest.raises(UsageError, match="told: was made from case reports, and is not published"):
        push(told, "desk", license="mit")
    assert not hub.asked


def test_what_has_changed_since_the_export_is_not_sent(hub: Hub, exported: Path) -> None:
    with (exported / "train.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row(9)) + "\n")
    with pytest.raises(FileError, match=r"train\.jsonl: is not what croissant\.json says of it"):
        push(exported, "desk")
    assert not hub.asked


@pytest.mark.parametrize("place", ["../beside.jsonl", "/etc/hostname", "link.jsonl"])
def test_nothing_from_outside_the_folder_is_sent(hub: Hub, exported: Path, place: str) -> None:
    (exported.parent / "beside.jsonl").write_text("{}\n", encoding="utf-8")
    (exported / "link.jsonl").symlink_to(exported.parent / "beside.jsonl")
    path = exported / "croissant.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["distribution"][0]["contentUrl"] = place
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(FileError, match="which is not in its folder"):
        push(exported, "desk")
    assert not hub.asked


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (
            lambda folder: [(folder / name).unlink() for name in ("croissant.json", "ledger.sqlite")],
            "neither a run nor",
        ),
        (lambda folder: (folder / "croissant.json").write_text("{", encoding="utf-8"), "cannot be read as JSON"),
        (lambda folder: (folder / "croissant.json").write_text("[]", encoding="utf-8"), "names no files"),
        (lambda folder: (folder / "README.md").unlink(), r"has no README\.md"),
        (lambda folder: (folder / "test.jsonl").unlink(), r"test\.jsonl: cannot be read"),
    ],
)
def test_a_folder_that_is_no_export_is_told(hub: Hub, exported: Path, spoilt: object, said: str) -> None:
    assert callable(spoilt)
    spoilt(exported)
    with pytest.raises(FileError, match=said) as refused:
        push(exported, "desk")
    assert "synthgen export" in refused.value.hint
    assert not hub.asked


ELSEWHERE = """
import os
from pathlib import Path
from synthgen.card.push import push
from synthgen.errors import PublishError

token = os.environ.pop("HF_TOKEN")
try:
    push(Path("exported"), "desk")
except PublishError as error:
    print(error)
os.environ["HF_TOKEN"] = token
print(push(Path("exported"), "desk").repo)
"""


def test_without_a_token_nothing_is_asked_and_large_files_go_by_large_file_storage(hub: Hub, exported: Path) -> None:
    """In a process of its own: where a login is kept, and which storage is used, the library reads when imported."""
    hub.large = (".jsonl",)
    home = {"HF_HOME": str(exported.parent / "home"), "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=exported.parent,
        env=os.environ | home,
        capture_output=True,
        text=True,
        check=True,
    )
    refused, repo = done.stdout.splitlines()
    assert refused.startswith("no token of the Hugging Face Hub is set. Hint: set HF_TOKEN")
    assert repo == f"{OWNER}/desk"
    assert hub.asked[0] == ("GET", "/api/whoami-v2")
    assert hub.asked.count(hub.asked[0]) == 1
    assert {path for method, path in hub.asked if method == "PUT"} == {f"/stored/{oid}" for oid in hub.stored}
    assert hub.repositories[repo].files["train.jsonl"] == (exported / "train.jsonl").read_bytes()


def test_a_run_is_exported_for_it_and_nothing_of_it_stays(hub: Hub, run: Path) -> None:
    pushed = push(run, "ferries", license="cc-by-4.0", split={"train": 9, "test": 3})
    files = hub.repositories[pushed.repo].files
    assert {name.partition("-")[0] for name in files} == {"README.md", "croissant.json", "data/train", "data/test"}
    assert b'pretty_name: "ferries"' in files["README.md"]
    assert not [*run.glob(".push*")]
    assert not (run / "README.md").exists()


@pytest.mark.parametrize(
    ("license", "said"), [("", "--license: a dataset that is published needs one"), ("mine", "is not a known license")]
)
def test_a_run_needs_a_license(hub: Hub, run: Path, license: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        push(run, "ferries", license=license)
    assert not hub.asked


def test_an_export_has_its_license_already(hub: Hub, exported: Path) -> None:
    with pytest.raises(UsageError, match="is exported already; --license and --split are for runs"):
        push(exported, "desk", license="mit")


def test_a_run_of_transcripts_is_not_published(hub: Hub, run: Path) -> None:
    with closing(sqlite3.connect(run / LEDGER, isolation_level=None)) as ledger:
        ledger.execute("INSERT OR REPLACE INTO meta VALUES ('private', 'true')")
    with pytest.raises(UsageError, match="was made from transcripts, and is not published"):
        push(run, "ferries", license="cc-by-4.0")
    assert not hub.asked
    assert not [*run.glob(".push*")]
