from __future__ import annotations

from pathlib import Path

import pytest

from synthgen.catalog import DEFAULT_SPEC, load_spec, prompts_for
from synthgen.errors import SpecError, TemplateError, UsageError
from synthgen.resources import folders, spec_files

OWN = "name: tenants\nlanguages: [en]\ntopics: [{name: Rent}, {name: Repairs, weight: 2}]\n"


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "tenants.yaml"
    path.write_text(OWN)
    return path


def test_a_number_is_so_many_of_the_heaviest_topics():
    every, path = load_spec("33")
    assert path.stem == DEFAULT_SPEC
    assert len(every.topics) == 33
    few, _ = load_spec("5")
    assert [topic.name for topic in few.topics] == [topic.name for topic in every.topics[:5]]
    assert sorted((topic.weight for topic in every.topics), reverse=True)[:5] == [topic.weight for topic in few.topics]
    assert load_spec("+5")[0] == few


@pytest.mark.parametrize("topics", ["0", "-1", "-33", "00"])
def test_fewer_than_one_topic_is_told(topics):
    with pytest.raises(UsageError, match=f"^{topics}: at least one topic"):
        load_spec(topics)


def test_more_topics_than_there_are_is_told():
    with pytest.raises(SpecError, match="34 topics asked for, but mentalchat33 has 33"):
        load_spec("34")


@pytest.mark.parametrize("topics", ["", "²", "+-5", "٣٣", "1_0", "nothing", "MENTALCHAT33", "9" * 5000])
def test_what_names_nothing_is_told_with_what_there_is(topics):
    with pytest.raises(SpecError, match=r"no such spec; there are .*mentalchat33") as told:
        load_spec(topics)
    # A spec is named by --spec and --labels as well.
    assert "--topics" not in told.value.message


def test_every_bundled_spec_is_had_by_its_name():
    for name, path in spec_files().items():
        spec, found = load_spec(name)
        assert (spec.name, found) == (name, path)


def test_a_path_is_read(own):
    for topics in (str(own), own.name, f"./{own.name}"):
        assert load_spec(topics)[0].name == "tenants"
    with pytest.raises(SpecError, match=r"elsewhere\.yml: cannot be read"):
        load_spec("elsewhere.yml")
    with pytest.raises(SpecError, match="here/tenants: cannot be read"):
        load_spec("here/tenants")


def test_the_users_own_spec_wins_over_the_bundled_one(tmp_path):
    (tmp_path / "topic_specs").mkdir()
    (tmp_path / "topic_specs" / "mentalchat33.yaml").write_text(OWN)
    spec, path = load_spec("mentalchat33")
    assert spec.name == "tenants"
    assert path == tmp_path / "topic_specs" / "mentalchat33.yaml"
    assert load_spec("1")[0].topics[0].name == "Repairs"


def test_folders_come_strongest_first(tmp_path, own):
    for place in (tmp_path / "templates", tmp_path / "beside" / "templates"):
        place.mkdir(parents=True)
    found = folders("templates", beside=tmp_path / "beside")
    assert found[:2] == [tmp_path / "beside" / "templates", tmp_path / "templates"]
    assert len(found) == 3
    assert folders("templates", beside=tmp_path)[0] == tmp_path / "templates"
    assert len(folders("templates", beside=tmp_path)) == 2


def test_templates_beside_a_spec_win(tmp_path, own):
    (tmp_path / "templates" / "reply").mkdir(parents=True)
    (tmp_path / "templates" / "reply" / "en.j2").write_text("{% block user %}Mine{% endblock %}")
    names = ["query/en.j2", "reply/en.j2"]
    prompts = prompts_for(own, names)
    assert prompts.chat("reply", "en", {}).messages[0].content == "Mine"
    bundled = prompts_for(Path("elsewhere/tenants.yaml"), names)
    assert bundled.hash("query/en.j2") == prompts.hash("query/en.j2")


def test_a_missing_template_is_told_before_any_call(own):
    with pytest.raises(TemplateError, match=r"templates/ask/en\.j2: no such template"):
        prompts_for(own, ["ask/en.j2"])
    with pytest.raises(TemplateError, match=r"templates/query/tlh\.j2"):
        prompts_for(own, ["query/en.j2", "query/tlh.j2"])
