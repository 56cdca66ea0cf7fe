from __future__ import annotations

import pytest

from synthgen.errors import SpecError
from synthgen.spec import Spec
from synthgen.steps.style import word_band


def spec_of(words: object) -> Spec:
    rules = {"words": words}
    plain = {"query_words": words, "reply_words": words}
    return Spec.model_validate({"name": "x", "topics": ["Rent"], "query": rules, "reply": rules, "plain": plain})


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("stage", ["query", "reply"])
def test_a_length_is_that_of_the_language_or_of_all(stage: str, plain: bool) -> None:
    spec = spec_of({"*": [1, 2], "zh": [3, 4]})
    assert [word_band(spec, stage, language, plain) for language in ("en", "zh", "de")] == [(1, 2), (3, 4), (1, 2)]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("stage", ["query", "reply"])
def test_a_length_that_nobody_gave_is_not_made_up(stage: str, plain: bool) -> None:
    spec = spec_of({"en": [40, 60]})
    with pytest.raises(SpecError, match=f"x: has no words of a {stage} in 'zh', only in en") as told:
        word_band(spec, stage, "zh", plain)
    assert "--lang" in told.value.hint
