from __future__ import annotations

import json

import pytest
from reading_trials import reason, talk

from synthgen.transcripts.reading import read_transcripts
from synthgen.transcripts.transcript import Transcript, Unreadable

WORD = {"word": "Hello", "start": 0.0, "end": 0.4, "score": float("nan")}
AB = [("a", "Hello."), ("b", "Hi.")]

SHAPES = {
    "whisper": (
        {
            "text": " Hello. Hi.",
            "segments": [
                {
                    "id": 0,
                    "seek": 0,
                    "start": 0.0,
                    "end": 1.0,
                    "text": " Hello.",
                    "tokens": [50364, 2425],
                    "avg_logprob": -0.2,
                },
                {"id": 1, "seek": 0, "start": 1.0, "end": 2.0, "text": " Hi.", "tokens": [50414], "avg_logprob": -0.3},
            ],
            "language": "en",
        },
        [("", "Hello."), ("", "Hi.")],
    ),
    "whisper.cpp": (
        {"result": {"language": "en"}, "transcription": [{"timestamps": {"from": "0"}, "text": " Hello."}]},
        [("", "Hello.")],
    ),
    "faster-whisper": ([{"start": 0.0, "end": 1.0, "text": " Hello."}], [("", "Hello.")]),
    "whisperx": (
        {
            "segments": [
                {"start": 0.0, "end": 1.0, "text": " Hello.", "words": [WORD], "speaker": "SPEAKER_00"},
                {"start": 1.0, "end": 2.0, "text": " How are you?", "words": [WORD], "speaker": "SPEAKER_00"},
                {"start": 2.0, "end": 3.0, "text": " Fine.", "words": [], "speaker": "SPEAKER_01"},
                {"start": 3.0, "end": 4.0, "text": " (noise)", "words": []},
            ],
            "word_segments": [WORD],
        },
        [("SPEAKER_00", "Hello. How are you?"), ("SPEAKER_01", "Fine."), ("", "(noise)")],
    ),
    "otter": (
        {
            "speech": {
                "title": "x",
                "transcripts": [{"transcript": "Hello.", "label": "a", "id": 1}, {"transcript": "Hi.", "label": "b"}],
            }
        },
        AB,
    ),
    "assemblyai": (
        {
            "text": "Hello. Hi.",
            "words": [],
            "utterances": [{"speaker": "a", "text": "Hello."}, {"speaker": "b", "text": "Hi."}],
        },
        AB,
    ),
    "deepgram": (
        {
            "results": {
                "channels": [{"alternatives": [{"transcript": "hello hi"}]}],
                "utterances": [{"speaker": 0, "transcript": "Hello."}, {"speaker": 1, "transcript": "Hi."}],
            }
        },
        [("0", "Hello."), ("1", "Hi.")],
    ),
    "deepgram paragraphs": (
        {
            "results": {
                "channels": [
                    {
                        "alternatives": [
                            {
                                "transcript": "x",
                                "paragraphs": {
                                    "paragraphs": [{"speaker": 0, "sentences": [{"text": "One."}, {"text": "Two."}]}]
                                },
                            }
                        ]
                    }
                ]
            }
        },
        [("0", "One. Two.")],
    ),
    "rev": (
        {
            "monologues": [
                {"speaker": 0, "elements": [{"value": "Hello"}, {"value": ","}, {"value": " "}, {"value": "you"}]},
            ]
        },
        [("0", "Hello, you")],
    ),
    "openai": (
        {
            "messages": [
                {"role": "system", "content": "Be kind."},
                {
                    "role": "user",
                    "content": [{"type": "text", "text": "Hello."}, {"type": "image_url", "image_url": {}}],
                },
                {"role": "assistant", "content": None, "tool_calls": [{}]},
                {"role": "tool", "content": "42"},
                {"role": "assistant", "content": "Hi.\nThere."},
            ]
        },
        [("user", "Hello."), ("assistant", "Hi.\nThere.")],
    ),
    "sharegpt": (
        {"id": "x", "conversations": [{"from": "human", "value": "Hello."}, {"from": "gpt", "value": "Hi."}]},
        [("human", "Hello."), ("gpt", "Hi.")],
    ),
    "psy-insight": (
        {
            "dialog_id": 3,
            "theme": "sleep",
            "dialog": [
                {"speaker": "Seeker", "participant": "Mrs. X", "content": "Hello.", "emotional label": ["Sadness"]},
                {"speaker": "Supporter", "participant": "T", "content": "Hi.", "strategy": ["Question"]},
            ],
        },
        [("Seeker", "Hello."), ("Supporter", "Hi.")],
    ),
    "list": ([{"speaker": "a", "text": "Hello."}, {"speaker": "b", "text": "Hi."}], AB),
    "people": (
        {"turns": [{"speaker": {"id": 4, "name": "a"}, "text": "Hello."}, {"speaker": {"id": 5}, "text": "Hi."}]},
        [("a", "Hello."), ("5", "Hi.")],
    ),
    "text": (
        {"transcript": "Coach: Hello.\nClient: Hi.\nCoach: Well."},
        [("Coach", "Hello."), ("Client", "Hi."), ("Coach", "Well.")],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["a.json", "a.txt"])
def test_shapes(tmp_path, shape, name):
    value, expected = SHAPES[shape]
    path = tmp_path / name
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2))
    assert talk(path) == expected


