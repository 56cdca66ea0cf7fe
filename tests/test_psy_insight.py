"""The bundled spec for conversations: its schools, profiles, labels and samples, in English and Chinese alike."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from synthgen.filters import build_checks
from synthgen.filters.crisis import gives_guidance, shows_risk
from synthgen.records import Candidate, Turn
from synthgen.rules.annotation import NoteField
from synthgen.rules.dialogue import Sample
from synthgen.spec import read_spec
from synthgen.text import cjk_share, count_units

SPEC = read_spec(Path(__file__).parents[1] / "topic_specs" / "psy_insight.yaml")
DIALOGUE, LABELS, NOTES = SPEC.dialogue, SPEC.labels, SPEC.annotation
LANGUAGES = ["en", "zh"]

NAMES = {
    "emotion": "Neutral, Happiness, Anxiety, Anger, Sadness, Depression, Fear, Guilty, Shame, Others, Unknown",
    "strategy": "Question, Reflection of Feelings, Affirmation and Reassurance, Restatement or Paraphrasing, "
    "Information, Role-play, Providing Suggestions, Self-disclosure, Others, Unknown",
    "stage": "first session, early sessions, regular sessions, late sessions, Unknown",
}
# What the published data calls the schools; labels that it holds have to be found again.
SCHOOLS = [
    *("Cognitive Behavioral", "Solution-Focused Brief", "Psychoanalytic", "Client-Centered", "Adlerian", "Family"),
    *("Acceptance and Commitment", "Marriage and Family Systems", "Rational Emotive Behavior", "Gestalt", "Reality"),
    *("Postmodern", "Existential", "Feminist", "Multicultural Integration"),
    *("Psychodynamic Therapy with Infants and Parents", "Unknown"),
]
WRITTEN = {
    "emotion": {"anxious": "Anxiety", "Joy": "Happiness", "guilt": "Guilty", "委屈": "Sadness", "绝望": "Depression"},
    "strategy": {
        "Paraphrase": "Restatement or Paraphrasing",
        "open question": "Question",
        "Psychoeducation": "Information",
        "共情": "Reflection of Feelings",
        "自我暴露": "Self-disclosure",
    },
    "psychotherapy": {
        "CBT": "Cognitive Behavioral Therapy",
        "认知行为治疗": "Cognitive Behavioral Therapy",
        "person-centered therapy": "Client-Centered Therapy",
        "完形治疗": "Gestalt Therapy",
    },
    "stage": {"intake": "first session", "咨询初期": "early sessions", "regular": "regular sessions"},
}


def words_for(label_set: str) -> dict[str, str]:
    """Return the label that each word of a set stands for, words in lower case."""
    labels = LABELS[label_set]
    return {
        word.casefold(): label.name for label in labels for word in (label.name, *label.names.values(), *label.synonyms)
    }


def conversation(sample: Sample) -> Candidate:
    turns = tuple(Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(sample.turns))
    return Candidate("conversation", "\n".join(sample.turns), sample.language, risk=sample.risk, turns=turns)


def samples_in(language: str) -> list[Sample]:
    return [sample for sample in DIALOGUE.samples if sample.language == language]


def fits(text: str, language: str) -> bool:
    return cjk_share(text) >= 0.9 if language == "zh" else cjk_share(text) == 0


def texts_in(language: str) -> list[str]:
    """Return all that the spec says of conversations and labels in a language, names left out."""
    texts = [*DIALOGUE.user_rules[language], *DIALOGUE.assistant_rules[language]]
    texts += [approach.about[language] for approach in DIALOGUE.approaches.values()]
    texts += [phase.about[language] for phase in DIALOGUE.phases]
    texts += [label.about[language] for labels in LABELS.values() for label in labels]
    texts += [text for labels in LABELS.values() for label in labels for text in label.examples.get(language, [])]
    texts += [field.about[language] for _, field in NOTES.fields()]
    return texts + [turn for sample in samples_in(language) for turn in sample.turns]


@pytest.mark.parametrize("label_set", NAMES)
def test_label_sets_have_the_names_of_the_published_data(label_set: str) -> None:
    assert [label.name for label in LABELS[label_set]] == NAMES[label_set].split(", ")


def test_every_school_of_the_published_data_is_found_again() -> None:
    words = words_for("psychotherapy")
    assert [words[school.casefold()] for school in SCHOOLS] == [label.name for label in LABELS["psychotherapy"]]


@pytest.mark.parametrize("label_set", LABELS)
def test_every_label_is_named_and_defined_in_both_languages(label_set: str) -> None:
    labels = LABELS[label_set]
    for label in labels:
        assert set(label.about) == set(LANGUAGES), label.name
        assert fits(label.names["zh"], "zh"), label.name
    for language in LANGUAGES:
        assert len({label.about[language] for label in labels}) == len(labels)


@pytest.mark.parametrize("label_set", ["emotion", "strategy"])
def test_labels_of_turns_have_examples_in_both_languages(label_set: str) -> None:
    for label in LABELS[label_set]:
        assert {language: len(texts) for language, texts in label.examples.items()} == {"en": 2, "zh": 2}, label.name


@pytest.mark.parametrize("label_set", LABELS)
def test_every_word_stands_for_one_label_and_is_written_once(label_set: str) -> None:
    for label in LABELS[label_set]:
        words = [word.casefold() for word in (label.name, *label.names.values(), *label.synonyms)]
        assert [word for word, times in Counter(words).items() if times > 1] == []
        assert any(fits(word, "zh") for word in label.synonyms), label.name
    # The reader of specs refuses a word of two labels; here none may be lost by that.
    assert len(words_for(label_set)) == sum(2 + len(label.synonyms) for label in LABELS[label_set])


@pytest.mark.parametrize("label_set", WRITTEN)
def test_what_models_write_instead_finds_its_label(label_set: str) -> None:
    words = words_for(label_set)
    assert {word: words[word.casefold()] for word in WRITTEN[label_set]} == WRITTEN[label_set]


def test_every_approach_but_the_unknown_one_is_a_label() -> None:
    named = {approach.names["en"]: approach.names["zh"] for approach in DIALOGUE.approaches.values()}
    labels = {label.name: label.names["zh"] for label in LABELS["psychotherapy"] if label.name != "Unknown"}
    assert named == labels
    assert len(DIALOGUE.approaches) == 16
    assert {approach.weight for approach in DIALOGUE.approaches.values()} == {1.0}
    assert [key for key in DIALOGUE.approaches if not re.fullmatch(r"[a-z_]+", key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_approaches_say_in_two_or_three_sentences_how_they_show(language: str) -> None:
    for name, approach in DIALOGUE.approaches.items():
        # A question or a colon inside a sentence does not end it.
        ends = re.findall(r"。" if language == "zh" else r"\.(?= |$)", approach.about[language])
        assert 2 <= len(ends) <= 3, name


def test_phases_share_the_turns_and_name_strategies_of_the_set() -> None:
    assert {phase.name: phase.share for phase in DIALOGUE.phases} == {
        "rapport": 0.2,
        "exploration": 0.35,
        "intervention": 0.3,
        "closing": 0.15,
    }
    chinese = {label.name: label.names["zh"] for label in LABELS["strategy"]}
    for phase in DIALOGUE.phases:
        assert set(phase.about) == set(phase.names) == set(LANGUAGES)
        assert [chinese[name] for name in phase.strategies["en"]] == phase.strategies["zh"]
    used = {name for phase in DIALOGUE.phases for name in phase.strategies["en"]}
    assert set(chinese) - used == {"Others", "Unknown"}


def test_every_facet_and_value_of_conversations_has_a_chinese_name_of_its_own() -> None:
    facets = DIALOGUE.profile | DIALOGUE.plan
    words = SPEC.translations["zh"]
    for facet, weights in facets.items():
        assert fits(words[facet], "zh")
        chinese = [words[value] for value in weights]
        assert [value for value in chinese if not fits(value, "zh")] == []
        assert len(set(chinese)) == len(chinese)
    assert set(facets) & set(SPEC.facets) == set()


def test_profile_and_plan_are_as_wide_as_meant() -> None:
    assert list(DIALOGUE.profile["attitude"]) == ["open", "guarded", "ambivalent", "resistant"]
    assert 6 <= len(DIALOGUE.profile["history"]) <= 8
    assert 6 <= len(DIALOGUE.profile["goal"]) <= 8
    assert 8 <= len(DIALOGUE.profile["held back"]) <= 10
    assert set(DIALOGUE.held_back) <= set(DIALOGUE.profile)
    assert set(DIALOGUE.plan["stage"]) <= {label.name for label in LABELS["stage"]}
    chinese = {label.name: label.names["zh"] for label in LABELS["stage"]}
    assert [stage for stage in DIALOGUE.plan["stage"] if SPEC.translated(stage, "zh") != chinese[stage]] == []


def test_ages_cover_every_age_group_and_lie_in_it() -> None:
    groups = {group for topic in SPEC.topics for group in topic.facets.get(DIALOGUE.age_facet, {})}
    groups |= set(SPEC.facets[DIALOGUE.age_facet])
    assert set(DIALOGUE.ages) == groups
    assert [group for group, (low, high) in DIALOGUE.ages.items() if group != f"{low} to {high}"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_given_names_are_dealt(language: str) -> None:
    names = DIALOGUE.names[language]
    assert len(set(names)) == len(names) == 30
    form = re.compile(r"[\u4e00-\u9fff]{2}" if language == "zh" else r"[A-Z][a-z]+")
    assert [name for name in names if not form.fullmatch(name)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_everything_in_its_own_script(language: str) -> None:
    assert [text for text in texts_in(language) if not fits(text, language)] == []
    assert 3 <= len(DIALOGUE.user_rules[language]) <= 6
    assert 3 <= len(DIALOGUE.assistant_rules[language]) <= 6


def test_chinese_is_set_in_chinese_marks() -> None:
    texts = [*texts_in("zh"), *SPEC.translations["zh"].values()]
    assert [text for text in texts if re.search(r"""[,;:?!"'()]|\.\.|[A-Za-z]""", text)] == []


