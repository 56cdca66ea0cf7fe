"""The door for topic specs: what is wrong is told in one line, with file, key path, what was found, what is allowed."""

from __future__ import annotations

import pytest

from synthgen.errors import SpecError
from synthgen.spec import MAX_SPEC_BYTES, Spec, in_language, parse_spec, read_spec

GOOD = """
name: tenant_advice
languages: {en: 2, zh: 1}
roles: {user: tenant, assistant: adviser}
translations: {zh: {tenant: 租客, calm: 平静}}
topics:
  - {name: Deposit, weight: 3, seeds: ["My deposit is late."], names: {zh: 押金}}
  - {name: Repairs, weight: 2, risk: false, seeds: {en: ["It leaks."], zh: ["漏水。"]}}
  - Noise
facets:
  tone: {calm: 2, upset: 1}
  size: [small, large]
query: {words: {en: [40, 200], zh: [60, 300]}, ingredients: ["what happened"], batch_size: 4}
reply: {words: [80, 400], banned_openers: {en: ["I hear you"]}}
filters: {echo: false, length: {slack: 0.1}}
""".replace("  - Noise\n", "  - {name: Noise}\n")


def told(text: str) -> str:
    with pytest.raises(SpecError) as caught:
        parse_spec(text, "desk.yaml")
    error = caught.value
    assert "\n" not in str(error)
    assert error.message.startswith("desk.yaml: ")
    assert error.hint
    assert error.exit_code == 1
    return error.message


def topics(*lines: str) -> str:
    return "name: desk\ntopics:\n" + "".join(f"  - {line}\n" for line in lines)


def test_a_good_spec_is_read():
    spec = parse_spec(GOOD, "x")
    assert [topic.name for topic in spec.topics] == ["Deposit", "Repairs", "Noise"]
    assert [topic.weight for topic in spec.topics] == [3, 2, 1]
    assert spec.topic("Deposit").seeds == {"*": ["My deposit is late."]}
    assert spec.facets["size"] == {"small": 1.0, "large": 1.0}
    assert spec.query.words == {"en": (40, 200), "zh": (60, 300)}
    assert spec.reply.words == {"*": (80, 400)}
    assert spec.translated("tenant", "zh") == "租客"
    assert spec.translated("tenant", "en") == spec.translated("tenant", "de") == "tenant"
    with pytest.raises(KeyError):
        spec.topic("Pets")


def test_the_smallest_spec_has_what_it_needs():
    spec = parse_spec(topics("{name: Rent}"), "x")
    assert spec.languages == {"en": 1.0}
    assert (spec.query.template, spec.reply.template) == ("query", "reply")
    assert spec.repairs == 2


def test_values_by_language_fall_back():
    assert in_language({"en": 1, "*": 2}, "en", 3) == 1
    assert in_language({"en": 1, "*": 2}, "zh", 3) == 2
    assert in_language({"en": 1}, "zh", 3) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        # What is no YAML, or none that a spec may use.
        ("name: [", "not valid YAML: line "),
        ("name: a\nname: b\ntopics: [{name: Rent}]", "not valid YAML: line 2: the key 'name' stands twice"),
        (topics("{name: Rent, weight: 1, weight: 2}"), "not valid YAML: line 3: the key 'weight' stands twice"),
        ("name: desk\ntopics: &all [{name: Rent}]\nfacets: *all", "line 3: aliases (*name) are not allowed"),
        ("name: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
        ("name: desk\ntopics: " + "[" * 5000, "not valid YAML: "),
        ("name: \x07", "not valid YAML: "),
        ("? {a: 1}\n: 2", "not valid YAML: line 1: "),
        ("name: desk\n--- \nname: other", "not valid YAML: line 2: "),
        ("name: 2024-13-45", "not valid YAML: "),
        # What is no mapping.
        ("", "a mapping with name and topics is wanted, found nothing"),
        ("- a\n- b", "a mapping with name and topics is wanted, found a list"),
        ("just words", "a mapping with name and topics is wanted, found a text"),
        ("42", "a mapping with name and topics is wanted, found int"),
        # Keys.
        (topics("{name: Rent}") + "topcis: []", "topcis: no such key"),
        (topics("{name: Rent, wieght: 2}"), "topics[0].wieght: no such key"),
        (topics("{name: Rent}") + "query: {word: [1, 2]}", "query.word: no such key"),
        ("name: desk", "topics: is missing"),
        (topics("{weight: 2}"), "topics[0].name: is missing"),
        (topics("{name: Rent}").replace("name: desk\n", ""), "name: is missing"),
        # Weights.
        (topics("{name: Rent}", "{name: Noise, weight: 0}"), "topics[1].weight: must be above 0, got 0"),
        (topics("{name: Rent, weight: -1.5}"), "topics[0].weight: must be above 0, got -1.5"),
        (topics("{name: Rent, weight: .nan}"), "topics[0].weight: "),
        (topics("{name: Rent, weight: .inf}"), "topics[0].weight: "),
        (topics("{name: Rent, weight: much}"), "topics[0].weight: input should be a valid number"),
        (topics("{name: Rent}") + "languages: {en: 0}", "languages.en: must be above 0, got 0"),
        (topics("{name: Rent}") + "facets: {tone: {calm: -1}}", "facets.tone.calm: must be above 0, got -1"),
        (topics("{name: Rent}") + "facets: {tone: {calm: .nan}}", "facets.tone.calm: "),
        # Doubles and empties.
        (topics("{name: Rent}", "{name: Noise}", "{name: Rent}"), "'Rent'"),
        ("name: desk\ntopics: []", "topics: must not be empty"),
        (topics("{name: Rent}") + "languages: []", "languages: must not be empty"),
        (topics("{name: Rent}") + "facets: {tone: []}", "facets.tone: must not be empty"),
        (topics("{name: ''}"), "topics[0].name: "),
        # Wrong kinds.
        (topics("{name: [a]}"), "topics[0].name: input should be a valid string, got ['a']"),
        ("name: desk\ntopics: {name: Rent}", "topics: input should be a valid list"),
        (topics("{name: Rent}") + "query: 3", "query: "),
        (topics("{name: Rent, risk: perhaps}"), "topics[0].risk: "),
        (topics("{name: Rent, seeds: {en: one}}"), "topics[0].seeds.en: input should be a valid list, got 'one'"),
        (topics("{name: Rent}").replace("desk", "Desk!"), "name: "),
        (topics("{name: Rent}") + "languages: [english]", "languages.english: "),
        (topics("{name: Rent}") + "query: {batch_size: 51}", "query.batch_size: "),
        (topics("{name: Rent}") + "dedup: {similarity: 0.2}", "dedup.similarity: "),
        # Bands.
        (topics("{name: Rent}") + "query: {words: [200, 40]}", "the lower bound 200 is above the upper bound 40"),
        (topics("{name: Rent}") + "reply: {words: {zh: [9, 2]}}", "words.zh: the lower bound 9 is above"),
        (topics("{name: Rent}") + "query: {words: [40]}", "query.words"),
        (topics("{name: Rent}") + "query: {words: [0, 40]}", "query.words"),
        (topics("{name: Rent}") + "query: {words: 40}", "query.words"),
        # A topic's own facets.
        (topics("{name: Rent, facets: {tone: [calm]}}"), "'tone'"),
    ],
)
def test_what_is_wrong_is_told(text, says):
    assert says in told(text)


