"""What is lacking in an answer, told so that a model can mend it."""

from __future__ import annotations

from collections.abc import Sequence

from synthgen.annotation.fields import SESSION
from synthgen.annotation.findings import Lack

# More than these do not help a model, which is told the whole form again.
_MOST = 12


def fault_of(lacks: Sequence[Lack], language: str) -> str:
    """Return the faults of an answer, a sentence each: in Chinese for Chinese, in English for all others."""
    is_chinese = language.split("-")[0] == "zh"
    tell = _in_chinese if is_chinese else _in_english
    return ("" if is_chinese else " ").join(list(dict.fromkeys(map(tell, lacks)))[:_MOST])


def _in_english(lack: Lack) -> str:
    where = f"Turn {lack.place}" if lack.place != SESSION else "The session"
    words = ", ".join(f'"{word}"' for word in lack.found)
    match lack.reason:
        case "no_turn":
            return f"{where} has no notes."
        case "missing" | "empty":
            return f'{where}: "{lack.field.name}" is {lack.reason}.'
        case "too_many":
            return f'{where}: "{lack.field.name}" has too many entries, at most {lack.field.most} may stand.'
    return f'{where}: "{lack.field.name}" names what is not on its list: {words}.'


def _in_chinese(lack: Lack) -> str:
    where = f"第 {lack.place} 轮" if lack.place != SESSION else "整场谈话"
    words = "、".join(f"“{word}”" for word in lack.found)
    match lack.reason:
        case "no_turn":
            return f"{where}没有标注。"
        case "missing" | "empty":
            return f'{where}缺少 "{lack.field.name}" 的内容。'
        case "too_many":
            return f'{where}的 "{lack.field.name}" 写得太多，最多 {lack.field.most} 项。'
    return f'{where}的 "{lack.field.name}" 中有不在列表里的词：{words}。'
