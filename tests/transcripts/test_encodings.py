from __future__ import annotations

import pytest

from synthgen.errors import FileError
from synthgen.transcripts.encodings import text_of

ENGLISH = "Coach: So it’s been hard.\nCaregiver: Yes – he’s up at night…\nCoach: You said “no” at the café.\n"
FRENCH = "Thérapeute : Bonjour, ça va ?\nCliente : J’ai très mal dormi, c’était l’été.\n"
GERMAN = "Berater: Schön, dass Sie da sind.\nKlientin: Über die Arbeit möchte ich nicht reden.\n"
SIMPLIFIED = "来访者：我最近总是睡不好，心里很烦。\n咨询师：嗯。\n来访者：妈妈不理解我。\n咨询师：听起来你很累。\n"
TRADITIONAL = "來訪者：我最近總是睡不好，心裡很煩。\n諮商師：嗯。\n來訪者：媽媽不理解我。\n諮商師：聽起來你很累。\n"
JAPANESE = "相談者：最近よく眠れません。\nカウンセラー：お疲れのようですね。\n相談者：はい、仕事が多いです。\n"
KOREAN = "상담사: 요즘 어떻게 지내세요?\n내담자: 잠을 잘 못 자요.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *(
            (text, name)
            for text in (ENGLISH, SIMPLIFIED, JAPANESE)
            for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
        ),
        *((text, name) for text in (ENGLISH, SIMPLIFIED, JAPANESE) for name in ("utf-16-le", "utf-16-be")),
        *((text, "cp1252") for text in (ENGLISH, FRENCH, GERMAN)),
        *((SIMPLIFIED, name) for name in ("gb18030", "gbk", "gb2312")),
        *((TRADITIONAL, name) for name in ("big5", "cp950", "gb18030")),
        *((JAPANESE, name) for name in ("shift_jis", "cp932", "euc_jp")),
        (KOREAN, "euc_kr"),
    ],
)
@pytest.mark.parametrize("before", ["", "Coach: plain words for a while.\n" * 5_000])
def test_encodings_are_told_apart(text, encoding, before):
    assert text_of((before + text).encode(encoding)) == before + text


def test_characters_beyond_the_first_plane_in_gb18030():
    assert text_of((SIMPLIFIED + "𠮷家\n").encode("gb18030")) == SIMPLIFIED + "𠮷家\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "big5"])
def test_a_character_cut_off_at_the_end_is_left_out(encoding):
    text = TRADITIONAL.rstrip("\n")
    assert text_of(text.encode(encoding)[:-1]) == text[:-1]


def test_a_little_damage_in_utf8_is_marked_and_the_rest_kept():
    content = (SIMPLIFIED * 20).encode()
    assert text_of(content + b"\xff\n" + content).replace("\ufffd\n", "") == SIMPLIFIED * 40


@pytest.mark.parametrize(
    "content",
    [
        b"\0\1\2\3" * 100,
        b"Coach: one\0two",
        bytes(range(256)) * 40,
        b"\xff\xfe" + bytes(range(1, 255)) * 40,
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(200)) * 20,
        b"Coach: \x81 plain words",
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(FileError):
        text_of(content)


def test_nothing_is_text():
    assert text_of(b"") == ""
