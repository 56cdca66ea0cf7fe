"""A spec is refused before anything is asked of a model, with file, key path, what was found and what is allowed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.errors import RunError, SpecError
from synthgen.rules.parts import in_language
from synthgen.spec import MAX_SPEC_BYTES, Spec, parse_spec, read_spec, spec_of_run

LEAST = "name: tenants\ntopics:\n  - name: Rent\n"


def fault_of(text):
    """Return what is told of a spec, "" when nothing is wrong with it; any other error than a told one is raised."""
    try:
        parse_spec(text, "x")
    except SpecError as told:
        return told.message
    return ""


def refused(text):
    """Return what is told of a spec that cannot be."""
    with pytest.raises(SpecError) as told:
        parse_spec(text, "my/tenants.yaml")
    message = str(told.value)
    assert message.startswith("my/tenants.yaml: ")
    assert "\n" not in message
    assert message.isprintable()
    assert told.value.hint
    assert told.value.exit_code == 1
    return told.value.message


def test_the_least_spec_is_enough():
    spec = parse_spec(LEAST, "x")
    assert [topic.name for topic in spec.topics] == ["Rent"]
    assert spec.languages == {"en": 1.0}
    assert (spec.roles.user, spec.roles.assistant) == ("user", "assistant")


def test_short_forms_stand_for_long_ones():
    text = """
name: tenants
languages: [en, zh]
topics:
  - {name: Rent, weight: 3, about: what it costs, seeds: ["It went up."], names: {zh: 租金}}
facets:
  tone: [calm, upset]
  size: {small: 1, large: 2.5}
