"""The bundled topic specs: sound, complete in each of their languages, and of one kind only."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from synthgen.filters import build_checks
from synthgen.filters.crisis import gives_guidance, shows_risk
from synthgen.records import Candidate, Stage
from synthgen.rules.parts import in_language
from synthgen.spec import Spec, read_spec
from synthgen.text import cjk_share, count_units

ROOT = Path(__file__).parents[1]
FILES = [*sorted((ROOT / "topic_specs").glob("*.yaml")), ROOT / "topic_specs" / "new" / "starter.yaml"]
# `interviews` is for transcripts: its rows come of pages, not of topics and seeds.
SPECS = {spec.name: spec for spec in map(read_spec, FILES) if spec.name != "interviews"}
BUNDLED = [name for name in SPECS if name != "my_topics"]

MENTALCHAT = {
    "Relationships": 184,
    "Anxiety": 115,
    "Depression": 99,
    "Intimacy": 95,
    "Family Conflict": 88,
    "Marriage": 67,
    "Social Relationships": 51,
    "Parenting": 50,
    "Self-esteem": 47,
    "Human Sexuality": 43,
    "Counseling Fundamentals": 42,
    "Trauma": 35,
    "Behavioral Change": 34,
    "Relationship Dissolution": 32,
    "Stress": 27,
    "LGBTQ": 26,
    "Substance Abuse": 24,
    "Anger Management": 21,
    "Addiction": 19,
    "Professional Ethics": 18,
    "Spirituality": 15,
    "Legal & Regulatory": 13,
    "Workplace Relationships": 12,
    "Sleep Improvement": 10,
    "Domestic Violence": 9,
    "Grief and Loss": 8,
    "Career Counseling": 8,
    "Diagnosis": 5,
    "Children & Adolescents": 5,
    "Military Issues": 5,
    "Self-harm": 5,
    "Eating Disorders": 4,
    "Alzheimer's": 1,
}
PSY_INSIGHT = [
    "Ongoing Depression",
    "Partner Relationship Issues",
    "Child-Parent Relationship Issues",
    "Appearance Anxiety",
    "Academic Pressure",
    "Job Crisis",
    "Substance Abuse",
    "School Bullying",
    "Friend Problems",
    "Sleep Problems",
    "Procrastination",
]


def languages_of(spec: Spec) -> set[str]:
    return set(spec.languages) | (set(spec.translations) if spec.name in BUNDLED else set())


LANGUAGES = [(name, language) for name, spec in SPECS.items() for language in sorted(languages_of(spec))]
COUNSELING = [case for case in LANGUAGES if case[0] in ("mentalchat33", "psy_insight")]


def seeds_of(spec: Spec, language: str) -> list[str]:
    return [seed for topic in spec.topics for seed in in_language(topic.seeds, language, [])]


def test_every_file_is_named_after_its_spec() -> None:
    assert [path.stem for path in FILES if path.stem != "interviews"] == [*BUNDLED, "starter"]
    assert {"mentalchat33", "psy_insight", "tenant_advice"} <= set(BUNDLED)


def test_mentalchat33_has_the_topics_and_weights_of_its_source_in_their_order() -> None:
    spec = SPECS["mentalchat33"]
    assert [(topic.name, topic.weight) for topic in spec.topics] == list(MENTALCHAT.items())
    assert list(spec.languages) == ["en"]
    assert languages_of(spec) == {"en", "zh"}


def test_psy_insight_has_its_topics_with_equal_shares_in_both_languages() -> None:
    spec = SPECS["psy_insight"]
    assert [topic.name for topic in spec.topics] == PSY_INSIGHT
    assert {topic.weight for topic in spec.topics} == {1.0}
    assert spec.languages == {"en": 1.0, "zh": 1.0}


def test_topics_that_are_always_about_safety_are_marked() -> None:
    marked = {(spec.name, topic.name) for spec in SPECS.values() for topic in spec.topics if topic.risk}
    assert marked == {("mentalchat33", "Self-harm"), ("mentalchat33", "Domestic Violence")}


@pytest.mark.parametrize(("name", "language"), LANGUAGES)
def test_each_language_has_all_texts(name: str, language: str) -> None:
    spec = SPECS[name]
    texts = [spec.description, spec.query.ingredients, spec.query.rules, spec.reply.rules, spec.reply.banned_openers]
    assert all(in_language(text, language, None) for text in texts)
    for topic in spec.topics:
        assert in_language(topic.about, language, ""), topic.name
        assert len(in_language(topic.seeds, language, [])) >= 1, topic.name
    pairs = [pair for pair in spec.plain.pairs if pair.language == language]
    assert sum(not pair.risk for pair in pairs) >= 2


@pytest.mark.parametrize("name", BUNDLED)
def test_every_name_is_translated(name: str) -> None:
    spec = SPECS[name]
    facets = set(spec.facets)
    values = {value for weights in spec.facets.values() for value in weights}
    values |= {value for topic in spec.topics for weights in topic.facets.values() for value in weights}
    wanted = facets | values | {spec.roles.user, spec.roles.assistant}
    for language, words in spec.translations.items():
        assert wanted - set(words) == set()
        translated = [words[text] for text in wanted] + [topic.names[language] for topic in spec.topics]
        assert [text for text in translated if cjk_share(text) < 0.9] == []
        names = [topic.names[language] for topic in spec.topics]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["mentalchat33", "psy_insight"])
def test_chinese_texts_are_chinese_and_english_ones_are_not(name: str) -> None:
    spec = SPECS[name]
    for language, least, most in (("zh", 0.95, 1.0), ("en", 0.0, 0.0)):
        texts = seeds_of(spec, language) + in_language(spec.query.ingredients, language, [])
        texts += in_language(spec.query.rules, language, []) + in_language(spec.reply.rules, language, [])
        texts += [topic.about[language] for topic in spec.topics]
        texts += [pair.user + pair.assistant for pair in spec.plain.pairs if pair.language == language]
        assert [text for text in texts if not least <= cjk_share(text) <= most] == []


@pytest.mark.parametrize(("name", "language"), LANGUAGES)
def test_no_two_seeds_are_alike(name: str, language: str) -> None:
    seeds = seeds_of(SPECS[name], language)
    alike = [(one, two) for one, two in combinations(seeds, 2) if fuzz.ratio(one, two) >= 60]
    assert alike == []


@pytest.mark.parametrize(("name", "least", "most"), [("mentalchat33", 40, 80), ("psy_insight", 40, 80)])
def test_english_seeds_ask_something_in_the_length_meant(name: str, least: int, most: int) -> None:
    spec = SPECS[name]
    seeds = seeds_of(spec, "en")
    assert {len(topic.seeds["en"]) for topic in spec.topics} == {2}
    assert [seed for seed in seeds if not least <= count_units(seed) <= most or "?" not in seed] == []
    assert [seed for seed in seeds if not re.search(r"\b(?:I|my|me|we)\b", seed)] == []


@pytest.mark.parametrize("name", BUNDLED)
def test_english_seeds_begin_in_many_ways(name: str) -> None:
    first = Counter(re.findall(r"[\w']+", seed)[0] for seed in seeds_of(SPECS[name], "en"))
    assert max(first.values()) <= 0.25 * first.total()
    assert first["I"] <= 0.1 * first.total()
    openings = [" ".join(seed.split()[:3]) for seed in seeds_of(SPECS[name], "en")]
    assert max(Counter(openings).values()) == 1


@pytest.mark.parametrize(("name", "language"), LANGUAGES)
def test_examples_pass_the_filters_of_their_own_spec(name: str, language: str) -> None:
    """What a model is shown has to be what is wanted of it."""
    spec = SPECS[name]
    pairs = [pair for pair in spec.plain.pairs if pair.language == language]
    shown: list[tuple[Stage, str, str, bool]] = [("query", seed, "", False) for seed in seeds_of(spec, language)]
    shown += [("query", pair.user, "", False) for pair in pairs]
    shown += [("reply", pair.assistant, pair.user, pair.risk) for pair in pairs]
    for check in build_checks(spec, plain=True):
        for stage, text, query, risk in shown:
            assert check(Candidate(stage, text, language, query=query, risk=risk)) is None, text


@pytest.mark.parametrize(("name", "language"), COUNSELING)
def test_pairs_at_risk_are_told_apart_and_point_to_help_in_the_same_words(name: str, language: str) -> None:
    pairs = [pair for pair in SPECS[name].plain.pairs if pair.language == language]
    risky = [pair for pair in pairs if pair.risk]
    assert len(risky) >= 2
    assert all(gives_guidance(pair.assistant) for pair in risky)
    assert not any(shows_risk(pair.user) for pair in pairs if not pair.risk)
    # A very small model copies what all its examples share.
    assert len({re.split(r"[.。]", pair.assistant)[0] for pair in risky}) == 1


def test_other_domains_hold_no_word_of_counseling() -> None:
    counseling = re.compile(r"counsel|therap|psych|mental|client|patient|depress|anxi|咨询|心理|来访", re.IGNORECASE)
    for path in FILES:
        if read_spec(path).name in ("tenant_advice", "my_topics"):
            assert counseling.findall(path.read_text(encoding="utf-8")) == []


def test_the_starter_shows_every_key() -> None:
    spec = SPECS["my_topics"]
    assert set(Spec.model_fields) == spec.model_fields_set
    talks = (spec.dialogue, spec.dialogue.approaches["show"], spec.dialogue.phases[0], spec.dialogue.samples[0])
    notes = (spec.annotation, spec.labels["mood"][0])
    parts = (spec.query, spec.reply, spec.plain, spec.dedup, spec.crisis, spec.roles, spec.topics[0], *talks, *notes)
    for part in parts:
        assert set(type(part).model_fields) == part.model_fields_set
    assert set(type(spec.plain.pairs[0]).model_fields) == spec.plain.pairs[0].model_fields_set


def test_the_starter_explains_every_top_key_in_its_line() -> None:
    lines = (ROOT / "topic_specs" / "new" / "starter.yaml").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if re.match(r"[a-z_]+:", line)]
    assert len(keys) == len(Spec.model_fields)
    assert [line for line in keys if "  # " not in line] == []
