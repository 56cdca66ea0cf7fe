"""What an error says when it is printed."""

from __future__ import annotations

import pytest

from synthgen import errors
from synthgen.errors import ModelError, RateLimitError, SynthgenError


def every_error(kind: type[SynthgenError] = SynthgenError) -> list[type[SynthgenError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in every_error(child))]


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("no such file", "no such file."),
        ("no such file.", "no such file."),
        ("is it there?", "is it there?"),
        ("cut off…", "cut off…"),
        ('the server says "No."', 'the server says "No."'),
        ("(it said so.)", "(it said so.)"),
        ("服务器拒绝。", "服务器拒绝。"),
        ("ends in a bracket (HTTP 500)", "ends in a bracket (HTTP 500)."),
        ("one line\n", "one line."),
        ("", ""),
    ],
)
def test_a_message_ends_as_a_sentence_before_its_hint(message: str, sentence: str) -> None:
    assert str(SynthgenError(message)) == sentence
    assert str(SynthgenError(message, hint="try again.")) == f"{sentence} Hint: try again."
    assert SynthgenError(message).message == message


def test_a_retryable_error_carries_the_wish_of_the_server() -> None:
    error = RateLimitError("too many", hint="slow down.", retry_after=2.5)
    assert (error.retryable, error.retry_after) == (True, 2.5)
    assert str(error) == "too many. Hint: slow down."
    assert not ModelError("no").retryable


@pytest.mark.parametrize("kind", every_error())
def test_every_error_stands_in_the_tree_of_the_docstring_or_only_groups(kind: type[SynthgenError]) -> None:
    assert errors.__doc__ is not None
    is_group = kind is errors.RetryableModelError
    assert (kind.__name__ in errors.__doc__) is not is_group
    assert kind.exit_code > 0
