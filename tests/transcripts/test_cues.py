from __future__ import annotations

import pytest
import webvtt
from reading_trials import reason, talk

from synthgen.transcripts.cues import cue_utterances

ZOOM = """WEBVTT

1
00:00:02.310 --> 00:00:04.740
Ines Falk: Good to see you.

2
00:00:05.100 --> 00:00:06.900
Ines Falk: How was the week?

3
00:00:07.000 --> 00:00:09.200
Tomas: Long.
"""
TEAMS = """WEBVTT

0b5e2c9e-77a1-4f6e-9a1f-3d0c5e8f1a22/9-0
00:00:02.310 --> 00:00:04.740
<v Ines Falk>Good to see you.
How was the week?</v>

0b5e2c9e-77a1-4f6e-9a1f-3d0c5e8f1a22/10-0
00:00:07.000 --> 00:00:09.200
<v Tomas>Long.</v>
"""
TALK = [("Ines Falk", "Good to see you. How was the week?"), ("Tomas", "Long.")]


def said(text: str) -> list[tuple[str, str]]:
    return [(utterance.speaker, utterance.text) for utterance in cue_utterances(text)]


@pytest.mark.parametrize("text", [ZOOM, TEAMS, ZOOM.replace("\n", "\r\n"), TEAMS.replace("\n", "\r\n")])
@pytest.mark.parametrize("name", ["a.vtt", "a.txt", "a.srt"])
def test_zoom_and_teams(tmp_path, text, name):
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert talk(path) == TALK


def test_what_a_library_writes(tmp_path):
    captions = webvtt.WebVTT()
    for second, (speaker, text) in enumerate(TALK):
        times = f"00:00:0{second}.000", f"00:00:0{second}.900"
        captions.captions.append(webvtt.Caption(*times, f"{speaker}: {text}"))
        captions.captions.append(webvtt.Caption(*times, f"{speaker}: Yes & no."))
    captions.save(str(tmp_path / "a.vtt"))
    captions.save_as_srt(str(tmp_path / "a.srt"))
    assert talk(tmp_path / "a.vtt") == talk(tmp_path / "a.srt") == [(who, f"{text} Yes & no.") for who, text in TALK]


def test_voices_with_classes_two_in_a_cue_and_text_of_nobody():
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v.loud Ann>I <i>am</i> &lt;here&gt;</v> <v Bo>Yes</v>\nnoise\n"
    )
    assert said(text) == [("Ann", "I am <here>"), ("Bo", "Yes"), ("", "noise")]


def test_settings_comments_styles_names_and_tags_are_no_words():
    text = (
        "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnobody\nsays this\n\n"
        "intro of it\n00:06.000 --> 00:07.000 line:0 position:20%\n<c.red>Now</c> <00:06.500>it is 3 < 4\n"
    )
    assert said(text) == [("", "Now it is 3 < 4")]


def test_whisper_writes_cues_of_nobody():
    vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nSo it began.\n\n00:02.000 --> 00:04.000\nAnd went on.\n"
    srt = "1\n00:00:00,000 --> 00:00:02,000\nSo it began.\n\n2\n00:00:02,000 --> 00:00:04,000\nAnd went on.\n\n"
    assert said(vtt) == said(srt) == [("", "So it began."), ("", "And went on.")]


def test_whisperx_writes_its_speakers_in_brackets():
    text = "\n".join(
        f"{number}\n00:00:0{number},000 --> 00:00:0{number},900\n[SPEAKER_0{number % 2}]: words {number}\n"
        for number in range(1, 5)
    )
    assert said(text)[:2] == [("SPEAKER_01", "words 1"), ("SPEAKER_00", "words 2")]


def test_captions_that_name_a_speaker_only_at_a_change():
    cues = [">> COACH: So,\nhow", "are you?\n>> Fine.", "Really.", ">> COACH: Good."]
    text = "\n\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}" for n, cue in enumerate(cues, 1))
    assert said(text) == [("COACH", "So, how are you?"), ("", "Fine. Really."), ("COACH", "Good.")]


def test_captions_that_roll_or_grow_say_a_thing_once():
    rolling = [("hello there",), ("hello there",), ("hello there", "how are"), ("how are",), ("how are", "you today")]
    text = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{n}.000 --> 00:0{n + 1}.000\n" + "\n".join(lines) for n, lines in enumerate(rolling)
    )
    assert said(text) == [("", "hello there"), ("", "how are"), ("", "you today")]
    growing = "WEBVTT\n\n00:00.000 --> 00:01.000\nI have been\n\n00:01.000 --> 00:02.000\nI have been tired\n"
    assert said(growing) == [("", "I have been tired")]


def test_the_same_words_after_a_pause_are_said_again():
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\nNo.\n\n00:05.000 --> 00:06.000\nNo.\n"
    assert said(text) == [("", "No."), ("", "No.")]


def test_chinese_cues_are_joined_without_spaces():
    text = "WEBVTT\n\n" + "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{line}\n\n"
        for n, line in enumerate(["来访者：我最近", "来访者：睡不好。", "咨询师：嗯。"])
    )
    assert said(text) == [("来访者", "我最近睡不好。"), ("咨询师", "嗯。")]


def test_damaged_subtitles_give_what_is_left():
    text = (
        "1\n00:00:00,000 --> 00:00:01,000\none\n\n2\n00:00:01,000 -> 00:00:02,000\ntwo\n\n"
        "3\n0:0:2,0 --> 0:0:3.5\nthree\n\n4\n00:00:03,xx0 --> 00:00:04,000\nfour\n\n"
        "after a blank\n5\n00:00:05,000 --> 00:00:06,000\n<i>five</i>\n\n6\n00:00:0"
    )
    assert [words for _, words in said(text)] == ["one", "two", "three", "four after a blank", "five"]
    assert [words for _, words in said(ZOOM[:-30])] == ["Good to see you. How was the week?"]


def test_a_file_without_a_cue_is_told(tmp_path):
    path = tmp_path / "a.srt"
    path.write_text("just words\n")
    assert "no cue" in reason(path)
