"""A spec with all that conversations are planned by, and slots of it."""

from __future__ import annotations

from synthgen.records import Cell, Slot
from synthgen.spec import Spec, parse_spec

TALKS = parse_spec(
    """
name: repairs
languages: {en: 1, zh: 1}
roles: {user: tenant, assistant: adviser}
topics:
  - name: Heating
    names: {zh: 暖气}
    about: {en: a home that stays cold, zh: 家里不热}
    seeds: {en: [The radiator is cold again., It has been eleven degrees since Friday.], zh: [暖气又凉了。]}
  - {name: Gas, risk: true}
facets:
  years: {young: 1, old: 1}
reply: {referrals: false, banned_openers: {en: [I see]}}
translations:
  zh: {tenant: 租客, adviser: 顾问, years: 年龄段, young: 年轻, mood: 心情, sour: 烦躁, debt: 欠款}
dialogue:
  turns: [6, 9]
  user_words: {en: [3, 40], zh: [4, 60]}
  assistant_words: {en: [5, 60], zh: [8, 90]}
  user_rules: {en: [Speak of the flat.]}
  assistant_rules: {en: [Name the law in plain words.], zh: [用大白话讲规定。]}
  profile: {mood: [sour, calm], debt: [two months, none]}
  plan: {visit: [first, second]}
  held_back: [debt]
  age_facet: years
  ages: {young: [20, 29]}
  names: {en: [Ann, Bo], zh: [小林]}
  approaches:
    firm: {names: {zh: 强硬}, about: {en: step by step to the court}}
  phases:
    - {name: hearing, names: {zh: 倾听}, share: 1, about: {en: what is broken}, strategies: {en: [asking, noting]}}
    - {name: planning, share: 3}
    - {name: parting, share: 1}
  samples:
    - {topic: Damp, turns: [The wall is wet., 'Since when?', 'Since "May".', Write to them today.]}
    - {topic: Locks, turns: [My key broke., 'Who has the other?', The owner., Ask for it in writing.]}
    - {topic: Heating, turns: [It is cold., 'How cold?', Nine degrees., Send a letter.]}
    - {topic: Fire, risk: true, turns: [I smell smoke., Leave now and call the emergency number.]}
    - {topic: 墙面, language: zh, turns: [墙发霉了。, 多久了？]}
""".strip(),
    "talks",
)

FACETS = {"years": "young", "mood": "sour", "debt": "two months", "visit": "first"}


def talk_slot(
    seat: int = 0, *, topic: str = "Heating", language: str = "en", turns: str = "6-9", attempt: int = 0
) -> Slot:
    return Slot(Cell(topic, language, turns, "firm"), seat, attempt, FACETS)


def without(spec: Spec, **parts: object) -> Spec:
    """Return a spec with other dialogue rules."""
    return spec.model_copy(update={"dialogue": spec.dialogue.model_copy(update=parts)})
