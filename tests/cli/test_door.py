"""Every way in which a command can end badly, and what is said of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from synthgen.cli.door import pass_through, redacted, say_error
from synthgen.errors import AuthError, UsageError


def ending(error: BaseException) -> click.Command:
    @click.command()
    def end() -> None:
        raise error

    return end


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (UsageError("--n 0: no.", hint="say more."), 2, "Error: --n 0: no. Hint: say more.\n"),
        (AuthError("a key is wanted"), 1, "Error: a key is wanted.\n"),
        (AuthError("line one\r\n  line two\x1b[31m"), 1, "Error: line one line two?[31m.\n"),
        (click.UsageError("what?"), 2, "Error: what? Hint: see `synthgen --help`.\n"),
        (KeyboardInterrupt(), 130, "\nError: interrupted.\n"),
    ],
)
def test_told_errors_are_one_line(error, code, line, capfd: pytest.CaptureFixture[str]) -> None:
    assert pass_through(ending(error), []) == code
    assert capfd.readouterr().err == line


def test_the_return_value_is_the_exit_code() -> None:
    @click.command()
    def lacking() -> int:
        return 4

    assert pass_through(lacking, []) == 4


def test_a_bug_goes_to_a_log_file_without_keys_or_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "sk-very-secret")
    monkeypatch.setattr("sys.argv", ["synthgen", "--base-url", "http://me:pass@host/v1", "sk-very-secret"])
    cause = ValueError("what Imre said")
    error = KeyError("what Lena said")
    error.__cause__ = cause
    assert pass_through(ending(error), []) == 3
    said = capfd.readouterr().err
    (log,) = tmp_path.glob("synthgen-bug-*.log")
    assert said == f"Error: a bug in synthgen (KeyError). Hint: please report it with {log}.\n"
    text = log.read_text(encoding="utf-8")
    assert "http://[redacted]@host/v1 [redacted]" in text
    assert "sk-very-secret" not in text
    # Where it came from is told, and the kinds of errors; what they say may quote a transcript.
    assert "test_door.py" in text
    assert text.index("builtins.ValueError") < text.index("builtins.KeyError")
    assert "said" not in text.replace("said = ", "")


def test_a_bug_log_goes_elsewhere_when_the_folder_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert pass_through(ending(ValueError("odd")), []) == 3
    assert str(elsewhere) in capfd.readouterr().err
    assert len(list(elsewhere.iterdir())) == 1


def test_redaction_leaves_placeholders_and_other_variables_alone() -> None:
    environ = {"OPENAI_API_KEY": "none", "HF_TOKEN": "hf_abcdef", "HOME": "/home/someone"}
    assert redacted("none of hf_abcdef in /home/someone", environ) == "none of [redacted] in /home/someone"


def test_redaction_takes_the_longer_of_two_keys_whole() -> None:
    environ = {"A_API_KEY": "secret", "B_API_KEY": "secret-and-more"}
    assert redacted("secret-and-more", environ) == "[redacted]"


def test_an_error_is_never_more_than_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    say_error("a\n\n  b\u2028c\x07")
    assert capfd.readouterr().err == "Error: a b c?\n"


def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -c 'import sys; sys.stdin.readline()'"
    script = f"{sys.executable} -m synthgen topics show mentalchat33 | {command}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def ended(script: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which SYNTHGEN is the command."""
    script = script.replace("SYNTHGEN", f"{sys.executable} -m synthgen")
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("SYNTHGEN topics list >&-", "it is closed"),
        ("SYNTHGEN topics list >/dev/full", "No space left on device"),
        ("SYNTHGEN topics show mentalchat33 >/dev/full", "No space left on device"),
        ("SYNTHGEN --help >/dev/full", "No space left on device"),
    ],
)
def test_a_stdout_that_takes_nothing_is_told(script: str, why: str, tmp_path: Path) -> None:
    done = ended(script)
    wanted = f"Error: stdout: cannot be written: {why}. Hint: send it to a file or to another command.\n"
    assert (done.returncode, done.stderr) == (1, wanted)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "script",
    [
        "SYNTHGEN topics list >/dev/full 2>/dev/full",
        "SYNTHGEN topics list >&- 2>&-",
        "SYNTHGEN runs list . 2>/dev/full",
    ],
)
def test_nobody_is_there_to_be_told(script: str, tmp_path: Path) -> None:
    assert ended(script).returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_closed_stdin_holds_no_rows() -> None:
    done = ended("SYNTHGEN dedup - <&-")
    assert (done.returncode, done.stderr.count("Error: ")) == (1, 1)
    assert "stdin" in done.stderr


def test_talk_that_nobody_takes_ends_no_command() -> None:
    done = ended("SYNTHGEN generate --n 3 --model scripted --out run 2>/dev/full")
    assert (done.returncode, done.stdout) == (0, "run/dataset.jsonl\n")


def test_a_run_with_a_closed_stdout_keeps_its_rows(tmp_path: Path) -> None:
    done = ended("SYNTHGEN generate --n 3 --model scripted --out run --quiet >&-")
    assert done.returncode == 1
    assert "stdout: cannot be written" in done.stderr
    assert len((tmp_path / "run" / "dataset.jsonl").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(36, "File name too long", "x" * 300), f"Error: {'x' * 300}: File name too long. Hint: "),
        (OSError(40, "Too many levels of symbolic links", "loop"), "Error: loop: Too many levels of symbolic links."),
    ],
)
def test_a_name_that_no_file_can_have_is_told(
    error: OSError, says: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert pass_through(ending(error), []) == 1
    assert capfd.readouterr().err.startswith(says)
    assert list(tmp_path.iterdir()) == []


def test_another_refusal_of_the_system_is_a_bug(capfd: pytest.CaptureFixture[str]) -> None:
    assert pass_through(ending(PermissionError(13, "Permission denied", "there")), []) == 3
    assert pass_through(ending(OSError("odd")), []) == 3
    assert capfd.readouterr().err.count("a bug in synthgen") == 2