def test_reasoning_stands_before_the_labels_that_follow_from_it() -> None:
    assert list(NOTES.session) == [
        *("background", "theme", "reasoning", "psychotherapy", "topic", "stage", "guide", "summary"),
    ]
    assert list(NOTES.user) == ["observation", "emotion"]
    assert list(NOTES.assistant) == ["reasoning", "strategy"]


def test_fields_have_the_labels_meant() -> None:
    def shape(field: NoteField) -> tuple[str, bool, bool]:
        return field.labels, field.several, field.steps

    shapes = {path: shape(field) for path, field in NOTES.fields() if shape(field) != ("", False, False)}
    assert shapes == {
        "session.psychotherapy": ("psychotherapy", False, False),
        "session.topic": ("topics", False, False),
        "session.stage": ("stage", False, False),
        "session.guide": ("", False, True),
        "user.emotion": ("emotion", True, False),
        "assistant.strategy": ("strategy", True, False),
    }
    assert {path: field.most for path, field in NOTES.fields() if field.several or field.steps} == {
        "session.guide": 8,
        "user.emotion": 3,
        "assistant.strategy": 3,
    }
    assert [path for path, field in NOTES.fields() if set(field.about) != set(LANGUAGES)] == []


@pytest.mark.parametrize("sample", DIALOGUE.samples, ids=lambda sample: f"{sample.language}-{sample.topic}")
def test_samples_are_what_is_wanted_of_a_model(sample: Sample) -> None:
    assert sample.topic in {topic.name for topic in SPEC.topics}
    # Begun by the user, an even number of turns ends with the assistant.
    assert len(sample.turns) == 6
    low, high = DIALOGUE.plain_turns
    assert low <= len(sample.turns) <= high
    # Chinese is counted in characters.
    longest = 60 if sample.language == "zh" else 35
    assert [turn for turn in sample.turns if not 12 <= count_units(turn) <= longest] == []
    for side, bands in enumerate((DIALOGUE.user_words, DIALOGUE.assistant_words)):
        least, most = bands[sample.language]
        assert all(least <= count_units(turn) <= most for turn in sample.turns[side::2])
    # One question at a time.
    assert [turn for turn in sample.turns[1::2] if len(re.findall(r"[?？]", turn)) > 1] == []
    candidate = conversation(sample)
    assert [check(candidate) for check in build_checks(SPEC, plain=True) if check(candidate)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sample_of_each_language_is_at_risk_and_points_to_help_at_once(language: str) -> None:
    samples = samples_in(language)
    (risky,) = [sample for sample in samples if sample.risk]
    assert shows_risk(risky.turns[0])
    assert gives_guidance(risky.turns[1])
    assert [turn for sample in samples if not sample.risk for turn in sample.turns if shows_risk(turn)] == []


def test_samples_are_on_different_topics_and_begin_in_different_ways() -> None:
    assert Counter(sample.language for sample in DIALOGUE.samples) == {"en": 4, "zh": 3}
    topics = [sample.topic for sample in DIALOGUE.samples]
    assert len(set(topics)) == len(topics)
    turns = [turn for sample in samples_in("en") for turn in sample.turns]
    assert max(Counter(" ".join(turn.split()[:2]) for turn in turns).values()) == 1
    assert max(Counter(turn[:2] for sample in samples_in("zh") for turn in sample.turns).values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_examples_or_definitions_are_alike(language: str) -> None:
    alike = [(one, two) for one, two in combinations(texts_in(language), 2) if fuzz.ratio(one, two) >= 75]
    assert alike == []
