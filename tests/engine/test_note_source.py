"""In which language a row is asked about: its own, where there are templates for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synthgen.catalog import prompts_for
from synthgen.engine.note_source import LANGUAGES, languages_of, row_of, seat_of, templates_for
from synthgen.prompts import Prompts

GERMAN = "Meine Bremse quietscht seit gestern, und ich habe die Beläge erst im Mai gewechselt."
CHINESE, JAPANESE = "我的刹车从昨天开始一直响。", "昨日からブレーキが鳴っています。"


def prompts_with(folder: Path, *names: str) -> Prompts:
    for name in names:
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{% block user %}x{% endblock %}", encoding="utf-8")
    return prompts_for(folder / "spec.yaml", ())


def test_every_language_is_offered_that_has_all_templates(tmp_path: Path) -> None:
    own = ["judge/de.j2", "judge/fr.plain.j2", "compare/de.j2", "judge/pt-BR.j2", "judge/de.extra.j2", "judge/it.txt"]
    prompts = prompts_with(tmp_path, *own)
    assert templates_for(prompts, [("judge", False)]) == [
        "judge/en.j2", "judge/zh.j2", "judge/de.j2", "judge/pt-BR.j2",
    ]  # fmt: skip
    assert languages_of(templates_for(prompts, [("judge", False)])) == ("en", "zh", "de", "pt-BR")
    assert languages_of(templates_for(prompts, [("judge", True)])) == ("en", "zh", "fr")
    assert languages_of(templates_for(prompts, [("judge", False), ("compare", False)])) == ("en", "zh", "de")
    assert languages_of(templates_for(prompts, [("judge", False), ("judge", True)])) == LANGUAGES
    assert templates_for(prompts, []) == []
    assert languages_of([]) == LANGUAGES


@pytest.mark.parametrize(
    ("said", "text", "offered", "asked_in"),
    [
        ("de", GERMAN, "de", "de"),
        ("DE", GERMAN, "de", "de"),
        ("de-AT", GERMAN, "de", "de"),
        ("pt_br", GERMAN, "pt-BR", "pt-BR"),
        ("de", GERMAN, "fr", "en"),
        ("de", CHINESE, "fr", "zh"),
        ("zh-TW", CHINESE, "de", "zh"),
        (None, GERMAN, "de", "de"),
        (None, GERMAN, "fi", "fi"),
        (None, GERMAN, "el", "en"),
        (None, CHINESE, "de", "zh"),
        (None, JAPANESE, "ja", "ja"),
        (None, JAPANESE, "de", "zh"),
        ("ja", JAPANESE, "de", "zh"),
    ],
)
def test_a_row_is_asked_about_in_its_own_language(said: Any, text: str, offered: str, asked_in: str) -> None:
    record = {"question": text, "answer": text, "language": said}
    assert row_of(record, seat_of(1), "r-1", (*LANGUAGES, offered)).slot.cell.language == asked_in
