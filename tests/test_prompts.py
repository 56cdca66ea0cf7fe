"""Templates in their sandbox: what they may not do, and what is told when they do not render."""

from __future__ import annotations

import pytest

from synthgen.errors import TemplateError
from synthgen.prompts import Prompts, template_name
from synthgen.records import Turn
from synthgen.sandbox import MAX_PROMPT_CHARS

CHAT = """
{% block system %}You write as {{ role }}s.{% endblock %}
{% block user %}Write {{ count }}.{% endblock %}
{% block repair %}Mend this: {{ text }}{% endblock %}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "templates" / "query").mkdir(parents=True)
    return tmp_path / "templates"


def put(folder, text, name="query/en.j2"):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return Prompts([folder])


def user(expression):
    return "{% block user %}" + expression + "{% endblock %}"


def told(prompts, **variables):
    with pytest.raises(TemplateError) as caught:
        prompts.chat("query", "en", variables)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value.message


def test_a_chat_has_its_system_and_user_messages(folder):
    prompt = put(folder, CHAT).chat("query", "en", {"role": "tenant", "count": 3})
    assert prompt.template == "query/en.j2"
    assert prompt.messages == (Turn("system", "You write as tenants."), Turn("user", "Write 3."))
    assert prompt.text == ""
    assert prompt.stop == ()


def test_a_faulty_text_is_shown_with_the_request_to_mend_it(folder):
    prompt = put(folder, CHAT).chat("query", "en", {"role": "tenant", "count": 3}, faulty="Too {{short}}.")
    assert prompt.messages[2:] == (Turn("assistant", "Too {{short}}."), Turn("user", "Mend this: Too {{short}}."))


def test_no_system_block_is_no_system_message(folder):
    prompts = put(folder, user("Hi") + "{% block system %}  {% endblock %}")
    assert [turn.role for turn in prompts.chat("query", "en", {}).messages] == ["user"]
    assert [turn.role for turn in put(folder, user("Hi")).chat("query", "en", {}).messages] == ["user"]


def test_a_plain_template_has_a_text_and_its_stops(folder):
    text = "{% block text %}Topic: {{ topic }}\nTenant:{% endblock %}{% block stop %}\\nTopic:\n\\n\\n\n{% endblock %}"
    prompt = put(folder, text, "query/en.plain.j2").plain("query", "en", {"topic": "Rent"})
    assert prompt.text == "Topic: Rent\nTenant:"
    assert prompt.stop == ("\nTopic:", "\n\n")
    assert prompt.messages == ()


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ().__class__.__base__.__subclasses__() }}",
        "{{ rows.append(1) }}",
        "{{ rows.clear() }}",
        "{{ facets.update(a=1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__.__globals__.os }}",
        "{{ ask.__globals__ }}",
        "{{ ask.__code__.co_code }}",
        "{{ '{0.__class__.__mro__}'.format(1) }}",
        "{{ rows | map(attribute='__class__') | list | first }}",
        "{{ rows | attr('__class__') }}",
    ],
)
def test_the_sandbox_lets_nothing_out(folder, expression):
    def ask():
        raise AssertionError("nobody asks")

    rows, facets = [1], {"tone": "calm"}
    message = told(put(folder, user(expression)), rows=rows, facets=facets, ask=ask)
    assert message.startswith("templates/query/en.j2: block 'user' does not render: ")
    assert rows == [1]
    assert facets == {"tone": "calm"}


def test_a_variable_that_is_not_there_is_told(folder):
    assert "'tonne' is undefined" in told(put(folder, user("{{ tonne }}")), tone="calm")
    assert "has no attribute 'nam'" in told(put(folder, user("{{ topic.nam }}")), topic={"name": "Rent"})
    assert "undefined" in told(put(folder, user("{% if tonne %}x{% endif %}")))


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 'a' + 1 }}", "does not render"),
        ("{{ 3 | dictsort }}", "does not render"),
        ("{{ [1, 2] | first | length }}", "does not render"),
        ("{% include 'query/none.j2' %}", "'query/none.j2' not found"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    ],
)
def test_what_does_not_render_is_told(folder, expression, says):
    assert says in told(put(folder, user(expression)))


@pytest.mark.parametrize(
    "expression",
    [
        "{% for a in range(100000) %}{% for b in range(100000) %}xxxxxxxxxx{% endfor %}{% endfor %}",
        "{{ 'x' * 1000000 }}",
        "{% for a in range(10000000000) %}x{% endfor %}",
        "{{ lipsum(5000) }}",
    ],
)
def test_a_runaway_template_is_bounded(folder, expression):
    message = told(put(folder, user(expression)))
    assert "templates/query/en.j2: block 'user'" in message


@pytest.mark.parametrize(
    "expression",
    ["{{ boom() }}", "{{ [1] | map('boomed') | list }}", "{{ ''.__class__ }}", "{{ 1 / 0 }}", "{{ 'a' * 10 ** 10 }}"],
)
def test_a_reason_is_never_empty_and_has_one_full_stop(folder, expression):
    def boom():
        raise MemoryError

    message = told(put(folder, user(expression)), boom=boom)
    assert message.endswith(".")
    assert not message.endswith(("..", " ."))
    if "boom()" in expression:
        assert message.endswith("does not render: MemoryError.")


@pytest.mark.parametrize("expression", ["{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ " + "9" * 5000 + " }}"])
def test_what_cannot_be_compiled_is_told(folder, expression):
    assert told(put(folder, user(expression))).startswith("templates/query/en.j2: ")


def test_a_long_prompt_is_told_and_one_at_the_bound_is_not(folder):
    prompts = put(folder, user("{{ text }}"))
    assert len(prompts.chat("query", "en", {"text": "x" * MAX_PROMPT_CHARS}).messages[0].content) == MAX_PROMPT_CHARS
    assert "400,001 characters" in told(prompts, text="x" * (MAX_PROMPT_CHARS + 1))


def test_what_is_missing_is_told(folder):
    prompts = put(folder, "{% block system %}Hi{% endblock %}")
    assert "has no block 'user'" in told(prompts)
    with pytest.raises(TemplateError, match="has no block 'repair'"):
        put(folder, user("Hi")).chat("query", "en", {}, faulty="x")
    with pytest.raises(TemplateError, match=r"templates/reply/en\.j2: no such template") as caught:
        prompts.chat("reply", "en", {})
    assert "templates folder beside your spec" in caught.value.hint
    with pytest.raises(TemplateError, match=r"query/en\.plain\.j2: no such template"):
        prompts.plain("query", "en", {})


def test_a_broken_template_is_told_with_its_line(folder):
    assert "line 2: " in told(put(folder, "{% block user %}\n{% if %}{% endblock %}"))
    (folder / "query" / "en.j2").write_bytes(b"{% block user %}caf\xe9{% endblock %}")
    assert "not UTF-8 text" in told(Prompts([folder]))


@pytest.mark.parametrize("name", ["../secret.j2", "query/../../secret.j2"])
def test_nothing_outside_the_folders_is_read(folder, tmp_path, name):
    (tmp_path / "secret.j2").write_text("{% block user %}secret{% endblock %}")
    with pytest.raises(TemplateError, match="no such template"):
        Prompts([folder]).hash(name)
    assert "secret" not in told(put(folder, user("{% include '" + name + "' %}"))).replace(name, "")


def test_a_hash_follows_the_template_and_what_it_includes(folder):
    def hashes():
        prompts = Prompts([folder])
        return prompts.hash("query/en.j2"), prompts.hash("query/zh.j2")

    put(folder, user("{% include 'parts/a.j2' %}"))
    put(folder, user("你好"), "query/zh.j2")
    put(folder, "{% include 'parts/b.j2' %}", "parts/a.j2")
    put(folder, "deep", "parts/b.j2")
    english, chinese = hashes()
    assert english.startswith("sha256:")
    assert hashes() == (english, chinese)
    put(folder, "deeper", "parts/b.j2")
    assert hashes()[0] != english
    assert hashes()[1] == chinese


def test_templates_that_include_each_other_have_a_hash(folder):
    put(folder, user("{% if false %}{% include 'parts/a.j2' %}{% endif %}"))
    put(folder, "{% include 'query/en.j2' %}", "parts/a.j2")
    assert Prompts([folder]).hash("query/en.j2").startswith("sha256:")


def test_an_include_that_is_missing_is_told_before_any_call(folder):
    with pytest.raises(TemplateError, match=r"templates/parts/none\.j2: no such template"):
        put(folder, user("{% include 'parts/none.j2' %}")).hash("query/en.j2")


def test_an_include_that_no_hash_could_follow_is_told(folder):
    with pytest.raises(TemplateError, match=r"templates/query/en\.j2: includes a template that only a variable names"):
        put(folder, user("{% include part %}")).hash("query/en.j2")


def test_the_users_folder_wins_template_by_template(tmp_path):
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    put(bundled, user("bundled"))
    put(bundled, user("bundled"), "reply/en.j2")
    put(own, user("own"))
    prompts = Prompts([own, bundled])
    assert prompts.chat("query", "en", {}).messages[0].content == "own"
    assert prompts.chat("reply", "en", {}).messages[0].content == "bundled"
    assert prompts.names == {"query/en.j2", "reply/en.j2"}
    assert prompts.hash("query/en.j2") == Prompts([own]).hash("query/en.j2")
    assert prompts.has("query", "en", plain=False)
    assert not prompts.has("query", "en", plain=True)
    assert not prompts.has("query", "zh", plain=False)


def test_names_of_templates():
    assert template_name("query", "zh", plain=False) == "query/zh.j2"
    assert template_name("reply", "en", plain=True) == "reply/en.plain.j2"
