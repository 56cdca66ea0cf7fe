"""The public names of the package."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import synthgen


def test_public_names_are_sorted_and_each_has_one_home() -> None:
    assert synthgen.__all__ == sorted(synthgen.__all__)
    assert set(synthgen.__all__) == {*synthgen._HOMES, "__version__"}


@pytest.mark.parametrize("name", synthgen.__all__)
def test_public_name_is_what_its_home_calls_so(name: str) -> None:
    home = import_module(synthgen._HOMES.get(name, "synthgen"))
    assert getattr(synthgen, name) is vars(home)[name]


def test_unknown_name_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = synthgen.nonsense
    assert not hasattr(synthgen, "nonsense")


def test_dir_shows_public_names() -> None:
    assert set(synthgen.__all__) <= set(dir(synthgen))


def test_import_of_the_package_alone_loads_nothing_of_it() -> None:
    script = "import sys, synthgen; print(*sorted(name for name in sys.modules if name.startswith('synthgen')))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["synthgen"]
