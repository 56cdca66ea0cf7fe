from __future__ import annotations

from pathlib import Path

import pytest

from synthgen.sections import read_lists, read_sections


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("", {}),
        ("no section\n", {}),
        ("# For readers.\n\n[tea]\nblack\n\n# and\ngreen\n", {"tea": ["black", "green"]}),
        ("[tea]\nblack\n[milk]\n", {"tea": ["black"], "milk": []}),
        ("[tea]\nblack [hot]\n  [cold]\n", {"tea": ["black [hot]", "  [cold]"]}),
        ("[茶]\n红茶\n", {"茶": ["红茶"]}),
    ],
)
def test_a_section_holds_its_lines(tmp_path: Path, text: str, sections: dict[str, list[str]]) -> None:
    path = tmp_path / "words.txt"
    path.write_text(text, encoding="utf-8")
    assert read_sections(path) == sections


def test_lists_are_parted_by_spaces_or_by_slashes(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("[one]\nblack green\nwhite\n[longer]\nblack tea /\nmate / red tea\n[none]\n", encoding="utf-8")
    assert read_lists(path) == {
        "one": ["black", "green", "white"],
        "longer": ["black tea", "mate", "red tea"],
        "none": [],
    }
