from __future__ import annotations

import pytest

from synthgen.transcripts.names import is_name, is_possible, is_role
from synthgen.transcripts.plain import text_sheets, utterances_of

# Every way of writing these three turns, as people and programs do.
TURNS = [("Coach", "Welcome back."), ("Dana Reed", "Thanks.\nIt was a long week."), ("Coach", "Tell me.")]


def said(text: str) -> list[tuple[str, str]]:
    return [(utterance.speaker, utterance.text) for utterance in utterances_of(text_sheets(text))]


@pytest.mark.parametrize(
    "pattern",
    [
        "{who}: {text}",
        "{who} : {text}",
        "{who}:{text}",
        "{who}:\n{text}",
        "- {who}: {text}",
        "{who} (00:01:02): {text}",
        "{who} (1:02): {text}",
        "{who} [00:01:02.500]: {text}",
        "[00:01:02] {who}: {text}",
        "(00:01:02) {who}: {text}",
        "00:01:02 {who}: {text}",
        "00:01:02 - {who}: {text}",
        "[00:01 - 00:05] {who}: {text}",
        "**{who}:** {text}",
        "**{who}**: {text}",
        "__{who}:__ {text}",
        "**{who} (00:12):** {text}",
        "[00:12] **{who}:** {text}",
        "{who}：{text}",
        "{who}（00:12）：{text}",
        "[{who}] {text}",
        "[{who}]: {text}",
        "[{who}]\n{text}",
        "【{who}】{text}",
        "[00:12] [{who}] {text}",
        # Otter, Rev, Sonix, Happy Scribe, Zoom's saved captions, Word's transcription, Teams before 2022, Tingwu
        "{who}  0:15  \n{text}",
        "{who} (00:15):\n{text}",
        "{who} [00:00:15] {text}",
        "[00:00:15.060] - {who}\n{text}",
        "[{who}] 14:03:12\n{text}",
        "00:00:15 {who}\n{text}",
        "0:0:15.0 --> 0:0:17.35\n{who}\n{text}",
        "{who} 00:15\n{text}",
        "{who}(00:00:15)\n{text}",
        "00:00:15\n{who}: {text}",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_speakers_are_found_however_they_are_written(pattern, between):
    assert said(between.join(pattern.format(who=who, text=text) for who, text in TURNS)) == TURNS


@pytest.mark.parametrize("pattern", ["### {who}\n{text}", "**{who}**\n{text}", "{who} - {text}", "{who} – {text}"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_dashes_and_headings_name_who_comes_often(pattern, between):
    turns = [(who, text.replace("\n", " ")) for who, text in TURNS * 3]
    assert said(between.join(pattern.format(who=who, text=text) for who, text in turns)) == turns
    once = between.join(pattern.format(who=who, text=text) for who, text in turns[1:3])
    assert {speaker for speaker, _ in said(once)} == {""}


def test_labels_are_spelled_as_the_file_first_has_them():
    text = "COACH: One.\nClient: Two.\nCoach: Three."
    assert [speaker for speaker, _ in said(text)] == ["COACH", "Client", "COACH"]


@pytest.mark.parametrize(
    "line",
    [
        "She said: no, not again.",
        "Note: he was late.",
        "Note (10:30): he was late.",
        "See http://example.org or mailto:someone.",
        "We met at 10:30 and talked.",
        "The ratio was 3:1.",
        "And my mother: she just left.",
        "Three things: sleep, food, rest.",
        "Monday: nothing.",
        "C:\\notes is where I keep them.",
        "[laughs]",
        "[Sighs] I do not know.",
        "[inaudible 00:12:03]",
        "Well - I tried.",
        "Yes: that is it.",
        "Lunch was at 12:30",
        "我觉得：没有用。",
        "她说：不行。",
        "比如：走路。",
    ],
)
def test_a_colon_in_a_sentence_names_nobody(line):
    text = f"Coach: How was it?\nCaregiver: Hard.\n{line}\nCoach: I see.\nCaregiver: {line}"
    assert said(text)[1] == ("Caregiver", f"Hard.\n{line}")
    assert {speaker for speaker, _ in said(text)} == {"Coach", "Caregiver"}


def test_sentences_with_colons_alone_are_no_talk():
    text = "I went home.\nShe said: no.\n\nNote: it rained.\nHe asked me: why?\n\nNote: it rained again."
    assert {speaker for speaker, _ in said(text)} == {""}


def test_a_guest_among_known_speakers_needs_a_tidy_file():
    turns = "\n".join(f"Coach: question {number}\nAnna: answer {number}" for number in range(9))
    assert ("Ruth", "I am her sister.") in said(f"{turns}\nRuth: I am her sister.\nAnna: She is.")
    prose = "\n".join(f"Coach: question {number}\nmore\nand more\nand more\nAnna: well" for number in range(9))
    assert ("Anna", "well\nRuth: is her name.") in said(f"{prose}\nRuth: is her name.")


def test_names_written_small_need_to_come_often():
    assert said("anna: one\nben: two\n" * 5)[:2] == [("anna", "one"), ("ben", "two")]
    assert {speaker for speaker, _ in said("sleep: bad\nfood: good\nsleep: worse")} == {""}


def test_chinese_labels_by_name_and_by_part():
    text = "来访者：我最近睡不好。\n她说：不行。\n咨询师（00:12）：嗯。\n来访者：对。"
    assert said(text) == [("来访者", "我最近睡不好。\n她说：不行。"), ("咨询师", "嗯。"), ("来访者", "对。")]
    named = "张三：你好。\n李四：你好，他说：走吧。\n张三：再见。"
    assert said(named) == [("张三", "你好。"), ("李四", "你好，他说：走吧。"), ("张三", "再见。")]


def test_form_feeds_begin_sheets_and_do_not_break_what_is_said():
    utterances = utterances_of(text_sheets("Coach: one\nmore\fand on\nClient: two\f\fCoach: three"))
    assert [(found.text, found.sheet) for found in utterances] == [("one\nmore\nand on", 1), ("two", 2), ("three", 4)]


def test_text_without_speakers_is_paragraphs():
    assert said("One line\nand its end.\n\n\nTwo.\n") == [("", "One line\nand its end."), ("", "Two.")]
    assert said("One.\nTwo.\n") == [("", "One."), ("", "Two.")]


def test_what_stands_before_the_first_speaker_is_kept():
    assert said("Interview 4\n12 May\n\nCoach: Hello.\nClient: Hi.")[0] == ("", "Interview 4\n12 May")


def test_a_program_that_signs_its_transcript_says_nothing():
    text = "Speaker 1  0:03  \nHello.\n\nSpeaker 2  0:05  \nHi.\n\nTranscribed by https://otter.ai\n"
    assert said(text) == [("Speaker 1", "Hello."), ("Speaker 2", "Hi.")]


def test_spaces_in_a_row_are_no_trap():
    gap = " " * 500
    assert said(f"Coach: a\n{gap}\nx{gap}y\n  Client:{gap}b") == [("Coach", f"a\n\nx{gap}y"), ("Client", "b")]


def test_windows_and_old_mac_line_ends():
    assert said("Coach: a\r\nClient: b\r\n") == said("Coach: a\rClient: b\r") == [("Coach", "a"), ("Client", "b")]


@pytest.mark.parametrize(
    "label", ["Coach", "coach 2", "SPEAKER_00", "T", "P1", "Social Worker", "来访者A", "说话人 1", "Client (Anna)"]
)
def test_parts_are_known(label):
    assert is_role(label)


@pytest.mark.parametrize(
    "label", ["Jane van Dorn", "Dr. Lee", "J. D.", "Doe, Jane", "O'Brien-Smith", "李明", "Anna (she/her)", "MOM"]
)
def test_names_are_written_as_names(label):
    assert is_name(label)


@pytest.mark.parametrize("label", ["She said", "Well, no", "Note", "it", "At home.", "He is 40", "我觉得", "第一", ""])
def test_what_no_name_is(label):
    assert not is_name(label)
    assert not is_role(label)


@pytest.mark.parametrize("label", ["12", "---", "a b c d e f", "what?", "the end. And", "x" * 3 + '"'])
def test_what_nobody_is_called(label):
    assert not is_possible(label)
