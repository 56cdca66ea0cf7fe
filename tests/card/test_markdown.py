"""Texts of any make put into Markdown and YAML."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from synthgen.card.markdown import code, escaped, plain, table, yaml_lines

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Legal & Regulatory", "Legal &amp; Regulatory"),
        ("<script>alert(1)</script>", "&lt;script\\>alert(1)&lt;/script\\>"),
        ("a|b", "a\\|b"),
        ("*so* _so_ `so`", "\\*so\\* \\_so\\_ \\`so\\`"),
        ("[here](http://x.y)", "\\[here\\](http\\://x.y)"),
        ("www.x.y or a@b.c :smile:", "www\\.x.y or a\\@b.c \\:smile:"),
        ("two\nlines\r\n\tand more", "two lines and more"),
        ("\u202egnol", "gnol"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("0.1.0", "0.1.0"),
        ("---", "\\---"),
        ("15:30", "15:30"),
        ("# no heading", "\\# no heading"),
        ("押金 🙂", "押金 🙂"),
        ("", ""),
    ],
)
def test_a_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_text_without_end_is_cut() -> None:
    assert len(plain("x" * 2_000_000)) == 200
    assert plain("x" * 300, 1_000) == "x" * 300
    assert plain(" " * 5_000 + "x").endswith("…")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("openai/gpt-oss-120b", "`openai/gpt-oss-120b`"),
        ("sha256:ab12", "`sha256:ab12`"),
        ("a`b", "a\\`b"),
        ("<b>", "&lt;b\\>"),
        ("", ""),
    ],
)
def test_a_name_is_code_where_it_is_one(name: str, shown: str) -> None:
    assert code(name) == shown


@given(ANY)
def test_no_text_leaves_its_cell(text: str) -> None:
    made = table(["what", ">how many"], [(escaped(text), "1")])
    lines = made.split("\n")
    assert lines[:2] == ["| what | how many |", "| --- | --: |"]
    assert len(lines) == 3
    assert lines[2].replace("\\|", "").count("|") == 3
    assert "<" not in made


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,9}", fullmatch=True), st.one_of(ANY, st.lists(ANY, min_size=1)), max_size=3
    )
)
def test_yaml_gives_back_what_was_put_in(fields: dict[str, str | list[str]]) -> None:
    shown = {name: plain(said) if isinstance(said, str) else [*map(plain, said)] for name, said in fields.items()}
    # Keys such as "on" are no texts in YAML; those of a card are none of them.
    read = yaml.safe_load(yaml_lines((f"x_{name}", said) for name, said in shown.items()))
    assert (read or {}) == {f"x_{name}": said for name, said in shown.items()}


def test_lists_of_objects_are_yaml_too() -> None:
    configs = [{"config_name": "default", "data_files": [{"split": "train", "path": ["a.jsonl", "b.jsonl"]}]}]
    assert yaml.safe_load(yaml_lines([("configs", configs), ("size", 3)])) == {"configs": configs, "size": 3}
