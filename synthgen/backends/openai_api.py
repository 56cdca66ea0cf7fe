"""Any server that speaks the OpenAI protocol, through the `openai` package."""

from __future__ import annotations

import asyncio
import errno
import json
import ssl
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import aiohttp
import httpx2
import openai

from synthgen.backends.adaptation import adapt
from synthgen.backends.answers import read_answer
from synthgen.backends.dialect import STANDARD, Dialect, chat_body, text_body
from synthgen.backends.limits import headroom, retry_after
from synthgen.backends.refusals import LENGTH_HINT, Refusal, read_refusal, refusal_error
from synthgen.backends.servers import is_loopback
from synthgen.backends.vectors import read_vectors
from synthgen.calls import Reply, Request, Usage, Vector
from synthgen.errors import (
    BadRequestError,
    ConnectionLostError,
    MalformedReplyError,
    ModelError,
    StalledError,
    TooLongError,
)

_ANSWERED = None  # the exception carries the server's answer, which is read by its status
ERRORS: Mapping[type[BaseException], type[ModelError] | None] = {
    openai.OpenAIError: BadRequestError,
    openai.APIError: ConnectionLostError,
    openai.APIConnectionError: ConnectionLostError,
    openai.APITimeoutError: ConnectionLostError,  # aiohttp's broken connections end here too
    openai.APIResponseValidationError: MalformedReplyError,
    openai.APIStatusError: _ANSWERED,
    openai.AuthenticationError: _ANSWERED,
    openai.BadRequestError: _ANSWERED,
    openai.ConflictError: _ANSWERED,
    openai.InternalServerError: _ANSWERED,
    openai.NotFoundError: _ANSWERED,
    openai.OAuthError: _ANSWERED,
    openai.PermissionDeniedError: _ANSWERED,
    openai.RateLimitError: _ANSWERED,
    openai.UnprocessableEntityError: _ANSWERED,
    # The SDK's own parsers, webhooks and sockets raise these; none of them is used here.
    openai.ContentFilterFinishReasonError: MalformedReplyError,
    openai.LengthFinishReasonError: MalformedReplyError,
    openai.InvalidWebhookSignatureError: BadRequestError,
    openai.WebSocketConnectionClosedError: ConnectionLostError,
    openai.WebSocketQueueFullError: ConnectionLostError,
    # Below the SDK, some of which leaks through it.
    httpx2.HTTPError: ConnectionLostError,
    httpx2.DecodingError: MalformedReplyError,
    httpx2.StreamError: ConnectionLostError,
    httpx2.UnsupportedProtocol: BadRequestError,
    httpx2.InvalidURL: BadRequestError,
    aiohttp.ClientError: ConnectionLostError,
    aiohttp.ClientResponseError: MalformedReplyError,
    aiohttp.InvalidURL: BadRequestError,
    ssl.SSLCertVerificationError: BadRequestError,
    OSError: ConnectionLostError,
}
_CAUGHT = tuple(ERRORS)

_CONNECT_S = 15.0
_SHORTEST_KEY = 8
# Servers drop idle connections after 5 s (uvicorn, Node, llama.cpp); ours are given up first, or a request is lost.
_KEEPALIVE_S = 3.0
# The caller limits what is in flight; aiohttp's own limit of 100 must not.
_CONNECTIONS = 100_000
# The SDK tells who asks from what machine; leaving that out is private, and a fifth cheaper by the call.
_UNSAID: Mapping[str, openai.Omit] = dict.fromkeys(
    (
        "X-Stainless-Lang",
        "X-Stainless-Package-Version",
        "X-Stainless-OS",
        "X-Stainless-Arch",
        "X-Stainless-Runtime",
        "X-Stainless-Runtime-Version",
        "X-Stainless-Async",
        "x-stainless-retry-count",
        "x-stainless-read-timeout",
    ),
    openai.Omit(),
)
# The key is sent nowhere, but where none is said the SDK draws a random one for each call.
_OPTIONS = openai.RequestOptions(headers=_UNSAID, idempotency_key="none")


