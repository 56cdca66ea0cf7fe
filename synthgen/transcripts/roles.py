"""Who of a conversation's speakers helps and who is helped: told by the user, by labels, or guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from synthgen.errors import UsageError
from synthgen.text import count_units
from synthgen.transcripts.transcript import Utterance

Side = Literal["user", "assistant"]

_HELPERS = frozenset(
    "coach counselor counsellor therapist interviewer clinician psychologist psychiatrist doctor dr nurse adviser"
    " advisor provider facilitator supporter mentor social_worker case_worker case_manager practitioner moderator"
    " psychotherapist assistant agent teacher tutor consultant supervisor co th"
    " 咨询师 心理咨询师 咨询员 治疗师 心理治疗师 老师 医生 大夫 辅导员 辅导老师 社工 主持人 访谈者 咨询老师"
    " 心理老师 志愿者 諮詢師 心理諮詢師 諮商師 心理師 諮商心理師 治療師 老師 醫生 醫師 輔導員 輔導老師 訪談者"
    " 主持人 社工師 輔導 咨 医 師 师".split()
)
_HELPED = frozenset(
    "client caregiver carer patient participant interviewee seeker user caller customer student mother father parent"
    " family_member respondent human person member cl pt"
    " 来访者 来访 求助者 患者 病人 家长 学生 家属 受访者 来电者 咨客 用户 當事人 当事人 案主 個案 个案"
    " 來訪者 來訪 求助者 家長 學生 家屬 受訪者 來電者 個案 客户 访 来 訪".split()
)
_LETTERS: Mapping[str, Side] = {"t": "assistant", "th": "assistant", "i": "assistant", "p": "user", "c": "user"}
_PARTS = re.compile(r"[\W\d]+")
_QUESTION = re.compile(r"[?？]|[吗嗎呢](?=[。，！\s]|$)")


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each speaker that has one, by label. `how` says by what they were told."""

    sides: Mapping[str, Side] = field(default_factory=dict)
    how: str = "without labels"


def told_sides(text: str) -> dict[str, Side]:
    """Return what `--speakers coach=assistant,caregiver=user` says, labels in lower case. Raises UsageError."""
    sides: dict[str, Side] = {}
    for part in text.split(","):
        label, equals, side = (piece.strip() for piece in part.rpartition("="))
        if not equals or not label or side not in ("user", "assistant"):
            raise UsageError(
                f"--speakers: {part.strip()!r} is not LABEL=user or LABEL=assistant.",
                hint="for example --speakers coach=assistant,caregiver=user.",
            )
        sides[label.casefold()] = "user" if side == "user" else "assistant"
    return sides


def roles_of(utterances: Sequence[Utterance], told: Mapping[str, Side]) -> Roles:
    """Return the roles of a conversation's speakers: what was told, what their labels say, then a guess by manner."""
    labels = list(dict.fromkeys(utterance.speaker for utterance in utterances if utterance.speaker))
    by_told = {label: told[label.casefold()] for label in labels if label.casefold() in told}
    if by_told:
        return Roles(by_told, "as --speakers says")
    by_label = {label: side for label in labels if (side := _side_of(label)) is not None}
    if set(by_label.values()) == {"user", "assistant"}:
        return Roles(by_label, "by their labels")
    if len(labels) - len(by_label) == 1 and by_label:
        (known,) = set(by_label.values())
        (other,) = (label for label in labels if label not in by_label)
        return Roles({**by_label, other: "user" if known == "assistant" else "assistant"}, "by one speaker's label")
    if len(labels) < 2:
        return Roles(by_label, "by their labels") if by_label else Roles()
    return _by_manner(utterances, [label for label in labels if label not in by_label], by_label)


def joined(utterances: Iterable[Utterance], *, by_sheet: bool) -> list[Utterance]:
    """Return utterances with those in a row by one speaker made one; sheets stay apart where they are boundaries."""
    turns: list[Utterance] = []
    for utterance in utterances:
        last = turns[-1] if turns else None
        if (
            last is not None
            and last.speaker
            and last.speaker == utterance.speaker
            and (not by_sheet or last.sheet == utterance.sheet)
        ):
            turns[-1] = Utterance(last.speaker, f"{last.text}\n{utterance.text}", last.sheet)
        else:
            turns.append(utterance)
    return turns


def _side_of(label: str) -> Side | None:
    """Return the role that a label names, as "Coach 2" or "Health coach" do."""
    words = [word for word in _PARTS.split(label.casefold()) if word]
    if len(words) == 1 and words[0] in _LETTERS:
        return _LETTERS[words[0]]
    for name in ("_".join(words), *reversed(words)):
        if name in _HELPERS:
            return "assistant"
        if name in _HELPED:
            return "user"
    return None


def _by_manner(utterances: Sequence[Utterance], labels: Sequence[str], known: Mapping[str, Side]) -> Roles:
    """Take who asks most, turn by turn, for the helper, and of the others who says most for the one who is helped."""
    words = dict.fromkeys(labels, 0)
    asked, turns = dict.fromkeys(labels, 0), dict.fromkeys(labels, 0)
    for utterance in utterances:
        if utterance.speaker in words:
            words[utterance.speaker] += count_units(utterance.text)
            asked[utterance.speaker] += bool(_QUESTION.search(utterance.text))
            turns[utterance.speaker] += 1
    sides = dict(known)
    if "assistant" not in known.values():
        sides[max(labels, key=lambda label: (asked[label] / turns[label], -words[label]))] = "assistant"
    rest = [label for label in labels if label not in sides]
    if "user" not in sides.values() and rest:
        sides[max(rest, key=lambda label: words[label])] = "user"
    return Roles(sides, "by who asks and who tells (a guess)")
