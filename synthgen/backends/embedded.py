"""llama.cpp in this process: its own server on a free loopback port, spoken to by the OpenAI client."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

import xllamacpp

from synthgen.backends.dialect import LLAMA_CPP
from synthgen.backends.gguf_file import check_gguf, has_pooling, load_failure
from synthgen.backends.openai_api import OpenAIBackend
from synthgen.calls import Reply, Request, Vector
from synthgen.errors import ModelFileError

# On a CPU one to eight in flight gave the same tokens/s (45 to 48 on one thread) and sixteen fewer (35). A GPU usually
# gains by more (not measured here). Each slot costs the memory of a context.
DEFAULT_SLOTS = 4
# Each slot has a context of its own in memory, so more requests than this wait here for theirs.
MOST_SLOTS = 64
DEFAULT_CONTEXT = 4096
# Query and reply prompts take turns in a slot: what both begin with is kept, a third more of the prompts' tokens
# than without. The library's own bound is 8 GiB.
PROMPT_CACHE_MIB = 256


def usual_threads() -> int:
    """Return all cores but one: threads of llama.cpp wait for each other, and one that has to share stops them all.

    On two cores, two threads gave 70 tokens/s alone and 25 to 28 beside other work; one gave 38 in both cases.
    """
    return max(1, (os.cpu_count() or 2) - 1)


class EmbeddedBackend:
    """A GGUF file served in process. The model is loaded by the first request, in a thread.

    With `embedding` it is a model for `embed` and for nothing else, without it for `complete`.
    """

    fake = False
    local = True

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        timeout_s: float,
        slots: int | None = None,
        context: int | None = None,
        threads: int | None = None,
        gpu_layers: int | None = None,
        plain: bool = False,
        embedding: bool = False,
    ) -> None:
        """Raises ModelFileError at once for a file that is missing or is no GGUF."""
        self.name, self.plain = name, plain
        self.slots = min(slots or DEFAULT_SLOTS, MOST_SLOTS)
        self._path, self._timeout_s = check_gguf(path), timeout_s
        self._context, self._threads, self._gpu_layers = context or DEFAULT_CONTEXT, threads, gpu_layers
        self._embedding = embedding
        self._key = secrets.token_urlsafe(32)
        self._server: xllamacpp.Server | None = None
        self._client: OpenAIBackend | None = None
        self._starting = asyncio.Lock()
        self._free = asyncio.Semaphore(self.slots)

    async def complete(self, request: Request) -> Reply:
        """Send one request once. Raises ModelFileError where the model cannot be loaded, else as OpenAIBackend."""
        async with self._free:
            client = self._client or await self._start()
            return await client.complete(request)

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vectors of texts. Raises as `complete` does."""
        client = self._client or await self._start()
        return await client.embed(texts)

    async def count_tokens(self, text: str) -> int:
        """Return how many tokens a text is. Raises as `complete` does."""
        client = self._client or await self._start()
        assert self._server is not None
        return await client.count_at(f"{self._server.listening_address}/tokenize", text)

    async def aclose(self) -> None:
        """Free the model. Waits for the server's threads to end."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()
        # The server ends with its last reference, which a thread lets go of: ending may take seconds.
        held = [self._server]
        self._server = None
        await asyncio.to_thread(held.clear)

    async def _start(self) -> OpenAIBackend:
        async with self._starting:
            if self._client is None:
                server: xllamacpp.Server = await asyncio.to_thread(self._load)
                self._server = server
                self._client = OpenAIBackend(
                    self.name,
                    self._path.stem,
                    f"{server.listening_address}/v1",
                    key=self._key,
                    timeout_s=self._timeout_s,
                    slots=self.slots,
                    names=LLAMA_CPP,
                    plain=self.plain,
                )
            return self._client

    def _load(self) -> xllamacpp.Server:
        params = xllamacpp.CommonParams()
        params.model.path = str(self._path)
        params.model_alias = {self._path.stem}
        params.n_parallel = self.slots
        params.n_ctx = self._context * self.slots
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.api_keys = [self._key]
        params.verbosity = -1  # it writes to the terminal's stderr past Python
        params.ui = False
        params.endpoint_slots = False
        params.cache_ram_mib = PROMPT_CACHE_MIB
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = self._threads or usual_threads()
        if self._gpu_layers is not None:
            params.n_gpu_layers = self._gpu_layers
        if self._embedding:
            params.embedding = True
            params.n_batch = params.n_ubatch = self._context  # a text has to go through in one piece
            if not has_pooling(self._path):
                params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
        try:
            return xllamacpp.Server(params)
        except RuntimeError:
            failure: ModelFileError = load_failure(self._path, self._context, self.slots)
        raise failure
