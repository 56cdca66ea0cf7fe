"""The options of generate against the settings and the models that there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import click
import pytest
from cli_trials import Outcome

from synthgen.backends.models import FORMS
from synthgen.cli.generate import generate
from synthgen.settings import Settings

OWN = {"out", "dry_run", "accept_changes", "allow_remote", "quiet", "verbose"}
OPTIONS = {param.name: param for param in generate.params}


def test_every_setting_has_its_option() -> None:
    assert set(OPTIONS) == OWN | {field.name for field in fields(Settings)}


@pytest.mark.parametrize("name", sorted(set(OPTIONS) - OWN))
def test_what_is_not_said_is_none(name: str) -> None:
    context = generate.make_context("generate", [])
    assert context.params[name] is None


@pytest.mark.parametrize("form", FORMS.values())
def test_every_kind_of_model_is_in_the_help(form: str) -> None:
    option = OPTIONS["model"]
    assert isinstance(option, click.Option)
    assert form in (option.help or "").replace(",", " ").split()


def test_help_has_sections(synthgen: Callable[..., Outcome]) -> None:
    shown = synthgen("generate", "--help").out
    places = [shown.index(f"\n{title}:\n") for title in ("What is wanted", "Which model", "Sampling", "Limits", "Talk")]
    assert places == sorted(places)