def test_reversed_bands_of_the_plain_rules_are_told():
    assert "above the upper bound" in told(topics("{name: Rent}") + "plain: {query_words: [90, 10]}")


def test_five_faults_are_told_and_the_rest_counted():
    message = told(topics(*[f"{{name: T{at}, weight: -{at + 1}}}" for at in range(9)]))
    assert message.count("must be above 0") == 5
    assert message.endswith("; and 4 more.")


def test_what_was_found_is_cut_short():
    message = told(topics("{name: Rent, weight: " + "x" * 5000 + "}"))
    assert len(message) < 300
    assert "..." in message


def test_a_huge_file_is_not_even_read(tmp_path):
    path = tmp_path / "huge.yaml"
    path.write_text("#" * (MAX_SPEC_BYTES + 1))
    with pytest.raises(SpecError, match=r"huge\.yaml: over 2,000,000 bytes"):
        read_spec(path)


def test_files_that_cannot_be_read_are_told(tmp_path):
    with pytest.raises(SpecError, match=r"none\.yaml: cannot be read: No such file"):
        read_spec(tmp_path / "none.yaml")
    with pytest.raises(SpecError, match="cannot be read: Is a directory"):
        read_spec(tmp_path)
    (tmp_path / "latin.yaml").write_bytes("name: café".encode("latin-1"))
    with pytest.raises(SpecError, match="not UTF-8 text"):
        read_spec(tmp_path / "latin.yaml")


def test_a_file_is_named_in_its_faults(tmp_path):
    (tmp_path / "desk.yaml").write_text(topics("{name: Rent, weight: 0}"))
    with pytest.raises(SpecError) as caught:
        read_spec(tmp_path / "desk.yaml")
    assert caught.value.message.startswith(f"{tmp_path / 'desk.yaml'}: topics[0].weight: ")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / "desk.yaml").write_bytes(b"\xef\xbb\xbf" + topics("{name: Rent}").encode())
    assert read_spec(tmp_path / "desk.yaml").name == "desk"


def test_the_heaviest_topics_are_kept_in_order_of_weight():
    spec = parse_spec(GOOD, "x").heaviest(2)
    assert [topic.name for topic in spec.topics] == ["Deposit", "Repairs"]
    assert spec.topic("Repairs").weight == 2
    with pytest.raises(KeyError):
        spec.topic("Noise")
    with pytest.raises(SpecError, match="4 topics asked for, but tenant_advice has 3"):
        parse_spec(GOOD, "x").heaviest(4)


def test_other_languages_replace_those_of_the_spec():
    spec = parse_spec(GOOD, "x")
    assert spec.in_languages({"zh": 1.0}).languages == {"zh": 1.0}
    with pytest.raises(SpecError, match="tenant_advice has no 'fr', only en, zh"):
        spec.in_languages({"en": 1, "fr": 1})


def test_without_facets_no_topic_has_any():
    spec = parse_spec(
        topics("{name: Rent, facets: {tone: [upset, calm]}}", "{name: Noise}") + "facets: {tone: [calm]}", "x"
    )
    assert spec.facets
    bare = spec.without_facets()
    assert not bare.facets
    assert not any(topic.facets for topic in bare.topics)


def test_the_hash_follows_what_a_spec_says_and_not_how_it_is_written():
    spec = parse_spec(topics("{name: Rent}"), "a")
    same = parse_spec("# a remark\ntopics: [{weight: 1, name: Rent}]\nname: desk", "b")
    other = parse_spec(topics("{name: Rent, weight: 2}"), "a")
    assert spec.hash() == same.hash() if callable(spec.hash) else spec.hash == same.hash
    assert spec != other
    assert isinstance(spec, Spec)
