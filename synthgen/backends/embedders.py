"""Embedding models by name: a server's `openai:NAME`, `gguf:PATH`, or the folder of a small local model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from synthgen.backends.batches import Batched
from synthgen.backends.models import LOCAL_TIMEOUT_S, BackendOptions, open_server
from synthgen.backends.servers import SERVERS
from synthgen.calls import Embedder
from synthgen.errors import ModelFileError, ModelNameError
from synthgen.extras import late

# More than most embedding models read; llama.cpp takes a model's own bound where that is lower.
DEFAULT_CONTEXT = 2048
# One request is answered while the next is read.
SERVER_REQUESTS = 2

Opener = Callable[[str, str, BackendOptions], Embedder]


def open_embedder(name: str, options: BackendOptions) -> Embedder:
    """Return the embedding model of a name: KIND:ARGUMENT.

    Models are loaded and servers met by the first texts. Folders are read from this machine and from nowhere else.
    Raises ModelNameError, ModelFileError, MissingExtraError, AuthError or UsageError.
    """
    kind, _, argument = name.partition(":")
    opener = OPENERS.get(kind)
    if opener is None:
        raise ModelNameError(
            f"{options.option} {name}: no such embedding model; known are {', '.join(sorted(FORMS.values()))}.",
            hint="docs/models.md has an example of each.",
        )
    if not argument:
        raise ModelNameError(f"{options.option} {name}: nothing after {kind}:.", hint=f"write {FORMS[kind]}.")
    most = SERVER_REQUESTS if kind in SERVERS or kind == "gguf" else 1
    return Batched(opener(name, argument, options), most)


def _open_gguf(name: str, argument: str, options: BackendOptions) -> Embedder:
    module = late("synthgen.backends.embedded", "xllamacpp", "local", f"{options.option} {name}")
    embedder: Embedder = module.EmbeddedBackend(
        name,
        Path(argument).expanduser(),
        timeout_s=options.timeout_s or LOCAL_TIMEOUT_S,
        context=options.context or DEFAULT_CONTEXT,
        threads=options.threads,
        gpu_layers=options.gpu_layers,
        embedding=True,
    )
    return embedder


def _open_model2vec(name: str, argument: str, options: BackendOptions) -> Embedder:
    module = late("synthgen.backends.static_vectors", "model2vec", "semantic", f"{options.option} {name}")
    embedder: Embedder = module.open_folder(name, _folder(name, argument, options))
    return embedder


def _open_sentence_transformers(name: str, argument: str, options: BackendOptions) -> Embedder:
    extra = "sentence-transformers"
    module = late("synthgen.backends.sentence_vectors", "sentence_transformers", extra, f"{options.option} {name}")
    embedder: Embedder = module.open_folder(name, _folder(name, argument, options))
    return embedder


def _folder(name: str, argument: str, options: BackendOptions) -> Path:
    """Return a model's folder. Raises ModelFileError unless it is there: the libraries would look for it on a hub."""
    folder = Path(argument).expanduser().absolute()
    if not folder.is_dir():
        raise ModelFileError(
            f"{options.option} {name}: no folder {folder}.",
            hint="give the folder of a model on this machine; nothing is downloaded.",
        )
    return folder


OPENERS: Mapping[str, Opener] = {
    "gguf": _open_gguf,
    "model2vec": _open_model2vec,
    "sentence-transformers": _open_sentence_transformers,
    **dict.fromkeys(SERVERS, open_server),
}
FORMS: Mapping[str, str] = {
    "gguf": "gguf:PATH",
    "model2vec": "model2vec:FOLDER",
    "sentence-transformers": "sentence-transformers:FOLDER",
    **{kind: f"{kind}:NAME" for kind in SERVERS},
}
