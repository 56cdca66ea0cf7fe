"""English signs that somebody takes leave of life without naming death: burdens lifted, goodbyes, no tomorrow.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_ALL = r"(?:everyone|everybody|the people i love|my (?:\w+ )?(?:family|kids|children|parents)|them all|all of them)"
_THEY = r"(?:world|everyone|everybody|they|they'd|they'll|family|kids|children|boys|girls|people|parents|wife|husband)"
_DEAR = (
    r"(?:him|her|them|you|my (?:late |little |baby )?(?:wife|husband|mum|mom|mother|dad|father|son|daughter|brother"
    r"|sister|baby|twin|boy|girl|partner|grandma|grandpa|gran|nan|best friend))"
)
_WANTS = r"(?:want\w*|wanna|wish\w*|hop(?:e|ing)|pray\w*|ready|long\w*|rather|like|need|could|let me|intend\w*|plan\w*)"
_NOT = r"(?:n't|not|never|no longer|dont|cant|wont|cannot|nobody|no one|doubt)"
_NO_MORE = r"(?:any ?more|any longer|much longer|for long)"
_NOT_A_JOB = r"(?! (?:at|in|with|here|on) (?:this|the|my|work|our|that))"
_SOON_DEAD = r"(?:christmas|new year|graduation|(?:my|his|her|the) \w+|next \w+|spring|summer|\d+|thirty|forty|twenty)"
_KEPSAKE = (
    r"(?:things|stuff|belongings|possessions|records|collection|jewell?ery|guitar|watch|ring|books|games|console|dog"
    r"|cat|pets?|savings|tools|camera|favou?rite \w+|treasured \w+|precious \w+|valuables|everything)"
)

SIGNS = {
    "burden": [
        r"burden (?:to|on|for) (?:everyone|everybody|all of|the people|those)\b",
        r"burden[^.!?]{0,50}(?:\bgone\b|without me|better off|reliev|relief|free of|disappear|not be here|kindest)",
        r"(?:stop|tired of|sick of|done|hate) being (?:such )?(?:a |their |everyone's )burden",
        r"be a burden[^.!?]{0,24}(?:any ?more|any longer|much longer)(?! (?:at|on the team))",
    ],
    "weight ": [r"weight (?:around|on|off|from) (?:everyone|everybody|their|my family)\b"],
    "dragging": [rf"dragging {_ALL} down"],
    "waste of": [r"(?:i'm|i am|im|like|being|just|such) an? (?:\w+ )?waste of (?:space|oxygen|air|skin|life|breath)"],
    "without me": [
        rf"\b{_THEY}\b[^.!?]{{0,36}}(?:better|happier|easier|lighter|simpler|calmer|safer|freer|richer|fine|okay|the"
        r" same|turning|turn|reliev\w+|cope|manage|breathe|less \w+|more \w+)(?! time)[^.!?]{0,12} without me"
        r"(?! (?:at|on|there|for (?:a|the|two|one)|while|knowing|last|this|at the))",
        r"(?:world|lives|place|picture|everything) without me\b(?! at)",
        r"without me (?:in (?:it|the world|their lives|this world|the way)|dragging|around to|to (?:worry|care|pay))",
    ],
    "free of me": [r"\bfree of me\b"],
    "rid of me": [rf"{_THEY}\b[^.!?]{{0,24}} rid of me"],
    "put up with me": [rf"put up with me[^.!?]{{0,10}}{_NO_MORE}"],
    "deal with me": [rf"deal with me[^.!?]{{0,10}}{_NO_MORE}"],
    "worry about me": [rf"(?:won't|wont|not)[^.!?]{{0,14}} worry about me {_NO_MORE}"],
    "who isn't": [r"deserves? (?:\w+ ){1,3}who isn't (?:me|so broken)"],
    "sad for a": [rf"{_THEY}(?:'d| would| will|'ll)? (?:only |all |just )?(?:be )?sad for a"],
    "get over me": [r"get over me (?:eventually|in time|soon|quick\w*|fast\w*|if|being|dying)"],
    "losing me": [r"(?:get over|survive|cope with|recover from) losing me"],
    "worth more": [r"worth more (?:dead|gone|to (?:them|my \w+|everyone) (?:dead|gone))"],
    **{
        paid: [
            rf"(?:check\w*|read|looked|made sure|wonder\w*)[^.!?]{{0,40}}{paid}[^.!?]{{0,20}}(?:cover|pay)",
            rf"{paid}[^.!?]{{0,12}}(?:pay|pays|money|payout)[^.!?]{{0,50}}(?:free|debts?|gone|i died|after i|my death)",
        ]
        for paid in ("insurance", "policy")
    },
    "happened to me": [r"(?:better|sorted|set|paid|free|relieved|notice|care|cry|miss)[^.!?]{0,24} happened to me"],
    **{
        letter: [
            rf"{letter}s?\b[^.!?]{{0,50}}(?:in case i|just in case|for when i|when i'm (?:gone|not)|after"
            r" i'm|(?:find|open|read)"
            r" (?:it|them) (?:after|when|once|afterwards))",
            rf"(?:written|wrote|writing|hidden|hid|sealed|finished) [^.!?]{{0,12}}{letter}s? (?:for|to)"
            r" (?:each of|everyone"
            r"|all my|my (?:kids|children|parents|family|sons?|daughters?))(?! teacher)",
        ]
        for letter in ("letter", "envelope")
    },
    **{
        gone: [
            rf"(?:when|after|once|if|until|because|by the time|for) {gone}\b(?! (?:on|to|for|at|from|over"
            r"|back|all day|a"
            r"|that|this|two|mad|crazy|quiet|blank|out|off|into|too|so|with|through|away|during))"
        ]
        for gone in ("i'm gone", "i am gone", "im gone", "i'm finally gone", "i'm not here any")
    },
    "me gone": [r"(?:with|wants?|wish(?:es)?|better with|prefer) me gone\b"],
    "gone soon": [r"i(?:'ll| will) be gone soon(?! (?:to|on|for))"],
    "of the picture": [
        r"(?:better|happier|easier|relieved|once|if|take|taking)[^.!?]{0,14} (?:i'm|i am|me|myself|i was"
        r"|he's|she's) out"
        r" of the picture"
    ],
    **{
        f"{read} this": [
            rf"(?:by the time|when|if|whoever) (?:you |anyone |someone |is )?(?:are )?{read} this, (?:i|tell|please)"
        ]
        for read in ("read", "reads", "find", "finds", "reading")
    },
    "tell my": [
        r"(?:please|someone|^|[.;:!,]) tell my (?:\w+ ){1,2}(?:that )?(?:i (?:love|loved|tried|am sorry)|i'm sorry|it"
        r" (?:wasn't|isn't)|not to|goodbye)"
    ],
    "for everything": [
        r"thank(?:s|ed)?(?: you| me| us| them)* for everything[^.!?]{0,60}(?:phone|take care of|goodbye"
        r"|sorry|unreachable"
        r"|answer|reach|always love)"
    ],
    "goodbye": [
        r"goodbye (?:videos?|messages?|texts?|voice|emails?|posts?|tour|to (?:life|this (?:world|life)|the world))",
        r"(?:say\w*|said) (?:my |her |his )?goodbyes?[^.!?]{0,30} without (?:them|him|her|anyone|anybody) (?:know|notic"
        r"|reali)",
        r"(?:video|letter|note|message|text|post|voicemail)s? (?:to say|saying|that says?|that said) goodbye",
        r"(?:last|final|secret|silent) goodbyes?\b",
    ],
    "final": [
        r"my final (?:words|wishes|letter|note|message|goodbye|decision is|act|day|night)\b(?! (?:at|of|to the))"
    ],
    "my last": [r"my last (?:christmas|birthday|words|wishes|night on|day on|day alive|summer alive)\b(?! (?:was|at))"],
    "last time": [r"(?:see|hug|hold|kiss|hear)[^.!?]{0,24} one last time (?:and then|before i (?:go|do|end|die))"],
    "my peace": [r"made my peace(?: with (?:it|dying|death|god|going|leaving|everything)|[.,;!]|$| and)"],
    "be at peace": [rf"(?:finally|i'd|i'll|{_WANTS} to) (?:\w+ )?be at peace(?! with)"],
    **{
        given: [
            rf"{given} (?:all |most |half )?(?:of )?(?:my|his|her|their|the) (?:old )?{_KEPSAKE}"
            r"(?! (?:to charity|to goodwill|(?:none|that) (?:fit|don't)|because|before (?:the|we|our|my) mov))"
        ]
        for given in ("gave away", "giving away", "given away", "give away")
    },
    "needing": [r"(?:won't|wouldn't|not|wont) (?:\w+ )?be needing (?:it|them|any|this|that|my)(?! for (?:work|the))"],
    "where i'm going": [r"(?:need|use|matter)[^.!?]{0,20} where i'm going"],
    "home for my": [
        r"(?:found|finding|find) (?:a |new )+home for my (?:dog|cat|pets?)[^.!?]{0,30}(?:when|before|after|so)"
    ],
    "rehom": [r"rehomed my"],
    "passwords": [
        r"(?:wrote|written|list\w*|left|writing)[^.!?]{0,16}passwords[^.!?]{0,30}(?:so|for when|find|after|won't)"
    ],
    **{
        f"to {act}": [
            r"(?:no|single|any|a|left|without|one|enough) (?:\w+ )?(?:reasons?|strength|will)(?: left)?"
            rf" to {act}\b(?! to\b)" + _NOT_A_JOB
        ]
        for act in ("hang on", "hold on", "stick around", "stay around", "carry on", "keep breathing", "wake up")
    },
    **{
        hold: [rf"{_NOT} (?:\w+ ){{0,3}}{hold} (?:like this )?(?:any ?more|any longer|much longer)" + _NOT_A_JOB]
        for hold in ("hang on", "hold on", "carry on", "keep going", "go on", "keep fighting", "keep breathing")
    },
    "done fighting": [r"done fighting[.,;!]"],
    **{
        f"{do} life": [rf"(?:{_NOT}|done|tired of|sick of) (?:\w+ )?(?:\w+ )?{do} life(?: any|[.,;!]|$| tbh)"]
        for do in ("do", "doing", "handle")
    },
    "point of": [
        r"point of (?:waking up|going on|carrying on|being (?:here|alive|around)|existing|breathing)(?! (?:in|at))"
    ],
    "point in": [
        r"point in (?:waking up|going on|carrying on|being (?:alive|around)|existing|fighting any)(?! (?:in|at))"
    ],
    "still be": [
        rf"(?:{_NOT}|promise|whether|hope|if|know)[^.!?]{{0,30}} still be (?:alive|breathing|here|around)\b"
        r"(?! (?:for (?:dinner|lunch)|at|in|working|with))",
        r"still be breathing",
    ],
    "be alive": [
        rf"(?<!dad )(?<!mum )(?<!mom ){_NOT} (?:\w+ ){{0,2}}be alive (?:for|by|to see|next|at|when|much|in|tomorrow)"
    ],
    "live to see": [rf"{_NOT} (?:\w+ )?(?:\w+ )?live to see {_SOON_DEAD}"],
    "see another": [
        rf"(?:{_NOT}|hope)[^.!?]{{0,20}} see another (?:day|morning|sunrise|birthday|christmas|year|spring)"
    ],
    "among the living": [r"among the living"],
    **{
        me_in_it: [
            rf"(?:{_NOT}|no)[^.!?]{{0,40}}(?:future|version|tomorrow|next year|world|life)[^.!?]{{0,30}} {me_in_it}"
        ]
        for me_in_it in ("me in it", "has me in", "i'm in it", "i'm alive", "includes me")
    },
    **{
        f"{after} {when}": [
            rf"(?:plans?|planning|see|seeing|exist|anything|nothing|living|think)[^.!?]{{0,24}} {after} {when}"
        ]
        for after in ("past", "beyond")
        for when in ("friday", "sunday", "the weekend", "this week", "this month", "this year", "christmas", "tomorrow")
    },
    "my time": [r"my time (?:is (?:nearly |almost |about )?(?:up|over|done)|has come|on (?:this )?earth)"],
    **{
        f"{who} do it": [
            rf"(?:how|when|where|when and where|how and when) (?:exactly )?{who} do it\b(?! (?:at|differently|if))"
        ]
        for who in ("i'd", "i'll", "i would", "i will")
    },
    "made up my mind": [r"made up my mind[^.!?]{0,30}(?:to die|goodbye|tonight|end it|won't be here)"],
    **{
        f"{halt} for good": [rf"make (?:it|it all|everything|the pain|this)(?: all)? {halt} for good"]
        for halt in ("stop", "end")
    },
    "make it all": [r"make it all (?:stop|end|go away)"],
    "make the pain": [r"make the pain (?:stop|end)"],
    **{
        f"{rid} myself": [
            rf"{rid} myself (?:from|off)\b(?! (?:of|social|the (?:group|chat|list|meeting|team)|that))"
            rf"|{rid} myself[.,;!]"
        ]
        for rid in ("remove", "removing", "delete", "deleting", "erase", "erasing")
    },
    "rid of myself": [r"rid of myself"],
    "away with myself": [r"away with myself"],
    "out of my misery": [r"(?:myself|just) out of my misery"],
    "way out": [
        r"(?:only|easiest|quickest|other|permanent) way out (?:is|i (?:can )?see|left|for me|of (?:this"
        r"|the) (?:pain|life|hell"
        r"|misery))(?! (?:to )?(?:quit|mov|resign|chang|divorc))"
    ],
    **{
        grave: [rf"(?:rather|{_WANTS}|belong|soon|should|better|grandpa|grandma)[^.!?]{{0,24}} {grave}\b"]
        for grave in ("six feet under", "under the ground", "in the ground", "in a coffin", "in my grave")
    },
    **{
        f"{go} ": [
            rf"(?:{_WANTS}|i'll|going|about) (?:to |of )?(?:just |finally )?{go} {_DEAR}(?=[.,;!?]|$| soon"
            r"| in (?:heaven|death|the"
            r" (?:grave|next))| up there| where | on the other| tonight| wherever| before| to the grave)"
        ]
        for go in ("join", "joining", "follow")
    },
    **{
        place: [rf"(?:with|see|hold|join|meet)[^.!?]{{0,24}}[, ]{place}"]
        for place in (
            "up there",
            "on the other side",
            "wherever she is",
            "wherever he is",
            "where she is now",
            "where he is now",
        )
    },
    **{
        f"{rest} and": [
            rf"(?:{_WANTS}|go(?:ing)?)[^.!?]{{0,20}}{rest} and (?:just )?(?:never|not|have that|stay|be"
            r" done|that's it|die)"
        ]
        for rest in ("to sleep", "asleep", "to bed")
    },
    **{
        f"{rest} forever": [rf"(?:want|wish|let me|just)[^.!?]{{0,20}}{rest} forever"]
        for rest in ("sleep", "asleep", "rest")
    },
    "in my sleep": [
        r"(?<!afraid to )(?<!scared to )(?:die|go|pass|passing|slip\w*|stop breathing|drift|stopped"
        r"|stops)[^.!?]{0,12} in my sleep"
    ],
    "my eyes": [
        r"(?:never|not|n't) (?:\w+ )?(?:\w+ )?open my eyes (?:again|tomorrow|any)|close my eyes (?:for good|forever)"
    ],
    "disappointed": [
        r"disappointed[^.!?]{0,24} (?:wake|woke|waking)(?: up)?(?! (?:late|early|to (?:rain|find|an?)))"
        r"|wake up disappointed"
    ],
    "cancer": [
        r"(?:hop(?:e|ing)|wish(?:ing)?) (?:i (?:had|get|got)|for|they find|it turns out)(?: to be)? (?:\w+ )?cancer"
    ],
    "heart attack": [r"(?:hop(?:e|ing)|wish(?:ing)?|pray\w*)[^.!?]{0,20} (?:have|had|get|for) a (?:\w+ )?heart attack"],
    "wouldn't care": [r"wouldn't care if [^.!?]{0,30}(?:hit|died|killed|crash|woke|didn't come|it ended|the end)"],
    "deserve to": [r"(?:n't|not|dont|never) (?:\w+ )?deserve to (?:live|be alive|be here|breathe|exist|wake)"],
    "meant": [r"(?:n't|not|never) meant (?:for this world|to be (?:alive|here any|on this))"],
    "should've died": [r"should've died"],
    "should have died": [r"i should have died"],
    "been me": [r"(?:should(?:'ve| have)|wish it(?: had|'d)) (?:\w+ )?been me\b(?! (?:who (?:got|won)|up there on))"],
    "waiting to die": [r"waiting to die"],
    "existing": [r"(?:tired|done|sick|exhausted|weary) (?:of|by|with) existing"],
    "ctb": [r"\bctb\b"],
    "sewerslide": [r"sewerslide"],
    "sewer slide": [r"sewer slide"],
    "unsubscribe from": [r"unsubscribe from life"],
    "log off": [r"log off (?:forever|permanently|for good|life|from life)"],
}

LOOK_ALIKES = {
    "without me": [r"(?:team|office|colleagues|company|department|band|club)[^.!?]{0,40} without me"],
    "in my sleep": [r"(?:afraid|scared|terrified|fear|worr\w+|panic\w*|anxious)[^.!?]{0,40} in my sleep"],
    "goodbye": [
        r"goodbye (?:letters?|notes?|texts?|emails?|messages?|posts?) to (?:the team|my (?:team|job"
        r"|colleagues|addiction)|alcohol)"
    ],
}
