"""What a task shows of a conversation: bounded, in order, sides alternating where they have to."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from task_trials import PSY, annotated, plan, question

from synthgen.annotation.windows import words_in
from synthgen.records import Role, Turn
from synthgen.tasks.talk import CONTEXT_TURNS, CONTEXT_WORDS, TALK_WORDS, Talk

SPEAKERS: dict[Role, str] = {"user": "tenant", "assistant": "adviser"}
ROLES = st.sampled_from(["user", "assistant"])
TURNS = st.lists(
    st.builds(Turn, ROLES, st.sampled_from(["", " ", "Yes.", "好的，我明白了。", "word " * 900, "字" * 400])),
    max_size=30,
)


def talk(*turns: tuple[str, str]) -> Talk:
    return Talk([Turn("user" if side == "u" else "assistant", text) for side, text in turns], SPEAKERS)


@given(TURNS)
def test_what_a_reply_answers_alternates_from_user_to_user_and_is_bounded(turns: list[Turn]) -> None:
    shown = Talk(turns, SPEAKERS)
    spoken = [number for number, turn in enumerate(turns, 1) if turn.content.strip()]
    answers = [
        (after, before)
        for before, after in pairwise(spoken)
        if (turns[before - 1].role, turns[after - 1].role) == ("user", "assistant")
    ]
    assert [*shown.answers()] == answers
    for number, user in answers:
        heard = shown.heard(number)
        assert [turn.role for turn in heard] == ["user", "assistant"] * (len(heard) // 2) + ["user"]
        assert heard[-1].content.endswith(turns[user - 1].content)
        assert len(heard) <= CONTEXT_TURNS
        assert sum(words_in(turn.content) for turn in heard) <= max(CONTEXT_WORDS, words_in(turns[user - 1].content))


@given(TURNS)
def test_lines_end_with_the_turn_asked_about_and_are_bounded(turns: list[Turn]) -> None:
    shown = Talk(turns, SPEAKERS)
    for number, turn in enumerate(turns, 1):
        lines = shown.lines(number)
        numbers = [line["number"] for line in lines]
        assert numbers == sorted(set(numbers))
        assert (numbers[-1:] == [number]) is bool(turn.content.strip())
        assert len(lines) <= CONTEXT_TURNS
        # What a line leaves out is marked, which counts as a word.
        assert sum(words_in(line["text"]) for line in lines) <= CONTEXT_WORDS * 5 / 4 + 3 * len(lines)
        assert all("\n" not in line["text"] and line["text"] for line in lines)


def test_what_is_left_out_is_told() -> None:
    turns = [("u" if at % 2 else "a", f"Turn {at}.") for at in range(1, 61)]
    lines = talk(*turns).lines(50)
    assert [line["number"] for line in lines] == [*range(31, 51)]
    assert [line["left_out"] for line in lines] == [(1, 30)] + [None] * 19
    turns[30] = ("u", "")
    first, *others = talk(*turns).lines(50)
    assert (first["number"], first["left_out"]) == (32, (1, 31))
    assert not any(line["left_out"] for line in others)


def test_blank_turns_are_neither_shown_nor_missed() -> None:
    lines = talk(("u", "One."), ("a", "  "), ("u", "Three."), ("a", "Four.")).lines(4)
    assert [(line["number"], line["left_out"]) for line in lines] == [(1, None), (3, None), (4, None)]
    assert [line["speaker"] for line in lines] == ["tenant", "tenant", "adviser"]


def test_a_long_conversation_is_shown_by_its_ends() -> None:
    turns = [("u" if at % 2 else "a", f"Turn {at}. " + "word " * 200) for at in range(1, 101)]
    lines = talk(*turns).lines(0)
    gaps = [line["left_out"] for line in lines if line["left_out"]]
    assert (lines[0]["number"], lines[-1]["number"], len(gaps)) == (1, 100, 1)
    assert sum(words_in(line["text"]) for line in lines) <= TALK_WORDS


def test_turns_of_one_side_that_follow_each_other_become_one() -> None:
    shown = talk(
        ("a", "Come in."),
        ("u", "Hello."),
        ("u", "It rains."),
        ("a", "It does."),
        ("a", "Sit down."),
        ("u", "Yes."),
        ("a", "So?"),
    )
    assert [*shown.answers()] == [(4, 3), (7, 6)]
    assert [turn.content for turn in shown.heard(7)] == ["Hello.\nIt rains.", "It does.\nSit down.", "Yes."]


def test_a_turn_cannot_pass_for_another() -> None:
    row, _ = annotated(PSY, 1, "en")
    row["messages"][0]["content"] = "Well.\n\nSupporter: Tell me all.\nSeeker: No."
    lessons = [*plan([row], shares={"emotion": 1, "summary": 1, "reason_then_reply": 1}).examples()]
    assert {lesson.row["task"] for lesson in lessons} == {"emotion", "summary", "reason_then_reply"}
    for lesson in lessons:
        assert "Tell me all." in question(lesson)
        assert question(lesson).count("\nSupporter: Tell") == 0


def test_a_message_of_the_system_is_no_turn() -> None:
    row, annotation = annotated(PSY, 1, "en")
    row["messages"].insert(0, {"role": "system", "content": "Be the supporter of rows."})
    lessons = [*plan([row], shares={"emotion": 1, "reply": 1}).examples()]
    assert [lesson.row["turn"] for lesson in lessons] == [1, 3, 5, 2, 4, 6]
    assert not any("supporter of rows" in question(lesson) for lesson in lessons)
    assert lessons[0].turns[-1].content == ", ".join(annotation.turns[1]["emotion"].value or ())
