"""Files that are damaged, made to harm or of another kind: a reason in a line each, and the rest goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading_trials import reason

from synthgen.errors import FileError
from synthgen.transcripts.apart import answer_for
from synthgen.transcripts.reading import READERS, read_transcripts
from synthgen.transcripts.transcript import Transcript, Unreadable

MB = 1 << 20
SUFFIXES = sorted(READERS)
MOST_MEMORY = 500 * MB


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_told(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.touch()
    assert reason(path)


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".png"])
def test_binary_content_is_told_and_not_quoted(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rRuth" + bytes(range(256)) * 50)
    assert "Ruth" not in reason(path)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".vtt", ".srt", ".json", ".csv", ".tsv"])
def test_a_zero_within_text_is_told(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"Coach: one\nClient: \0two\n")
    assert reason(path)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", "save it as .docx"),
        ("a.xlsx", "save it as .csv"),
        ("a.MP3", "Whisper"),
        ("a.jpg", "OCR"),
        ("a.zip", "unpack"),
        ("README", "known are .txt"),
    ],
)
def test_files_of_other_kinds_are_told_what_to_do(tmp_path, name, advice):
    path = tmp_path / name
    path.write_text("x")
    assert advice in reason(path)


def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    assert "not a file" in reason(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Coach: hi")
    path.chmod(0)
    assert "Permission denied" in reason(path)


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    for name in ("1.txt", "3.txt"):
        (tmp_path / name).write_text("Coach: Hello.\nClient: Hi.\n")
    (tmp_path / "2.json").write_text("[" * 100_000)
    (tmp_path / "4.bin").write_bytes(b"\0")
    found = list(read_transcripts([tmp_path]))
    assert [type(item) for item in found] == [Transcript, Unreadable, Transcript, Unreadable]


def test_a_file_that_goes_away_is_told(tmp_path):
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text("Coach: Hello.\nClient: Hi.\n")
    found = read_transcripts([tmp_path])
    next(found)
    (tmp_path / "2.txt").unlink()
    assert isinstance(next(found), Unreadable)


def test_a_path_that_does_not_exist_is_an_error_at_once(tmp_path):
    with pytest.raises(FileError):
        next(read_transcripts([tmp_path / "nowhere"]))


PIECES = st.sampled_from(
    [
        b"Coach: ",
        b"\n",
        b"\n\n",
        b"[00:01] ",
        b"00:00:01.000 --> 00:00:02.000\n",
        b"<v Ann>",
        b"WEBVTT\n\n",
        b">> ",
        b'{"messages": [',
        b'{"role": "a", "content": "b"}',
        b"]}",
        b",",
        b'"',
        b"speaker,text\n",
        b"\xff\xfe",
        b"\0",
        b"\x0c",
        "来访者：".encode(),
        b"\xb0\xa1",
        b"segments",
        b"NaN",
        b"\\ud800",
        b"Infinity",
        b"1e999",
        b"- ",
        b"**",
        b"[",
        b"\xef\xbb\xbf",
        b"\r",
        b"1\n",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
    ]
)
CONTENT = st.binary(max_size=400) | st.lists(PIECES, max_size=30).map(b"".join)


@pytest.mark.parametrize("suffix", [".txt", ".srt", ".json", ".jsonl", ".csv"])
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENT)
@example(content=b'[{"speaker": {"name": 3}, "text": {"a": [1]}}]')
@example(content=b'{"segments": [{"text": null, "speaker": true}]}')
@example(content=b'{"messages": {"0": 1}, "results": {"utterances": 3, "channels": [[]]}}')
def test_reading_never_raises_and_is_the_same_again(tmp_path, suffix, content):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    first = list(read_transcripts([path]))
    assert first
    assert first == list(read_transcripts([path]))
    for item in first:
        if isinstance(item, Transcript):
            json.dumps([(u.speaker, u.text) for u in item.utterances], ensure_ascii=False).encode("utf-8")
            assert all(utterance.text for utterance in item.utterances)
        else:
            assert "\n" not in item.reason


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENT)
def test_documents_of_any_bytes_have_an_answer(tmp_path, suffix, content):
    path = tmp_path / f"a{suffix}"
    path.write_bytes((b"%PDF-1.7\n" if suffix == ".pdf" else b"PK\x03\x04") + content)
    assert "reason" in answer_for(path)


# Files made for the memory: the largest that are read, and some that are not.
HEAVY = {
    "line.txt": lambda: b"a" * (100 * MB),
    "line.jsonl": lambda: b'"' + b"a" * (100 * MB),
    "line.csv": lambda: b"speaker,text" + b"a" * (20 * MB),
    "line.vtt": lambda: b"WEBVTT\n" + b"a" * (100 * MB),
    "labels.txt": lambda: "".join(f"A{n:06d}: 😀 {'x' * 40}\n" for n in range(60_000)).encode(),
    "long.txt": lambda: ("Coach: 😀" + "x" * 1_000_000 + "\n").encode() * 15,
    "lists.json": lambda: b"[" + b"[]," * 900_000 + b"[]]",
    "turns.json": lambda: b"[" + b",".join([b'{"text":"ab","role":"x"}'] * 120_000) + b"]",
    "wide.json": lambda: '[{"role":"a","content":"😀'.encode() + b"x" * (23 * MB) + b'"}]',
    "deep.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "rows.csv": lambda: b"speaker,text\n" + b"a,b\n" * 2_000_000,
}
MEASURED = """
import resource, sys
from pathlib import Path
from synthgen.transcripts.reading import read_transcripts
for item in read_transcripts([Path(sys.argv[1])]):
    print(type(item).__name__)
# What getrusage tells of a process itself begins with the memory of the one that started it.
status = Path("/proc/self/status")
own, started = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
if status.exists():
    own = int(status.read_text().split("VmHWM:")[1].split()[0])
print(max(own, started))
"""


def _measured(path: Path) -> tuple[set[str], int]:
    """Return what reading a file in a fresh process gives, and the largest memory of that process or of its own."""
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    *kinds, size = done.stdout.split()
    return set(kinds), int(size) * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("name", HEAVY)
def test_memory_stays_small_whatever_the_file(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HEAVY[name]())
    kinds, size = _measured(path)
    assert kinds <= {"Transcript", "Unreadable"}
    assert size < MOST_MEMORY
    path.unlink()


def test_memory_stays_small_for_a_document_that_unpacks_to_much(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("word/document.xml", b"<w:p/>" * (100 * MB // 6))
    assert _measured(path)[1] < MOST_MEMORY
