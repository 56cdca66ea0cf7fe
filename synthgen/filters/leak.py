"""Pieces of the prompt, of a template or of the model's own format that were left in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.markdown import markdown_in
from synthgen.filters.options import SWITCH
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

# A text without any of these holds neither markup nor blanks; most texts are done with here.
_SUSPECT = ("<", ">", "{", "}", "[", "]", "|", "`", "$", "［", "【", '":')
_BRACKETS = ("(", "（", "[", "［", "【")

# Tokens of chat templates, reasoning tags, template braces, code fences and JSON.
_MARKUP = re.compile(
    r"<\||\|>|<</?sys|</?example\b|</?(?:s|think|thinking|reasoning|answer|system|user|assistant|message|reply|response|output|br|p)>"
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
# What stands for a piece of personal data that was taken out: [PERSON_1].
_SURROGATE = re.compile(r"[A-Z]{2,}(?: [A-Z]+)?_\d+")
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
# The same inside a line, after the end of a sentence; there only a capital tells an English label from a word.
_TURN_LABELS = (
    "Client|Counselor|Counsellor|Therapist|Patient|User|Assistant|Human|AI|Chatbot|Seeker|Supporter"
    "|来访者|求助者|咨询师|心理咨询师|治疗师|用户|助手|患者|来信者"
)
_NUMBERED_LABELS = "message|instruction|slot|reply|response|消息|来信|回复|留言|编号|槽位"
_NUMBERED_TURNS = rf"(?:{_NUMBERED_LABELS}|Message|Instruction|Slot|Reply|Response) ?#?\d+"
_COUNTED = r"第\d+[条封](?:消息|来信|回复|留言)"
_SLOT = re.compile(rf"[(（\[［【](?:(?:{_NUMBERED_LABELS}) ?#?\d+|{_COUNTED})[)）\]］】]", re.IGNORECASE)
# Possessive: what comes after may begin with spaces too, and would be tried at each of a megabyte of them.
_LEAD = r"[\s*_>#\"“「]*+"
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

# Sentences of the prompts, and lengths told as the prompts ask for them. To look for a hint is much cheaper.
_PROMPT_HINTS = tuple(
    "words|ord count|nothing else| slot|nstructed|placeholder|字|编号|设定|提示词|只给出|篇幅".split("|")
)
_PROMPT = re.compile(
    r"[(（\[](?:(?:about|approx(?:imately|\.)?|around|exactly|total:?|~) ?)?\d{2,4} words[)）\]]|\bword count ?[:=] ?\d"
    r"|\bbetween \d+ and \d+ words\b|\bthe (?:bare |whole )?(?:message|reply|response) and nothing else\b"
    r"|\b(?:one for each|for this|number of its|according to the|for the given|fits? the) slots?\b"
    r"|\bas instructed (?:above|by the prompt|in the prompt)|\bplaceholders? in brackets\b"
    r"|字数(?:统计)?[:：] ?\d|[(（](?:约|共|全文|总计|字数)?\d{2,4}个?字[)）]|篇幅为? ?\d+ ?到|只给出(?:留言|回复)本身"
    r"|每个编号一条|自己的编号|(?:按|根据)(?:以上|以下|上述|给定的?)(?:的)?(?:话题)?(?:和)?(?:设定|提示词)",
    re.IGNORECASE,
)


def build(spec: Spec, plain: bool, *, markdown: Annotated[bool, SWITCH] = True) -> Check:
    """Option: `markdown`, whether a text may be set with headings, lists, bold, tables, links and code."""
    blanks = _BLANK_NAMES | {name.casefold() for topic in spec.topics for name in (topic.name, *topic.names.values())}
    roles = [spec.roles.user, spec.roles.assistant]
    roles += [names[role] for names in spec.translations.values() for role in tuple(roles) if role in names]
    label = re.compile(
        rf"{_LEAD}(?:(?:{_LINE_LABELS}|{_any(roles)})(?:{_POSSESSED})?(?: ?#?\d+)?[*_ ]*[:：]"
        rf"|(?:{_NUMBERED_LABELS}) ?#?\d+[*_ ]*(?:[:：.)-]|$)|第\d+[条封](?:消息|来信|回复|留言)?[:：]"
        rf"|第\d+条来信|{_COUNTED}[*_ ]*$|[-•]? *(?:{_facets(spec)}))",
        re.IGNORECASE,
    )
    turn = re.compile(
        rf"[.!?…。！？][\"'”’)）*_]{{0,3}}\s{{0,3}}(?P<label>[*_]{{0,2}}"
        rf"(?:(?:{_TURN_LABELS}|{_any(role[:1].upper() + role[1:] for role in roles)})(?: ?#?\d+)?"
        rf"|{_NUMBERED_TURNS}|{_COUNTED})[*_ ]{{0,3}}[:：])"
    )

    def check(candidate: Candidate) -> Drop | None:
        text = candidate.text
        suspect = any(mark in text for mark in _SUSPECT)
        found = (suspect and (_markup(text) or _blank(text, blanks))) or _label(text, label) or _inside(text, turn)
        if not found:
            return None if markdown else _plain(candidate)
        return drop(
            candidate,
            "leak",
            en=f'It contains "{found}", which belongs to the form and not to the text. '
            "Put real words in its place or leave it out.",
            zh=f"文中出现了“{found}”，那是格式而不是正文。请换成真实的内容，或者删去。",
            evidence=found,
        )

    return check


def _plain(candidate: Candidate) -> Drop | None:
    found = markdown_in(candidate.text)
    if not found:
        return None
    return drop(
        candidate,
        "markdown",
        en="It is set with markdown. Write plain sentences, without headings, lists, bold, tables, links or code.",
        zh="文中使用了Markdown格式。请写成普通的句子，不要用标题、列表、加粗、表格、链接或代码。",
        evidence=found,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _facets(spec: Spec) -> str:
    """Return what the lines of a prompt that deal facets look like, in every language of the spec."""
    dealt = {facet: [*values] for facet, values in spec.facets.items()}
    for topic in spec.topics:
        for facet, values in topic.facets.items():
            dealt[facet] += values
    lines = [(facet, value) for facet, values in dealt.items() for value in values]
    for names in spec.translations.values():
        lines += [(names.get(facet, facet), names.get(value, value)) for facet, value in tuple(lines)]
    shapes = (rf"{re.escape(facet)} *[:：] *{re.escape(value)}(?!\w)" for facet, value in dict.fromkeys(lines))
    return "|".join(shapes) or "(?!)"


def _markup(text: str) -> str:
    found = _MARKUP.search(text)
    return found[0] if found else ""


def _blank(text: str, blanks: frozenset[str]) -> str:
    for found in _BRACKET.finditer(text):
        opening, inner = found[1], found[2].strip()
        if _NUMBERED.sub("", inner).casefold() in blanks or _FILL.match(inner) or _SURROGATE.fullmatch(inner):
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


def _inside(text: str, turn: re.Pattern[str]) -> str:
    if (":" in text or "：" in text) and (found := turn.search(text)):
        return found["label"]
    if any(bracket in text for bracket in _BRACKETS) and (found := _SLOT.search(text)):
        return found[0]
    if any(hint in text for hint in _PROMPT_HINTS) and (found := _PROMPT.search(text)):
        return found[0]
    return ""
