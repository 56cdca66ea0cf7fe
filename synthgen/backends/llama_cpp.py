"""llama.cpp through `llama-cpp-python`, for those who have it built for their machine. One request at a time."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp.llama_grammar import LlamaGrammar

from synthgen.backends.adaptation import adapt
from synthgen.backends.answers import read_answer
from synthgen.backends.dialect import LLAMA_CPP, Dialect, chat_body, text_body
from synthgen.backends.gguf_file import check_gguf, load_failure
from synthgen.backends.refusals import LENGTH_HINT, Refusal
from synthgen.calls import Reply, Request
from synthgen.errors import BadRequestError, ModelError, ServerError, StalledError

DEFAULT_CONTEXT = 4096


class LlamaCppBackend:
    """A GGUF file in this process. The model is loaded by the first request, in the one thread that works with it."""

    fake = False
    local = True
    slots = 1

    def __init__(
        self,
        name: str,
        path: Path,
        *,
        timeout_s: float,
        context: int | None = None,
        threads: int | None = None,
        gpu_layers: int | None = None,
        plain: bool = False,
    ) -> None:
        """Raises ModelFileError at once for a file that is missing or is no GGUF."""
        self.name, self.plain = name, plain
        self._path, self._timeout_s = check_gguf(path), timeout_s
        self._context, self._threads, self._gpu_layers = context or DEFAULT_CONTEXT, threads, gpu_layers
        self._dialect = Dialect(LLAMA_CPP)
        self._model: Any = None
        # A model's memory is one sequence. What waits here has not begun, so its timeout does not run yet.
        self._free = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="llama-cpp")

    async def complete(self, request: Request) -> Reply:
        """Send one request. Raises a ModelError; an AdaptedError when the next try is asked otherwise."""
        async with self._free:
            sent, given_up = self._dialect, threading.Event()
            try:
                async with asyncio.timeout(self._timeout_s):
                    loop = asyncio.get_running_loop()
                    answer = await loop.run_in_executor(self._thread, self._answer, request, sent, given_up)
                    return read_answer(answer, request, self.name)
            except ModelError:
                raise
            except TimeoutError:
                failure: ModelError = StalledError(
                    f"{self.name}: no answer within {self._timeout_s:g} s", hint="give it a longer timeout."
                )
            except Exception as error:  # whatever llama-cpp-python, its templates and its grammars raise
                failure = self._failure(request, sent, error)
            finally:
                given_up.set()  # a thread cannot be cancelled; this one looks after every token
            raise failure

    async def count_tokens(self, text: str) -> int:
        """Return how many tokens a text is. Raises ModelFileError."""
        async with self._free:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._count, text)

    async def aclose(self) -> None:
        """Free the model."""
        await asyncio.to_thread(self._thread.shutdown)
        if self._model is not None:
            self._model.close()
            self._model = None

    def _count(self, text: str) -> int:
        self._model = self._model or self._load()
        return len(self._model.tokenize(text.encode("utf-8", "replace"), add_bos=False))

    def _answer(self, request: Request, sent: Dialect, given_up: threading.Event) -> dict[str, Any]:
        """Return an answer in the shape of the OpenAI protocol; it is streamed, so that it can be given up."""
        self._model = self._model or self._load()
        body = (text_body if request.text else chat_body)(self._path.stem, request, sent)
        body.pop("json_schema", None)
        wanted = body.pop("response_format", None)
        if wanted is not None:
            schema = json.dumps(wanted["json_schema"]["schema"])
            body["grammar"] = LlamaGrammar.from_json_schema(schema, verbose=False)
        write = self._model.create_completion if request.text else self._model.create_chat_completion
        text, finish, last = "", None, {}
        for last in write(**body, stream=True):
            if given_up.is_set():
                break
            choice = last["choices"][0]
            text += choice["text"] if request.text else choice["delta"].get("content") or ""
            finish = choice["finish_reason"] or finish
        completion = len(self._model.tokenize(text.encode(), add_bos=False))
        usage = {"prompt_tokens": max(self._model.n_tokens - completion, 0), "completion_tokens": completion}
        return {**last, "choices": [{"text": text, "finish_reason": finish}], "usage": usage}

    def _failure(self, request: Request, sent: Dialect, error: Exception) -> ModelError:
        """Return the error for what llama-cpp-python raised, and learn from it."""
        words = " ".join(str(error).split()) or type(error).__name__
        refusal = Refusal(400, words)
        adapted = adapt(self._dialect, sent, request, refusal)
        if adapted is not None:
            self._dialect, told = adapted
            return told
        if isinstance(error, RuntimeError):
            return ServerError(f"{self.name}: {words}")
        return BadRequestError(f"{self.name}: {words}", hint=LENGTH_HINT if refusal.is_too_long else "")

    def _load(self) -> Any:
        try:
            return llama_cpp.Llama(
                str(self._path),
                n_ctx=self._context,
                n_threads=self._threads,
                n_threads_batch=self._threads,
                n_gpu_layers=-1 if self._gpu_layers is None else self._gpu_layers,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError, AssertionError):
            failure = load_failure(self._path, self._context, self.slots)
        raise failure
