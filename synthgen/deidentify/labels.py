"""Speaker labels: which of them name somebody, and which only tell a part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.deidentify.words.chinese import SURNAMES
from synthgen.deidentify.words.english import STRONG_TITLES
from synthgen.personal.rule import Span

_PARTS = frozenset(
    """
    speaker client therapist counselor counsellor coach caregiver carer interviewer interviewee participant patient
    doctor dr
    physician nurse moderator host facilitator interpreter translator mother father mom mum dad mommy daddy parent
    parents
    wife husband spouse partner son daughter child kid brother sister sibling grandmother grandfather grandma grandpa
    aunt
    uncle friend unknown person guest agent customer user assistant system operator caller callee male female man
    woman boy
    girl voice all both group everyone student teacher pupil worker psychologist psychiatrist psychotherapist advisor
    adviser tenant landlord manager employee supervisor supervisee hr social case officer member staff volunteer support
    helper listener seeker supporter human bot model chatgpt ai narrator chair chairperson panelist respondent
    researcher
    question answer q a i p t c m f s the a of and mr mrs ms miss mx prof professor sir pastor rev judge lawyer attorney
    clinician practitioner provider counselee mentor mentee peer first second third one two three four line hotline
    intake reception receptionist secretary clerk no number male1 female1 transcriber recording note notes time topic
    session date page chapter summary background on off camera phone video audio in out left right younger older elder
    young old
    """.split()
)
_PARTS_ZH = re.compile(
    r"来访者|來訪者|來談者|案主|訪談員|访谈员|援助员|援助員|接听员|咨询员|諮詢員|谘商师|谘询师|助人者|家人|妻|夫"
    r"|父|母|子|女儿|孫|孙|老人|青年|青少年|少年|咨询师|治疗师|心理师|諮商師|諮詢師|治療師|心理師|患者|病人|医生"
    r"|醫生|大夫|老师|老師|客户|客戶|客服|主持人|记者|記者|访谈者|訪談者|受访者|受訪者|家属|家屬|妈妈|媽媽"
    r"|爸爸|母亲|母親|父亲|父親|丈夫|妻子|太太|先生|女士|小姐|老公|老婆|奶奶|爷爷|爺爺|外婆|外公|姐姐|哥哥|弟弟"
    r"|妹妹|儿子|兒子|女儿|女兒|孩子|学生|學生|同学|同學|家长|家長"
    r"|护士|護士|护理师|護理師|社工师?|社工師|督导|督導|男[方生]?|女[方生]?|说话人|說話人|讲话人|发言人|發言人"
    r"|对方|對方|个案|個案|案主|求助者|倾听者|傾聽者|志愿者|志願者"
    r"|接线员|接線員|热线|熱線|随访|隨訪|产妇|產婦|孕妇|组长|組長|组员|組員|成员|成員|带领者|帶領者|心理|员|員"
    r"|顾问|顧問|教练|教練|律师|律師|翻译|翻譯|旁白|众人|眾人|全体|用户|用戶"
    r"|助手|助理|研究者|被试|受试者|照顾者|照護者|照顧者|辅导员|輔導員|班主任|主任|校长|医师|醫師|号|號|者|的|師|师"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NAME = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_ASIDE = re.compile(r"[(（\[【<].*?[)）\]】>]|\d[\d:.,]*")


def find_names(label: str, text: str) -> Iterator[Span]:
    """Yield what in a label is somebody's name. A word that the text has with an article or "my" tells a part."""
    bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), label)
    last: Span | None = None
    for word in _NAME.finditer(bare):
        plain = word[0].casefold().rstrip(".")
        if (len(plain) == 1 and plain.isascii()) or plain in _PARTS or plain in STRONG_TITLES or _is_part(plain, text):
            continue
        if last and not bare[last.end : word.start()].strip(" ."):
            last = Span("name", last.start, word.end())
            continue
        if last:
            yield last
        last = Span("name", *word.span())
    if last:
        yield last


def _is_part(plain: str, text: str) -> bool:
    if plain.isascii():
        article = rf"\b(?:a|an|the|my|your|his|her|our|their|as)\s+{re.escape(plain)}\b"
        return re.search(article, text, re.IGNORECASE) is not None
    if len(plain) == 1:
        return plain not in SURNAMES
    name = _PARTS_ZH.sub("", plain)
    if name == plain:
        return not 2 <= len(plain) <= 4 and _HAN.fullmatch(plain) is not None
    return not (1 <= len(name) <= 3 and plain.startswith(name) and name[0] in SURNAMES)
