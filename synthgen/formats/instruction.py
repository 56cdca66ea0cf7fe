"""An instruction that gives the model a part to play, told from one that its user says in person."""

from __future__ import annotations

import re

from synthgen.text import sentences

# "Act as a counselor", "Please pretend to be a shop": whoever says it wants a part played.
_TOLD = re.compile(
    r"(?:please |i want you to |you (?:will|should|must|are to) )?(?:"
    r"(?:act|behave|respond|answer|reply|speak) as (?:if you (?:are|were) )?(?:an?|the|my)\b"
    r"|(?:assume|play|take(?: on)?) the (?:role|part) of\b"
    r"|pretend (?:that )?(?:to be|you(?: are|['’]re| were)) an?\b)"
    r"|请?[你您]?(?:现在|将|来|要)*(?:扮演|充当)|(?:请[你您]?|[你您]将)作为",
    re.IGNORECASE,
)
# "You are a counselor", "If you are a licensed psychologist": users say the like of those whom they write to.
_SAID = re.compile(
    r"(?:(?:if|suppose|imagine|assume)(?: that)? )?you(?: are|['’]re| were)(?: now)? an?\b"
    r"|(?:现在|请|假如|假设|假定|如果|想象|设想)*[你您](?:现在)?是",
    re.IGNORECASE,
)
# What a sentence has in which someone speaks of themselves, asks, or calls out.
_IN_PERSON = re.compile(r"\b(?:I|[Mm](?:e|y|ine|yself)|[Ww]e|us|[Oo]urs?)\b|[我咱?？!！]|是不是|是否|[吧吗呢]\W*\Z")


def gives_part(instruction: str) -> bool:
    """Say whether an instruction is what the system says, such as "You are a counselor", and not its user's own words.

    It begins by telling the model to act as somebody, or says what the model is: by "a" or "an" in English, and in a
    sentence that neither asks nor calls out, with nobody in the first person.
    """
    instruction = instruction.strip()
    if _TOLD.match(instruction):
        return True
    return bool(_SAID.match(instruction)) and not _IN_PERSON.search(sentences(instruction)[0])
