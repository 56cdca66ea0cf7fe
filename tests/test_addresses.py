"""One rule for the addresses of servers, whoever asks for it."""

from __future__ import annotations

import pytest

from synthgen.addresses import checked_url
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.errors import UsageError
from synthgen.settings import Settings, checked

REFUSED = [
    "localhost:8000/v1",
    "http://",
    "http://h:99999/v1",
    "http://[1/v1",
    "https://me:hunter2@host/v1",
    "http://h/v1?key=hunter2",
    "http://h/v1?",
    "http://h/#x",
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1"),
        ("https://models.example", "https://models.example"),
        ("http://[::1]:9/v1", "http://[::1]:9/v1"),
    ],
)
def test_an_address_is_taken_without_its_last_slash(typed: str, kept: str) -> None:
    assert checked_url(typed) == kept


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_stored_with_a_run_and_what_is_opened_are_held_to_the_same_rule(typed: str) -> None:
    with pytest.raises(UsageError) as stored:
        checked(Settings(base_url=typed))
    with pytest.raises(UsageError) as opened:
        open_backend("vllm:m", BackendOptions(base_url=typed))
    assert str(stored.value) == str(opened.value)
    assert "hunter2" not in str(stored.value)
