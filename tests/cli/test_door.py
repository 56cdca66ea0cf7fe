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
