"""What to ask otherwise after a refusal: without a schema, without a system turn, or without a parameter."""

from __future__ import annotations

import re
from dataclasses import replace

from synthgen.backends.dialect import OTHER_NAME, Dialect
from synthgen.backends.refusals import Refusal
from synthgen.calls import Request
from synthgen.errors import AdaptedError, ParameterError, SchemaError, SystemRoleError

_SCHEMA_STATUSES = {400, 422, 500, 501}
_TEMPLATE_STATUSES = {400, 422, 500}
_PARAMETER_STATUSES = {400, 422}

_SCHEMA_WORDS = re.compile(r"response_?format|json.?schema|grammar|structured.?output|guided.?(json|decoding)", re.I)
# What the chat templates of Gemma, Mistral and their kin say through Jinja's raise_exception.
_SYSTEM_WORDS = re.compile(
    r"system (role|message|prompt|instruction)s?\b.{0,40}\bnot\b|no system (role|message|prompt)|"
    r"unsupported.{0,20}\bsystem\b|developer instruction is not enabled|"
    r"only user(,| and|/) ?assistant\b.{0,30}\broles|(?<!optional system message, )conversation roles must alternate",
    re.I,
)
_REFUSED_CODES = {"unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"}
_REFUSED_WORDS = re.compile(
    r"(unsupported|unknown|unrecogni[sz]ed|unexpected|not supported|does not support|not permitted|not allowed)", re.I
)


def refuses_system(words: str) -> bool:
    """Tell whether a chat template says that it takes no system message."""
    return _SYSTEM_WORDS.search(words) is not None


def adapt(current: Dialect, sent: Dialect, request: Request, refusal: Refusal) -> tuple[Dialect, AdaptedError] | None:
    """Return what to speak from now on and the error for the caller, or None if the refusal is for another reason.

    `sent` is the dialect that the refused request was said in: others in flight may have taught more since,
    and what they taught (`current`) is kept.
    """
    if refusal.is_too_long:
        return None
    words = refusal.words
    has_schema = request.schema is not None and sent.schema
    if has_schema and refusal.status in _SCHEMA_STATUSES and _SCHEMA_WORDS.search(f"{refusal.param} {words}"):
        no_schema = SchemaError(f"the server decodes by no JSON schema, so it is asked in words: {words}")
        return replace(current, schema=False), no_schema
    has_system = sent.system and any(turn.role == "system" for turn in request.messages)
    if has_system and refusal.status in _TEMPLATE_STATUSES and refuses_system(words):
        no_system = SystemRoleError(f"the model takes no system message, so it is folded: {words}")
        return replace(current, system=False), no_system
    parameter = _refused_parameter(sent, refusal)
    if parameter is None:
        return None
    narrowed = current if parameter not in current.names.values() else current.without(parameter)
    if narrowed is None:
        return None
    return narrowed, ParameterError(f"the server takes no {parameter}, so it is asked otherwise: {words}")


def _refused_parameter(sent: Dialect, refusal: Refusal) -> str | None:
    """Return the sampling parameter that is refused as such; one whose value is out of range is not."""
    if refusal.status not in _PARAMETER_STATUSES:
        return None
    names = set(sent.names.values())
    if refusal.param in names and refusal.code in _REFUSED_CODES:
        return refusal.param
    if not _REFUSED_WORDS.search(refusal.words):
        return None
    named = [name for name in names if _names(refusal.words, name)]
    if len(named) != 1:
        return None
    # Words about the bound on a reply are mostly about its size, so only a pointer to its other name counts.
    other = OTHER_NAME.get(named[0])
    return named[0] if other is None or _names(refusal.words, other) else None


def _names(words: str, parameter: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(parameter)}(?![\w-])", words) is not None
