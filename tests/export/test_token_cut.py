from __future__ import annotations

from pathlib import Path

import pytest
from export_trials import exported, lines, native_row
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from synthgen.errors import FileError
from synthgen.export.tokens import AROUND_A_TURN, TokenCounter
from synthgen.records import Turn

# Words of a turn of `export_trials`.
WORDS = 8


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    """A tokenizer with a token a word, saved with a length to cut to, as those of models often are."""
    made = Tokenizer(WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    made.pre_tokenizer = WhitespaceSplit()
    made.enable_truncation(3)
    made.enable_padding(length=50)
    made.save(str(tmp_path / "tokenizer.json"))
    return tmp_path / "tokenizer.json"


def test_tokens_are_those_of_the_texts_and_of_what_stands_around_them(tokenizer: Path) -> None:
    turns = [Turn("user", "one two three four five"), Turn("assistant", ""), Turn("user", "half \ud83d pair")]
    assert TokenCounter(tokenizer).counts(turns) == [AROUND_A_TURN + count for count in (5, 0, 3)]
    assert TokenCounter(tokenizer.parent).counts(turns) == TokenCounter(tokenizer).counts(turns)


def test_dialogues_are_cut_at_turns_and_counted(tokenizer: Path) -> None:
    rows = [native_row(1, turns=2), native_row(2, turns=6), native_row(3, turns=4)]
    turn = WORDS + AROUND_A_TURN
    record = exported(rows, "chat", max_tokens=5 * turn, tokenizer=tokenizer).record
    assert [len(each["messages"]) for each in lines("out/train.jsonl")] == [2, 4, 4]
    assert record["changed"] == {"cut": 1}
    assert record["settings"]["tokenizer"].startswith("sha256:")
    short = native_row(4, messages=[{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}])
    record = exported([*rows, short], "chat", max_tokens=2 * turn - 1, tokenizer=tokenizer).record
    assert record["left_out"] == {"too_long": 3}


def test_rows_that_are_split_are_cut_alike(tokenizer: Path) -> None:
    rows = [native_row(number, turns=2 + 2 * (number % 3)) for number in range(30)]
    cut = {"max_tokens": 4 * (WORDS + AROUND_A_TURN), "tokenizer": tokenizer}
    whole = exported(rows, "chat", **cut)
    wanted = lines(whole.paths[0])
    record = exported(rows, "chat", split={"train": 2.0, "test": 1.0}, **cut).record
    found = lines("out/train.jsonl") + lines("out/test.jsonl")
    assert record["splits"] == {"train": 20, "test": 10}
    assert record["changed"] == whole.record["changed"] == {"cut": 10}
    assert sorted(map(str, found)) == sorted(map(str, wanted))


def test_pairs_of_answers_are_never_cut(tokenizer: Path) -> None:
    rows = [native_row(1, scores={"mean": 3}), native_row(2, scores={"mean": 5})]
    rows[1]["messages"][0] = rows[0]["messages"][0]
    turn = WORDS + AROUND_A_TURN
    assert exported(rows, "dpo", max_tokens=2 * turn, tokenizer=tokenizer).record["rows"]["written"] == 1
    with pytest.raises(FileError, match="too_long 1"):
        exported(rows, "dpo", max_tokens=2 * turn - 1, tokenizer=tokenizer)


@pytest.mark.parametrize("content", ["", "{}", "no json", '{"version": "1.0", "model": {"type": "None"}}'])
def test_what_is_no_tokenizer_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(content)
    with pytest.raises(FileError, match="not a tokenizer"):
        TokenCounter(path)
    with pytest.raises(FileError, match="cannot be read"):
        TokenCounter(tmp_path / "missing.json")
