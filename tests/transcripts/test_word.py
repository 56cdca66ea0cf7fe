from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reading_trials import read_file, reason, talk

from synthgen.transcripts.transcript import Transcript

TURNS = [("Ines Falk", "Good to see you."), ("Tomas", "It was long."), ("Ines Falk", "Go on.")]


def saved(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def with_body(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Write a document whose main part is changed as no program changes it."""
    content = saved(path, "Coach: Hello.", "Client: Hi.").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            part = before.read(entry)
            after.writestr(entry.filename, change(part) if entry.filename == "word/document.xml" else part)
    return path


def test_labels_in_paragraphs(tmp_path):
    path = saved(tmp_path / "a.docx", "来访者：我睡不好。", "很累。", "咨询师：嗯。", "", "来访者：对。")
    assert talk(path) == [("来访者", "我睡不好。\n很累。"), ("咨询师", "嗯。"), ("来访者", "对。")]


def test_what_word_transcribes(tmp_path):
    lines = ["Audio file", "visit.m4a", "Transcript"]
    for second, (who, text) in enumerate(TURNS):
        lines += [f"00:00:0{second} {who}", text]
    assert talk(saved(tmp_path / "a.docx", *lines)) == [("", "Audio file\nvisit.m4a\nTranscript"), *TURNS]


def test_what_teams_transcribes(tmp_path):
    document = docx.Document()
    for second, (who, text) in enumerate(TURNS):
        paragraph = document.add_paragraph()
        paragraph.add_run(who).bold = True
        paragraph.add_run(f"   0:0{second}").add_break()
        paragraph.add_run(text)
    document.save(str(tmp_path / "a.docx"))
    assert talk(tmp_path / "a.docx") == TURNS


def test_what_teams_transcribed_before(tmp_path):
    lines = [line for n, (who, text) in enumerate(TURNS) for line in (f"0:0:{n}.0 --> 0:0:{n}.87", who, text, "")]
    assert talk(saved(tmp_path / "a.docx", *lines)) == TURNS


def test_tables_stand_among_paragraphs(tmp_path):
    document = docx.Document()
    document.add_paragraph("Coach: Before.")
    rows = [("Time", "Speaker", "What"), *((f"0:0{n}", *turn) for n, turn in enumerate(TURNS))]
    rows[0] = ("Time", "Speaker", "Text")
    table = document.add_table(rows=len(rows), cols=3)
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph("Coach: After.")
    document.save(str(tmp_path / "a.docx"))
    assert talk(tmp_path / "a.docx") == [("Coach", "Before."), *TURNS, ("Coach", "After.")]


def test_page_breaks_begin_sheets(tmp_path):
    document = docx.Document()
    document.add_paragraph("Coach: one").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Client: two")
    document.add_paragraph("Coach: three").paragraph_format.page_break_before = True
    paragraph = document.add_paragraph("Client: four ")
    paragraph.add_run()._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
    paragraph.add_run("goes on")
    document.add_paragraph("Coach: five")
    document.save(str(tmp_path / "a.docx"))
    found = read_file(tmp_path / "a.docx")
    assert isinstance(found, Transcript)
    assert [(utterance.text, utterance.sheet) for utterance in found.utterances] == [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four goes on", 3),
        ("five", 4),
    ]


def test_what_is_inserted_or_in_a_content_control_is_read_and_what_is_deleted_is_not(tmp_path):
    part = (
        b"<w:p><w:r><w:t>Coach: a </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        b"<w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>Client: held</w:t><w:tab/><w:t>here</w:t></w:r></w:p>"
        b"</w:sdtContent></w:sdt>"
    )
    path = with_body(tmp_path / "a.docx", lambda body: body.replace(b"<w:sectPr", part + b"<w:sectPr", 1))
    assert talk(path)[2:] == [("Coach", "a new"), ("Client", "held here")]


def with_entities(path: Path, declared: str, used: str) -> Path:
    def change(body: bytes) -> bytes:
        doctype = f"?>\n<!DOCTYPE x [{declared}]>\n"
        return body.replace(b"?>\n", doctype.encode(), 1).replace(b"Hello.", used.encode())

    return with_body(path, change)


def test_entities_are_never_resolved(tmp_path):
    (tmp_path / "secret").write_text("hunter2")
    external = f'<!ENTITY e SYSTEM "file://{tmp_path}/secret">'
    assert "DTD" in reason(with_entities(tmp_path / "a.docx", external, "&e;"))
    grown = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    assert "Hint" in reason(with_entities(tmp_path / "b.docx", grown, "&a9;"))


def test_bombs_are_refused_by_what_they_unpack_to(tmp_path):
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(140):
            part.write(b" " * (1 << 20))
    assert "unpacks to more than" in reason(path)


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    path = with_body(tmp_path / "a.docx", lambda body: body + b" " * 5_000_000)
    content = bytearray(path.read_bytes())
    real, told = (5_000_000).to_bytes(4, "little")[2:], (100).to_bytes(4, "little")
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert size[2:] == real
    path.write_bytes(content.replace(size, told))
    assert "damaged" in reason(path)


@pytest.mark.parametrize("keep", [30, 2_000, -1])
def test_documents_cut_off_are_told(tmp_path, keep):
    path = saved(tmp_path / "a.docx", "Coach: Hello.")
    path.write_bytes(path.read_bytes()[:keep])
    assert "damaged" in reason(path)


def test_encrypted_and_old_documents_are_told(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    assert "save it as .docx without a password" in reason(path)


def test_another_zip_is_no_document(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "Coach: secret")
    assert "secret" not in reason(path)


def test_text_that_is_too_much_is_told(tmp_path):
    path = with_body(
        tmp_path / "a.docx", lambda body: body.replace(b"<w:sectPr", b"<w:p/>" * 250_001 + b"<w:sectPr", 1)
    )
    assert "250,000 lines" in reason(path)
