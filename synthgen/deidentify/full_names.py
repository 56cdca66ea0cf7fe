"""Full names of people in texts that should have none, by what the extra `ner` brings, loaded when it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from synthgen.deidentify.model import Model
from synthgen.errors import SpecError
from synthgen.extras import late
from synthgen.personal.rule import Span

NameFinder = Callable[[str], list[Span]]

# Nine in ten Chinese people have one of these surnames; jieba takes other words for names that begin otherwise.
_SURNAMES = tuple(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳許鄭謝葉蘇盧"
)
# With these a surname is a form of address.
_TITLES = ("老师", "先生", "女士", "小姐", "医生", "大夫", "经理", "主任", "阿姨", "叔叔", "师傅", "老師", "醫生")


def open_names(language: str, where: str) -> NameFinder:
    """Return what finds the full names in texts of a language; given names alone are left in peace.

    Raises MissingExtraError where the package or its model is not installed, and SpecError for a language that
    none is known for, both told of `where` it was asked.
    """
    opener = _OPENERS.get(language.split("-")[0])
    if opener is None:
        raise SpecError(
            f"{where}: names are found in {' and '.join(sorted(_OPENERS))} only, not in {language!r}.",
            hint="leave it out, or make a run of its own for that language.",
        )
    return opener(where)


def _open_chinese(where: str) -> NameFinder:
    jieba, tagger = late("jieba", "jieba", "ner", where), late("jieba.posseg", "jieba", "ner", where)
    jieba.setLogLevel(logging.WARNING)

    def find(text: str) -> list[Span]:
        return list(_chinese(tagger.cut(text)))

    return find


def _chinese(words: Any) -> Iterator[Span]:
    end = 0
    for word, flag in words:
        start, end = end, end + len(word)
        if flag == "nr" and 2 <= len(word) <= 4 and word.startswith(_SURNAMES) and not word.endswith(_TITLES):
            yield Span("name", start, end)


def _open_english(where: str) -> NameFinder:
    model = Model(where)

    def find(text: str) -> list[Span]:
        return [span for span in model(text) if span.kind == "name" and " " in text[span.start : span.end]]

    return find


_OPENERS: Mapping[str, Callable[[str], NameFinder]] = {"en": _open_english, "zh": _open_chinese}
