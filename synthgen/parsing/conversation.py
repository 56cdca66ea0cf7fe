"""Whole conversations in what a model answers: what is asked of it for one, and whose each turn of the answer is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from synthgen.parsing.cleaning import clean_message
from synthgen.parsing.entries import leaves
from synthgen.parsing.mending import unescaped
from synthgen.parsing.schema import object_schema
from synthgen.parsing.slots import MAX_CHARS
from synthgen.records import Role, Turn

MAX_TURNS = 400  # no conversation that is wanted has as many

_SPEAKER_KEYS = ("speaker", "role", "from", "name", "author", "说话人", "角色", "发言人")
_TEXT_KEYS = ("text", "content", "value", "message", "utterance", "内容", "话语", "消息")
# How the two sides are called wherever models are spoken to.
_USUAL: dict[str, Role] = {
    "user": "user",
    "human": "user",
    "用户": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "model": "assistant",
    "助手": "assistant",
}

_S = r"\s{0,50}"
_ASIDE = r"(?:[ \t]{0,3}[(（][^()（）\n]{0,60}[)）])?[ \t]{0,3}[#\d]{0,4}"
_NUMBER = r"(?:[\[(（第#]?(?:turn)?[ \t]?\d{1,3}[ \t]?[轮句]?[\])）.:：、-]{0,3}[ \t]{0,3})?"
_MARKUP = r"[ \t>*_#•-]{0,12}"
_HEADING = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]|(?:[-*_=]{3,}|`{3,}\w{0,20})[ \t]*$)")
_TEXT_START = rf"[\"'“]?(?:{'|'.join(_TEXT_KEYS)})[\"'”]?{_S}[:：]{_S}[\"'“]?"
_NEXT_KEY = re.compile(rf"[\"'”]{_S},{_S}[\"'“]\w{{1,30}}[\"'”]{_S}:")
_END = re.compile(rf"[\"'”]{_S},?{_S}\}}")


def conversation_schema(least: int, most: int) -> dict[str, Any]:
    """Return the JSON schema of an answer that is a conversation of `least` to `most` turns."""
    turn = object_schema({"speaker": {"type": "string", "enum": ["user", "assistant"]}, "text": {"type": "string"}})
    return object_schema({"turns": {"type": "array", "items": turn, "minItems": least, "maxItems": most}})


def turns_schema(headings: Sequence[str], chars: tuple[int, int]) -> dict[str, Any]:
    """Return the JSON schema of an answer with one text for each of the `headings`, in their order.

    It is for very small models, which lose count and take no turns unless they must. `chars` bounds each text.
    """
    least, most = chars
    turn = {"type": "string", "minLength": least, "maxLength": most}
    return object_schema(dict.fromkeys(headings, turn))


def parse_conversation(text: str, names: Mapping[str, Role]) -> tuple[Turn, ...]:
    """Return the turns of an answer in their order, none where it holds no conversation.

    `names` are what the speakers may be called, in any case, beside "user" and "assistant". Read are JSON (whole,
    cut off, broken, fenced, amid prose; a speaker and a text under usual keys, or the text under the speaker's name)
    and lines such as "Client: ..." with those that follow them. A last turn that JSON was cut off in is lost, one in
    lines is kept as it is. Turns of one speaker in a row stay apart. Dropped are words around the conversation,
    turns of unknown speakers and empty ones, and what lies beyond `MAX_CHARS` characters or `MAX_TURNS` turns.
    """
    text = text[:MAX_CHARS]
    speakers = _speakers(tuple(names.items()))
    found = max(
        (list(islice(read(text, speakers), MAX_TURNS)) for read in (_in_objects, _in_broken_objects, _in_lines)),
        key=len,
    )
    cleaned = ((role, clean_message(said, speakers.names)) for role, said in found)
    return tuple(Turn(role, said) for role, said in cleaned if said)


Said = tuple[Role, str]


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Names with their roles, and what finds them: alone, at the head of a line, in an object of JSON."""

    roles: Mapping[str, Role]
    alone: re.Pattern[str]
    line: re.Pattern[str]
    entry: re.Pattern[str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.roles)

    def role(self, name: object) -> Role | None:
        found = self.alone.fullmatch(name.strip()) if isinstance(name, str) else None
        return self.role_of(found) if found else None

    def role_of(self, match: re.Match[str]) -> Role | None:
        """Return whose name was found; None where only the pattern takes two letters for the same, as i and ı."""
        return self.roles.get(match["name"].casefold())


@lru_cache(maxsize=256)
def _speakers(names: tuple[tuple[str, Role], ...]) -> _Speakers:
    roles = _USUAL | {name.strip().casefold(): role for name, role in names if name.strip()}
    any_name = "|".join(re.escape(name) for name in sorted(roles, key=len, reverse=True))
    name = f"(?P<name>{any_name})"
    keys = "|".join(_SPEAKER_KEYS)
    flags = re.IGNORECASE
    return _Speakers(
        roles,
        re.compile(rf"{name}{_ASIDE}", flags),
        re.compile(rf"{_MARKUP}{_NUMBER}{_MARKUP}{name}{_ASIDE}[*_]{{0,3}}[ \t]?[:：][*_]{{0,3}}(?P<said>.*)", flags),
        re.compile(rf"[\"'“]?(?:{keys})[\"'”]?{_S}[:：]{_S}[\"'“]?{name}{_ASIDE}[\"'”]?{_S},?{_S}{_TEXT_START}", flags),
    )


def _in_objects(text: str, speakers: _Speakers) -> Iterator[Said]:
    for leaf, _ in leaves(text):
        try:
            pairs = json.loads(leaf, strict=False, object_pairs_hook=tuple)
        except (ValueError, RecursionError):
            continue
        yield from _in_object([(key.strip().casefold(), value) for key, value in pairs], speakers)


def _in_object(pairs: Iterable[tuple[str, Any]], speakers: _Speakers) -> Iterator[Said]:
    fields = dict(pairs)
    role = next((role for key in _SPEAKER_KEYS if (role := speakers.role(fields.get(key)))), None)
    said = next((fields[key] for key in _TEXT_KEYS if isinstance(fields.get(key), str)), None)
    if role and said is not None:
        yield role, said
        return
    for key, value in pairs:
        if isinstance(value, str) and (role := speakers.role(key)):
            yield role, value
        elif isinstance(value, list):
            yield from _in_lines("\n".join(line for line in value if isinstance(line, str)), speakers)


def _in_broken_objects(text: str, speakers: _Speakers) -> Iterator[Said]:
    """Yield the turns of JSON in which stray quotes hide where objects end: each goes to where the next begins."""
    starts = list(speakers.entry.finditer(text))
    for at, start in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(text)
        close = _NEXT_KEY.search(text, start.end(), end) or max(
            _END.finditer(text, start.end(), end), key=re.Match.start, default=None
        )
        if close and (role := speakers.role_of(start)):
            yield role, unescaped(text[start.end() : close.start()])


def _in_lines(text: str, speakers: _Speakers) -> Iterator[Said]:
    role: Role | None = None
    said: list[str] = []
    for line in text.splitlines():
        head = speakers.line.match(line)
        if head and (next_role := speakers.role_of(head)):
            if role:
                yield role, "\n".join(said)
            role, said = next_role, [head["said"]]
        elif not _HEADING.match(line):
            said.append(line)
    if role:
        yield role, "\n".join(said)
