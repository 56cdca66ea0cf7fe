"""What is said to a model and what comes back: the one protocol that every backend speaks."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from synthgen.records import Turn


@dataclass(frozen=True, slots=True)
class Sampling:
    """Sampling settings; None leaves the choice to the server. `max_tokens` bounds the completion."""

    max_tokens: int
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    repeat_penalty: float | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One call: a chat (`messages`), or for a small model a `text` to go on from; never both.

    `purpose` names the step that asks ("query", "reply"). `schema` is a JSON schema that the answer has to
    follow; a backend whose server cannot do that asks for JSON in words instead.
    """

    purpose: str
    sampling: Sampling
    messages: tuple[Turn, ...] = ()
    text: str = ""
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them, or as estimated when it does not say.

    `cached_tokens` are those of the prompt that the server had read already, as far as it says.
    """

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Headroom:
    """What the server still allows: requests and tokens left, and seconds until its limits are full again."""

    requests: int | None
    tokens: int | None
    reset_s: float | None

    @property
    def is_used_up(self) -> bool:
        return self.requests == 0 or self.tokens == 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `text` is free of reasoning parts; `model` and `id` are the server's own words.

    `finish` is the server's word for why it ended: "stop", "length" (cut off), "content_filter" (refused, so
    that `text` may be empty). `headroom` is there when the server tells its limits.
    """

    text: str
    finish: str
    usage: Usage
    model: str
    id: str = ""
    headroom: Headroom | None = None


class Answered(NamedTuple):
    """What was answered about a row: what the call was for, its text, and the server's word for why it ended."""

    purpose: str
    text: str
    finish: str = "stop"


class Backend(Protocol):
    """A way to a model.

    `name` is what the user typed; `plain` asks for few-shot texts instead of chats (very small models);
    `slots` is how many requests may usefully be in flight at once; `fake` marks what no real model wrote;
    `local` says that nothing leaves this machine.
    """

    name: str
    plain: bool
    slots: int
    fake: bool
    local: bool

    async def complete(self, request: Request) -> Reply:
        """Send one request once. Raises a `ModelError`; retries are the caller's business."""
        ...

    async def aclose(self) -> None: ...


@runtime_checkable
class Tokenizer(Protocol):
    """A backend that can count as its model does."""

    async def count_tokens(self, text: str) -> int:
        """Return how many tokens a text is. Raises a ModelError."""
        ...


# What a text means, in as many numbers as its model has dimensions; of type code "f".
Vector: TypeAlias = "array[float]"


class Embedder(Protocol):
    """A way to a model that tells the meaning of texts; `name` and `local` are as a backend's."""

    name: str
    local: bool

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector for each text, all of one length. Raises a `ModelError`."""
        ...

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the ledger keeps it: `template` is a name and its hash, `cost` in the prices' currency."""

    request: Request
    reply: Reply
    backend: str
    template: str
    template_hash: str
    cost: float
    seconds: float
