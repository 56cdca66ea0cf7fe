"""A small server on loopback with the endpoints of the Hugging Face Hub that a push needs."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "hf_standInTokenOfMira"
OWNER = "mira"


@dataclass
class Repository:
    private: bool
    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Hub:
    """What the server holds and was asked. `large` are the endings of files that go by git's large file storage.

    `broken` answers a path that ends so with a status and words. `read_only` lets the token do nothing but look.
    """

    url: str = ""
    repositories: dict[str, Repository] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    large: tuple[str, ...] = ()
    read_only: bool = False
    broken: dict[str, tuple[int, str]] = field(default_factory=dict)
    stored: dict[str, bytes] = field(default_factory=dict)


class Answers(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"
    # Head and body go in one packet: two would wait for each other, 40 ms at every answer.
    wbufsize = -1

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def do_PUT(self) -> None:
        self.do_POST()

    def answer(self, body: bytes) -> None:
        hub, path = self.hub, self.path.partition("?")[0]
        hub.asked.append((self.command, path))
        for ending, (status, words) in hub.broken.items():
            if path.endswith(ending):
                return self.send(status, {"error": words})
        if path.startswith("/stored/"):
            hub.stored[path.removeprefix("/stored/")] = body
            return self.send(200, {})
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.send(401, {"error": f"Invalid user token: {self.headers.get('Authorization')}"})
        if path == "/api/whoami-v2":
            return self.send(200, {"name": OWNER, "type": "user"})
        if path == "/api/validate-yaml":
            return self.validate(json.loads(body)["content"])
        if hub.read_only and self.command != "GET":
            return self.send(403, {"error": "You have read access only"})
        if path == "/api/repos/create":
            return self.create(json.loads(body))
        if path.endswith(".git/info/lfs/objects/batch"):
            return self.batch(json.loads(body))
        owner, name, *rest = path.removeprefix("/api/datasets/").split("/")
        repository = hub.repositories.get(f"{owner}/{name}")
        if repository is None:
            return self.send(404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"})
        if not rest:
            return self.send(200, self.told(f"{owner}/{name}", repository))
        if rest[0] == "preupload":
            files = [self.mode(file["path"]) for file in json.loads(body)["files"]]
            return self.send(200, {"files": files})
        return self.commit(f"{owner}/{name}", repository, body)

    def validate(self, card: str) -> None:
        if card.startswith("---\nlicense: "):
            return self.send(200, {"errors": [], "warnings": []})
        return self.send(400, {"errors": [{"message": "license is missing"}], "warnings": []})

    def create(self, wanted: dict[str, Any]) -> None:
        name = f"{wanted.get('organization') or OWNER}/{wanted['name']}"
        if not name.startswith(f"{OWNER}/"):
            return self.send(403, {"error": "You don't have the rights to create a dataset under this namespace"})
        assert wanted["type"] == "dataset"
        self.hub.repositories[name] = Repository(wanted["visibility"] == "private")
        return self.send(200, {"url": f"{self.hub.url}/datasets/{name}", "name": name})

    def mode(self, path: str) -> dict[str, Any]:
        mode = "lfs" if path.endswith(self.hub.large) and self.hub.large else "regular"
        return {"path": path, "uploadMode": mode, "shouldIgnore": False}

    def batch(self, wanted: dict[str, Any]) -> None:
        objects = [
            {**each, "actions": {"upload": {"href": f"{self.hub.url}/stored/{each['oid']}"}}}
            for each in wanted["objects"]
        ]
        self.send(200, {"transfer": "basic", "objects": objects})

    def commit(self, name: str, repository: Repository, body: bytes) -> None:
        entries = [json.loads(line) for line in body.splitlines()]
        for entry in entries[1:]:
            value = entry["value"]
            if entry["key"] == "file":
                repository.files[value["path"]] = base64.b64decode(value["content"])
            elif entry["key"] == "lfsFile":
                repository.files[value["path"]] = self.hub.stored[value["oid"]]
            else:
                assert entry["key"] == "deletedFile"
                del repository.files[value["path"]]
        repository.commits.append(entries[0]["value"])
        oid = hashlib.sha1(body, usedforsecurity=False).hexdigest()
        self.send(200, {"commitUrl": f"{self.hub.url}/datasets/{name}/commit/{oid}", "commitOid": oid})

    def told(self, name: str, repository: Repository) -> dict[str, Any]:
        siblings = [{"rfilename": path} for path in repository.files]
        return {"id": name, "sha": "0" * 40, "private": repository.private, "siblings": siblings}

    def send(self, status: int, said: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def standing_in() -> Iterator[Hub]:
    """Run the server on a free port as long as the block lasts."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("AnswersOfOne", (Answers,), {"hub": hub}))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
