"""Text from bytes of an encoding that nobody has stated."""

from __future__ import annotations

import codecs
import re

from synthgen.errors import FileError
from synthgen.extras import late
from synthgen.text import CJK

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What is likely, each with the codec that also knows its makers' later characters.
_LIKELY = {
    "gb18030": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "cp1251": "cp1251",
    "cp1252": "cp1252",
}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_PLAIN = re.compile(f"[\\s!-~\u00a0-\u017f\u2010-\u203a\u3000-\u303f\uff00-\uffef{CJK}]")
# Characters of GB 2312 but its kana, which EUC-JP has in the same places. Hangul of EUC-KR end below most of its Han.
_GB2312 = re.compile(rb"(?:[\xa1-\xa3\xa6-\xa9\xb0-\xf7][\xa1-\xfe])+")
_BEYOND_HANGUL = 0xC9
_CHINESE_MARKS = frozenset(mark.encode("gb2312") for mark in "：，。？！")
_RARE = 0.1
_SAMPLE = 1 << 16
# A damaged or binary file has more control characters than one in a thousand bytes, text has none.
_MOST_CONTROLS = 0.001
# Letters of Western languages with marks stand alone among plain ones; a Chinese character is a pair of high bytes.
_LONE = 0.3
_MOST_BROKEN = 0.01
_MOSTLY = 0.95


def text_of(content: bytes) -> str:
    """Return the text of a file's bytes; a character cut off at its end is left out.

    UTF-8, UTF-16 and Western text are found here, other encodings by charset-normalizer.
    Raises FileError when the bytes are no text, MissingExtraError.
    """
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
    if not encoding and b"\0" in content[:_SAMPLE]:
        encoding = _unmarked_utf16(content)
    if encoding:
        return _checked(_decoded(content, encoding))
    if len(_CONTROLS.findall(content)) > _MOST_CONTROLS * len(content) or b"\0" in content:
        raise _no_text()
    try:
        return _decoded(content, "utf-8")
    except FileError:
        return _mended(content) or _decoded(content, _guessed(content))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        # Not the last piece, it says, so that a character cut off at the end is no error.
        return codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        raise FileError("text of no known encoding, or damaged", hint="save it as UTF-8.") from None


def _checked(text: str) -> str:
    """Return a text that was decoded by its mark, which binary content may bear by chance."""
    sample = text[:_SAMPLE]
    if "\0" in text or sum(map(str.isprintable, sample)) + sum(map(str.isspace, sample)) < len(sample) / 2:
        raise _no_text()
    return text


def _unmarked_utf16(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, "" when it is not that."""
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    # Plain text with a few zeros would read as Chinese. Chinese itself has line ends, whose second byte is zero.
    if zeros < len(sample) / 400 or (zeros < len(sample) / 4 and len(_HIGH.sub(b"", sample)) > 0.9 * len(sample)):
        return ""
    shares = {name: _plain_share(sample.decode(name, "ignore")) for name in ("utf-16-le", "utf-16-be")}
    likely = max(shares, key=lambda name: shares[name])
    return likely if shares[likely] > _MOSTLY else ""


def _plain_share(text: str) -> float:
    return len(_PLAIN.findall(text)) / len(text) if text else 0.0


def _mended(content: bytes) -> str:
    """Return damaged UTF-8 with marks where its damage is, "" when it is more likely another encoding."""
    text = content.decode("utf-8", "replace")
    broken, foreign = text.count("\ufffd"), sum(character > "\x7f" for character in text[:_SAMPLE])
    return text if broken <= _MOST_BROKEN * foreign else ""


def _guessed(content: bytes) -> str:
    sample = _foreign_lines(content)
    runs = _HIGH.findall(sample)
    if sum(len(run) for run in runs if len(run) > 1) < _LONE * sum(map(len, runs)):
        return "cp1252"
    pairs = [run[at : at + 2] for run in runs for at in range(0, len(run), 2)]
    chinese = sum(pair[0] >= _BEYOND_HANGUL or pair in _CHINESE_MARKS for pair in pairs)
    if all(map(_GB2312.fullmatch, runs)) and chinese > _RARE * len(pairs):
        return "gb18030"
    detector = late("charset_normalizer", "charset_normalizer", "transcripts", "a text that is not UTF-8")
    for whole in (sample, sample[:-1]):  # a character may be cut off at the end
        if best := detector.from_bytes(whole, cp_isolation=list(_LIKELY)).best():
            return _LIKELY.get(best.encoding, "cp1252")
    raise _no_text()


def _foreign_lines(content: bytes) -> bytes:
    """Return enough lines from their first byte on that is not ASCII. Such lines may be rare, and late in the file."""
    sample, at = b"", 0
    while len(sample) < _SAMPLE and (match := _HIGH.search(content, at)):
        end = content.find(b"\n", match.start())
        at = end if end > 0 else len(content)
        sample += content[match.start() : min(at, match.start() + _SAMPLE)] + b"\n"
    return sample.rstrip(b"\n")


def _no_text() -> FileError:
    return FileError("not text but binary, or damaged", hint="check that the name tells what the file is.")
