"""Names for contents: hashes that carry the name of their algorithm, and seeds made from parts."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def content_hash(content: str | bytes) -> str:
    """Return "sha256:<hex>" of a text or of bytes."""
    raw = _bytes_of(content) if isinstance(content, str) else content
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def json_hash(value: Any) -> str:
    """Return the hash of a JSON value, the same whatever the order of its keys."""
    return content_hash(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def seed_of(*parts: object) -> int:
    """Return a seed of 63 bits, the same for the same parts on every machine."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(hashlib.blake2b(_bytes_of(text), digest_size=8).digest(), "big") >> 1


def request_seed(*parts: object) -> int:
    """Return a seed that model servers take: 31 bits."""
    return seed_of(*parts) & 0x7FFFFFFF


def _bytes_of(text: str) -> bytes:
    """Return a text as UTF-8, with the halves of surrogate pairs that models and names of files now and then hold."""
    return text.encode("utf-8", "surrogatepass")
