from __future__ import annotations

import re
from pathlib import Path

import pytest

from synthgen.filters import crisis, lexicon
from synthgen.filters.lexicon import Lexicon, read_lexicon

FILES = sorted(Path(crisis.__file__).parent.glob("lexicons/*/*.txt"))


def lexicon_of(tmp_path: Path, text: str) -> Lexicon:
    path = tmp_path / "tea_en.txt"
    path.write_text(text, encoding="utf-8")
    return read_lexicon(path)


def test_a_pattern_stands_under_its_anchors(tmp_path: Path) -> None:
    read = lexicon_of(tmp_path, "[signs]\ntea / coffee\n    hot <*>\n    <*> to go\n[look alikes]\ntea\n    sea tea\n")
    assert read.signs == {"tea": ["hot tea", "tea to go"], "coffee": ["hot coffee", "coffee to go"]}
    assert read.look_alikes == {"tea": ["sea tea"]}


def test_an_anchor_without_patterns_is_its_own(tmp_path: Path) -> None:
    assert lexicon_of(tmp_path, "[signs]\ntea / mate\ncoffee\n").signs == {
        "tea": ["tea"],
        "mate": ["mate"],
        "coffee": ["coffee"],
    }


def test_parts_may_hold_parts(tmp_path: Path) -> None:
    text = "[parts]\nHOT = (?:hot|warm)\nCUP = cup of\n     <HOT>\n[signs]\ntea\n    <CUP> tea (?P=x)(?<!<*>)\n"
    assert lexicon_of(tmp_path, text).signs == {"tea": ["cup of (?:hot|warm) tea (?P=x)(?<!tea)"]}


def test_long_lines_go_on(tmp_path: Path) -> None:
    text = "[signs]\ntea /\ncoffee\n    (?:hot\n        |warm) <*>\n    <*>\n"
    assert lexicon_of(tmp_path, text).signs == {
        "tea": ["(?:hot|warm) tea", "tea"],
        "coffee": ["(?:hot|warm) coffee", "coffee"],
    }


def test_an_anchor_may_end_in_a_space(tmp_path: Path) -> None:
    assert lexicon_of(tmp_path, "[signs]\ntea_\n    <*>cup\n").signs == {"tea ": ["tea cup"]}


def test_an_anchor_that_stands_twice_has_the_patterns_of_both(tmp_path: Path) -> None:
    assert lexicon_of(tmp_path, "[signs]\ntea\n    hot tea\nmate\ntea\n    iced tea\n").signs["tea"] == [
        "hot tea",
        "iced tea",
    ]


def test_a_part_that_nobody_told_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="HOT"):
        lexicon_of(tmp_path, "[signs]\ntea\n    <HOT> tea\n")


def test_the_example_reads_as_it_is_explained(tmp_path: Path) -> None:
    assert lexicon.__doc__ is not None
    example = re.sub(r"(?m)^ {4}", "", "\n".join(lexicon.__doc__.split("\n\n")[1:3]))
    assert lexicon_of(tmp_path, example).signs == {
        "hate myself": ["hate myself"],
        "so much": ["hurts so much"],
        "too much": ["hurts too much"],
        "myself": [
            r"\bi (?:cut|burn|starve) myself",
            r"\bi (?:want|need|long)(?: \w+)? to (?:cut|burn|starve) myself",
        ],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_that_ships_compiles_and_nothing_stays_unfilled(path: Path) -> None:
    read = read_lexicon(path)
    assert read.signs
    for anchor, patterns in [*read.signs.items(), *read.look_alikes.items()]:
        assert anchor.lstrip() == anchor != ""
        for pattern in patterns:
            assert not re.search(r"<[A-Z*]", pattern), pattern
            assert re.compile(pattern).groups == 0, pattern