@pytest.mark.parametrize("shape", ["openai", "sharegpt", "psy-insight", "whisperx"])
def test_lists_lines_and_wrappers_hold_many(tmp_path, shape):
    value, expected = SHAPES[shape]
    (tmp_path / "1.json").write_text(json.dumps([value, value]))
    (tmp_path / "2.jsonl").write_text("\n".join(map(json.dumps, [value, value])))
    (tmp_path / "3.json").write_text("\n".join(map(json.dumps, [value, value])) + "\n")
    (tmp_path / "4.json").write_text(json.dumps({"data": [value, value]}))
    found = list(read_transcripts([tmp_path]))
    assert [item.name.rpartition("/")[2] for item in found] == [
        f"{name}#{number}" for name in ("1.json", "2.jsonl", "3.json", "4.json") for number in (1, 2)
    ]
    for item in found:
        assert isinstance(item, Transcript)
        assert [(utterance.speaker, utterance.text) for utterance in item.utterances] == expected


def test_a_list_of_lists_of_turns(tmp_path):
    turns = [{"speaker": "a", "text": "Hello."}]
    (tmp_path / "a.json").write_text(json.dumps([turns, turns]))
    assert len(list(read_transcripts([tmp_path]))) == 2


def test_a_turn_a_line_is_one_conversation(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + "\n\n".join(json.dumps({"speaker": who, "text": text}) for who, text in AB))
    assert talk(path) == AB


def test_a_document_a_line_is_not(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"text": "Coach: Hello.\nClient: Hi.\nCoach: So."}) * 1 + "\n" + json.dumps({"text": "One.\nTwo."})
    )
    assert [len(found.utterances) for found in read_transcripts([path]) if isinstance(found, Transcript)] == [3, 2]


def test_rows_that_are_none_are_told_and_the_rest_goes_on(tmp_path):
    good = json.dumps({"messages": [{"role": "user", "content": "Hello."}]})
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(['{"x": 1}', good, '{"messages": [', good, "{}"]).encode() + b'\n"\xff"\n')
    found = list(read_transcripts([path]))
    assert [item.name[-2:] for item in found] == ["#1", "#2", "#3", "#4", "#5", "#6"]
    assert [isinstance(item, Transcript) for item in found] == [False, True, False, True, False, False]
    assert all("\n" not in item.reason for item in found if isinstance(item, Unreadable))


def test_a_text_in_a_row_that_is_no_talk_does_not_stop_the_others(tmp_path):
    rows = [{"messages": [{"role": "user", "content": "Hello."}]}, {"text": "x\n" + "y" * 2_000_000}, None]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, [*rows, rows[0]])))
    assert [isinstance(found, Transcript) for found in read_transcripts([path])] == [True, False, False, True]


def test_a_file_of_other_rows_is_given_up(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"price": 3}\n' * 5_000)
    assert "none of its first 20" in reason(path)


def test_halves_of_characters_and_controls_do_not_come_through(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(r'[{"speaker": "a\u0000b", "text": "x\ud800y\u200b\u0007z\n"}]')
    ((speaker, text),) = talk(path)
    assert (speaker, text) == ("ab", "x\ufffdyz")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        "3",
        '"Ruth"',
        "null",
        '{"messages": []}',
        "[1]",
        "Ruth",
        "[" * 100_000,
        "1" * 5_000,
        '["Ruth',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_what_holds_no_talk_is_told(tmp_path, content, name):
    path = tmp_path / name
    path.write_text(content)
    assert "Ruth" not in reason(path)


def test_brackets_begin_a_text_as_well(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("[Coach] Hello.\n[Client] Hi.\n")
    assert talk(path) == [("Coach", "Hello."), ("Client", "Hi.")]
