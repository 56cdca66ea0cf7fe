"""English settings in which the words of danger mean none: fiction and study, harm long past, jokes, denials.

Patterns over folded text (see `phrases.fold`), under the literal whose signs they cover.
"""

from __future__ import annotations

_STORY = (
    r"(?:novels?|films?|movies?|series|episodes?|books?|songs?|games?|stor(?:y|ies)|documentar(?:y|ies)"
    r"|plays?|podcasts?"
    r"|manga|anime|comics?|crime shows?|thrillers?|thesis|papers?|essays?|lectures?|courses?|seminars?"
    r"|training|articles?)"
)
# The writer is not in the story.
_ABOUT_OTHERS = r"(?:(?!\b(?:i|me|my|myself)\b)[^.!?])"
_LONG_AGO = (
    r"(?:in (?:college|high school|my (?:\w+ )?(?:teens|twenties|youth|past))|as a (?:teen\w*|kid|child"
    r"|student|girl|boy)"
    r"|when i was (?:\w+ )?(?:younger|young|little|small|a \w+|\w+teen|\d+)|(?:\w+ )?(?:years|decades) ago|back then)"
)
# What began long ago goes on.
_NEVER_BEGUN = r"(?:(?!start|began|begun|since|ever)[^.!?])"
_UNBEGUN = r"(?<!started )(?<!began )(?<!started to )(?<!began to )"
_NOT_NOT_BEGUN_BEFORE = r"(?:(?!start|began|begun|since|ever)[^.!?])"
_AND_NOT_NOW = (
    r"(?![^.!?]{0,60}\b(?:again|lately|started|urges?|still|relaps\w*|came back|are back|is back|worse|tonight))"
)
_HERE = (
    "suicid, kill, hang, jump, rape, violen, abus, stabb, gun, knife, overdos, cut, die, dead, beat, "
    "shoot, strangl, burn, hit, pills, rope, goodbye, note to, note for, self-, self h, dying, drown, "
    "stalk, kms, unaliv, follow, chok, roof, bridge, cliff, hurt, harm, traffick, molest"
).split(", ")
_PAST = (
    "suicid, self-, self h, overdos, cut, kill, die, hurt, harm, hit, beat, abus, violen, rape, burn, "
    "chok, slap, kick, attempt, belt"
).split(", ")

_SETTINGS = {
    anchor: [
        *(
            [
                rf"\b{_STORY}\b{_ABOUT_OTHERS}{{0,24}}\b(?:about|where|in which|on how|on|that shows?)"
                rf" {_ABOUT_OTHERS}{{0,40}}{anchor}",
                rf"\b(?:in|of) (?:the|a|an|this|that|my|his|her) (?:\w+ )?{_STORY}\b{_ABOUT_OTHERS}{{0,40}}{anchor}",
            ]
            if anchor in _HERE
            else []
        ),
        *(
            [
                rf"used to (?:be |feel |have (?:thoughts|urges) (?:of|to) |get )?(?:\w+ )?{anchor}{_AND_NOT_NOW}",
                rf"\b{_LONG_AGO}{_NEVER_BEGUN}{{0,40}}{anchor}\w*{_AND_NOT_NOW}",
                rf"(?:(?!start|began|since)\w+ ){{0,3}}{_UNBEGUN}{anchor}\w*[^.!?,]{{0,24}} {_LONG_AGO}{_AND_NOT_NOW}",
            ]
            if anchor in _PAST
            else []
        ),
    ]
    for anchor in sorted({*_HERE, *_PAST})
}
_FIGURES = {
    "bleed": [r"(?:nails?|cuticles?|gums?|lips?)[^.!?]{0,20} bleed"],
    "cut": [r"(?:kitchen|chef|cook\w*|carpent\w*|workshop|chopping)[^.!?]{0,50} cut myself(?! on purpose)"],
    "jump": [
        r"(?:spreadsheets?|meetings?|homework|commute|printer|reports?|emails?|deadlines?|accounting"
        r"|small talk|karaoke)[^.!?]{0,30} jump out",
        r"jump[^.!?]{0,30}(?:figurative\w*|metaphoric\w*|so to speak|haha|\blol\b|just kidding|swimming"
        r" pool|parachute|bungee|into the pool)",
    ],
    "it all": [
        r"it all to be over[^.!?]{0,16}(?:exams?|interviews?|wedding|applications?|the (?:move|renovation"
        r"|trial|waiting))"
    ],
    "harm": [
        r"(?:asked|asks|wanted to know)[^.!?]{0,50}harm(?:ing)? myself[^.!?]{0,16}(?:said no|told (?:her"
        r"|him|them) no|no,)"
    ],
    "hurt": [
        r"(?:asked|asks|wanted to know)[^.!?]{0,50}hurt(?:ing)? myself[^.!?]{0,16}(?:said no|told (?:her"
        r"|him|them) no|no,)"
    ],
    "my arms": [r"(?:cat|dog|kitten|roses|bush|thorns?|brambles)[^.!?]{0,30} my arms"],
    "notice": [r"notice if i (?:left (?:the|early)|quit|skipped|was late|wore|cut my hair|changed|called in)"],
    "hope i": [r"hope i never wake up (?:next|in that|late|with)"],
}
LOOK_ALIKES = {
    anchor: [*_SETTINGS.get(anchor, []), *_FIGURES.get(anchor, [])] for anchor in sorted({*_SETTINGS, *_FIGURES})
}
