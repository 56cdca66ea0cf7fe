from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.hashing import content_hash, json_hash, request_seed, seed_of

PARTS = st.lists(st.integers() | st.text("abc") | st.none(), max_size=4)


def test_a_hash_names_its_algorithm():
    # The SHA-256 of "abc" as FIPS 180 gives it.
    assert content_hash("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert content_hash("押金") == content_hash("押金".encode())


def test_half_of_a_character_has_a_hash_of_its_own():
    halves = ["\ud83d", "\ude00", "?", ""]
    assert len({content_hash(half) for half in halves}) == 4
    assert len({json_hash({"name": half}) for half in halves}) == 4
    assert len({seed_of(7, half) for half in halves}) == 4
    assert all(0 <= request_seed(half) < 2**31 for half in halves)


def test_json_hashes_do_not_depend_on_the_order_of_keys():
    assert json_hash({"a": 1, "b": [1, 2]}) == json_hash({"b": [1, 2], "a": 1})
    assert json_hash([1, 2]) != json_hash([2, 1])


@given(PARTS)
def test_seeds_are_63_bits_and_those_of_requests_31(parts):
    assert 0 <= seed_of(*parts) < 2**63
    assert 0 <= request_seed(*parts) < 2**31
    assert seed_of(*parts) == seed_of(*parts)


@given(PARTS, PARTS)
def test_other_parts_give_another_seed(left, right):
    same = list(map(str, left)) == list(map(str, right))
    # No part and one empty part are written alike.
    same = same or {tuple(map(str, left)), tuple(map(str, right))} == {(), ("",)}
    assert (seed_of(*left) == seed_of(*right)) == same


def test_parts_are_kept_apart():
    assert seed_of("ab", "c") != seed_of("a", "bc")
    assert seed_of(1, 23) != seed_of(12, 3)


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_seeds_are_the_same_in_every_process(hash_seed):
    """Unlike `hash()`, whose values change with the process."""
    line = "from synthgen.hashing import seed_of; print(seed_of(7, 'Rent', 'en', 3))"
    root = Path(__file__).resolve().parent.parent
    said = subprocess.run(
        [sys.executable, "-c", line],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PYTHONHASHSEED": hash_seed},
    )
    assert int(said.stdout) == seed_of(7, "Rent", "en", 3)
