"""Plans of tasks: which there are, exact shares, even wordings, nothing invented, one row in memory at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from task_trials import PROMPTS, PSY, TENANT, annotated, noter, of_task, plan, source

from synthgen.errors import FileError, UsageError
from synthgen.export.example import Example
from synthgen.records import Note
from synthgen.rules.annotation import NoteField
from synthgen.spec import parse_spec
from synthgen.tasks.mixing import Sieve, mixed
from synthgen.tasks.task import tasks_of, tasks_said
from synthgen.tasks.tasks import Tasks, plan_tasks
from synthgen.tasks.wordings import Wordings

ROWS = [annotated(PSY, number, "zh" if number % 3 else "en")[0] for number in range(12)]
SHARES = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 1000).map(lambda n: n / 10), min_size=1)


def test_tasks_are_named_by_the_fields_of_the_spec() -> None:
    assert [*tasks_of(PSY)] == [
        *("psychotherapy", "topic", "stage", "emotion", "strategy", "reply", "reason_then_reply"),
        *("background", "theme", "reasoning", "guide", "summary"),
    ]
    assert [*tasks_of(TENANT)] == ["topic", "worry", "move", "reply", "reason_then_reply", "summary"]


def test_fields_of_one_name_are_told_apart_by_their_paths() -> None:
    fields = (
        "session: {topic: {labels: topics}, reply: {}}, user: {topic: {labels: topics}}, assistant: {act: {labels: a}}"
    )
    spec = parse_spec(f"name: desk\ntopics: [A, B]\nlabels: {{a: [C]}}\nannotation: {{{fields}}}", "desk.yaml")
    assert [*tasks_of(spec)] == ["session.topic", "user.topic", "act", "reply", "session.reply"]
    assert len(list(plan([annotated(spec, 1, "en")[0]], spec, {"user.topic": 1}).examples())) == 3


def test_a_spec_without_notes_has_replies() -> None:
    spec = parse_spec("name: desk\ntopics: [A]", "desk.yaml")
    assert [*tasks_of(spec)] == ["reply"]
    assert plan(ROWS, spec).wanted == {"reply": 36}


def test_shares_are_read_as_they_are_typed() -> None:
    assert tasks_said("emotion=2,reply", PSY) == {"emotion": 2.0, "reply": 1.0}
    assert tasks_said("all", PSY) == {}


@pytest.mark.parametrize("said", ["worry", "emotion=2,worry=1", "emotion=0", "emotion=x", "emotion,emotion", ""])
def test_a_share_that_cannot_be_is_told_with_what_there_is(said: str) -> None:
    with pytest.raises(UsageError) as caught:
        tasks_said(said, PSY)
    assert str(caught.value).startswith(f"--tasks {said}: ")
    assert all(name in caught.value.hint for name in tasks_of(PSY))


def test_an_unknown_task_is_refused_in_python_too() -> None:
    with pytest.raises(UsageError, match=r"'worry' is not known.*emotion, strategy"):
        Tasks(PSY, PROMPTS, {"worry": 1})


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        ({"emotion": 2, "reply": 5, "summary": 1}, {"emotion": 14, "reply": 36, "summary": 7}),
        ({"summary": 1, "reply": 1}, {"summary": 12, "reply": 12}),
        ({"emotion": 0.1, "reply": 0.2, "topic": 0.7}, {"emotion": 2, "reply": 3, "topic": 12}),
        ({"topic": 1}, {"topic": 12}),
    ],
)
def test_shares_are_exact(shares: dict[str, float], wanted: dict[str, int]) -> None:
    found = plan(ROWS, shares=shares)
    assert found.wanted == wanted
    assert Counter(lesson.row["task"] for lesson in found.examples()) == wanted


@given(SHARES, st.lists(st.integers(1, 10_000), min_size=5, max_size=5))
def test_the_scarcest_task_bounds_all_and_none_is_further_off_than_one(
    shares: dict[str, float], counts: list[int]
) -> None:
    available = dict(zip("abcde", counts, strict=True))
    wanted = mixed(available, shares)
    exact = {name: Fraction(str(share)) for name, share in shares.items()}
    whole, total = sum(exact.values()), sum(wanted.values())
    assert wanted.keys() == shares.keys()
    assert all(wanted[name] <= available[name] for name in shares)
    assert any(exact[name] * (total + 1) > available[name] * whole for name in shares)
    if all(exact[name] * total >= whole for name in shares):
        assert all(abs(wanted[name] - exact[name] * total / whole) < 1 for name in shares)


@given(st.integers(1, 400), st.data())
def test_a_sieve_keeps_one_of_each_stretch(available: int, data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, available))
    sieve = Sieve(wanted, available, data.draw(st.integers(0, 2**63)))
    kept = [at for at in range(available) if sieve.keeps()]
    assert len(kept) == sieve.kept == wanted
    assert all(at * available // wanted <= place < (at + 1) * available // wanted for at, place in enumerate(kept))


def test_what_is_kept_is_not_the_same_turn_of_every_dialogue() -> None:
    rows = [annotated(PSY, number, "en")[0] for number in range(40)]
    turns = Counter(lesson.row["turn"] for lesson in plan(rows, shares={"emotion": 1, "summary": 1}).examples())
    assert min(turns[1], turns[3], turns[5]) >= 5


@given(st.integers(1, 7), st.integers(0, 60), st.integers(0, 2**31))
def test_wordings_are_never_more_than_one_apart(many: int, lessons: int, seed: int) -> None:
    wordings, dealer = [f"wording_{at}" for at in range(many)], Wordings(seed)
    dealt = Counter(dict.fromkeys(wordings, 0))
    for _ in range(lessons):
        dealt[dealer.deal("emotion", "en", wordings)] += 1
        assert max(dealt.values()) - min(dealt.values()) <= 1


@pytest.mark.parametrize("shares", [{}, {"emotion": 3, "reply": 2, "guide": 1}])
def test_wordings_are_even_among_what_is_kept(shares: dict[str, float]) -> None:
    dealt: dict[tuple[str, str], Counter[str]] = {}
    for lesson in plan(ROWS, shares=shares).examples():
        dealt.setdefault((lesson.row["task"], lesson.language), Counter())[lesson.row["wording"]] += 1
    for counts in dealt.values():
        each = [counts[f"wording_{at}"] for at in (1, 2, 3, 4)]
        assert sum(each) == counts.total()
        assert max(each) - min(each) <= 1


def test_wordings_come_in_an_order_of_their_own_each_round() -> None:
    wordings = [lesson.row["wording"] for lesson in plan(ROWS[::3], shares={"emotion": 1}).examples()]
    assert len({tuple(wordings[at : at + 4]) for at in (0, 4, 8)}) > 1


def test_lessons_are_the_same_each_time_and_others_with_another_seed() -> None:
    shares = {"emotion": 1, "reply": 1, "topic": 1}
    found = plan(ROWS, shares=shares)
    once = [*found.examples()]
    assert once == [*found.examples()] == [*plan(ROWS, shares=shares).examples()]
    assert [lesson.id for lesson in once] != [lesson.id for lesson in plan(ROWS, shares=shares, seed=1).examples()]


@settings(max_examples=40)
@given(
    st.sets(st.tuples(st.sampled_from(["observation", "emotion", "strategy", "reasoning", "topic"]), st.integers(0, 6)))
)
def test_what_is_null_is_skipped_and_nothing_else(nulls: set[tuple[str, int]]) -> None:
    usual = noter(PSY, "en")

    def choose(part: str, name: str, rule: NoteField, place: int) -> Note:
        return Note(None, "unclear") if (name, place) in nulls else usual(part, name, rule, place)

    row, annotation = annotated(PSY, 1, "en", choose)
    lessons = [*plan([row]).examples()]
    for name in ("emotion", "strategy"):
        noted = [at for at, notes in annotation.turns.items() if name in notes and notes[name].value is not None]
        assert [lesson.row["turn"] for lesson in of_task(lessons, name)] == noted
    reasoned = [at for at in (2, 4, 6) if {("observation", at - 1), ("reasoning", at)} - nulls]
    assert [lesson.row["turn"] for lesson in of_task(lessons, "reason_then_reply")] == reasoned
    assert len(of_task(lessons, "reasoning")) == (("reasoning", 0) not in nulls)
    assert len(of_task(lessons, "reply")) == 3


def test_rows_without_notes_have_replies_alone() -> None:
    bare = [{name: row[name] for name in ("id", "language")} | {"messages": said(row)} for row in ROWS]
    found = plan(bare)
    assert +Counter(found.wanted) == {"reply": 36}
    with pytest.raises(UsageError, match=r"--tasks: no row has what emotion needs.*synthgen annotate"):
        plan(bare, shares={"emotion": 1, "reply": 1})
    with pytest.raises(UsageError, match="no row has what psychotherapy, topic"):
        plan([])


def test_lessons_come_before_the_rows_have_been_read() -> None:
    read: list[str] = []

    def rows() -> Iterator[Example]:
        for example in source(ROWS)():
            read.append(example.id)
            yield example

    found = plan_tasks(rows, Tasks(PSY, PROMPTS, {}))
    read.clear()
    next(found.examples())
    assert read == ["row-0"]


def test_rows_that_change_between_the_readings_are_told() -> None:
    shown = [*ROWS]
    found = plan_tasks(lambda: source(shown)(), Tasks(PSY, PROMPTS, {"topic": 1, "summary": 1}))
    del shown[6:]
    with pytest.raises(FileError, match="only 6 of 12 topic tasks were found again"):
        list(found.examples())


def said(row: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    return [{"role": turn["role"], "content": turn["content"]} for turn in row["messages"]]
