"""A headless Chromium, spoken to by its own protocol over two pipes: no port, no driver, nothing beside it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--remote-debugging-pipe", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
PATIENCE_S = 60
# The protocol is spoken on the descriptors 3 and 4, whatever the pipe's ends were called before.
LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD_CLOEXEC, 10) for end in sys.argv[1:3]]
for number, end in enumerate(ends, 3):
    os.dup2(end, number)
os.execvp(sys.argv[3], sys.argv[3:])
"""


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Chromium:
    """One browser with one page. `events` are all that the page has told so far."""

    def __init__(self, profile: Path) -> None:
        binary = chromium_path()
        assert binary is not None, "there is no chromium"
        (its_read, ours_write), (ours_read, its_write) = os.pipe(), os.pipe()
        ends = [str(its_read), str(its_write)]
        command = [sys.executable, "-I", "-S", "-c", LAUNCH, *ends, binary, *FLAGS]
        command += [f"--user-data-dir={profile}", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, pass_fds=(its_read, its_write), start_new_session=True, **quiet)
        os.close(its_read)
        os.close(its_write)
        self._out, self._in = os.fdopen(ours_write, "wb", 0), os.fdopen(ours_read, "rb", 0)
        self._buffer, self._number, self._session = b"", 0, None
        self.events: list[dict[str, Any]] = []
        target = next(each for each in self("Target.getTargets")["targetInfos"] if each["type"] == "page")
        attached = self("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self(f"{domain}.enable")

    def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something and return the answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._number:
            self.events.append(answer)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def show(self, path: Path, *, width: int, height: int = 900, dark: bool = False) -> None:
        """Open a file in a window of this size and wait until it is there."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self("Emulation.setEmulatedMedia", features=[scheme])
        self("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 700)
        self.events.clear()
        self("Page.navigate", url=path.resolve().as_uri())
        ends = time.monotonic() + PATIENCE_S
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            assert time.monotonic() < ends, "the page did not load"
            self.events.append(self._receive())

    def value(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to on the page."""
        return self("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def screenshot(self, path: Path, top: float = 0, height: float | None = None) -> None:
        """Write a picture of the page, or of a stripe of it."""
        size = self("Page.getLayoutMetrics")["cssContentSize"]
        stripe = {"x": 0, "y": top, "width": size["width"], "height": height or size["height"] - top, "scale": 1}
        picture = self("Page.captureScreenshot", captureBeyondViewport=True, clip=stripe)
        path.write_bytes(base64.b64decode(picture["data"]))

    def close(self) -> None:
        self._out.close()
        self._in.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            piece = self._in.read(1 << 16)
            assert piece, "chromium is gone"
            self._buffer += piece
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)
