"""Pieces of the prompt, of a template or of the model's own format that were left in a text."""

from __future__ import annotations

import re

from synthgen.filters.check import Check, drop
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

# A text without any of these holds neither markup nor blanks; most texts are done with here.
_SUSPECT = re.compile(r"[<>{}\[\]|`$［【]")

# Tokens of chat templates, reasoning tags, template braces, code fences and JSON.
_MARKUP = re.compile(
    r"<\||\|>|<</?sys|</?(?:s|think|thinking|reasoning|answer|system|user|assistant|message|reply|response|output|br|p)>"
    r"|<(?:bos|eos|pad|unk|start_of_turn|end_of_turn)>|\[/?inst\]|\{\{|\}\}|\{%|\$\{|```"
    r"|\{\s*[\"“]\w+[\"”]\s*:|[\"“](?:slot|messages?|reply|role|content|text)[\"”]\s*:\s*[\"“\[{\d]",
    re.IGNORECASE,
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split(", "))


# A blank is a bracket to be filled in: [Name], <your city>, {age}, 【姓名】, [message 9].
_BRACKET = re.compile(r"([\[［【<{])([^\[\]［］【】<>{}\n]{1,60})[\]］】>}](?!\()")
_FILL = re.compile(
    r"(?:insert|add|enter|fill in|your|client'?s?|user'?s?|patient'?s?|specific) \w"
    r"|(?:此处|在此|请填|填写|插入|您的|你的|来访者的|用户的)",
    re.IGNORECASE,
)
_BLANK_NAMES = _words(
    "name, first name, last name, age, date, day, time, city, state, country, location, place, company, job, job title"
    ", occupation, school, topic, theme, emotion, feeling, symptom, situation, message, query, reply, response,"
    " client, user, assistant, counselor, therapist, slot, number, placeholder, redacted, x, xx, xxx,"
    " 姓名, 名字, 昵称, 年龄, 城市, 地点, 日期, 时间, 公司, 职业, 学校, 主题, 话题, 情绪, 来信, 消息, 回复, 来访者"
    ", 咨询师, 用户, 助手, 某某"
)
_NUMBERED = re.compile(r"[\s#]*\d+$")
# People put asides, edits and mended words in brackets too; these open with a capital without being blanks.
_CAPITALS = re.compile(r"[A-Z][A-Za-z'’]+(?:[ ,/&-]+[A-Za-z'’]+){0,3}")
_ASIDES = _words(
    "he, she, it, they, we, you, his, her, their, my, our, me, him, the, a, an, and, but, so, this, that, is, was,"
    " had, have, not, laugh, laughs, laughter, sigh, sighs, sighing, sighed, pause, pauses, pausing,"
    " cry, cries, crying, sob, sobs, sobbing, smile, smiles, smiling, chuckle, chuckles, nod, nods, nodding,"
    " silence, silent, whispers, coughs, shrugs, breath, breathes, inaudible, sic, edit, edited, update, note, tw, cw,"
    " nsfw, op, trigger, warning, spoiler, link, source"
)

# Who speaks, and headings of the prompt, at the start of a line.
_LINE_LABELS = (
    "client|counselor|counsellor|therapist|patient|user|assistant|system|human|ai|bot|chatbot|seeker|supporter"
    "|topic|query|来访者|求助者|咨询师|心理咨询师|治疗师|用户|助手|患者|系统|来信者|话题|主题"
)
_NUMBERED_LABELS = "message|instruction|slot|reply|response|消息|来信|回复|槽位"
_LEAD = r"[\s*_>#\"“「]*"
_POSSESSED = r"(?:'s?|’s?)? (?:goal|message|reply|response|situation|question|profile|background|statement|name|age)"
# Headings that mean something elsewhere, so only the very start of a text gives them away.
_FIRST = re.compile(
    rf"{_LEAD}(?:(?:message|reply|response|answer|subject|title|output|回复|回答|来信|消息|标题)[*_ ]*[:：]"
    r"|(?:(?:sure|certainly|of course|okay|ok|absolutely)[,.!] ?)?here(?:'s|’s| is) (?:a|an|the|my|your) "
    r"(?:\w+ )?(?:revised|rewritten|expanded|shortened|shorter|longer|updated|corrected|improved|possible|sample|new)"
    r" (?:\w+ ){0,2}(?:message|reply|response|version|text|draft)\b"
    r"|(?:好的[，,。！!]?)?以下是(?:修改|改写|扩写|精简|更新|重写)后?的?(?:回复|来信|内容|版本|文本|消息))",
    re.IGNORECASE,
)


def build(spec: Spec, plain: bool) -> Check:
    blanks = _BLANK_NAMES | {name.casefold() for topic in spec.topics for name in (topic.name, *topic.names.values())}
    roles = [spec.roles.user, spec.roles.assistant]
    roles += [names[role] for names in spec.translations.values() for role in tuple(roles) if role in names]
    label = re.compile(
        rf"{_LEAD}(?:(?:{_LINE_LABELS}|{'|'.join(map(re.escape, roles))})(?:{_POSSESSED})?(?: ?#?\d+)?[*_ ]*[:：]"
        rf"|(?:{_NUMBERED_LABELS}) ?#?\d+[*_ ]*(?:[:：.)-]|$)|第\d+[条封](?:消息|来信|回复)?[:：])",
        re.IGNORECASE,
    )

    def check(candidate: Candidate) -> Drop | None:
        text = candidate.text
        suspect = _SUSPECT.search(text) is not None or '":' in text
        found = (suspect and (_markup(text) or _blank(text, blanks))) or _label(text, label)
        if not found:
            return None
        return drop(
            candidate,
            "leak",
            en=f'It contains "{found}", which belongs to the form and not to the text. '
            "Put real words in its place or leave it out.",
            zh=f"文中出现了“{found}”，那是格式而不是正文。请换成真实的内容，或者删去。",
            evidence=found,
        )

    return check


def _markup(text: str) -> str:
    found = _MARKUP.search(text)
    return found[0] if found else ""


def _blank(text: str, blanks: frozenset[str]) -> str:
    for found in _BRACKET.finditer(text):
        opening, inner = found[1], found[2].strip()
        if _NUMBERED.sub("", inner).casefold() in blanks or _FILL.match(inner):
            return found[0]
        if opening == "[" and _CAPITALS.fullmatch(inner) and _ASIDES.isdisjoint(re.split(r"\W+", inner.casefold())):
            return found[0]
    return ""


def _label(text: str, label: re.Pattern[str]) -> str:
    if first := _FIRST.match(text):
        return first[0].strip()
    # Line by line, since a search for line starts would try every character.
    for line in text.splitlines():
        if found := label.match(line):
            return found[0].strip()
    return ""
