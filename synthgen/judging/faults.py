"""What is wrong with a judge's answer, told so that it can be mended."""

from __future__ import annotations

from collections.abc import Mapping

from synthgen.judging.verdict import Failure

_ENGLISH: Mapping[Failure, str] = {
    "missing": "Nothing stands under {metrics}.",
    "no_number": "{metrics}: the score must be one whole number.",
    "out_of_scale": "{metrics}: the score must be from {low} to {high}.",
    "refused": "You declined, though what is asked is only a judgement: {metrics}.",
    "cut_off": "The answer broke off before {metrics}: write less.",
    "nonsense": "No scores were found: {metrics}.",
}
_CHINESE: Mapping[Failure, str] = {
    "missing": "缺少 {metrics} 的评分。",
    "no_number": "{metrics} 的分数必须是一个整数。",
    "out_of_scale": "{metrics} 的分数必须在 {low} 到 {high} 之间。",
    "refused": "这里只是请你打分，请不要推辞：{metrics}。",
    "cut_off": "回答写到 {metrics} 之前就中断了，请写短一些。",
    "nonsense": "没有找到任何评分：{metrics}。",
}


def fault_of(failures: Mapping[str, Failure], scale: tuple[int, int], language: str) -> str:
    """Return a sentence for each kind of failure: in Chinese for Chinese, in English for all others."""
    is_chinese = language.split("-")[0] == "zh"
    sentences = _CHINESE if is_chinese else _ENGLISH
    by_kind: dict[Failure, list[str]] = {}
    for metric, kind in failures.items():
        by_kind.setdefault(kind, []).append(f'"{metric}"')
    return ("" if is_chinese else " ").join(
        sentences[kind].format(metrics=("、" if is_chinese else ", ").join(metrics), low=scale[0], high=scale[1])
        for kind, metrics in by_kind.items()
    )
