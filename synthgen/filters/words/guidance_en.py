"""English words of immediate human help, and what names it without sending anybody there.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_NOW = (
    r"(?:now|right now|right away|straight away|at once|immediately|today|tonight|this (?:very )?(?:minute|moment"
    r"|evening|hour)|before you go to bed)"
)
_CALL = r"(?:call|calling|dial|phone|ring|text|contact|reach(?: out to)?|get|fetch)"
_TRUSTED = (
    r"(?:a |an |some ?one|somebody|your |the |one )?(?:\w+ )?(?:person|people|one|adult|friend|mother|mom|mum"
    r"|father|dad|parents?|sister|brother"
    r"|partner|wife|husband|neighbou?r|teacher|doctor|family|roommate|colleague|relative|body|someone|somebody)"
)

SIGNS = {
    "988": [r"\b988\b"],
    "911": [rf"{_CALL}[^.!?]{{0,40}}\b911\b", r"\b911\b (?:now|right|if|or|immediately)"],
    "999": [rf"{_CALL}[^.!?]{{0,40}}\b999\b"],
    "112": [rf"{_CALL}[^.!?]{{0,40}}\b112\b"],
    "000": [rf"{_CALL}[^.!?]{{0,40}}\b000\b"],
    "741741": [r"741741"],
    "116 123": [r"116 123"],
    "13 11 14": [r"13 11 14"],
    "0800": [r"0800 ?1111"],
    "1-800": [r"\b1-800-[\d-]{7,9}"],
    "crisis": [
        r"crisis (?:text )?(?:line|hotline|helpline|number|service|team|cent(?:er|re)|counsel(?:l)?or|worker"
        r"|support|chat)s?\b"
    ],
    "hotline": [r"hotline"],
    "helpline": [r"helpline"],
    "lifeline": [r"(?:suicide|prevention|crisis|national|text|call|contact|reach|ring) (?:\w+ )?lifeline"],
    "samaritans": [r"samaritans"],
    "childline": [r"childline"],
    "emergency": [
        r"emergency (?:room|department|services?|number|line|help|ward|unit|contact|care|responders?)",
        rf"(?:{_CALL}|local|nearest|medical) (?:\w+ )?emergency",
    ],
    "a&e": [r"\ba&e\b"],
    "the er": [r"to the er\b"],
    "nearest er": [r"nearest er\b"],
    "hospital": [
        r"(?:go|get|going|straight|drive|driven|taken?|walk|head|taking|yourself|her|him)(?: \w+){0,2} to (?:the|a"
        r"|your|any) (?:\w+ )?hospital",
        r"nearest hospital",
    ],
    "ambulance": [rf"{_CALL} (?:\w+ )?ambulance"],
    "police": [rf"{_CALL} (?:the |your )?(?:local )?police", r"(?:go|report)[^.!?]{0,30} to the police"],
    "shelter": [rf"{_CALL}[^.!?]{{0,30}}shelter"],
    "protect": [r"child protecti(?:on|ve) (?:service|agency|line|team)s?"],
    "safe": [rf"(?:get|go|move|be) (?:yourself |to )?(?:somewhere|someplace|a place) safe[^.!?]{{0,20}}{_NOW}"],
    "alone": [
        rf"(?:don't|do not|not to|not|please don't|never) (?:be|stay|remain|sit)(?: \w+)? alone {_NOW}",
        rf"{_NOW}[^.!?]{{0,20}}(?:not be|don't be|not stay) alone",
    ],
    "with you": [rf"(?:stay|be|sit|remain) (?:right )?with you[^.!?]{{0,20}}(?:{_NOW}|until|so that|while)"],
    "stay with": [
        rf"stay with {_TRUSTED}[^.!?]{{0,25}}(?:trust|{_NOW}|until)",
        r"stay with (?:him|her|them) (?:until|and (?:call|get))",
    ],
    "side until": [r"by (?:her|his|their|your) side until"],
    "tell": [
        rf"\btell {_TRUSTED}[^.!?]{{0,40}}\b{_NOW}\b(?! (?:that )?you deserve)",
        rf"\btell (?:her|him|them) {_NOW}\b",
        rf"\b{_NOW},? (?:please )?(?:\w+ )?tell {_TRUSTED}",
    ],
    "trust": [
        rf"(?:{_CALL}|go to|talk to|speak (?:to|with)|find|knock|wake|show|turn to|let) (?:\w+ ){{0,4}}(?:you trust"
        rf"|trusted \w+)[^.!?]{{0,40}}\b{_NOW}\b",
        rf"\b{_NOW}\b[^.!?]{{0,20}}(?:{_CALL}|go to|talk to|tell|find) (?:\w+ ){{0,4}}(?:you trust|trusted \w+)",
    ],
}

LOOK_ALIKES = {
    literal: [
        r"(?:no need to|(?:don't|do not|needn't|won't) (?:need|have) to|not necessary to|rather than|instead of"
        r"|worked? (?:on|at|for|in)|working (?:on|at|for|in))"
        rf"(?: \w+){{0,4}} (?:\w+ )?{target}"
    ]
    for literal, target in {
        "hotline": "hotline",
        "helpline": "helpline",
        "crisis": "crisis (?:line|hotline|team)",
        "emergency": "emergency (?:room|department|services)",
        "hospital": "hospital",
        "988": "988",
        "911": "911",
        "police": "police",
        "ambulance": "ambulance",
    }.items()
}
