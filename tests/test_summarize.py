"""The summarize recipe end to end: real files, ledger, templates and filters; only the model is scripted."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Request
from synthgen.errors import AuthError, FileError, RunChangedError, RunError, UsageError
from synthgen.settings import PageSettings
from synthgen.summarize import PageResult, summarize

TALK = """Coach Ruth Whitfield: Good morning. How has the week been since March 3rd?
Imre: Long. My mother came home from Saint Brigid's Hospital and gets up at night, so I sleep maybe four hours.
Coach Ruth Whitfield: That sounds exhausting. What did you do when it became too much?
Imre: I went out and stood in the garden until I was calm, then I made tea and said sorry to her.
Coach Ruth Whitfield: You could ask your sister Lena to take two nights a month. Write it down for her first.
Imre: She lives in Portland. Call me on 415-555-0132 or write to imre.kovacs@example.com if that changes.
"""
TALK_ZH = """咨询师：这一周睡得怎么样？
来访者：还是不好。我叫王秀兰，我妈妈出院回来以后，夜里总要起来三四次，我每天只能睡四个小时，白天上班一点精神都没有。
咨询师：听起来非常辛苦。您有没有想过请家里其他人一起分担一些晚上的照顾？
来访者：我弟弟在杭州市，他总说忙。您可以打我电话13812345678。
"""
SECRETS = [
    *("Whitfield", "Imre", "Brigid", "Lena", "Portland", "415-555-0132", "imre.kovacs@example.com", "March 3rd"),
    *("王秀兰", "杭州", "13812345678"),
]
WORDS = (
    "worry evening kitchen garden promise letter window anger shoulder pillow walk breath notice question share"
    " friend story burden table lamp river stone bread coat music answer"
).split()
HAN = "夜里总是醒来觉得很累想找人分担却开不了口担心自己撑下去身边没有可以商量心里又急又怕怎样才能好好休息慢慢来"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "transcripts"
    folder.mkdir()
    for number in range(1, 5):
        (folder / f"imre-{number}.txt").write_text(TALK.replace("week", f"week {'so ' * number}"), encoding="utf-8")
    (folder / "zh.txt").write_text(TALK_ZH, encoding="utf-8")
    return folder


def told(request: Request, length: int = 45, **changes: Any) -> str:
    """Answer as a model that tells each page in words of its own."""
    assert request.schema is not None
    numbers = request.schema["properties"]["rounds"]["items"]["properties"]["turns"]["items"]["enum"]
    dice = random.Random(f"{length} {prompt_of(request)}")
    if "来访者" in prompt_of(request):
        texts = ["我" + "".join(dice.choices(HAN, k=2 * length)) + end for end in "？。"]
    else:
        texts = [f"I think of {prose(dice, length)}{end}" for end in "?."]
    made = {"turns": numbers[:3], "question": texts[0], "answer": texts[1], **changes}
    return json.dumps({"rounds": [made]}, ensure_ascii=False)


def prose(dice: random.Random, length: int) -> str:
    small = ("the", "and my", "of a", "in the", "to her", "with your")
    return " ".join(f"{dice.choice(small)} {dice.choice(WORDS)}" for _ in range(length // 2))


def run(source: Path | None, out: Path, answer: Callable[[Request], str] = told, **options: Any) -> PageResult:
    accept = options.pop("accept_changes", False)
    settings = PageSettings(sources=(str(source),) if source else None, **options)
    return summarize(settings, out, backend=Scripted(answer), accept_changes=accept)


def rows_of(found: PageResult) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.result.dataset.read_text(encoding="utf-8").splitlines()]


LONG = prose(random.Random(5), 60)


def test_each_page_gives_a_row_that_says_where_it_came_from(folder: Path, tmp_path: Path) -> None:
    found = run(folder, tmp_path / "run")
    rows = rows_of(found)
    assert (found.transcripts, found.pages, found.unreadable) == (5, 5, ())
    assert found.result.summary.status == "done"
    assert Counter(row["language"] for row in rows) == {"en": 4, "zh": 1}
    sources = {row["source"]["transcript"]: row["source"] for row in rows}
    assert sources[1] == {
        "kind": "summarize",
        "fake": True,
        "transcript": 1,
        "page": 1,
        "sheet": 1,
        "turns": [1, 2, 3],
        "characters": [0, sources[1]["characters"][1]],
    }
    assert [[message["role"] for message in row["messages"]] for row in rows] == [["user", "assistant"]] * 5


def test_no_model_sees_who_it_is_about(folder: Path, tmp_path: Path) -> None:
    seen: list[str] = []

    def listening(request: Request) -> str:
        seen.append(prompt_of(request))
        return told(request)

    run(folder, tmp_path / "run", listening)
    assert len(seen) == 5
    assert not [secret for secret in SECRETS for prompt in seen if secret in prompt]
    assert any(("[CLIENT]" in prompt and "[COUNSELOR]" in prompt) or "[PERSON_1]" in prompt for prompt in seen)


def test_what_was_taken_out_is_in_the_private_table_and_nowhere_else(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    run(folder, out)
    with sqlite3.connect(out / "ledger.sqlite") as ledger:
        originals = {original for (original,) in ledger.execute("SELECT original FROM surrogates")}
        others = [name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        others = [name for name in others if name not in ("surrogates", "transcripts")]
        rest = "".join(str(row) for name in others for row in ledger.execute(f"SELECT * FROM {name}"))  # noqa: S608
    ledger.close()
    assert {"Lena", "Portland", "415-555-0132", "王秀兰"} <= originals
    said = capfd.readouterr()
    written = (out / "dataset.jsonl").read_text(encoding="utf-8") + (out / "run.json").read_text(encoding="utf-8")
    for secret in SECRETS:
        assert secret not in rest.replace("imre-", ""), secret
        assert secret not in written + said.out + said.err, secret


def test_files_are_for_their_owner_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(folder, out)
    assert out.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    beside = tmp_path / "beside"
    beside.touch()
    assert beside.stat().st_mode & 0o077  # the usual mask is back


def test_an_original_that_comes_back_is_mended_or_dropped(folder: Path, tmp_path: Path) -> None:
    def leaking(request: Request) -> str:
        mended = len(request.messages) > 2
        return told(request) if mended else told(request, answer=f"I would ask Lena about {LONG}.")

    found = run(folder / "imre-1.txt", tmp_path / "mended", leaking)
    assert found.result.summary.accepted == 1
    assert found.result.summary.calls == 2
    stubborn = run(
        folder / "imre-1.txt",
        tmp_path / "dropped",
        lambda request: told(request, question=f"I think of Lena and {LONG}?"),
    )
    assert stubborn.result.summary.dropped == {"query.private_original": 1}
    assert stubborn.result.summary.calls == 3


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"turns": [99]}, "ungrounded"),
        ({"turns": []}, "ungrounded"),
        ({"question": f"I have worried for 17 weeks now, about {LONG}?"}, "ungrounded"),
        ({"question": f"I think of {LONG} and stood in the garden until I was calm, then?"}, "copied_page"),
        ({"question": "Why?"}, "too_short"),
        ({"question": f"I sleep badly since [PERSON_1] came, and think of {LONG}?"}, "leak"),
    ],
)
def test_faults_are_told_mended_and_at_last_dropped(
    changes: dict[str, Any], reason: str, folder: Path, tmp_path: Path
) -> None:
    repairs: list[str] = []

    def faulty(request: Request) -> str:
        repairs.extend(turn.content for turn in request.messages[3:])
        return told(request, **changes)

    found = run(folder / "imre-1.txt", tmp_path / "run", faulty)
    assert found.result.summary.dropped == {f"query.{reason}": 1}
    assert len(repairs) == 2
    assert all("JSON" in repair for repair in repairs)


def test_pages_with_nothing_in_them_are_no_failures(tmp_path: Path) -> None:
    source = tmp_path / "talk"
    source.mkdir()
    (source / "a.txt").write_text("Coach: Hello?\nClient: Hello. Can you hear me?\nCoach: Yes.\n")
    (source / "b.txt").write_text(TALK)
    (source / "c.txt").write_text(
        "Client: " + "I talk and talk of the table and the lamp. " * 5 + "\nClient: And I go on with it. " * 5
    )
    found = run(source, tmp_path / "run", lambda request: '{"rounds": []}')
    assert found.result.summary.dropped == {"query.empty_page": 3}
    assert found.result.summary.calls == 1
    assert found.result.summary.status == "done"


def test_rounds_are_rows_of_their_own(folder: Path, tmp_path: Path) -> None:
    def two(request: Request) -> str:
        rounds = [json.loads(told(request, length=length))["rounds"][0] for length in (45, 60)]
        return json.dumps({"rounds": rounds})

    found = run(folder / "imre-1.txt", tmp_path / "run", two, rounds=3)
    assert found.result.summary.accepted == found.result.summary.wanted == 2
    assert found.result.summary.calls == 1


def test_lengths_language_and_wording_are_the_users_to_set(folder: Path, tmp_path: Path) -> None:
    one = folder / "imre-1.txt"
    assert run(one, tmp_path / "a", min_words=100).result.summary.dropped == {"query.too_short": 1}
    assert run(one, tmp_path / "b", min_words=20, min_words_both=400).result.summary.dropped == {
        "reply.joint_too_short": 1
    }
    kept = f"I think of {LONG} and stood in the garden until I was calm?"
    assert run(one, tmp_path / "c", lambda r: told(r, question=kept), copied_words=20).result.summary.accepted == 1
    asked: list[str] = []
    run(one, tmp_path / "d", lambda r: asked.append(prompt_of(r)) or told(r), languages="zh")  # type: ignore[func-returns-value]
    assert "用第一人称" in asked[0]


def test_a_run_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    out, answered = tmp_path / "run", []

    def failing(request: Request) -> str:
        answered.append(prompt_of(request))
        if len(answered) == 3:
            raise AuthError("no key")
        return told(request)

    stopped = summarize(PageSettings(sources=(str(folder),), concurrency=1), out, backend=Scripted(failing))
    assert stopped.result.summary.accepted < 5
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    again = run(None, out)
    # What was read is gone on with, without its files.
    assert again.result.summary.pending == 0
    assert again.result.summary.accepted == again.pages
    finished = run(None, out)
    assert finished.result.was_finished
    assert finished.result.summary.calls == again.result.summary.calls


def test_more_files_extend_a_run(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert run(folder, out).result.summary.accepted == 5
    (folder / "new.txt").write_text(TALK.replace("tea", "soup and bread"), encoding="utf-8")
    more = run(folder, out)
    assert more.result.summary.accepted == 6
    assert more.result.summary.calls == 6


def test_a_file_that_has_changed_stops_the_run_unless_accepted(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(folder, out)
    (folder / "imre-2.txt").write_text(TALK.replace("tea", "coffee"), encoding="utf-8")
    changed = run(folder, out)
    assert isinstance(changed.result.error, RunChangedError)
    assert run(folder, out, accept_changes=True).result.error is None


def test_other_settings_are_refused(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(folder, out)
    with pytest.raises(RunChangedError, match="page_tokens"):
        run(folder, out, page_tokens=300)


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n")
    found = run(folder, tmp_path / "run")
    assert found.result.summary.accepted == 5
    assert sorted(Path(name).name for name, _ in found.unreadable) == ["broken.pdf", "photo.png"]


def test_a_long_talk_is_cut_and_no_page_is_over_its_budget(tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    source.write_text("\n".join(TALK.splitlines() * 12), encoding="utf-8")
    lengths: list[int] = []

    def measuring(request: Request) -> str:
        page = request.messages[1].content
        lengths.append(len(page.split()))
        return told(request)

    found = run(source, tmp_path / "run", measuring, page_tokens=200, overlap=1)
    assert found.pages == len(lengths) > 5
    assert max(lengths) < 230


def test_a_model_elsewhere_is_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    remote = Scripted(told)
    remote.local = False
    out = tmp_path / "run"
    with pytest.raises(UsageError, match="not on this machine"):
        summarize(PageSettings(sources=(str(folder),)), out, backend=remote)
    assert not out.exists()
    lines: list[str] = []
    allowed = summarize(PageSettings(sources=(str(folder),)), out, backend=remote, allow_remote=True, tell=lines.append)
    assert allowed.result.summary.accepted == 5
    assert "is sent to scripted" in lines[0]


def test_user_errors_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no transcripts"):
        run(None, tmp_path / "run")
    with pytest.raises(FileError):
        run(folder / "none.txt", tmp_path / "run")
    with pytest.raises(UsageError, match="--terms"):
        run(folder, tmp_path / "run", terms=str(tmp_path / "none"))
    with pytest.raises(UsageError, match="--lang"):
        run(folder, tmp_path / "run", languages="fr")
    with pytest.raises(UsageError, match="--page-tokens"):
        run(folder, tmp_path / "run", page_tokens=5)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").touch()
    with pytest.raises(RunError, match="not a run"):
        run(folder, tmp_path / "other")


def test_terms_of_the_users_own_are_taken_out(folder: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("garden\n\ntea\n", encoding="utf-8")
    seen: list[str] = []
    run(folder / "imre-1.txt", tmp_path / "run", lambda r: seen.append(prompt_of(r)) or told(r), terms=str(terms))  # type: ignore[func-returns-value]
    page = seen[0].partition("The page:")[2]
    assert "garden" not in page
    assert "tea" not in page


def test_invented_names_stand_for_people(folder: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    run(folder / "imre-1.txt", tmp_path / "run", lambda r: seen.append(prompt_of(r)) or told(r), surrogates="names")  # type: ignore[func-returns-value]
    page = seen[0].partition("The page:")[2]
    assert "[" not in page.replace("[", "", 6)  # the numbers of the turns alone
    assert not [secret for secret in SECRETS if secret in page]


def test_the_same_files_give_the_same_pages(folder: Path, tmp_path: Path) -> None:
    def pages(out: Path) -> list[Any]:
        with sqlite3.connect(out / "ledger.sqlite") as ledger:
            found = (
                ledger.execute("SELECT * FROM pages").fetchall() + ledger.execute("SELECT * FROM surrogates").fetchall()
            )
        ledger.close()
        return found

    run(folder, tmp_path / "one", page_tokens=60, surrogates="names")
    run(folder, tmp_path / "two", lambda request: "no", page_tokens=60, surrogates="names", concurrency=2)
    assert len(pages(tmp_path / "one")) > 20
    assert pages(tmp_path / "one") == pages(tmp_path / "two")
