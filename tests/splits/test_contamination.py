"""Rows that evaluation sets hold are found, each with where it stands there."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from dedup_trials import matches_of
from rapidfuzz import fuzz
from split_trials import GLUE, distinct, edited, example, said

from synthgen.errors import FileError, UsageError
from synthgen.export.example import Example
from synthgen.splits.contamination import Contamination, Evidence, contaminated
from synthgen.text import normalize

QUESTION = (
    "Every Sunday my mother counts the spoons out loud while I dry the plates, and by the fifth one I want to leave "
    "the house for good. How do I tell her that I am moving out in May?"
)
QUESTION_ZH = "每到星期天妈妈就一边数勺子一边叹气，我擦着盘子只想离开这个家，可是五月要搬走的事我一直不敢开口跟她说。"


def found(examples: list[Example], *paths: Path, **options: float) -> Contamination:
    return contaminated(lambda: iter(examples), paths, **options)  # type: ignore[arg-type]


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def only(examples: list[Example], *paths: Path, **options: float) -> Evidence:
    (evidence,) = found(examples, *paths, **options).places.values()
    return evidence


def planted(rng: random.Random, exams: list[tuple[str, str]], count: int) -> tuple[list[Example], set[int]]:
    """Return rows of which one in five holds an evaluation row, as a near copy or as a passage."""
    rows = list(distinct(count, seed=rng.randrange(100), length=40))
    places = set()
    for place in rng.sample(range(count), count // 5):
        language, text = rng.choice(exams)
        own = said(rng, language, 40)
        if rng.random() < 0.5:
            while fuzz.ratio(normalize(text), normalize(copy := edited(rng, text, language, 0.3))) < 80:
                pass
            texts = [copy, own]
        else:
            pieces = text.split(" ") if language == "en" else list(text)
            length = rng.randint(13, 20) if language == "en" else rng.randint(20, 30)
            start = rng.randrange(len(pieces) - length + 1)
            passage = GLUE[language].join(pieces[start : start + length])
            texts = [own, f"{own} {passage} {said(rng, language, 20)}"]
            rng.shuffle(texts)
        rows[place] = example(place, *texts, language=language)
        places.add(place)
    return rows, places


def test_what_was_planted_is_found_and_next_to_nothing_else(tmp_path: Path) -> None:
    rng = random.Random(11)
    exams = [(language, said(rng, language, 45)) for language in ("en", "zh") for _ in range(100)]
    rows, places = planted(rng, exams, 1_000)
    file = written(tmp_path / "exam.jsonl", *({"id": at, "question": text} for at, (_, text) in enumerate(exams)))
    result = found(rows, file)
    assert len(places) == 200
    assert len(places & set(result.places)) / len(places) >= 0.99
    assert len(places & set(result.places)) / len(result.places) >= 0.99
    assert set(result.told["by_kind"]) == {"near_duplicate", "ngram"}
    assert result.told["by_file"] == {str(file): len(result.places)}
    assert result.told["rows"] == 1_000
    assert json.loads(json.dumps(result.told)) == result.told


def test_evidence_names_the_evaluation_row_and_what_is_shared(tmp_path: Path) -> None:
    file = written(
        tmp_path / "exam.jsonl", {"question": "Who mends the clock in the hall?"}, {"id": "q2", "question": QUESTION}
    )
    near = only(
        [example(0, QUESTION.replace("Sunday", "Monday"), "It sounds as if that counting is about more.")], file
    )
    assert (str(near.twin), near.kind, near.part) == (f"{file}:2 (q2)", "near_duplicate", "query")
    assert 0.9 < near.share < 1
    quoting = "A letter came in today. " + QUESTION[:110] + " That is what it said, and I have no answer yet."
    shared = only([example(0, "Good evening.", quoting)], file)
    assert (shared.twin, shared.kind, shared.part) == (near.twin, "ngram", "reply")
    assert shared.words == "every sunday my mother counts the spoons out loud while i dry the"
    assert 0 < shared.share < 0.5
    assert shared.as_json() == {
        "twin": {"file": str(file), "number": 2, "id": "q2"},
        "kind": "ngram",
        "part": "reply",
        "share": round(shared.share, 4),
        "words": shared.words,
    }


def test_chinese_is_measured_in_characters(tmp_path: Path) -> None:
    file = written(tmp_path / "exam.jsonl", {"question": QUESTION_ZH})
    assert (
        only([example(0, "有人写信来：" + QUESTION_ZH[:24] + "，后面的我不记得了，大概是想搬出去住。")], file).kind
        == "ngram"
    )
    assert not found(
        [example(0, "有人写信来：" + QUESTION_ZH[:15] + "，后面的我不记得了，大概是想搬出去住。")], file
    ).places


def test_a_short_text_is_looked_for_as_a_whole_unless_it_says_too_little(tmp_path: Path) -> None:
    file = tmp_path / "exam.txt"
    file.write_text("How long may grief for a dog last?\n\nWhat now?\n怎么跟三岁的孩子说爷爷去世了\n", encoding="utf-8")
    frame = "I was asked something by a neighbor yesterday. {} I had to think about it for a good while."
    evidence = only([example(0, frame.format("How long may grief for a dog last?"))], file)
    assert (evidence.twin.number, evidence.words, evidence.share) == (1, "how long may grief for a dog last", 1)
    assert (
        only(
            [example(0, "邻居昨天问我，怎么跟三岁的孩子说爷爷去世了，我想了很久也没有想出来该怎么说。")], file
        ).twin.number
        == 4
    )
    assert not found(
        [example(0, frame.format("What now?")), example(1, frame.format("How long may grief last?"))], file
    ).places
    # But what is all that a row asks is looked for among messages.
    assert only([example(0, "What now?", "Let us begin with what you would like.")], file).kind == "near_duplicate"


def test_a_short_reply_of_an_evaluation_row_counts_only_with_its_message(tmp_path: Path) -> None:
    file = written(tmp_path / "exam.jsonl", {"question": QUESTION, "answer": "Tell her today."})
    assert not found([example(0, "My brother owes me rent.", "Tell her today.")], file).places
    assert only([example(0, QUESTION, "Tell her today.")], file).share == 1


def test_rows_of_any_make_are_read_and_folders_whole(tmp_path: Path) -> None:
    folder = tmp_path / "sets"
    (folder / "deep").mkdir(parents=True)
    (folder / "README.md").write_text(QUESTION)
    (folder / ".hidden.txt").write_text(QUESTION)
    written(folder / "deep" / "choices.jsonl", {"stem": "Pick one", "choices": [{"text": QUESTION}, {"text": "None"}]})
    (folder / "talk.csv").write_text(f'id,input,output\n7,"{QUESTION_ZH}",好\n', encoding="utf-8")
    result = found([example(0, QUESTION), example(1, QUESTION_ZH), example(2, "Neither, thank you.")], folder)
    assert {place: (evidence.twin.file, evidence.twin.number) for place, evidence in result.places.items()} == {
        0: (str(folder / "deep" / "choices.jsonl"), 1),
        1: (str(folder / "talk.csv"), 1),
    }
    run = tmp_path / "run"
    run.mkdir()
    written(run / "dataset.jsonl", {"messages": [{"role": "user", "content": QUESTION}]})
    written(run / "other.jsonl", {"question": QUESTION_ZH})
    assert set(found([example(0, QUESTION), example(1, QUESTION_ZH)], run).places) == {0}


def test_how_a_file_puts_all_of_its_questions_is_no_contamination(tmp_path: Path) -> None:
    rng = random.Random(3)
    task = "Read the message of a client below and answer it as a kind and experienced counselor would do:"
    file = written(tmp_path / "exam.jsonl", *({"question": f"{task} {said(rng, 'en', 30)}"} for _ in range(30)))
    result = found([example(0, f"{task} {said(rng, 'en', 30)}", said(rng, "en", 30))], file)
    assert not result.places
    assert result.told["evaluation"][str(file)]["phrases"] > 0
    few = written(tmp_path / "few.jsonl", *({"question": f"{task} {said(rng, 'en', 30)}"} for _ in range(9)))
    assert len(found([example(0, f"{task} {said(rng, 'en', 30)}")], few).places) == 1


def test_runs_can_be_longer_shorter_or_left_out(tmp_path: Path) -> None:
    file = written(tmp_path / "exam.jsonl", {"question": QUESTION})
    row = example(
        0, "A letter came in today. " + " ".join(QUESTION.split()[:15]) + ". I have no answer to that one yet."
    )
    assert [bool(found([row], file, ngram=ngram).places) for ngram in (0, 6, 15, 16)] == [False, True, True, False]


def test_what_holds_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\xff")
    cases = {
        "empty": "holds no evaluation set",
        "none.txt": "cannot be read",
        "broken.txt": "not UTF-8",
        str(written(tmp_path / "numbers.jsonl", {"answer": 3})): "holds no text",
    }
    for name, words in cases.items():
        with pytest.raises(FileError, match=words):
            found([], tmp_path / name)
    with pytest.raises(UsageError, match="ngram"):
        found([], ngram=1)


EXAM = [
    {"question": "May I bring a dog?", "answer": "Only a small one, and on a lead."},
    {"question": "Name one rule.", "answer": "Whoever leaves the hall last has to switch off the heater."},
    {"messages": [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "Tell her today."}]},
    {"text": QUESTION_ZH},
]
REPLY = "Let us look at what that would take, one thing after another, and begin with the smallest."
ROWS = {
    "a short question word for word": ("may i bring  a dog?", REPLY),
    "a text of fewer words than a run within another": (
        "Hello, it is me.",
        f"{REPLY} Whoever leaves the hall last has to switch off the heater. {REPLY}",
    ),
    "a near copy": (QUESTION.replace("Sunday", "Monday"), REPLY),
    "words in a row": ("Good evening.", f"{REPLY} {QUESTION[:110]} and so on."),
    "a pair cut elsewhere": (f"{QUESTION[:90]}", f"{QUESTION[90:]} Tell her today."),
    "a text that no side has": ("你好", QUESTION_ZH),
    "a short reply to another message": ("My brother owes me rent.", "Tell her today."),
    "nothing of it": ("Who mends the clock in the hall?", REPLY),
}


def test_both_commands_go_by_one_rule(tmp_path: Path) -> None:
    file = written(tmp_path / "exam.jsonl", *EXAM)
    result = found([example(at, *texts) for at, texts in enumerate(ROWS.values())], file)
    rows = [{"question": query, "answer": reply} for query, reply in ROWS.values()]
    matches = [matches_of(tmp_path, [row], against=EXAM)[0] for row in rows]
    held = [at for at, match in enumerate(matches) if match is not None]
    assert held == sorted(result.places) == [0, 1, 2, 3, 4, 5]
    kinds = {"near_duplicate": "near_evaluation", "ngram": "shared_ngram"}
    for at in held:
        match, evidence = matches[at], result.places[at]
        assert match is not None
        assert (match.reason, match.part, match.twin) == (kinds[evidence.kind], evidence.part, evidence.twin.number - 1)
        assert match.evidence == evidence.words
