"""What holds for every test: loopback only, a home and a working directory of its own, no keys from outside."""

from __future__ import annotations

import os
import pwd
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent
GUARD = Path(__file__).resolve().parent / "guard"

sys.path.insert(0, str(GUARD))

import guard  # noqa: E402  # the folder has to be on the path, as it is for the processes that tests start

# The same examples on every machine, and no failure for a slow one.
settings.register_profile("suite", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("suite")


def pytest_configure() -> None:
    """Put the guard on before any test file is read."""
    allowed = (REPOSITORY, Path(tempfile.gettempdir()).resolve(), Path(sys.prefix).resolve())
    os.environ[guard.HOME_VARIABLE] = os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir)
    os.environ[guard.ALLOWED_VARIABLE] = os.pathsep.join(map(str, allowed))
    guard.install()


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the suite, and what it starts, a home of its own and none of the developer's keys, proxies and settings."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.endswith("_API_KEY") or name.lower().endswith("_proxy") or name.startswith(("OPENAI_", "XDG_")):
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("PYTHONPATH", str(GUARD))
        yield


@pytest.fixture(autouse=True)
def _working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test in an empty folder."""
    monkeypatch.chdir(tmp_path)
