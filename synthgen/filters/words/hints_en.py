"""English words that hint at danger: courage that fails, eyes shut at the kerb, knives hidden, who would find me.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_GOING = r"(?:gonna|going to|want to|wanna|about to|i'll|i will|i could|might|ready to|tempted to|so easy to)"
_DO_IT = r"(?:do it|end it|end things|finish it|jump|go through with it|kill|die|pull the trigger|take them|let go)"
_MEMBER = r"(?:arms?|wrists?|thighs?|legs?|skin|hands?|stomach|hips?)"
_RISKY = (
    r"(?:balcony|bridges?|windows?|trains?|platform|tracks|knives|pills|road|car|cars|ledge|roof"
    r"|traffic|heights?|blades?)"
)

SIGNS = {
    "trust myself": [rf"n't trust myself (?:near|around|on|by|at|with|behind|in) (?:\w+ )?{_RISKY}"],
    **{
        failing: [
            rf"{failing} to (?:just |actually |really )?{_DO_IT}\b(?! (?:it )?(?:at work|with my boss|tell|ask|quit))"
        ]
        for failing in ("guts", "courage", "nerve", "brave enough", "coward", "cowardly", "bravery", "strong enough")
    },
    **{
        f"{lid} my eyes": [
            rf"{lid} my eyes and (?:just )?(?:step|walk|cross|driv|let go|run|jump|keep driving|fall)\w*"
        ]
        for lid in ("shut", "close", "closed", "closing")
    },
    **{
        f"out of {all_}": [rf"\bwant out[^a-z][^!?]{{0,40}}out of {all_}|\bwant out of {all_}"]
        for all_ in ("everything", "life", "this life")
    },
    **{
        f"{wear}": [
            rf"\bi (?:\w+ )?{wear}\w* (?:at )?(?:the skin (?:off|on) )?my {_MEMBER} (?:raw|open|bloody|until|till)",
            rf"\bi (?:\w+ )?{wear} (?:the |my )?skin off",
        ]
        for wear in ("scratch", "peel", "claw", "scrub", "pick at", "tear")
    },
    "accidents happen": [r"(?:says?|said|told|keeps saying|reminds me)[^.!?]{0,24} accidents happen"],
    **{
        f"keeps {whose}": [
            rf"keeps {whose} (?:\w+ )?(?:machete|knife|gun|axe|hatchet|bat|hammer|crowbar"
            r"|sword)\b[^.!?]{0,60}(?:argu|fight|angr|shows|taps|threat"
            r"|says|when i|if i|in case i)",
        ]
        for whose in ("a", "his", "her", "the")
    },
    **{
        f"{means} and sat": [rf"{means} and sat\b[^.!?]{{0,30}} with (?:them|it)\b"]
        for means in ("razor", "razors", "blade", "blades", "pills", "tablets", "rope")
    },
    "his lap": [r"(?:makes|made|forces|wants) (?:me|her|my \w+) (?:to )?sit (?:on|in) his lap"],
    "hands go": [r"hands go (?:where|under|up my|down my)"],
    **{
        f"through {whose}": [
            rf"(?:put|stick|drive|ram|push|shove|run)\w* (?:a|the|my|this) [^.!?]{{0,20}} through {whose}"
            r" (?:eye|heart|throat|head|chest|neck|skull|hand)"
        ]
        for whose in ("his", "her", "their")
    },
    "phone off": [
        r"(?:everyone|everybody|goodbye|good to me|loved?|sorry)[^!?]{0,60}(?:turned|switched) (?:my|her"
        r"|his) phone off\b(?! (?:to sleep|for the|during))"
    ],
    "phone is off": [r"(?:thanks|thank you|goodbye|sorry|love you|take care)[^!?]{0,60} phone is off"],
    "end of me": [r"(?:hope|wish|want|let|like)[^.!?]{0,20} be the end of me\b"],
    "end of the story": [r"(?:want|wish|like|hope|let)[^.!?]{0,60} be the end of the story"],
    **{
        f"being {one}": [
            rf"(?:keep|tired of|done|stop|sick of|exhausted (?:of|from)) being {one}(?: any|[.,;!]| and|$)"
        ]
        for one in ("a person", "human", "anyone", "alive")
    },
    "bullets": [r"(?:has|got|bought|brought|counting|loading|found)[^.!?]{0,12} bullets\b(?! points?)"],
    **{
        bereft: [
            r"(?:be|make|makes|leave|leaving) (?:her |him |them |my \w+ )?(?:a |an"
            rf" )?{bereft}s?\b[^.!?]{{0,30}}(?:by |if i|soon|before)"
        ]
        for bereft in ("widow", "orphan", "motherless", "fatherless")
    },
    **{
        f"{facing} the": [
            r"(?:in gear|engine running|engine on|foot on the gas|parked|accelerat\w*)[^.!?]{0,24}"
            rf" {facing} the (?:lake|river|water|wall|cliff|sea|edge|quarry)\b[^.!?]{{0,40}}(?:sat|hours?"
            r"|until|thought|and then|cried|sun)"
        ]
        for facing in ("facing", "towards", "toward")
    },
    **{
        part: [
            rf"(?:bang|hit|knock|slam|smash|bash|ram|pound)\w* {part}[^.!?]{{0,34}}(?:until|till|to"
            r" (?:calm|make|stop|punish|get)|so (?:it|the))"
        ]
        for part in ("my head", "my forehead", "my face")
    },
    **{
        f"{hidden} the": [
            rf"{hidden} the (?:\w+ )?(?:knives|pills|razors|blades|medication|guns?|scissors"
            r"|rope)\b[^.!?]{0,20}(?:because|from me|from her|from him|after|since|so)"
            r"(?! (?:the )?(?:kids|toddler|baby|dog|renovation|moving|we had guests))"
        ]
        for hidden in ("hides", "hid", "hidden", "hiding", "locked away", "locks up")
    },
    **{
        f"of my {bone}": [rf"(?:broke|broken|breaks|cracked|knocked out)[^.!?]{{0,12}} of my {bone}"]
        for bone in ("fingers", "ribs", "teeth", "toes")
    },
    "way to go": [
        r"(?:painful|painless|easiest|quickest|fastest|quietest|gentlest|peaceful|cleanest) way to"
        r" go\b(?! (?:to|from|by|home|there|through|into|about|on))"
    ],
    "painful way": [r"least painful way (?:to (?:die|end|do it|leave)|out)"],
    **{
        f"take {lot}": [rf"{_GOING} (?:just )?take {lot}\b(?! (?:to|back|of|for (?:him|her|a walk)|home|out|with))"]
        for lot in ("the lot", "them all", "all of them", "every last one", "every pill")
    },
    "bury me": [
        r"(?:have to|want (?:her|him|them) to|promis\w*|threat\w*|(?:he|she)'ll|where to|going to|will"
        r"|would|said he'd) bury me\b(?! in (?:work|paper\w*"
        r"|emails?|the sand))"
    ],
    **{
        f"{seek} me": [
            rf"(?:please|don't|dont|do not|nobody|no ?one)[^.!?]{{0,16}} {seek} me(?=[.,;!]|$| any| when)(?! too)"
        ]
        for seek in ("look for", "looking for", "save", "stop", "search for")
    },
    "to know before i": [r"someone to know before i (?:go|do|leave|die)(?=[.,;!]|$)"],
    "blood on my": [
        r"blood on my (?:sleeves?|sheets|towels?|bathroom|thighs|bed)[^.!?]{0,30}(?:again|wash|hid|nobody|no one|every)"
    ],
    **{
        f"on {a} {seat}": [
            rf"(?:stood|stand|standing|got up|climbed) on {a} {seat}\b[^.!?]{{0,60}}(?:\bhead\b|neck|rope"
            r"|belt|noose|beam)(?! of)"
        ]
        for a in ("a", "the")
        for seat in ("chair", "stool")
    },
    "acid": [r"(?:splash|throw|pour|threw|spray)\w*[^.!?]{0,10} acid\b"],
    "take myself": [
        r"take myself (?:away|out)(?=[.,;!]|$| from (?:them|their|everyone|this|all)| of (?:the|their"
        r"|this) (?:picture|lives|world|equation))"
    ],
    "in the car": [
        r"(?:drinks|drunk|rages?|violent|temper|angry)[^.!?]{0,40}(?:sleep|slept|hide|hid|spend the"
        r" night)[^.!?]{0,8} in the car"
    ],
    "lock ourselves": [r"lock ourselves in"],
    "belt marks": [r"belt marks"],
    "what to inject": [r"what to inject"],
    **{
        f"can {undo} me": [rf"(?:nobody|no ?one) can {undo} me(?: back)?(?=[.,;!]|$| in time)"]
        for undo in ("bring", "save", "stop", "revive")
    },
    "head under": [
        r"(?:hold(?:ing|s)?|held|push\w*|keep\w*) (?:my|his|her|\w+'s) head under\b(?! (?:the (?:covers"
        r"|blanket|pillow)|my pillow))"
    ],
    "to stay for": [r"(?:nothing|no ?one|nobody|no reason)[^.!?]{0,14} to stay for\b(?! (?:dinner|the|another|a))"],
    "pillow on": [r"pillow on (?:my|her|his) face"],
    "watch over": [r"i(?:'ll| will) (?:always )?watch over (?:you|them|her|him)\b(?! (?:while|during|when))"],
    "let go of the": [
        r"(?:easy|want|just|if i|could|tempt\w*|simpl\w*)[^.!?]{0,20} let go of the (?:rail|railing|ledge"
        r"|rope|edge|bar|wheel|branch)"
    ],
    "high enough": [
        r"(?:floor|bridge|building|balcony|window|roof|fall|drop|storey|story)[^.!?]{0,16} high"
        r" enough\b(?! (?:to see|for the|ceiling))"
    ],
    "take up": [r"(?:right|deserve|worth)[^.!?]{0,16} to take up (?:air|oxygen|space|room)"],
    "conscious": [r"(?:not|n't|never|stop|hate|tired of)[^.!?]{0,14} (?:being |be )conscious\b(?! of)"],
    **{
        f"{found} me": [
            r"(?:who|to|will|'ll|would|be the one (?:who|that)|have to|child|kids?|mum|mom|roommate)"
            rf" {found} me(?=[.,;!]|$| dead| hanging| like that| there| first| in the)"
        ]
        for found in ("finds", "find")
    },
    **{
        f"in {heat}": [rf"(?:cover\w*|long sleeves|hoodie|sleeves|jumper|sweater)[^.!?]{{0,30}} in {heat}\b"]
        for heat in ("july", "august", "june", "summer", "the heat", "this heat")
    },
    "to a body": [r"(?:come|came|coming) (?:back|home) to a body"],
    "stood over": [r"stood over (?:me|my bed|us)\b[^.!?]{0,20}(?:sle[ep]|night|knife|dark|bed|woke)?"],
    **{
        f"note {ready}": [rf"(?:the|my|a|his|her) note {ready}\b(?! (?:by|in (?:class|french|pencil)))"]
        for ready in ("done", "written", "ready", "finished")
    },
    "my body to": [r"want my body to (?:quit|stop|give (?:up|out)|shut down|fail|just)"],
    "sleep outside": [r"(?:makes?|made|forces?|forced)[^.!?]{0,30} sleep outside\b"],
    "look like a": [r"make it look like an? (?:fall|accident|suicide|robbery|burglary|overdose|heart attack)"],
    **{
        lord: [
            rf"(?:be|home|join|meet|going)[^.!?]{{0,14}} {lord}\b[^.!?]{{0,20}}(?:soon|tonight|tomorrow"
            r"|behind me)(?! (?:at|in) church)"
        ]
        for lord in ("jesus", "the lord", "my maker")
    },
    "my neck": [r"squeez\w* my neck"],
    "saw stars": [r"(?:he|she|husband|boyfriend|dad|wife)[^.!?]{0,40} saw stars"],
    "relief if i": [r"relief if i(?: just)? (?:wasn't|weren't|was gone|were gone|disappear|died|no longer|didn't)"],
    "relieved if i": [r"relieved if i(?: just)? (?:wasn't|weren't|was gone|were gone|disappear|died|no longer|didn't)"],
    "in the bath": [
        r"(?:left|leave|leaving) (?:my |the )?(?:newborn|baby|son|daughter|toddler|him|her)(?: alone)? in the bath"
    ],
    "sign them": [r"(?:won't|not going to) be (?:there|here|around) to sign them"],
    **{
        f"be {here} to see": [
            rf"(?:won't|wont|not going to) be {here} to see (?:\w+ ){{1,3}}(?:grow|graduate|marr|turn|wedding|birthday)"
        ]
        for here in ("here", "around", "alive")
    },
}

LOOK_ALIKES: dict[str, list[str]] = {}
