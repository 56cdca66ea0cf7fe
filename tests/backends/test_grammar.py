"""The phrase files: tables whose entries can stand for each other, and patterns that name only these."""

from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.backends.grammar import grammar, read_phrases, write
from synthgen.text import count_units

LANGUAGES = ["en", "zh"]
PATTERNS = ["QUERY", "QUERY_END", "REPLY", "REPLY_END"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_of_a_table_differ_and_have_one_length(language: str) -> None:
    tables = {name: lines for name, lines in read_phrases(language).items() if name.islower()}
    for name, entries in tables.items():
        assert len({count_units(entry) for entry in entries}) == 1, name
        assert len(set(entries)) == len(entries) <= 256, name
    assert sum(map(len, tables.values())) > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_use_every_table_and_no_other(language: str) -> None:
    phrases = read_phrases(language)
    used = {name for kind in PATTERNS for line in phrases[kind] for _, name, _, _ in Formatter().parse(line) if name}
    unused = {name for name in phrases if name.islower()} - used
    assert used <= set(phrases)
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_as_long_as_they_say_whatever_is_picked(language: str) -> None:
    for voice in (grammar(language).query, grammar(language).reply):
        for sentence in voice.body + voice.ends:
            for pick in (0, 100, 255):
                assert count_units("".join(table[pick] for table in sentence.tables)) == sentence.units


@given(st.binary(max_size=20), st.integers(1, 300), st.integers(0, 100))
def test_writing_depends_on_the_key_alone(key: bytes, low: int, width: int) -> None:
    voice = grammar("en").reply
    assert write(voice, low, low + width, key) == write(voice, low, low + width, key)
