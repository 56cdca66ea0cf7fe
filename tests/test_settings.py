from __future__ import annotations

from dataclasses import fields, replace

import pytest

from synthgen.errors import UsageError
from synthgen.row_settings import EVALUATION_MAKING, NOTE_MAKING, EvaluationSettings, NoteSettings
from synthgen.settings import (
    BOUNDS,
    DEFAULTS,
    MAKING,
    PAGE_DEFAULTS,
    PAGE_MAKING,
    PageSettings,
    Settings,
    checked,
    making,
)
from synthgen.weights import language_weights


def refused(settings):
    with pytest.raises(UsageError) as told:
        checked(settings)
    assert told.value.exit_code == 2
    assert told.value.hint
    assert "\n" not in str(told.value)
    return told.value.message


def test_what_is_said_stands_over_what_is_not():
    said = Settings(n=5, plain=False, temperature=0.0)
    stored = Settings(n=100, seed=3, plain=True, temperature=0.7, topics="33")
    assert said.over(stored) == Settings(n=5, seed=3, plain=False, temperature=0.0, topics="33")
    assert Settings().over(stored) == stored
    assert said.over(Settings()) == said


def test_the_defaults_are_within_their_bounds():
    assert checked(DEFAULTS) == DEFAULTS
    assert checked(Settings()) == Settings()
    assert checked(PAGE_DEFAULTS) == PAGE_DEFAULTS


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_each_bound_is_kept(name):
    option = f"--{name.replace('_', '-')}"
    least, most = BOUNDS[name]
    kind = next(
        kind
        for kind in (PageSettings, NoteSettings, EvaluationSettings)
        if name in {field.name for field in fields(kind)}
    )
    wants = {
        "max_cost": kind(price_in=1.0),
        "embedding_similarity": kind(embedding="openai:m"),
        "min_score": kind(judge_model="openai:m"),
    }
    base = wants.get(name, kind())
    for value in (least, most):
        checked(replace(base, **{name: value}))
    for value in (least - 1, most + 1, float("nan"), float("inf"), -float("inf")):
        assert refused(replace(base, **{name: value})).startswith(f"{option} {value}: must be from ")


def test_every_bound_and_every_making_is_of_a_setting():
    assert set(MAKING) <= {field.name for field in fields(Settings)}
    pages, notes = ({field.name for field in fields(kind)} for kind in (PageSettings, NoteSettings))
    assert set(PAGE_MAKING) <= pages
    assert set(NOTE_MAKING) <= notes
    judges = {field.name for field in fields(EvaluationSettings)}
    assert set(EVALUATION_MAKING) <= judges
    assert set(BOUNDS) <= pages | notes | judges


def test_pages_are_told_anew_by_one_model_and_cut_as_the_user_says():
    made = making(PAGE_DEFAULTS.over(PageSettings()))
    assert made["model"] == "smollm2"
    assert "query_model" not in made
    assert making(PageSettings(page_tokens=300).over(PAGE_DEFAULTS)) == made | {"page_tokens": 300}


def test_a_cost_needs_a_price():
    assert "--max-cost: the price of a token is not known" in refused(Settings(max_cost=1.0))
    assert "--max-cost" in refused(Settings(max_cost=1.0, price_in=0.0))
    assert checked(Settings(max_cost=1.0, price_out=0.5))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/v1", "https://models.example/v1", "http://[::1]:9/v1", "HTTP://localhost"]
)
def test_addresses_are_taken(url):
    assert checked(Settings(base_url=url)).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000/v1",
        "127.0.0.1",
        "ftp://host/",
        "http://",
        "http://:80",
        "http://[::1/v1",
        "http://host:99999/",
        "http://host:port/",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_is_told(url):
    assert f"--base-url {url}: not an http(s) address" in refused(Settings(base_url=url))


@pytest.mark.parametrize(
    "url",
    [
        "https://me:hunter2@host/v1",
        "me:hunter2@host/v1",
        "ftp://me:hunter2@host",
        "http://host/v1?key=hunter2",
        "http://host/v1#hunter2",
        "host?hunter2",
        "http://[::1?key=hunter2",
    ],
)
@pytest.mark.parametrize("name", ["base_url", "embedding_base_url"])
def test_a_secret_in_an_address_is_refused_and_not_told(url, name):
    message = refused(Settings(embedding="openai:m", **{name: url}))
    assert message.startswith(f"--{name.replace('_', '-')}: ")
    assert "hunter2" not in message


def test_each_side_has_its_model():
    assert Settings().model_of("query") == "smollm2"
    assert Settings(model="a").model_of("reply") == "a"
    both = Settings(model="a", query_model="b")
    assert (both.model_of("query"), both.model_of("reply")) == ("b", "a")


def test_how_a_model_was_named_does_not_matter_for_what_it_makes():
    assert making(Settings(model="a")) == making(Settings(query_model="a", reply_model="a"))
    assert making(Settings(model="a")) != making(Settings(model="a", reply_model="b"))
    assert set(making(Settings())) == set(MAKING)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("en", {"en": 1.0}),
        ("en,zh", {"en": 1.0, "zh": 1.0}),
        (" en = 2, zh=1 ", {"en": 2.0, "zh": 1.0}),
        ("en=0.5,zh=1e3", {"en": 0.5, "zh": 1000.0}),
    ],
)
def test_languages_are_read_with_their_weights(text, weights):
    assert language_weights(text) == weights


@pytest.mark.parametrize("text", ["", "en,", ",", "en,en", "=2"])
def test_what_is_no_language_is_told(text):
    with pytest.raises(UsageError, match="is not a language"):
        language_weights(text)


@pytest.mark.parametrize("text", ["en=0", "en=-1", "en=nan", "en=inf", "en=two", "en=1=2", "zh=1,en=0"])
def test_what_is_no_weight_is_told(text):
    with pytest.raises(UsageError, match=r"the weight in 'en=\S+' is not a number above 0"):
        language_weights(text)
