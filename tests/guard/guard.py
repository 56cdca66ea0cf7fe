"""A guard that no test can take off: nothing beyond loopback is spoken to, nothing in the home folder is written.

It is an audit hook of the interpreter, so it holds for every library in the process, and `sitecustomize` beside
this file puts it on in every Python that a test starts.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

# Folders that tests may write to, and the home folder that they may not (a checkout often lives inside it).
HOME_VARIABLE = "SYNTHGEN_GUARDED_HOME"
ALLOWED_VARIABLE = "SYNTHGEN_GUARD_ALLOWS"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class Guarded(PermissionError):
    """What a test is told that reaches too far."""


def install() -> None:
    """Put the guard on for the rest of this process."""
    home = os.environ.get(HOME_VARIABLE, "")
    allowed = tuple(os.environ.get(ALLOWED_VARIABLE, "").split(os.pathsep))

    def check(event: str, details: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            _check_address(details[1])
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            _check_host(details[0])
        elif event == "open":
            path, mode, flags = details
            if (isinstance(mode, str) and set(mode) & set("wxa+")) or (isinstance(flags, int) and flags & WRITING):
                _check_path(path, home, allowed)
        elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.rename", "os.truncate", "sqlite3.connect"):
            _check_path(details[0], home, allowed)
            if event == "os.rename":
                _check_path(details[1], home, allowed)

    sys.addaudithook(check)


def _check_address(address: object) -> None:
    if isinstance(address, tuple) and address:  # others are paths of local sockets
        _check_host(address[0])


def _check_host(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        if ipaddress.ip_address(str(name).partition("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    raise Guarded(f"a test reaches for {name}: only loopback is allowed")


def _check_path(path: object, home: str, allowed: tuple[str, ...]) -> None:
    if home in ("", os.sep) or not isinstance(path, str | bytes | os.PathLike):
        return
    full = os.path.realpath(os.fsdecode(path))
    if _is_in(full, home) and not any(_is_in(full, folder) for folder in allowed):
        raise Guarded(f"a test writes to {full}, in the home folder")


def _is_in(path: str, folder: str) -> bool:
    return bool(folder) and (path == folder or path.startswith(folder.rstrip(os.sep) + os.sep))
