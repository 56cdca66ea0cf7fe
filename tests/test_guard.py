"""The guard of the suite is itself tested: what it forbids is tried."""

from __future__ import annotations

import os
import pwd
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from guard import Guarded

# An address kept for documentation (RFC 5737): nobody is there, should the guard fail.
ELSEWHERE = "192.0.2.1"


@pytest.fixture
def real_home() -> Path:
    return Path(pwd.getpwuid(os.getuid()).pw_dir)


def test_loopback_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize("host", [ELSEWHERE, "8.8.8.8", "example.com", "2001:db8::1"])
def test_nothing_beyond_loopback_is_reached(host):
    with pytest.raises(Guarded, match="only loopback"):
        socket.create_connection((host, 80), timeout=1)


def test_no_datagram_leaves():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(Guarded):
        sender.sendto(b"x", (ELSEWHERE, 53))


def test_no_library_reaches_out():
    with pytest.raises(OSError, match="only loopback"):
        urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1)


def test_the_home_folder_is_not_written_to(real_home):
    path = real_home / "synthgen-guard-test"
    for write in (path.touch, path.mkdir, lambda: path.write_text("x"), lambda: sqlite3.connect(path)):
        with pytest.raises(Guarded, match="home folder"):
            write()
    assert not path.exists()


def test_nothing_is_moved_into_the_home_folder(real_home, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Guarded):
        (tmp_path / "file").rename(real_home / "synthgen-guard-test")


def test_home_and_working_directory_are_temporary(real_home, tmp_path):
    assert Path.home() != real_home
    assert Path.cwd() == tmp_path


def test_no_key_or_proxy_of_the_developer_is_seen():
    assert not [name for name in os.environ if name.endswith("_API_KEY") or name.lower().endswith("_proxy")]


@pytest.mark.parametrize(
    "line",
    [
        f"import socket; socket.create_connection(('{ELSEWHERE}', 80), timeout=1)",
        "import os, pwd; open(os.path.join(pwd.getpwuid(os.getuid()).pw_dir, 'synthgen-guard-test'), 'w')",
    ],
)
def test_processes_that_tests_start_are_guarded_too(line):
    ended = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "guard.Guarded" in ended.stderr