class OpenAIBackend:
    """A model behind `/chat/completions`, `/completions` or `/embeddings`; it learns what the server takes as it goes.

    `key` may be empty, for servers that ask for none; it appears in no error. `names` are the parameters that the
    server takes, `hint` says what to do when it cannot be reached.
    """

    fake = False

    def __init__(
        self,
        name: str,
        model: str,
        base_url: str,
        *,
        key: str = "",
        timeout_s: float = 300.0,
        slots: int = 1,
        names: Mapping[str, str] = STANDARD,
        plain: bool = False,
        hint: str = "",
    ) -> None:
        self.name, self.plain, self.slots, self.local = name, plain, slots, is_loopback(base_url)
        self._model, self._key, self._timeout_s = model, key, timeout_s
        # What a server says back of the key is cut out of its answers; a short one is a word, and no secret.
        self._key_sought = key.encode() if len(key) >= _SHORTEST_KEY else b""
        self._dialect = Dialect(names)
        self._where = f"{name} at {base_url}"
        self._hint = hint
        timeout = httpx2.Timeout(None, connect=_CONNECT_S)
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=key or "none",  # the SDK insists on one
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultAioHttpClient(
                timeout=timeout,
                limits=httpx2.Limits(max_connections=_CONNECTIONS, keepalive_expiry=_KEEPALIVE_S),
                follow_redirects=False,  # prompts go to the server that the user named, and to no other
                trust_env=not self.local,  # no proxy may come between this machine and itself
            ),
        )
        # Ends in a slash. The SDK parses a whole URL once where it would parse a path twice.
        self._base = str(self._client.base_url)

    async def complete(self, request: Request) -> Reply:
        """Send one request once. Raises a ModelError; an AdaptedError when the next try is asked otherwise."""
        sent = self._dialect
        if request.text:
            path, body = "completions", text_body(self._model, request, sent)
        else:
            path, body = "chat/completions", chat_body(self._model, request, sent)
        response = await self._send(self._base + path, body)
        answer, refusal = self._read(response)
        if refusal is None:
            return read_answer(answer, request, self._where, headroom(response.headers))
        if refusal.is_filtered:
            return Reply(text="", finish="content_filter", usage=Usage(0, 0), model=self._model)
        adapted = adapt(self._dialect, sent, request, refusal)
        if adapted is not None:
            self._dialect, error = adapted
            raise error
        raise refusal_error(refusal, self._where, retry_after(response.headers))

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vectors of texts, asked for in one request. Raises a ModelError."""
        response = await self._send(f"{self._base}embeddings", {"model": self._model, "input": list(texts)})
        answer, refusal = self._read(response)
        if refusal is None:
            return read_vectors(answer, len(texts), self._where)
        if refusal.is_too_long:  # llama.cpp says so with status 500, which would be tried again
            raise TooLongError(f"{self._where}: {refusal.words}", hint=LENGTH_HINT)
        raise refusal_error(refusal, self._where, retry_after(response.headers))

    async def count_at(self, url: str, text: str) -> int:
        """Return how many tokens a text is, by the `url` at which llama.cpp's server says so. Raises a ModelError."""
        response = await self._send(url, {"content": text})
        answer, refusal = self._read(response)
        if refusal is not None:
            raise refusal_error(refusal, self._where, retry_after(response.headers))
        tokens = answer.get("tokens") if isinstance(answer, Mapping) else None
        if not isinstance(tokens, list):
            raise MalformedReplyError(f"{self._where}: the answer holds no tokens", hint="is it a llama.cpp server?")
        return len(tokens)

    async def aclose(self) -> None:
        await self._client.close()

    async def _send(self, url: str, body: Mapping[str, Any]) -> httpx2.Response:
        """Return the server's response, whatever its status."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._client.post(url, cast_to=httpx2.Response, body=body, options=_OPTIONS)
        except openai.APIStatusError as error:
            return error.response
        except TimeoutError:
            failure: ModelError = StalledError(
                f"{self._where}: no answer within {self._timeout_s:g} s",
                hint="give it a longer timeout, or fewer requests in flight.",
            )
        except _CAUGHT as error:
            failure = self._broken(error)
        # Raised out here, it carries no chain: what lies below may hold the key.
        raise failure

    def _read(self, response: httpx2.Response) -> tuple[Any, Refusal | None]:
        """Return a response's JSON, and the refusal that it is unless it is an answer."""
        answer = self._read_json(response)
        if self._key_sought and self._key_sought in response.content:
            answer = self._clear(answer)
        if response.is_success:
            return answer, self._hidden_refusal(answer)
        return answer, read_refusal(response.status_code, self._clear(answer))

    def _read_json(self, response: httpx2.Response) -> Any:
        """Return a response's JSON; a failed response may have none, and then its text is returned."""
        try:
            return json.loads(response.content)
        except (ValueError, RecursionError):
            if not response.is_success:
                return response.text
            kind = response.headers.get("content-type", "no content type")
            message = f"{self._where}: the answer is not JSON but {kind}"
        raise MalformedReplyError(message, hint="does the base URL name the API itself (often it ends in /v1)?")

    def _hidden_refusal(self, answer: Any) -> Refusal | None:
        """Return the refusal that some gateways send with status 200."""
        if not isinstance(answer, Mapping) or not answer.get("error") or answer.get("choices"):
            return None
        detail = answer["error"]
        status = detail.get("code") if isinstance(detail, Mapping) else None
        return read_refusal(status if isinstance(status, int) and 400 <= status < 600 else 500, self._clear(answer))

    def _broken(self, error: BaseException) -> ModelError:
        """Return the error for a request that got no answer, told by its deepest cause that is known."""
        kind, cause = [(kind, cause) for cause in _chain(error) if (kind := error_for(type(cause))) is not None][-1]
        is_out_of_files = isinstance(cause, OSError) and cause.errno == errno.EMFILE
        hint = "allow more open files (ulimit -n), or fewer requests in flight." if is_out_of_files else self._hint
        return kind(f"{self._where}: {self._clear(str(cause)) or type(cause).__name__}", hint=hint)

    def _clear(self, words: Any) -> Any:
        """Return a server's words, a text or JSON, without the key."""
        if isinstance(words, str):
            return words.replace(self._key, "[key]") if self._key else words
        if isinstance(words, Mapping):
            return {key: self._clear(value) for key, value in words.items()}
        return [self._clear(part) for part in words] if isinstance(words, list) else words


def error_for(kind: type[BaseException]) -> type[ModelError] | None:
    """Return the error that an exception becomes: its own row of `ERRORS`, or that of its nearest parent."""
    return next((ERRORS[parent] for parent in kind.__mro__ if parent in ERRORS), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what caused it, the deepest last."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
