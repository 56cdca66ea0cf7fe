from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pytest
from reading_trials import read_file, reason, talk
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from synthgen.errors import FileError
from synthgen.transcripts.apart import sheets_apart
from synthgen.transcripts.layout import HYPHEN, unwrapped
from synthgen.transcripts.transcript import Transcript

LONG = "He is up at night and I am tired, which is hard when there is work in the morning and a house to keep. " * 4
LATIN = ParagraphStyle("latin", fontName="Helvetica", fontSize=11, leading=14)
HAN = ParagraphStyle("han", fontName="STSong-Light", fontSize=11, leading=16, wordWrap="CJK")
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def printed(path: Path, *parts: str, style: ParagraphStyle = LATIN, password: str | None = None) -> Path:
    """Write paragraphs as a PDF; "" begins a page."""
    encrypted = None if password is None else StandardEncryption(password, "owner", strength=128)
    story = [Paragraph(part, style) if part else PageBreak() for part in parts]
    SimpleDocTemplate(str(path), encrypt=encrypted).build(story)
    return path


def drawn(path: Path, *pages: list[str]) -> Path:
    canvas = Canvas(str(path))
    for page in pages:
        for number, line in enumerate(page):
            canvas.drawString(60, 760 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def test_wrapped_lines_are_joined(tmp_path):
    path = printed(tmp_path / "a.pdf", "<b>Coach:</b> How is he?", f"<b>Caregiver:</b> {LONG}", "<b>Coach:</b> I see.")
    assert talk(path) == [("Coach", "How is he?"), ("Caregiver", LONG.strip()), ("Coach", "I see.")]


def test_chinese_is_joined_without_spaces(tmp_path):
    long = "我最近总是睡不好，晚上想着工作的事情，心里很烦。" * 6
    path = printed(tmp_path / "a.pdf", f"来访者：{long}", "咨询师（00:12）：听起来你很累。", "来访者：对。", style=HAN)
    assert talk(path) == [("来访者", long), ("咨询师", "听起来你很累。"), ("来访者", "对。")]


def test_pages_are_sheets_and_do_not_break_what_is_said(tmp_path):
    found = read_file(
        printed(tmp_path / "a.pdf", "Coach: one", "Client: two and", "", "more", "Coach: three", "", "Client: 4th")
    )
    assert isinstance(found, Transcript)
    assert [(utterance.text, utterance.sheet) for utterance in found.utterances] == [
        ("one", 1),
        ("two and more", 1),
        ("three", 2),
        ("4th", 3),
    ]


def test_heads_feet_and_numbers_of_pages_are_left_out(tmp_path):
    pages = [
        [f"Visit {number}, private", f"Coach: question {number}", f"Client: answer {number} and", f"Page {number} of 4"]
        for number in range(1, 5)
    ]
    expected = [turn for n in range(1, 5) for turn in (("Coach", f"question {n}"), ("Client", f"answer {n} and"))]
    assert talk(drawn(tmp_path / "a.pdf", *pages)) == expected


def test_hyphens_at_line_ends_are_mended_with_care(tmp_path):
    lines = ["Coach: You look after him as a care-", "giver and your self-", "esteem is low. A caregiver is", "tired."]
    path = drawn(tmp_path / "a.pdf", [*lines, "Client: Yes, I am a care-"], ["giver. Well - yes.", "Coach: So."])
    assert talk(path)[0] == (
        "Coach",
        "You look after him as a caregiver and your self-esteem is low. A caregiver is tired.",
    )
    assert talk(path)[1] == ("Client", "Yes, I am a caregiver. Well - yes.")
    assert unwrapped([[f"co{HYPHEN}"]]) == [["co-"]]


def test_paragraphs_of_nobody_end_where_a_line_is_short(tmp_path):
    path = printed(tmp_path / "a.pdf", LONG, "Then he slept.", LONG)
    assert [text for _, text in talk(path)] == [LONG.strip(), "Then he slept.", LONG.strip()]


def test_a_time_above_what_is_said(tmp_path):
    path = drawn(tmp_path / "a.pdf", ["Speaker 1  0:03", "Hello and", "welcome.", "Speaker 2  0:09", "Hi."])
    assert talk(path) == [("Speaker 1", "Hello and welcome."), ("Speaker 2", "Hi.")]


def test_pictures_of_text_are_told(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.rect(10, 10, 300, 300, fill=1)
    canvas.save()
    assert "OCR" in reason(tmp_path / "a.pdf")


def test_encrypted_files_open_by_the_empty_password_only(tmp_path):
    assert talk(printed(tmp_path / "a.pdf", "Coach: one", "Client: two", password="")) == [
        ("Coach", "one"),
        ("Client", "two"),
    ]
    assert "save it without one" in reason(printed(tmp_path / "b.pdf", "Coach: one", password="sesame"))


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_damaged_files_are_told(tmp_path, content):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert "damaged" in reason(path)


def test_a_file_cut_off_is_told_or_read_as_far_as_it_goes(tmp_path):
    whole = printed(tmp_path / "a.pdf", "Coach: one", "Client: two").read_bytes()
    path = tmp_path / "b.pdf"
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in reason(path)


def test_another_file_of_that_name_is_told(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_text("Coach: Hello.\n")
    assert "no .pdf file by its content" in reason(path)


def _with_stream(path: Path, packed: bytes, pages: int = 1) -> Path:
    """Write a PDF whose pages share one packed content."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj%bendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(b"%b%btrailer<</Size 6/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (content, table, len(content)))
    return path


def test_a_file_of_too_many_pages_is_told(tmp_path):
    path = _with_stream(tmp_path / "a.pdf", zlib.compress(b"BT /F 9 Tf 9 9 Td (abc) Tj ET"), pages=5_001)
    assert "more than 5,000 pages" in reason(path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit of memory is not kept")
def test_a_file_that_needs_too_much_memory_is_told(tmp_path):
    packer = zlib.compressobj()
    unit = b"BT /F 9 Tf 9 9 Td (abc) Tj ET " * 35_000
    packed = b"".join(packer.compress(unit) for _ in range(60)) + packer.flush()
    assert "more than 400 MB" in reason(_with_stream(tmp_path / "a.pdf", packed))


def test_a_file_that_takes_too_long_is_told(tmp_path):
    path = printed(tmp_path / "a.pdf", "Coach: one")
    with pytest.raises(FileError, match="not read within"):
        sheets_apart(path, seconds=0.001)


def test_a_missing_extra_is_told_with_what_to_install(tmp_path, monkeypatch):
    path = printed(tmp_path / "a.pdf", "Coach: one")
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "pypdfium2.py").write_text("raise ImportError('made for another machine')")
    monkeypatch.syspath_prepend(tmp_path / "shadow")
    assert "pip install" in reason(path)
    assert "synthgen[transcripts]" in reason(path)
