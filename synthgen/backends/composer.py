"""Fake but well-formed answers, so that a whole pipeline can be tried without a model.

What is written depends on the prompt, the schema and the seed alone, and is the same on every machine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from synthgen.backends.grammar import Grammar, grammar, write
from synthgen.backends.schema_values import schema_value
from synthgen.text import cjk_share, count_units

DEFAULT_BAND = (60, 120)
# For a string of a schema when the prompt speaks of no length: a label's grounds, a note.
NOTE_BAND = (12, 30)
# A number in a prompt may be anything; no text is longer than this.
LONGEST = 5_000
# Characters looked at to tell a prompt's language.
_SAMPLE = 128

_BAND = re.compile(r"([0-9]{1,5}) ?(?:to|and|[-–—~～到至]) ?([0-9]{1,5}) ?(?:words|characters|个?汉?字)")
_CRISIS_WORDS = ("emergency", "crisis line", "hotline", "急救", "紧急", "热线")
# Each begins with a literal, which makes the search of a long prompt fast.
_MESSAGE_WANTED = (
    re.compile(r"write [^.\n]{0,60}message"),
    re.compile(r"写[^。\n]{0,30}(?:消息|留言|来信)"),
    re.compile(r"\ntopic: [^\n]*\n[^\n]{1,40}:\s*\Z"),
)
# A prompt that has the model speak for the user, and a note at its end by which a conversation is to be closed.
_USER_PLAYED = re.compile(r"you play one |在一场对话中扮演")
_CLOSES = re.compile(r"goodbye|道别")
_NOTE_CHARS = 300
# One that speaks turn by turn: help is pointed to when a note at the end says so.
_IN_TURN = re.compile(r"speak in turn|两人轮流说话")
_CRISIS_NOTE = re.compile(r"for you alone: a life|只告诉你：可能有人的生命")
_CRISIS_NOTE_CHARS = 1_500
_MESSAGE_KEYS = ("message", "query", "question")


@dataclass(frozen=True, slots=True)
class _Order:
    """What a prompt asks for, and the key that all that is written to it is drawn from."""

    words: Grammar
    band: tuple[int, int] | None
    crisis: bool
    key: bytes
    bad_share: float


def compose(prompt: str, schema: Mapping[str, Any] | None, seed: int, *, bad_share: float = 0.0) -> str:
    """Return a made-up answer to a prompt: JSON that follows the schema, or a text.

    The language is the prompt's (Chinese or English). The length is the first word band that the prompt
    speaks of ("300 to 550 words", "300 到 550 字"), else 60 to 120. A reply to a prompt that speaks of
    emergency help points to it. A schema that stands in the prompt itself is followed too. `bad_share` of
    the texts (0 to 1) are too short or open with a formula, on purpose.
    """
    lowered = prompt.lower()
    chinese = not prompt.isascii() and cjk_share(prompt[:: 1 + len(prompt) // _SAMPLE]) >= 0.5
    order = _Order(
        words=grammar("zh" if chinese else "en"),
        band=_band_in(prompt),
        crisis=_points_to_help(lowered),
        key=hashlib.blake2b(f"{seed}\x1f{prompt}".encode(errors="surrogatepass"), digest_size=16).digest(),
        bad_share=bad_share,
    )
    schema = schema or _schema_in(prompt)
    if schema is None:
        plays_user = _USER_PLAYED.search(lowered) is not None
        message = plays_user or any(pattern.search(lowered) for pattern in _MESSAGE_WANTED)
        closes = _CLOSES.search(lowered, max(0, len(lowered) - _NOTE_CHARS))
        farewell = _farewell(order, "", plays_user) if closes else ""
        return _text(order, "", message=message, band=order.band or DEFAULT_BAND, farewell=farewell)
    if turns := _turns_wanted(schema):
        return json.dumps({"turns": _conversation(order, turns)}, ensure_ascii=False)

    def text(path: str) -> str:
        message = path.rsplit(".", 1)[-1] in _MESSAGE_KEYS
        return _text(order, path, message=message, band=order.band or (DEFAULT_BAND if message else NOTE_BAND))

    def draw(path: str) -> int:
        return int.from_bytes(_draws(order.key, path)[:4], "big")

    return json.dumps(schema_value(schema, text, draw), ensure_ascii=False)


def _text(order: _Order, path: str, *, message: bool, band: tuple[int, int], farewell: str = "") -> str:
    """Return a text whose length is in the band, a pointer to help and the farewell at its end counted in."""
    words = order.words
    voice = words.query if message else words.reply
    key = order.key + path.encode()
    draws = _draws(order.key, path)
    if int.from_bytes(draws[:4], "big") < order.bad_share * 2**32:
        if message or draws[4] % 2:
            return write(voice, 1, 1, key)
        return words.faulty_openers[draws[5] % len(words.faulty_openers)] + words.space + write(voice, *band, key)
    pointer = "" if message or not order.crisis else words.crisis[draws[6] % len(words.crisis)]
    endings = [ending for ending in (pointer, farewell) if ending]
    spent = sum(map(count_units, endings))
    return words.space.join([write(voice, max(1, band[0] - spent), max(1, band[1] - spent), key), *endings])


def _points_to_help(lowered: str) -> bool:
    """Whether an answer to a prompt points to help in an emergency."""
    if _IN_TURN.search(lowered) is None:
        return any(word in lowered for word in _CRISIS_WORDS)
    return _CRISIS_NOTE.search(lowered, max(0, len(lowered) - _CRISIS_NOTE_CHARS)) is not None


def _turns_wanted(schema: Mapping[str, Any]) -> int:
    """Return how many turns a schema of a conversation asks for at least, 0 for a schema of anything else."""
    turns = schema.get("properties", {}).get("turns", {})
    speaks = "speaker" in turns.get("items", {}).get("properties", {})
    return max(2, turns.get("minItems", 2)) if speaks else 0


def _conversation(order: _Order, count: int) -> list[dict[str, str]]:
    """Return the turns of a conversation that ends with farewells; its first reply points to help if any does."""
    turns = []
    for at in range(count):
        is_user, path = at % 2 == 0, f".turns.{at}"
        farewell = _farewell(order, path, is_user) if at >= count - 2 else ""
        own = order if at == 1 else replace(order, crisis=False)
        text = _text(own, path, message=is_user, band=order.band or NOTE_BAND, farewell=farewell)
        turns.append({"speaker": "user" if is_user else "assistant", "text": text})
    return turns


def _farewell(order: _Order, path: str, is_user: bool) -> str:
    farewells = order.words.farewells["user" if is_user else "assistant"]
    return farewells[_draws(order.key, path)[7] % len(farewells)]


def _draws(key: bytes, path: str) -> bytes:
    return hashlib.blake2b(path.encode(), key=key, digest_size=8).digest()


def _band_in(prompt: str) -> tuple[int, int] | None:
    found = _BAND.search(prompt)
    if found is None:
        return None
    low, high = sorted((int(found[1]), int(found[2])))
    return (low, high) if low > 0 and high <= LONGEST else None


def _schema_in(prompt: str) -> dict[str, Any] | None:
    """Return the JSON schema that a prompt shows to a server that takes none."""
    if '"properties"' not in prompt:
        return None
    decoder = json.JSONDecoder()
    for brace in re.finditer(r"\{", prompt):
        try:
            found, _ = decoder.raw_decode(prompt, brace.start())
        except ValueError:
            continue
        if "properties" in found:
            return dict(found)
    return None
