"""Which rows of some are dropped, by which rule, and for which others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from dedup_trials import matches_of

from synthgen.dedup.rules import Match, Rules
from synthgen.errors import FileError, UsageError

ASKED = (
    "Since the move in March I have hardly slept. My son asks for his father every evening, and I never know what to "
    "tell him. I snap at him over nothing and cry in the bathroom afterwards. What helps other parents?"
)
ALIKE = ASKED.replace("March", "April").replace("son", "daughter")
OTHER = (
    "For two years my manager has moved every deadline without asking. I say yes each time and lie awake over it. How "
    "do I tell him no calmly, and what do I do when he goes over my head to the director?"
)
ANSWERED = (
    "Four evenings of the same question would wear anyone out. Try giving him one sentence that stays the same, and a "
    "small thing to do together right after it, so that the evening has somewhere to go."
)
REPLIED = (
    "Deadlines that move by themselves take the ground from under you. Pick the next one, and before it moves, write "
    "him what has to wait if it does. Then the choice is his and the record is yours."
)


def row(query: str, reply: str, **more: object) -> dict:
    return {"messages": [{"role": "user", "content": query}, {"role": "assistant", "content": reply}], **more}


def reasons(matches: list[Match | None]) -> list[tuple | None]:
    return [match and (match.reason, match.part, match.twin) for match in matches]


def test_a_row_is_a_duplicate_by_its_query_or_by_its_reply(tmp_path: Path) -> None:
    rows = [
        row(ASKED, ANSWERED),
        row(ALIKE, REPLIED),
        row(OTHER, ANSWERED.upper()),
        row(OTHER, REPLIED),
        row(REPLIED, ASKED),  # nothing is compared across
    ]
    matches = matches_of(tmp_path, rows)
    assert reasons(matches) == [
        None,
        ("near_duplicate", "query", 0),
        ("exact_duplicate", "reply", 0),
        None,
        None,
    ]
    assert matches[1] is not None
    assert 0.9 < (matches[1].similarity or 0) < 1


def test_a_dropped_row_takes_no_place(tmp_path: Path) -> None:
    """The second row's query is new, but its reply is not: the third may have that query."""
    rows = [row(ASKED, ANSWERED), row(OTHER, ANSWERED), row(OTHER, REPLIED)]
    assert reasons(matches_of(tmp_path, rows)) == [None, ("exact_duplicate", "reply", 0), None]


def test_rows_without_a_side_are_not_alike_for_that(tmp_path: Path) -> None:
    rows = [{"question": ASKED, "answer": ""}, {"question": OTHER}, row("", ANSWERED), row("", REPLIED), {"text": "?"}]
    assert matches_of(tmp_path, rows) == [None] * 5


def test_named_fields_are_compared_and_nothing_else(tmp_path: Path) -> None:
    rows = [
        row(ASKED, ANSWERED, title="Nights", n=1),
        row(ASKED, ANSWERED, title="Evenings after we moved house", n=2),
        row(OTHER, REPLIED, title="nights", n=1),
        row(OTHER, REPLIED),
    ]
    assert reasons(matches_of(tmp_path, rows, Rules(fields=("title", "n")))) == [
        None,
        None,
        ("exact_duplicate", "title+n", 0),
        None,
    ]
    twins = [match and match.twin for match in matches_of(tmp_path, rows, Rules(fields=("messages.1.content",)))]
    assert twins == [None, 0, None, 2]


@pytest.mark.parametrize(("keep", "kept"), [("first", [0, 3]), ("longest", [2, 3]), ("best", [1, 4])])
def test_the_rule_says_which_one_is_kept(tmp_path: Path, keep: str, kept: list[int]) -> None:
    rows = [
        row(ASKED, "", scores={"mean": 6}),
        row(ALIKE, "", scores={"mean": "8.5"}),
        row(ASKED + " Tell me.", "", scores={"mean": 8}),
        row(OTHER, "", scores={"mean": None}),
        row(OTHER, "", scores={"mean": 1}),
    ]
    matches = matches_of(tmp_path, rows, Rules(keep=keep))  # type: ignore[arg-type]  # the parameters are what Keep holds
    assert [number for number, match in enumerate(matches) if match is None] == kept


def test_rows_of_an_evaluation_set_go_by_likeness_and_by_words_in_a_row(tmp_path: Path) -> None:
    hidden = row("Long before, in another town, I wrote this: " + OTHER[:120] + " That was all of it then.", "")
    rows = [row(ALIKE, ANSWERED), row(ALIKE, REPLIED), hidden, row("Who mends a clock?", REPLIED)]
    against = [{"question": "Unlike all."}, {"question": OTHER}, {"question": ASKED}, {"question": ASKED + "!"}]
    matches = matches_of(tmp_path, rows, against=against)
    assert reasons(matches) == [
        ("near_evaluation", "query", 2),
        ("near_evaluation", "query", 2),
        ("shared_ngram", "query", 1),
        None,
    ]
    assert matches[2] is not None
    assert matches[2].evidence == "for two years my manager has moved every deadline without asking i say"
    assert reasons(matches_of(tmp_path, rows, Rules(ngram=0), against=against))[2] is None


