"""English words and phrases, in lower case, that show what a client's message tells; the words are looked up first."""

from __future__ import annotations

import re

_UNIT = r"(?:days?|nights?|weeks?|weekends?|months?|years?|decades?|terms?|semesters?|hours?)"
_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|an?|a few|a couple of|several|many|some|half a|so many)"
)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_PART = r"(?:day|night|morning|evening|afternoon|lunchtime|weekend|week|month|year|hour|payday|single|other|few)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|christmas|january|february|march|april|june|july|august)"

WORDS = {
    "first_person": frozenset({"i", "my", "me", "myself"}),
    "question": frozenset[str](),
    "duration": frozenset({"since", "lately"}),
    "frequency": frozenset(
        "often always sometimes usually daily nightly weekly monthly constantly rarely occasionally frequently"
        " everyday regularly mornings nights evenings afternoons weekends mondays tuesdays wednesdays thursdays"
        " fridays saturdays sundays twice".split()
    ),
    "trigger": frozenset(
        "yesterday happened incident ago accident fired dumped miscarriage diagnosed diagnosis evicted layoffs"
        " breakup outburst funeral anniversary suddenly".split()
    ),
    "feeling": frozenset(
        "afraid alone angry annoyed anxious anxiety ashamed awkward betrayed bitter confused crushed defeated"
        " depressed depression desperate despair disappointed disgusted drained dread dreading embarrassed empty"
        " envious exhausted exhausting fear feel feels feeling felt foggy frightened frustrated furious grief"
        " grieving guilt guilty happy hate heartbroken heavy helpless homesick hopeful hopeless humiliated hurt"
        " hurts insecure invisible irritable irritated isolated jealous joy lonely loneliness lost mad miserable"
        " miss nervous numb overwhelmed panic panicked panicky panicking proud rage rejected relieved resentful"
        " resentment restless sad sadness scared shame sick stuck stressed tearful tense terrified tired torn"
        " trapped uneasy unhappy unloved unwanted upset useless weary worried worry worrying worthless cry cried"
        " crying".split()
    ),
    "coping": frozenset("tried meditation meditate journaling journal mindfulness yoga counseling counselling".split()),
    "history": frozenset(
        "mother father mom mum dad parents stepmother stepfather stepdad stepmom sister sisters brother brothers"
        " siblings family families childhood grandmother grandfather grandparents grandma grandpa husband wife ex"
        " divorced divorce marriage daughter son kids children raised upbringing aunt uncle cousin cousins widow"
        " widowed".split()
    ),
}
SIGNS = {
    "question": re.compile(r"[?？]"),
    "duration": re.compile(
        rf"\b(?:for|over|in|these|past|last) (?:(?:the|about|almost|nearly|over|more than|at least|past|last) ){{0,3}}"
        rf"(?:{_NUMBER} )?(?:{_UNIT}\b|long\b|while\b|ages\b|as long as\b)"
        r"|\b(?:a long time|all my life|my whole life)\b"
        rf"|\b{_NUMBER} (?:(?:whole|full|long|straight) )?{_UNIT} (?:now|already|straight|in a row)\b"
    ),
    "frequency": re.compile(
        rf"\b(?:every|each|most|some) (?:{_PART}s?\b|{_DAY}|time\b)"
        rf"|\btimes? (?:a|an|per|each|every) (?:{_PART})|\b(?:once|{_NUMBER} hours) (?:a|per) {_PART}"
        r"|\b(?:all the time|over and over|again and again|now and then|from time to time|day and night|whenever"
        r"|more and more|at least once)\b"
    ),
    "trigger": re.compile(
        r"\b(?:last|this|one|on|the other|that) "
        rf"(?:day|night|morning|evening|weekend|week|month|year|{_DAY}|{_SEASON})\b"
        r"|\b(?:after|when|until|then|and|but) (?:i|he|she|they|we|it|my \w+|the \w+|our \w+) "
        r"(?:\w+ed|told|said|left|found|got|came|went|had|lost|began|broke|quit|saw|heard|took|threw|died|caught|made)\b"
        r"|\b(?:it|this|everything) (?:all )?(?:started|began)\b"
    ),
    "coping": re.compile(
        r"\b(?:i|we)(?:'ve| have| had|'d)?(?: even| already| also| just)? (?:trying|talked to|spoke|spoken|asked|read"
        r"|downloaded|went to|seen|saw a|started (?:going|seeing|taking|writing|running)|joined|cut down|stopped)\b"
        r"|\b(?:breathing exercises?|support group|to a therapist|my therapist|therapy|self-help"
        r"|nothing (?:helps|works)|did(?:n't| not) (?:help|work)"
        r"|(?:helps|helped|worked) (?:for|a little|a bit|until|at first))\b"
    ),
    "history": re.compile(
        r"\b(?:grew up|growing up|when i was (?:a |\w+ )?(?:child|kid|little|young|\d+|\w+teen|small)"
        r"|as a (?:child|kid|teenager|boy|girl)|years ago|in my (?:past|twenties|teens|thirties|family))\b"
    ),
}
