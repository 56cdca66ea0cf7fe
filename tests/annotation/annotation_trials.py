"""A spec with labels in two languages, and fields of it, for the tests of annotation."""

from __future__ import annotations

from synthgen.annotation.fields import Field, fields_of
from synthgen.spec import parse_spec

SPEC = parse_spec(
    """
name: desk
roles: {user: tenant, assistant: adviser}
languages: [en, zh]
topics: [{name: Deposit, names: {zh: 押金}}, {name: Repairs, names: {zh: 维修}}]
translations: {zh: {tenant: 租客, adviser: 顾问, mood: 心情, look: 观察}}
labels:
  mood:
    - {name: Calm, names: {zh: 平静}, about: {en: at ease, zh: 心平气和}, examples: {en: ["Tuesday suits me."]}}
    - {name: Worry, names: {zh: 担心}, synonyms: [Worried, Anxious, 焦虑], about: {en: fears what may come}}
    - {name: "Anger, open", names: {zh: 愤怒}, synonyms: [angry]}
    - {name: Hope and Trust, synonyms: [hopeful]}
  act:
    - {name: Question, names: {zh: 提问}}
    - {name: Self-help, synonyms: [C]}
    - {name: Advice, names: {zh: 建议}, synonyms: [C++]}
annotation:
  session:
    summary: {words: 30}
    topic: {labels: topics}
    guide: {steps: true, most: 3, words: 12}
  user:
    look: {words: 20, about: {en: What shows., zh: 看得出什么。}}
    mood: {labels: mood, several: true, most: 2}
  assistant:
    reasoning: {words: 20}
    act: {labels: act, several: true, most: 2}
""",
    "desk.yaml",
)


def fields(part: str, language: str = "en") -> tuple[Field, ...]:
    return fields_of(SPEC, getattr(SPEC.annotation, part), language, plain=False)
