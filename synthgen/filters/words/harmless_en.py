"""English settings in which the words of danger mean none: fiction and study, harm long past, jokes.

Patterns over folded text (see `phrases.fold`): BEFORE ends where a sign starts, AFTER starts where it ends.
"""

from __future__ import annotations

_STORY = (
    r"(?:novels?|films?|movies?|series|episodes?|books?|songs?|games?|stor(?:y|ies)|documentar(?:y|ies)|plays?"
    r"|podcasts?|manga|anime|comics?|crime shows?|thrillers?|thesis|papers?|essays?|lectures?|courses?|seminars?"
    r"|training|articles?)"
)
# The writer is not in the story.
_OTHERS = r"(?:(?!\b(?:i|me|my|myself)\b)[^.!?])"
_LONG_AGO = (
    r"(?:in (?:college|high school|my (?:\w+ )?(?:teens|twenties|youth|past))"
    r"|as a (?:teen\w*|kid|child|student|girl|boy)"
    r"|when i was (?:\w+ )?(?:younger|young|little|small|a \w+|\w+teen|\d+)|(?:years|decades) ago|back then)"
)

STORY_BEFORE = (
    rf"\b{_STORY}\b{_OTHERS}{{0,24}}\b(?:about|where|in which|on how|on|that shows?) {_OTHERS}{{0,40}}$"
    r"|(?<!wrote )(?<!writes )(?<!written )\b(?:in|of) (?:the|a|an|this|that|my|his|her) (?:\w+ )?"
    rf"{_STORY}\b{_OTHERS}{{0,40}}$"
)
PAST_BEFORE = (
    r"\bused to (?:be |feel |get |have (?:thoughts|urges) (?:of|to) |think about )?(?:\w+ )?$"
    rf"|\b{_LONG_AGO}[^.!?]{{0,40}}$"
)
PAST_AFTER = rf"[^.!?,]{{0,24}} {_LONG_AGO}"
# What began or came back is not past.
PRESENT = r"\b(?:start|began|begun|since|ever|again|lately|urges?|still|relaps|came back|(?:is|are) back|worse|tonight)"
JOKE_AFTER = r"[^.!?]{0,30}(?:figurative|metaphoric|so to speak|haha|\blol\b|just kidding)"
