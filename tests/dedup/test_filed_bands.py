"""Sketches in a file and in layers: they answer as those in memory do."""

from __future__ import annotations

import os
import resource
from array import array
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthgen.dedup.bands import Bands, Sketch
from synthgen.dedup.filed_bands import FiledBands
from synthgen.dedup.key_places import Places
from synthgen.dedup.layers import Layers
from synthgen.errors import DiskError

BANDS = 5


def sketches(count: int, *, kinds: int, seed: int = 1) -> list[Sketch]:
    """Sketches that share many bands: each print is one of a few."""
    dice = Random(seed)
    return [
        Sketch(array("I", (dice.randrange(kinds) << 27 for _ in range(BANDS))), dice.randbytes(2 * BANDS))
        for _ in range(count)
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([2, 8, 30]), st.integers(4, 60))
def test_a_file_answers_as_memory_does(seed: int, kinds: int, most: int) -> None:
    dice, held = Random(seed), []
    memory, filed = Bands(BANDS), FiledBands(BANDS, most)
    for sketch in sketches(most, kinds=kinds, seed=seed):
        assert sorted(share for _, share in filed.alike(sketch)) == sorted(share for _, share in memory.alike(sketch))
        held.append((memory.add(sketch), filed.add(sketch), sketch))
        if dice.random() < 0.3:
            ours, theirs, gone = held.pop(dice.randrange(len(held)))
            memory.remove(ours)
            filed.remove(theirs)
            assert theirs not in dict(filed.alike(gone))
        assert filed.held == memory.held == len(held)
    by_memory = {place: at for at, (place, _, _) in enumerate(held)}
    by_file = {place: at for at, (_, place, _) in enumerate(held)}
    for _, _, sketch in held:
        told = {by_memory[place]: share for place, share in memory.alike(sketch)}
        assert {by_file[place]: share for place, share in filed.alike(sketch)} == told


def test_of_a_band_that_many_share_the_newest_are_found() -> None:
    same = Sketch(array("I", [7] * BANDS), bytes(2 * BANDS))
    filed = FiledBands(BANDS, 1_000)
    places = [filed.add(same) for _ in range(200)]
    assert sorted(place for place, _ in filed.alike(same)) == places[-64:]


def test_layers_go_on_in_a_file_and_answer_as_one() -> None:
    layers, memory = Layers(BANDS, in_memory=20), Bands(BANDS)
    own = sketches(100, kinds=30)
    places = {layers.add(sketch): memory.add(sketch) for sketch in own}
    assert len(places) == 100
    for place in (3, 17, 21, 60, 100):
        layers.remove(place)
        memory.remove(places.pop(place))
    for sketch in own:
        found = {places[place]: share for place, share in layers.alike(sketch)}
        assert found == dict(memory.alike(sketch))
    # What was given back in memory is taken before the file grows.
    assert {layers.add(own[0]), layers.add(own[1])} == {3, 17}


@given(st.lists(st.tuples(st.integers(-5, 70_000) | st.integers(1 << 40, (1 << 40) + 9), st.booleans()), max_size=60))
def test_places_by_key_are_those_of_a_dictionary(steps: list[tuple[int, bool]]) -> None:
    places, wanted = Places(), dict[int, int]()
    for place, (key, is_put) in enumerate(steps, 1):
        assert places.pop(key) == wanted.pop(key, 0)
        if is_put:
            places.put(key, place)
            wanted[key] = place
        assert len(places) == len(wanted)
    for key, place in wanted.items():
        assert places.pop(key) == place
    assert len(places) == 0


def test_a_full_disk_is_told() -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(DiskError, match="cannot hold the marks of texts"):
            FiledBands(BANDS, 10)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_the_file_is_gone_with_its_bands() -> None:
    before = set(os.listdir("/proc/self/fd"))
    filed = FiledBands(BANDS, 10)
    assert set(os.listdir("/proc/self/fd")) - before
    del filed
    assert set(os.listdir("/proc/self/fd")) <= before
