"""llama.cpp through `llama-cpp-python`, for those who have it built for their machine. One request at a time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import llama_cpp

from synthgen.backends.chats import fold_system
from synthgen.backends.gguf_file import check_gguf, load_failure
from synthgen.calls import Reply, Request, Usage
from synthgen.errors import BadRequestError, ModelError, ServerError, SystemRoleError
from synthgen.parsing import strip_reasoning

DEFAULT_CONTEXT = 4096
# What chat templates say when they refuse a system message.
_ROLE_WORDS = ("system", "role", "alternate")


class LlamaCppBackend:
    """A GGUF file in this process. The model is loaded by the first request, in a thread."""

    fake = False
    local = True
    slots = 1

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        context: int | None = None,
        threads: int | None = None,
        gpu_layers: int | None = None,
        plain: bool = False,
    ) -> None:
        """Raises ModelFileError at once for a file that is missing or is no GGUF."""
        self.name, self.plain = name, plain
        self._path = check_gguf(path)
        self._context, self._threads, self._gpu_layers = context or DEFAULT_CONTEXT, threads, gpu_layers or 0
        self._model: Any = None
        self._folds_system = False
        # A model's memory is one sequence: two requests in it at once would write into each other.
        self._one = asyncio.Lock()

    async def complete(self, request: Request) -> Reply:
        """Send one request. Raises a ModelError; SystemRoleError when the next try folds the system message."""
        async with self._one:
            return await asyncio.to_thread(self._complete, request)

    async def aclose(self) -> None:
        async with self._one:
            if self._model is not None:
                await asyncio.to_thread(self._model.close)
                self._model = None

    def _complete(self, request: Request) -> Reply:
        model = self._model = self._model or self._load()
        settings = _settings(request)
        folded = self._folds_system
        try:
            if request.text:
                answer = model.create_completion(request.text, **settings)
                text = answer["choices"][0]["text"]
            else:
                messages = fold_system(request.messages) if folded else request.messages
                turns = [{"role": turn.role, "content": turn.content} for turn in messages]
                if request.schema is not None:
                    settings["response_format"] = {"type": "json_object", "schema": dict(request.schema)}
                answer = model.create_chat_completion(turns, **settings)
                text = answer["choices"][0]["message"]["content"] or ""
        except Exception as error:
            failure = self._failure(request, folded, error)
        else:
            usage = Usage(answer["usage"]["prompt_tokens"], answer["usage"]["completion_tokens"])
            finish = answer["choices"][0]["finish_reason"] or "stop"
            return Reply(strip_reasoning(text), finish, usage, self._path.stem, answer["id"])
        raise failure

    def _failure(self, request: Request, folded: bool, error: Exception) -> ModelError:
        """Return the error for what llama.cpp raised, and learn from it."""
        words = str(error)
        has_system = any(turn.role == "system" for turn in request.messages)
        if has_system and not folded and any(word in words.casefold() for word in _ROLE_WORDS):
            self._folds_system = True
            return SystemRoleError(f"{self.name}: its chat template refuses a system message")
        if "context window" in words or "exceed" in words:
            return BadRequestError(
                f"{self.name}: {words}", hint="give it a longer --context, or ask for shorter texts."
            )
        return ServerError(f"{self.name}: {words or type(error).__name__}")

    def _load(self) -> Any:
        try:
            return llama_cpp.Llama(
                str(self._path),
                n_ctx=self._context,
                n_threads=self._threads,
                n_threads_batch=self._threads,
                n_gpu_layers=self._gpu_layers,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError, AssertionError):
            failure = load_failure(self._path, self._context, self.slots)
        raise failure


def _settings(request: Request) -> dict[str, Any]:
    """Return a request's sampling in the words of llama-cpp-python; what was not said is left to it."""
    sampling = request.sampling
    names = "max_tokens temperature top_p top_k min_p presence_penalty frequency_penalty repeat_penalty seed".split()
    settings = {name: value for name in names if (value := getattr(sampling, name)) is not None}
    if sampling.stop:
        settings["stop"] = list(sampling.stop)
    return settings
