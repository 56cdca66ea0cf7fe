"""English words that tell what a capital letter means; `english.txt` has them and says what they are for."""

from __future__ import annotations

from pathlib import Path

from synthgen.sections import read_lists

_LISTS = {name: frozenset(words) for name, words in read_lists(Path(__file__).with_suffix(".txt")).items()}

COMMON_NAMES = _LISTS["common names"]
TITLES = _LISTS["titles"]
STRONG_TITLES = _LISTS["strong titles"]
CAPITALS = _LISTS["capitals"]
ORDINARY = _LISTS["ordinary"]
ORGANISATIONS = _LISTS["organisations"]
PLACES = _LISTS["places"]
STREETS = _LISTS["streets"]
DIRECTIONS = _LISTS["directions"]
IN_PLACE = _LISTS["in place"]
AT_WORK = _LISTS["at work"]
AFTER_WORDS = _LISTS["after words"]
PERSON_VERBS = _LISTS["person verbs"]
GENERIC = _LISTS["generic"]

# Words of work or schooling, with what may stand between them and the name of a place of work.
WORK = (
    r"\b(?:work(?:s|ed|ing)?|job|employed|shift|hired|fired|intern(?:ed|ship)?|volunteer(?:s|ed|ing)?|stud(?:y"
    r"|ies|ied|ying)"
    r"|enrolled|student|teach(?:es)?|taught|admitted|treated|appointment|seen|calling)\b[^.!?\n]{0,30}\b(?:at"
    r"|for|with|from|by)$"
)
