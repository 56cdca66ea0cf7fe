"""The thinking aloud that some models put before an answer."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(?:think|thinking|reasoning)\b[^<>]{0,100}>", re.IGNORECASE)


def strip_reasoning(text: str) -> str:
    """Return what stands outside <think>, <thinking> and <reasoning>, stripped.

    What follows an opening tag that never closes is reasoning. What stands before a closing tag that nothing
    opened is reasoning too: chat templates often open it in the prompt.
    """
    answer, at, depth, closed = "", 0, 0, False
    for tag in _TAG.finditer(text):
        if tag[1]:
            if depth == 0:
                answer = ""
            depth = max(0, depth - 1)
            at, closed = tag.end(), True
        else:
            if depth == 0:
                answer += text[at : tag.start()]
                closed = False
            depth += 1
    # Reasoning that speaks of a tag leaves the count open: then the last closing tag ends it.
    if depth == 0 or closed:
        answer += text[at:]
    return answer.strip()
