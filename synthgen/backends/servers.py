"""The servers that have a name of their own, and the addresses of others."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from synthgen.backends.dialect import LLAMA_CPP, OPENAI, STANDARD, VLLM


@dataclass(frozen=True, slots=True)
class Server:
    """A kind of server: where it usually listens, how it is started, how many requests it works on at once."""

    base_url: str
    start: str
    slots: int
    names: Mapping[str, str]


# Providers' first tiers turn more away; --concurrency raises it.
_REMOTE_SLOTS = 64

SERVERS: Mapping[str, Server] = {
    "openai": Server("https://api.openai.com/v1", "", _REMOTE_SLOTS, STANDARD),
    "ollama": Server("http://127.0.0.1:11434/v1", "ollama serve", 4, STANDARD),
    "vllm": Server("http://127.0.0.1:8000/v1", "vllm serve MODEL", 256, VLLM),
    "llama-server": Server("http://127.0.0.1:8080/v1", "llama-server -m FILE", 4, LLAMA_CPP),
    "lmstudio": Server("http://127.0.0.1:1234/v1", "lms server start", 4, LLAMA_CPP),
}


def host_of(base_url: str) -> str:
    return urlsplit(base_url).hostname or ""


def is_loopback(base_url: str) -> bool:
    """Tell whether an address is this machine, so that what is sent there leaves it by no network."""
    host = host_of(base_url)
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def names_for(server: Server, base_url: str) -> Mapping[str, str]:
    """Return the parameters to begin with: OpenAI itself knows the bound on a reply by its newer name."""
    return OPENAI if host_of(base_url) == "api.openai.com" else server.names
