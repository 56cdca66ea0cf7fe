"""The bounds of the sandbox: what would run for hours or fill the memory is refused, and what prompts need is not."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, TemplateError
from jinja2.exceptions import SecurityError

from synthgen.sandbox import MAX_ARGUMENT, MAX_PROMPT_CHARS, MAX_STEPS, Sandbox


def rendered(text: str, **variables: object) -> str:
    sandbox = Sandbox(DictLoader({"a": text}))
    template = sandbox.get_template("a")
    sandbox.begin()
    return template.render(variables)


def refusal(text: str, **variables: object) -> str:
    with pytest.raises(TemplateError) as refused:
        rendered(text, **variables)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "{% for j in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in 'x' * 9999 %}{% for b in 'x' * 9999 %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(50) }}",
        "{% set n = n | default(0) + 1 %}{% if n < 40 %}{% include 'a' %}{% include 'a' %}{% endif %}",
    ],
)
def test_steps_are_counted(text: str) -> None:
    assert refusal(text) == f"it takes more than {MAX_STEPS:,} steps"


def test_steps_are_counted_anew_for_each_block() -> None:
    sandbox = Sandbox(DictLoader({"a": "{% for j in range(99999) %}{% endfor %}done"}))
    template = sandbox.get_template("a")
    for _ in range(3):
        sandbox.begin()
        assert template.render() == "done"
    with pytest.raises(SecurityError):
        template.render()


@pytest.mark.parametrize(
    "text",
    [
        "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 45,
        "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a + a %}" * 45,
        "{% set a = 'aaaaaaaaaa' %}" + "{% with a = a ~ a %}" * 18 + "{% endwith %}" * 18,
        "{% set a = 'aaaaaaaaaa' %}" + "{% for a in [a ~ a] %}" * 18 + "{% endfor %}" * 18,
        "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 45 + "{{ a == a }}",
        "{% set a = [1, 2] %}" + "{% set a = {'x': a, 'y': a} %}" * 45 + "{{ a }}",
        "{% set n = namespace(a='aaaa') %}{% for i in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "{% macro m(n, s) %}{% if n %}{{ m(n - 1, s ~ s) }}{% endif %}{% endmacro %}{{ m(50, 'aaa') }}",
    ],
)
def test_what_has_a_name_does_not_grow_for_ever(text: str) -> None:
    assert refusal(text) == f"a value grew to more than {MAX_PROMPT_CHARS:,} characters"


def test_parts_of_a_template_do_not_grow_for_ever() -> None:
    text = "{% set a %}aaaa{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 45
    assert refusal(text) == f"a part of it grew to more than {MAX_PROMPT_CHARS:,} characters"


@pytest.mark.parametrize(
    "expression",
    [
        "'a'.center(999999999)",
        "'a' | center(999999999)",
        "'a'.ljust(10 ** 9)",
        "'a' | indent(10 ** 9)",
        "1.5 | round(999999999, 'ceil')",
        "[1] | batch(999999999, 'x') | list",
        "(1).to_bytes(10 ** 9, 'big')",
        "'a'.replace('a', 'b' * 2000)",
        "'a' | replace('a', 'b' * 2000)",
        "[1] | map('default', 'b' * 2000) | list",
        "[1] | map(attribute='x', default='b' * 2000) | list",
    ],
)
def test_arguments_are_bounded(expression: str) -> None:
    assert refusal("{{ " + expression + " }}") == f"an argument is above {MAX_ARGUMENT:,}, or longer"


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("'a' * 10 ** 10", "repeated"),
        ("10 ** 10 * 'a'", "repeated"),
        ("[1] * 10", "repeated"),
        ("9 ** 99", "a power is too large"),
        ("'%0999999999d' % 1", "by ~"),
        ("'{:0999999999d}'.format(1)", "'format' of 'str' object is unsafe"),
        ("'a'.join(['b', 'c'])", "'join' of 'str' object is unsafe"),
        ("'%0999999999d' | format(1)", "No filter named 'format'"),
        ("lipsum(5)", "'lipsum' is undefined"),
        ("'a' | replace('a', 'a' * 1000) | replace('a', 'a' * 1000) | replace('a', 'a')", "a value grew"),
    ],
)
def test_what_grows_without_bound_is_refused(expression: str, says: str) -> None:
    # Constants are not worked out while a template is compiled, where no bound would hold.
    Sandbox(DictLoader({"a": "{{ " + expression.split(" | format")[0] + " }}"})).get_template("a")
    assert says in refusal("{{ " + expression + " }}")


def test_numbers_do_not_grow_for_ever() -> None:
    assert refusal("{% set a = 2 %}" + "{% set a = a * a %}" * 45) == "a number is too large"


def test_no_loop_calls_itself() -> None:
    assert "recursive" in refusal("{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 2 ** 3 * 2 }} {{ 7 % 4 }} {{ '-' * 3 }}", "16 3 ---"),
        ("{{ words | map('capitalize') | join(', ') }}", "Calm, Sad"),
        (
            "{% for w in words %}{{ loop.index }}/{{ loop.length }} {{ w }}{{ ' ' if not loop.last }}{% endfor %}",
            "1/2 calm 2/2 sad",
        ),
        ("{% for word in words | map('upper') %}{{ word }}{{ '' if loop.last else '+' }}{% endfor %}", "CALM+SAD"),
        ("{% for a, b in [('x', 1), ('y', 2)] %}{{ a ~ b }}{% endfor %}", "x1y2"),
        ("{% set a = words[0] %}{{ a.upper().replace('C', 'k') | indent(2) }}", "kALM"),
        ("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m('x') }}{{ m(a='y') }}", "<x><y>"),
        (
            "{{ 2.345 | round(1) }} {{ 'a b' | replace(' ', '_') }} {{ 'one two' | truncate(5, true, '', 0) }}",
            "2.3 a_b one t",
        ),
    ],
)
def test_what_prompts_need_is_there(text: str, says: str) -> None:
    assert rendered(text, words=["calm", "sad"]) == says
