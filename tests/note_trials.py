"""A spec with few fields, annotators made from functions, and files of rows, for the tests of `annotate`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from synthgen.annotate import NoteResult, annotate
from synthgen.annotation.labels import LabelSet
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Backend, Request
from synthgen.row_settings import NoteSettings
from synthgen.spec import Spec, read_spec

SPEC = """
name: house_desk
roles: {user: tenant, assistant: adviser}
languages: [en, zh]
topics: [{name: Deposit, names: {zh: 押金}}, {name: Repairs, names: {zh: 维修}}]
translations: {zh: {tenant: 租客, adviser: 顾问}}
labels:
  mood:
    - {name: Calm, names: {zh: 平静}}
    - {name: Worry, names: {zh: 担心}, synonyms: [Worried]}
    - {name: Anger, names: {zh: 愤怒}}
  act:
    - {name: Question, names: {zh: 提问}}
    - {name: Advice, names: {zh: 建议}}
annotation:
  session:
    summary: {words: 30}
    topic: {labels: topics}
  user:
    look: {words: 20}
    mood: {labels: mood, several: true, most: 2}
  assistant:
    act: {labels: act, several: true, most: 2}
"""
MOODS = ("Calm", "Worry", "Anger")
SAID = (
    "My deposit has not come back since May.",
    "Did you write to the landlord?",
    "Twice. He does not even answer!",
    "Send him a last letter with a date in it.",
)

# Chooses the value of a field: its name, the labels that may stand in it (none for a text), the turn's number or 0.
Choose = Callable[[str, list[str], int], Any]


def write_spec(folder: Path, text: str = SPEC) -> Path:
    path = folder / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def spec_of(folder: Path) -> Spec:
    return read_spec(write_spec(folder))


def usual(field: str, labels: list[str], place: int) -> Any:
    """Choose the label after the turn's number; say the same of each place in texts."""
    return labels[place % len(labels)] if labels else f"What shows at {place}."


def notes(request: Request, choose: Choose = usual) -> dict[str, Any]:
    """Answer a request as its schema wants, with the values chosen."""
    assert request.schema is not None
    properties = request.schema["properties"]
    if "$defs" not in request.schema:
        return _object(properties, choose, 0)
    definitions = request.schema["$defs"]
    kinds = {place: definitions[at["$ref"].rpartition("/")[2]]["properties"] for place, at in properties.items()}
    return {place: _object(kind, choose, int(place)) for place, kind in kinds.items()}


def told(request: Request, choose: Choose = usual) -> str:
    return json.dumps(notes(request, choose), ensure_ascii=False)


def is_session(request: Request) -> bool:
    assert request.schema is not None
    return "$defs" not in request.schema


def is_again(request: Request) -> bool:
    """Whether an earlier answer is to be mended."""
    return [turn.role for turn in request.messages].count("assistant") > 0


class Recorded(Scripted):
    """An annotator that keeps the prompts it was sent."""

    def __init__(self, answer: Callable[[Request], str] = told, **options: Any) -> None:
        self.prompts: list[str] = []
        self.requests: list[Request] = []
        super().__init__(self._note(answer), **options)

    def _note(self, answer: Callable[[Request], str]) -> Callable[[Request], str]:
        def noted(request: Request) -> str:
            text = answer(request)
            self.requests.append(request)
            self.prompts.append(prompt_of(request))
            return text

        return noted


def native(number: int, *texts: str, **more: Any) -> dict[str, Any]:
    """Return a native row; its texts are `SAID`, made unlike those of other rows, unless they are given."""
    said = texts or tuple(f"{text} ({number})" for text in SAID)
    messages = [{"role": "assistant" if at % 2 else "user", "content": text} for at, text in enumerate(said)]
    return {"id": f"row-{number}", "topic": "Deposit", "language": "en", "messages": messages, **more}


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def run(origin: Path | None, out: Path, *backends: Backend, **options: Any) -> NoteResult:
    """Annotate by the spec above; what is no option of the recipe is a setting."""
    apart = {name: options.pop(name) for name in ("accept_changes", "allow_remote", "gold") if name in options}
    spec = options.pop("topics", None) or str(write_spec(out.parent))
    settings = NoteSettings(origin=str(origin) if origin else None, topics=spec, **options)
    return annotate(settings, out, backends=backends, **apart)


def rows_of(found: NoteResult) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.result.dataset.read_text(encoding="utf-8").split("\n") if line]


def given_by(found: NoteResult) -> list[list[dict[str, Any]]]:
    """Return what each annotator gave, by row."""
    lines = (found.result.folder / "annotations.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line)["annotations"] for line in lines if line]


def lookup_of(spec: Spec) -> Callable[[str, Any], tuple[list[str], list[str]]]:
    sets = {name: LabelSet(spec.label_set(name), "en") for name in ("topics", *spec.labels)}
    return lambda name, words: sets[name].found(words)


def _object(properties: Mapping[str, Any], choose: Choose, place: int) -> dict[str, Any]:
    return {name: _value(name, rule, choose, place) for name, rule in properties.items()}


def _value(name: str, rule: Mapping[str, Any], choose: Choose, place: int) -> Any:
    is_list = rule["type"] == "array"
    value = choose(name, list((rule["items"] if is_list else rule).get("enum", ())), place)
    return [value] if is_list and isinstance(value, str) else value
