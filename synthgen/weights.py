"""Weights as they are typed: "en,zh", "cbt=2,sfbt=1", "4-8=2,10-20"."""

from __future__ import annotations

from collections.abc import Sequence

from synthgen.errors import UsageError

MOST_TURNS = 200


def language_weights(text: str) -> dict[str, float]:
    """Return the weights in "en,zh" or "en=2,zh=1". Raises UsageError."""
    return _weights("--lang", text, "a language", "write en,zh or en=2,zh=1.")


def named_weights(option: str, text: str, known: Sequence[str]) -> dict[str, float]:
    """Return the weights in "a,b" or "a=2,b=1" of names that are known. Raises UsageError."""
    hint = f"choose among {', '.join(known)}." if known else "this spec names none; psy_insight does."
    weights = _weights(option, text, "a name", hint)
    for name in weights:
        if name not in known:
            raise UsageError(f"{option} {text}: {name!r} is not known to the spec.", hint=hint)
    return weights


def band_weights(text: str) -> dict[str, float]:
    """Return the weights of bands of turns in "8-20", "12" or "4-8=2,10-20". Raises UsageError.

    A band holds an even number, so that a conversation which the user opens can end with the assistant.
    """
    bands: dict[str, float] = {}
    for band, weight in _weights("--turns", text, "a band of turns", "write 8-20, or 4-8=2,10-20=1.").items():
        low, dash, high = band.partition("-")
        bounds = [int(part) if part.isdecimal() and len(part) < 5 else 0 for part in (low, high if dash else low)]
        if not 2 <= bounds[0] <= bounds[1] <= MOST_TURNS or _band(*bounds) in bands:
            raise UsageError(
                f"--turns {text}: {band!r} is not a band of turns, or stands twice.",
                hint=f"write 8-20: turns of both sides together, from 2 to {MOST_TURNS}.",
            )
        if bounds[0] == bounds[1] and bounds[0] % 2:
            raise UsageError(
                f"--turns {text}: a conversation of {bounds[0]} turns would leave the user's last one unanswered.",
                hint=f"an even number, as {bounds[0] + 1}, lets the assistant have the last word.",
            )
        bands[_band(*bounds)] = weight
    return bands


def _band(low: int, high: int) -> str:
    return f"{low}-{high}"


def _weights(option: str, text: str, what: str, hint: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in text.split(","):
        name, _, share = (piece.strip() for piece in part.partition("="))
        try:
            weight = float(share or 1)
        except ValueError:
            weight = 0.0
        if not name or name in weights:
            raise UsageError(f"{option} {text}: {part!r} is not {what}, or stands twice.", hint=hint)
        if not 0 < weight < float("inf"):
            raise UsageError(f"{option} {text}: the weight in {part!r} is not a number above 0.", hint=hint)
        weights[name] = weight
    return weights
