"""Texts in a file come back as they went in."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.dedup.spool import Spool


@given(st.lists(st.tuples(st.text(st.characters() | st.sampled_from("\ud800\0\n好")), st.booleans())))
def test_texts_come_back_in_any_order_and_between_appends(texts: list[tuple[str, bool]]) -> None:
    with closing(Spool()) as spool:
        for number, (text, looked_at) in enumerate(texts):
            spool.append(text)
            if looked_at:
                assert spool.read(number // 2) == texts[number // 2][0]
        assert len(spool) == len(texts)
        for number in reversed(range(len(texts))):
            assert spool.read(number) == texts[number][0]
            assert spool.size(number) == len(texts[number][0].encode("utf-8", "surrogatepass"))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is told by a signal elsewhere")
def test_a_full_disk_is_told() -> None:
    """A limit on the size of files refuses what is written, as a full disk does."""
    code = """
import resource, signal
from synthgen.dedup.spool import Spool
from synthgen.errors import DiskError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
spool = Spool()
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
try:
    for _ in range(100):
        spool.append("x" * 4096)
except DiskError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cannot hold the texts that are compared: File too large" in done.stdout
    assert "TMPDIR" in done.stdout
