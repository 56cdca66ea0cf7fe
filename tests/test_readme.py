"""The README's sessions and Python blocks, run as they stand; figures and ids may differ, words may not."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TALKS = Path(__file__).parents[1] / "docs" / "talks"
SYNTHGEN = str(Path(sys.executable).with_name("synthgen"))
DIGITS = re.compile(r"[\d,.]+")
SPACES = re.compile(r"[ ─]+")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def sessions() -> list[tuple[str, str]]:
    """Return each command of the console blocks with the output shown."""
    found = []
    for block in blocks("console"):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def lines(text: str) -> set[str]:
    """Return a text's lines without figures and alignment."""
    return {DIGITS.sub("#", SPACES.sub(" ", line)).strip() for line in text.splitlines()} - {""}


def test_the_sessions_print_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TALKS, tmp_path / "docs" / "talks")
    assert len(sessions()) >= 6
    for command, shown in sessions():
        words = shlex.split(command)
        assert words[0] == "synthgen"
        done = subprocess.run([SYNTHGEN, *words[1:]], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert lines(shown) == lines(done.stdout + done.stderr)


def test_the_python_blocks_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = blocks("python")
    exec(compile(block, "README.md", "exec"), {})
    assert re.fullmatch(r"20 outputs/tenant_advice-\S+/dataset\.jsonl\n", capsys.readouterr().out)


def test_every_link_leads_to_a_file() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (Path(__file__).parents[1] / target).exists()] == []