query: {words: [10, 50], ingredients: {en: [a, b], zh: [甲]}}
filters: {echo: false, length: {spare: 1}}
"""
    spec = parse_spec(text, "x")
    assert spec.languages == {"en": 1.0, "zh": 1.0}
    assert spec.facets == {"tone": {"calm": 1.0, "upset": 1.0}, "size": {"small": 1.0, "large": 2.5}}
    rent = spec.topic("Rent")
    assert in_language(rent.seeds, "zh", []) == ["It went up."]
    assert in_language(rent.about, "en", "") == "what it costs"
    assert in_language(spec.query.words, "de", (0, 0)) == (10, 50)
    assert in_language(spec.query.ingredients, "zh", []) == ["甲"]
    assert in_language(spec.query.ingredients, "de", ["none"]) == ["none"]
    assert spec.filters == {"echo": False, "length": {"spare": 1}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a mapping with name and topics is wanted, found nothing"),
        ("- Rent\n- Repairs\n", "a mapping with name and topics is wanted, found a list"),
        ("Rent", "a mapping with name and topics is wanted, found a text"),
        ("42", "a mapping with name and topics is wanted, found int"),
        ("name: tenants", "topics: is missing"),
        ("topics: [{name: Rent}]", "name: is missing"),
        ("name: tenants\ntopics: []", "topics: must not be empty"),
        ("name: tenants\ntopics: [{}]", "topics[0].name: is missing"),
        ("name: tenants\ntopics: Rent", "topics: a list is wanted, got 'Rent'"),
        (
            "name: tenants\ntopics: [3]",
            "topics[0]: a mapping with keys such as name, weight, names, about is wanted, got 3",
        ),
        (
            "name: Ten Ants\ntopics: [{name: a}]",
            "name: up to 64 lower-case letters, digits, _ and - are allowed, such as my_topics",
        ),
        ("name: ../up\ntopics: [{name: a}]", "name: up to 64 lower-case letters"),
        ("name: tenants\ntopics: [{name: ''}]", "topics[0].name: must not be empty"),
        ("name: tenants\ntopics: [{name: 7}]", "topics[0].name: a text is wanted, got 7"),
        ('name: tenants\ntopics: [{name: "a\\nb"}]', "topics[0].name: a text of one line is wanted, got 'a"),
        ("name: tenants\ntopics: [{name: Rent}, {name: rent}]", "topics[1].name: 'rent' stands twice"),
    ],
)
def test_what_is_no_spec_is_told(text, told):
    assert told in refused(text)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("topic: []", "topic: no such key"),
        ("query: {word: [1, 2]}", "query.word: no such key"),
        ("roles: {client: x}", "roles.client: no such key"),
        ("dedup: {similarity: 0.2}", "dedup.similarity: must be at least 0.5, got 0.2"),
        ("dedup: {similarity: high}", "dedup.similarity: a number is wanted, got 'high'"),
        ("query: {words: [200, 40]}", "query.words: the lower bound 200 is above the upper bound 40"),
        ("reply: {words: {zh: [9, 8]}}", "reply.words.zh: the lower bound 9 is above the upper bound 8"),
        ("plain: {query_words: [5, 1]}", "plain.query_words: the lower bound 5 is above the upper bound 1"),
        ("query: {words: [0, 40]}", "query.words[0]: must be at least 1, got 0"),
        ("query: {words: [40]}", "query.words[1]: is missing"),
        ("query: {words: forty}", "query.words: two numbers in a list are wanted, such as [40, 200], got 'forty'"),
        ("query: {batch_size: 0}", "query.batch_size: must be at least 1, got 0"),
        ("query: {batch_size: 1.5}", "query.batch_size: a whole number is wanted, got 1.5"),
        ("query: {examples: 11}", "query.examples: must be at most 10, got 11"),
        ("query: {rules: be brief}", "query.rules: a list is wanted, got 'be brief'"),
        ("query: {rules: ['']}", "query.rules[0]: must not be empty"),
        ("query: {template: ''}", "query.template: must not be empty"),
        (
            "query: {rules: {English: [a]}}",
            "query.rules.English: a language is wanted by its code, such as en or zh-TW, got 'English'",
        ),
        ("languages: []", "languages: must not be empty"),
        ("languages: [en, en]", "languages: 'en' stands twice"),
        ("languages: [en, no]", "found false (YAML reads no and off as false; a word goes in quotes) in it"),
        ("languages: {no: 1}", "languages: a text is wanted, got false (YAML reads no and off as false"),
        ("roles: {user: yes}", "roles.user: a text is wanted, got true (YAML reads yes and on as true"),
        ("languages: [EN]", "languages.EN: a language is wanted by its code, such as en or zh-TW, got 'EN'"),
        ("languages: {en: 0}", "languages.en: must be above 0, got 0"),
        ("languages: en", "languages: a list of names, or a mapping of names to weights, is wanted, got 'en'"),
        ("facets: {tone: []}", "facets.tone: must not be empty"),
        ("facets: {tone: {}}", "facets.tone: must not be empty"),
        ("facets: {tone: [calm, calm]}", "facets.tone: 'calm' stands twice"),
        ("facets: {tone: [{calm: 2}]}", "facets.tone: a list of names is wanted, found {'calm': 2} in it"),
        ("facets: {tone: {calm: -1}}", "facets.tone.calm: must be above 0, got -1"),
        ("facets: {age: {18-25: .inf}}", "facets.age.18-25: a finite number is wanted, got inf"),
        ("facets: {tone: {calm: .nan}}", "facets.tone.calm: "),
        ("facets: {tone: {calm: 1e400}}", "facets.tone.calm: "),
        ("filters: {length: 3}", "filters.length: must be true, false or a mapping of options, got 3"),
        ("filters: [length]", "filters: a mapping of keys to values is wanted, got ['length']"),
        ("crisis: {detect: perhaps}", "crisis.detect: true or false is wanted, got 'perhaps'"),
        ("crisis: off", "crisis: a mapping with keys such as detect is wanted, got false (YAML reads no and off"),
        (
            "reply: ~",
            "reply: a mapping with keys such as template, words, rules, banned_openers is wanted, got nothing",
        ),
        ("repairs: -1", "repairs: must be at least 0, got -1"),
        ("drafts_per_row: 0", "drafts_per_row: must be at least 1, got 0"),
        ("query: {words: [1, 2, 3]}", "query.words: at most 2 are allowed, got 3"),
        ("query: {rules: []}", "query.rules: must not be empty"),
        ("reply: {banned_openers: {en: []}}", "reply.banned_openers.en: must not be empty"),
        ("labels: {mood: [{name: Glad, examples: []}]}", "labels.mood[0].examples: must not be empty"),
        ("plain: {pairs: [{user: hello}]}", "plain.pairs[0].assistant: is missing"),
        ("translations: {zh: {tone: 3}}", "translations.zh.tone: a text is wanted, got 3"),
        ('"to\\npics": 1', r"'to\npics': no such key"),
        ('"\\x1b[31m": 1', r"'\x1b[31m': no such key"),
        ("7: 1", "7"),
    ],
)
def test_a_fault_is_told_by_its_key_path(part, told):
    assert told in refused(f"{LEAST}{part}\n")


@pytest.mark.parametrize("weight", ["0", "-1", "-0.0"])
def test_weights_are_above_zero(weight):
    text = f"name: tenants\ntopics:\n  - name: Rent\n  - {{name: Repairs, weight: {weight}}}\n"
    assert "topics[1].weight: must be above 0, got" in refused(text)


@pytest.mark.parametrize("weight", [".nan", ".inf", "-.inf", "much", "[1]", "~"])
def test_weights_are_numbers(weight):
    assert "topics[0].weight: " in refused(f"name: tenants\ntopics:\n  - {{name: Rent, weight: {weight}}}\n")


def test_a_topic_without_messages_to_start_from_says_nothing_of_them():
    for seeds in ("[]", "{en: []}"):
        assert "topics[0].seeds" in refused(f"name: x\ntopics: [{{name: Rent, seeds: {seeds}}}]")


@pytest.mark.parametrize(
    "key",
    [
        "query.words",
        "reply.words",
        "plain.query_words",
        "plain.reply_words",
        "dialogue.user_words",
        "dialogue.assistant_words",
    ],
)
def test_lengths_are_said_of_every_language(key):
    part, name = key.split(".")
    lacking = f"{LEAST}{part}: {{{name}: {{zh: [40, 60]}}}}\n"
    assert f"{key}: is missing for en, a language of the spec, got zh" in refused(lacking)
    assert f"{key}: is missing for en" in refused(f"{lacking}languages: [zh, en]\n")
    # A run can be asked for in a language that has translations.
    translated = f"{LEAST}{part}: {{{name}: {{en: [40, 60]}}}}\ntranslations: {{zh: {{}}}}\n"
    assert f"{key}: is missing for zh, a language of the spec, got en" in refused(translated)
    assert f"{key}: is missing for en, a language of the spec, got none" in refused(
        f"{LEAST}{part}: {{{name}: {{}}}}\n"
    )
    for sound in ("[40, 60]", "{'*': [40, 60], zh: [1, 2]}", "{en: [40, 60]}", "{en: [40, 60], zh: [1, 2]}"):
        assert fault_of(f"{LEAST}{part}: {{{name}: {sound}}}\n") == ""


def test_a_topic_has_facets_of_its_spec_only():
    text = "name: x\nfacets: {tone: [calm]}\ntopics: [{name: Rent, facets: {size: [small]}}]"
    assert "topics[0].facets.size: no such facet among ['tone']" in refused(text)


def test_many_faults_are_told_in_one_line_and_counted():
    faults = "\n".join(f"wrong{at}: 1" for at in range(8))
    message = refused(f"{LEAST}{faults}\n")
    assert message.count("no such key") == 5
    assert "and 3 more" in message


def test_what_was_found_is_cut_short():
    message = refused(f"{LEAST}repairs: {'x' * 5000}\n")
    assert len(message) < 250


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: a\nname: b\n", "line 2: the key 'name' stands twice"),
        ("name: a\ntopics:\n  - name: x\n    weight: 1\n    weight: 2\n", "line 5: the key 'weight' stands twice"),
        ("name: &it tenants\ntopics: *it\n", "line 2: aliases (*name) are not allowed"),
        ("name: tenants\n\ttopics: 1\n", "line 2: found character"),
        ("name: [a\ntopics: 1\n", "not valid YAML: line 2"),
        ("name: 'open\n", "not valid YAML: line"),
        ("{[1, 2]: 3}", "line 1: found unhashable key"),
        ("{{a: 1}: 3}", "line 1: found unhashable key"),
        ("name: !!python/object/apply:os.getcwd []\n", "line 1: could not determine a constructor"),
        ("name: a\nwhen: 2024-13-45\n", "not valid YAML"),
        ("name: a\x00b", "not valid YAML: unacceptable character"),
        ('name: tenants\ntopics: ["Rent \\ud83d"]\n', "line 2: '\\ud83d' is half of a character: write the whole one"),
        ('name: tenants\ntopics: [Rent]\n"\\ude42": 1\n', "line 3: '\\ude42' is half of a character"),
        ("a: 1\n---\nb: 2\n", "not valid YAML: line 2: but found another document"),
    ],
)
def test_what_is_no_yaml_is_told_by_its_line(text, told):
    assert told in refused(text)


def test_a_billion_laughs_are_refused_at_the_first():
    lines = ["a0: &a0 [lol, lol]"] + [f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]" for at in range(1, 60)]
    assert "line 2: aliases" in refused("\n".join(lines))


def test_a_text_nested_without_end_is_refused():
    assert "not valid YAML" in refused("[" * 20_000)


def test_a_merge_of_plain_values_is_allowed():
    assert parse_spec("name: tenants\ntopics:\n  - <<: {weight: 2}\n    name: Rent\n", "x").topics[0].weight == 2


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_told_error(text):
    assert "\n" not in fault_of(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(sorted(Spec.model_fields))


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_no_value_raises_anything_but_a_told_error(parts):
    assert "\n" not in fault_of(json.dumps({"name": "tenants", "topics": [{"name": "Rent"}], **parts}))


def test_a_spec_is_read_from_a_file_as_windows_writes_it(tmp_path):
    path = tmp_path / "tenants.yaml"
    path.write_bytes(("\ufeff" + LEAST.replace("Rent", "租金").replace("\n", "\r\n")).encode())
    assert read_spec(path).topics[0].name == "租金"


def test_files_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "latin.yaml").write_bytes("name: Zürich".encode("latin-1"))
    (tmp_path / "huge.yaml").write_bytes(b"#" * (MAX_SPEC_BYTES + 1))
    for name, told in (
        ("missing.yaml", "cannot be read: No such file or directory"),
        (".", "cannot be read: Is a directory"),
        ("latin.yaml", "not UTF-8 text"),
        ("huge.yaml", "over 2,000,000 bytes"),
    ):
        with pytest.raises(SpecError, match=told) as error:
            read_spec(tmp_path / name)
        assert str(tmp_path) in error.value.message
        assert error.value.hint


def spec_of(*weights, **parts):
    return Spec(name="x", topics=[{"name": f"T{at}", "weight": weight} for at, weight in enumerate(weights)], **parts)


def test_the_heaviest_topics_are_kept_and_ties_go_to_the_earlier():
    spec = spec_of(1, 5, 3, 5, 3)
    spec.topic("T0")
    fewer = spec.heaviest(3)
    assert [topic.name for topic in fewer.topics] == ["T1", "T3", "T2"]
    assert fewer.topic("T2").weight == 3
    assert fewer.topic("T0").weight == 1  # it lists it no more, and knows nothing of it
    assert len(spec.topics) == 5


def test_more_topics_than_there_are_is_told():
    with pytest.raises(SpecError, match="--topics: 6 topics asked for, but x has 5"):
        spec_of(1, 1, 1, 1, 1).heaviest(6)


def test_other_languages_are_those_that_the_spec_knows():
    spec = spec_of(1, translations={"zh": {"tone": "语气"}})
    assert spec.in_languages({"zh": 2.0}).languages == {"zh": 2.0}
    assert spec.translated("tone", "zh") == "语气"
    assert spec.translated("size", "zh") == spec.translated("size", "de") == "size"
    with pytest.raises(SpecError, match="--lang: x has no 'de', only en, zh"):
        spec.in_languages({"de": 1.0})


def test_a_hash_follows_what_is_said_and_not_how():
    text = "name: x\ntopics: [{name: Rent}]\nfacets: {tone: [calm, upset]}\n"
    other = "facets:\n  tone: {upset: 1.0, calm: 1}\ntopics:\n  - {weight: 1, name: Rent}\nname: x  # the same\n"
    assert parse_spec(text, "a").hash == parse_spec(other, "b").hash
    assert parse_spec(text, "a").hash != parse_spec(text.replace("Rent", "rent"), "a").hash


def test_without_facets_no_topic_has_any():
    spec = Spec(name="x", topics=[{"name": "T", "facets": {"tone": ["a"]}}], facets={"tone": ["a", "b"]})
    assert spec.topic("T").facets
    bare = spec.without_facets()
    assert bare.facets == bare.topics[0].facets == bare.topic("T").facets == {}


def test_an_unknown_topic_has_nothing_but_its_name():
    topic = spec_of(1).topic("elsewhere")
    assert (topic.name, topic.names, topic.seeds, topic.facets, topic.risk) == ("elsewhere", {}, {}, {}, False)


def test_a_plain_name_stands_for_a_topic() -> None:
    spec = parse_spec("name: tenants\ntopics: [Rent, {name: Repairs, weight: 2}]", "a.yaml")
    assert [(topic.name, topic.weight) for topic in spec.topics] == [("Rent", 1.0), ("Repairs", 2.0)]


def test_the_spec_of_a_run_is_the_one_it_was_made_by():
    spec = parse_spec(LEAST, "x")
    assert spec_of_run({"run": "0a1b", "content": spec.model_dump(mode="json")}) == spec


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"name": "x", "topics": [{"name": "Rent"}], "moods": 1}, "moods: no such key"),
        ({"name": "x"}, "topics: is missing"),
        (None, "wanted"),
    ],
)
def test_a_run_of_another_version_is_told(content, told):
    with pytest.raises(RunError, match="run 0a1b: its spec is of another version of synthgen: ") as caught:
        spec_of_run({"run": "0a1b", "content": content})
    assert told in caught.value.message
    assert "\n" not in str(caught.value)
    assert "--spec" in caught.value.hint