def test_words_in_a_row_are_looked_for_on_both_sides_and_in_chinese(tmp_path: Path) -> None:
    question = "搬家以后我几乎没有睡过一个好觉，儿子每天晚上都问爸爸去哪里了，我不知道怎么回答。"
    rows = [row("你好", "有位妈妈写道：" + question + "我请她先照顾好自己，再慢慢想怎么和孩子说起这件事情。")]
    (match,) = matches_of(tmp_path, rows, against=[{"question": question}])
    assert match is not None
    assert (match.reason, match.part, match.evidence) == (
        "shared_ngram",
        "reply",
        "搬家以后我几乎没有睡过一个好觉儿子每天晚",
    )


def test_near_copies_within_an_evaluation_set_are_all_held(tmp_path: Path) -> None:
    """A row may be like the far end of a chain of copies and unlike its beginning."""
    words = ASKED.split()
    changed = [
        " ".join(f"w{at}{word[::-1]}" if at % 8 < step else word for at, word in enumerate(words)) for step in range(4)
    ]
    matches = matches_of(
        tmp_path, [row(changed[3], "")], Rules(ngram=0, similarity=0.85), [row(text, "") for text in changed[:3]]
    )
    assert [match and match.twin for match in matches] == [2]
    assert matches_of(tmp_path, [row(changed[3], "")], Rules(ngram=0, similarity=0.85), [row(changed[0], "")]) == [None]


@pytest.mark.parametrize("keep", ["first", "longest", "best"])
def test_all_pairs_give_what_the_index_gives(tmp_path: Path, keep: str) -> None:
    rng = random.Random(5)
    words = ["".join(rng.choices("aeioubcdfglmnprst", k=rng.randint(2, 9))) for _ in range(1_000)]
    texts = [" ".join(rng.choices(words, k=50)) for _ in range(80)]
    rows = []
    for at in range(200):
        query, reply = (rng.choice(texts[:60] if at % 2 else texts).split() for _ in range(2))
        for side in (query, reply):
            for _ in range(rng.randint(0, 20)):
                side[rng.randrange(len(side))] = rng.choice(words)
        rows.append(row(" ".join(query), " ".join(reply), scores={"mean": rng.random()}))
    # Greedy results hang together: one pair that is overlooked would change many rows.
    quick = matches_of(tmp_path, rows, Rules(similarity=0.85, keep=keep))  # type: ignore[arg-type]
    assert quick == matches_of(tmp_path, rows, Rules(similarity=0.85, keep=keep, exhaustive=True))  # type: ignore[arg-type]
    assert 40 < sum(match is not None for match in quick) < 160


@pytest.mark.parametrize(
    ("rows", "against", "rules", "words"),
    [
        ([], [], Rules(), "rows.jsonl: no rows"),
        ([{"text": "a", "meta": {"who": "b"}}], [], Rules(), "rows.jsonl: no row holds dialogue|text, meta.who"),
        ([{"text": "a", "n": 1}], [], Rules(fields=("text", "body")), "no row has the field body|fields are text, n"),
        ([{"text": " "}], [], Rules(fields=("text",)), "no row holds text in the fields"),
        ([row(ASKED, "")], [], Rules(keep="best"), "no row has the field scores.mean"),
        ([row(ASKED, "")], [{"n": 1}], Rules(), "against.jsonl: holds no text"),
        ([{"text": "a"}], [{"body": "a"}], Rules(fields=("text",)), "against.jsonl: holds no text|in the fields text"),
    ],
)  # fmt: skip
def test_rows_with_nothing_to_compare_are_told(
    tmp_path: Path, rows: list, against: list, rules: Rules, words: str
) -> None:
    with pytest.raises(FileError) as told:
        matches_of(tmp_path, rows, rules, against)
    for part in words.split("|"):
        assert part in str(told.value)


def test_an_evaluation_set_needs_no_scores(tmp_path: Path) -> None:
    rows = [row(ASKED, "", scores={"mean": 1})]
    assert matches_of(tmp_path, rows, Rules(keep="best"), [row(OTHER, "")]) == [None]


@pytest.mark.parametrize(
    "wrong", [{"similarity": 0.4}, {"similarity": 1.1}, {"ngram": 2}, {"ngram": -1}, {"keep": "last"}]
)
def test_rules_that_cannot_be_are_refused(wrong: dict) -> None:
    with pytest.raises(UsageError, match=f"--{next(iter(wrong))} "):
        Rules(**wrong)


def test_too_many_rows_for_all_pairs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="20,001 rows are too many"):
        matches_of(tmp_path, ({"text": f"row {at}"} for at in range(20_001)), Rules(fields=("text",), exhaustive=True))
