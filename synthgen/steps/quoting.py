"""Texts as they stand in a prompt about them: line by line, so that each can be marked as quoted."""

from __future__ import annotations

from synthgen.annotation.windows import shortened


def quoted_lines(text: str, most: int, *, one: bool) -> list[str]:
    """Return the lines of a text that hold something; of a text of more than `most` words, or if `one` is wanted, one.

    Every break that anything takes for one parts lines, so that each is marked in the prompt as part of the text.
    """
    line = shortened(text, most)
    lines = [each.strip() for each in text.encode("utf-8", "ignore").decode().splitlines()]
    kept = [each for each in lines if each]
    return [line] if one or " ".join(" ".join(kept).split()) != line else kept
