"""Packages that extras bring are imported when they are wanted, and what stands in the way is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthgen.errors import MissingExtraError
from synthgen.extras import late


def test_a_package_that_is_there_is_imported() -> None:
    assert late("synthgen.hashing", "json", "local", "a file").__name__ == "synthgen.hashing"
    assert late("json.decoder", "json", "local", "a file").__name__ == "json.decoder"


def test_one_that_is_not_there_names_its_extra() -> None:
    with pytest.raises(MissingExtraError) as told:
        late("not_there_at_all.parquet", "not_there_at_all", "parquet", "a.parquet")
    assert str(told.value) == (
        "a.parquet: the package not_there_at_all is not installed. Hint: pip install 'synthgen[parquet]'."
    )


@pytest.mark.parametrize("broken", ["import not_there_at_all", "raise OSError('no such library')"])
def test_one_that_does_not_load_is_told_so(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_extra.py").write_text(broken)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MissingExtraError, match=r"^--model m: the package broken_extra does not load: ") as told:
        late("broken_extra", "broken_extra", "local", "--model m")
    assert "--force-reinstall 'synthgen[local]'" in str(told.value)
