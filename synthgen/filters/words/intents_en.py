"""English signs of harm done to a child, and of harm that the writer may do.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_CHILD = (
    r"(?:(?:my|the|our|her|his) (?:little |own )?(?:baby|newborn|infant|child|kids?|son|daughter"
    r"|toddler|twins|boy|girl|stepson|stepdaughter|brother|sister)|the (?:baby|kids))"
)
_TARGET = (
    r"(?:him|her|them|someone|somebody|people|everyone|my (?:\w+ )?(?:boss|wife|husband|ex|dad"
    r"|father|mum|mom|mother|brother|sister|boyfriend|girlfriend|manager|neighbou?r|teacher"
    rf"|landlord|family|baby|son|daughter|kids?|roommate|supervisor|stepdad)|{_CHILD}|that (?:\w+"
    r" )?(?:man|guy|woman|bastard|bitch))"
)
_PICTURES = (
    r"(?:pictur\w*|imag(?:e|es|in\w*)|thoughts?|visions?|flash(?:es)?|fantas\w*|urges?|impulses?"
    r"|dream(?:ing)? (?:of|about)|think(?:ing)? (?:of|about)|thinking|tempted|want(?:ed)?|afraid"
    r"|plan\w*|daydream\w*)"
)
_FEARS = r"(?:afraid|scared|terrified|frightened|fear|petrified|worried)"
_LONG_AGO = r"(?![^.!?]{0,30}(?:when (?:i|we) (?:was|were)|years ago|growing up|as a child))"

SIGNS = {
    # What is done to a child, and what the writer fears to do.
    **{
        f"i {hit} ": [
            rf"\bi {hit} (?:{_CHILD}|my \w+-year-old)\b(?! (?:up|with the (?:news"
            r"|bill)))[^.!?]{0,60}(?:hard|mark|bruise|cry|again|stop|control|face|afraid|scared|bleed"
            r"|red|myself|head)"
        ]
        for hit in ("hit", "slapped", "smacked", "shook", "grabbed", "kicked", "shoved", "threw", "dropped")
    },
    **{
        doing: [
            rf"{_PICTURES}[^.!?]{{0,40}} {doing} (?:{_TARGET}|the pillow|a pillow)\b(?! (?:a (?:ball"
            r"|party)|feelings|'s feelings|up (?:at|from)|(?:verbally )?with (?:words|love|kisses)|of"
            r" this))"
        ]
        for doing in (
            "throwing",
            "dropping",
            "drowning",
            "smothering",
            "stabbing",
            "hurting",
            "shaking",
            "strangling",
            "choking",
            "suffocating",
            "poisoning",
            "beating",
            "shooting",
            "killing",
            "murdering",
            "strangle",
            "poison",
            "stab",
            "choke",
            "smother",
            "drown",
            "shoot",
        )
    },
    "with the pillow": [r"smother(?:ing|ed)? (?:him|her|my \w+) with the pillow"],
    "urge to": [
        r"urge to (?:hurt|hit|stab|choke|strangle|shake|push|throw|drown|smother|kill|attack|crash)"
        rf" (?:{_TARGET}|the car|into)"
    ],
    "pillow": [r"pillow over (?:his|her|my \w+'s|the baby's) (?:face|head)"],
    "burns my": [r"burns my (?:\w+ )?(?:brother|sister|son|daughter|\w+)[^.!?]{0,10} with"],
    **{print_: [rf"{print_}s? on (?:his|her|my|their)"] for print_ in ("handprint", "hand print")},
    "welts": [r"welts (?:on|all|across|from)"],
    "belt": [
        r"(?:hits?|beats?|whips?|thrash\w*|us(?:es|ing)|gets?|took|takes|lash\w*|out|hit)[^.!?]{0,16}"
        rf" (?:his|her|the|a) belt\b(?! (?:buckle broke|off (?:at|before)|is|tight)){_LONG_AGO}"
    ],
    "sit down": [r"(?:belt|hit|beat|whip)\w*[^.!?]{0,30} (?:can't|cant|couldn't) sit down"],
    "makes us kneel": [r"makes us kneel"],
    **{
        unfed: [rf"(?:kids?|child(?:ren)?|baby|brother|sister|toddler|boy|girl|they|we)[^.!?]{{0,40}} {unfed}"]
        for unfed in ("left alone for days", "without food", "no food for", "alone all night", "in a hot car")
    },
    # What the writer means to do to somebody.
    "to bleed": [rf"want (?:{_TARGET}) to bleed"],
    "suffer": [rf"make (?:sure )?{_TARGET} (?:to )?suffer"],
    "dead": [rf"\bi want (?:{_TARGET}) dead\b"],
    "outside his": [
        r"(?:sit\w*|sat|wait\w*|park\w*|stand\w*)[^.!?]{0,12} outside his (?:house|flat|office|door|work"
        r"|building|apartment)"
    ],
    "outside her": [
        r"(?:sit\w*|sat|wait\w*|park\w*|stand\w*)[^.!?]{0,12} outside her (?:house|flat|office|door|work"
        r"|building|apartment)[^.!?]{0,40}(?:knife|gun|night|hours|pay|hammer|bat|leave)"
    ],
    **{
        weapon: [
            rf"{weapon} (?:in|under|inside) (?:the |my )?(?:glove ?box|bag|backpack|coat|jacket|pocket|car"
            r"|locker|seat|boot|trunk|waistband|sleeve|pillow|mattress)\b(?! (?:for (?:work|fishing|camp"
            r"|mushroom)))"
        ]
        for weapon in ("knife", "gun", "pistol", "hammer", "blade")
    },
    "to school": [
        r"(?:bring\w*|tak(?:e|ing)|carry\w*|brought)[^.!?]{0,40}(?:gun|knife|something|rifle|blade|pistol"
        r"|weapon|my dad's \w+)\b[^.!?]{0,6} to school[^.!?]{0,40}(?:sorry|pay|them|him|her|tomorrow"
        r"|regret|see|stop|monday)?(?! (?:trip|project))"
    ],
    "make him sorry": [r"make him sorry"],
    "make them pay": [r"(?:i'll|i will|going to|gonna|want to) make them pay\b(?! (?:for the|back|rent|the))"],
    "make him pay": [
        r"(?:i'll|i will|going to|gonna|want to) make him pay\b(?! (?:for the|back|rent|child|alimony|the))"
    ],
    "be sorry": [
        r"(?:they'll|he'll|she'll|they will|everyone will|make (?:him|her|them)) (?:all )?be"
        r" sorry[^.!?]{0,16}(?:when i|after|gone|dead|soon|monday|tomorrow|[.!]|$)"
    ],
    "a list": [
        r"(?:have|made|keep|got) a list (?:of (?:people|names|everyone|those|kids)|of \w+) (?:who|that"
        r"|i'm|to)[^.!?]{0,24}(?:pay|deserve|hurt|wronged|die|going to|sorry|suffer)"
    ],
    "shoot up": [r"shoot up (?:the|my|a) (?:school|office|place|class\w*|mall|church|building)"],
    **{
        over: [
            r"(?:want|urge|tempted|thought\w*|think\w*|imagin\w*|plan\w*|going|could|might)[^.!?]{0,20}"
            rf" {over} over\b(?! (?:it|the (?:plan|list|details)))"
        ]
        for over in ("run him", "run her", "run them", "running him", "running her", "running them")
    },
    "skull": [r"(?:smash|crack|bash|cave|split)\w* (?:his|her|their) skull"],
    "head in": [r"(?:smash|kick|bash|bang|beat|cave)\w* (?:his|her|their|my) head in\b"],
    "his throat": [r"(?:cut|slit|slash|slice|rip)\w* his throat"],
    "her throat": [r"(?:cut|slit|slash|slice|rip)\w* her throat"],
    "for both of us": [
        r"(?:over|end|end it|peace|better|pillow|kill\w*|stop)[^.!?]{0,20} for both of us\b[^.!?]{0,4}(?:[.!]|$)(?<=.)"
    ],
    "lose control": [
        rf"{_FEARS}[^.!?]{{0,20}} lose control (?:and|with|around)[^.!?]{{0,20}}(?:hurt|hit|kill|stab"
        r"|shake|kids?|child|baby|him|her|them)"
    ],
    "snap and": [
        r"(?:i'll|i might|i will|gonna|going to|i'm about to|could) snap and (?:hurt|kill|hit|stab"
        r"|strangle|beat|do something)"
    ],
    "what i'll do": [
        rf"{_FEARS}[^.!?]{{0,10}} what i'll do (?:next time|to (?:him|her|them|the kids|my \w+)|if (?:he"
        r"|she|the baby|they))"
    ],
    "what i might do": [
        rf"{_FEARS}[^.!?]{{0,10}} what i might do (?:to (?:him|her|them|the kids|my)|next time|if (?:he|she))"
    ],
    "voices say": [r"voices say (?:i|that i|to|she|he)[^.!?]{0,20}(?:hurt|kill|stab|die|jump|burn|cut)"],
    "voices tell": [r"voices tell me"],
    "voice": [
        r"voices?[^.!?]{0,20} (?:telling|ordering|urging|saying)[^.!?]{0,10}(?:me |i )?(?:to |should "
        r"|must |have to )(?:jump|hurt|kill|stab|die|burn|cut|do it|drive|push|end)"
    ],
}

LOOK_ALIKES: dict[str, list[str]] = {}
