"""English signs of violence at home, told by its traces, and of control by fear.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_HE = (
    r"(?:he|she|they|husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc[eé]e?|ex|dad|daddy|father|mom|mum|mother"
    r"|step\w+|brother|uncle|aunt|cousin|grandfather|grandpa|roommate|flatmate|coach|boss|teacher|pimp)"
)
_ME = (
    r"(?:me|us|her|him|them|my (?:little |baby |older )?(?:mom|mum|mother|sister|brother|kids?|son"
    r"|daughter|children|baby|dog)|the (?:kids|baby|children))"
)
_BODY = (
    r"(?:head|face|arm|hand|fingers?|ribs?|nose|jaw|wrist|lip|skull|hair|neck|throat|eye|teeth|tooth"
    r"|eardrum|collarbone)"
)
_WEAPON = (
    r"(?:knife|gun|pistol|bat|hammer|scissors|machete|axe|belt|hose|cord|cable|stick|wooden spoon"
    r"|hanger|broom|pan|bottle|wrench|crowbar|golf club|fists?)"
)
_FEARS = r"(?:afraid|scared|terrified|frightened|fear|petrified|worried)"
_LONG_AGO = r"(?![^.!?]{0,30}(?:when (?:i|we) (?:was|were)|years ago|growing up|as a child))"

SIGNS = {
    **{
        f"{slam} my": [rf"{_HE} (?:\w+ ){{0,3}}{slam} my {_BODY}{_LONG_AGO}"]
        for slam in (
            "slam slammed slams smashed broke cracked split twisted twists fractured burned burnt bent"
            " grabbed pulled pulls bashed banged crushed"
        ).split()
    },
    "throat": [
        r"(?:hands?|fingers|arm|foot) (?:a?round|on|at|over) (?:my|our|her) throat",
        r"by (?:the|my|her) throat",
    ],
    "at me": [
        r"(?:thr[eo]ws?|throwing|thrown|hurl\w*|fl[iu]ng\w*|chuck\w*|lobb\w*|swung|swings?|lung\w*|c[oa]mes?"
        rf"|charg\w+|point\w*)[^.!?]{{0,24}} at me\b[^.!?]{{0,16}}{_WEAPON}"
    ],
    "throws": [
        rf"{_HE} (?:\w+ )?throws (?:plates|things|dishes|chairs|a chair|bottles|glasses|furniture|objects"
        r"|stuff|cups|mugs|whatever)\b[^.!?]{0,14}(?:at|across|when|around)?"
    ],
    "came at": [rf"came at {_ME} with"],
    "come at": [rf"come at {_ME} with"],
    "comes at": [rf"comes at {_ME} with"],
    **{
        f"{whose} {weapon}": [
            r"(?:hits?|hitting|beats?|beating|whip\w*|attack\w*|chas\w+|threat\w*|str[iu][ck]\w*|lash\w*"
            r"|thrash\w*|smack\w*|tak\w+|took|use[ds]?)"
            rf"[^.!?]{{0,24}} {whose} {weapon}\b(?! (?:buckle|off)){_LONG_AGO}"
        ]
        for whose in ("with his", "with her", "with the", "with an", "his")
        for weapon in (
            "belt",
            "bat",
            "hammer",
            "cane",
            "stick",
            "fists",
            "hose",
            "shoe",
            "boots",
            "wooden spoon",
            "cable",
        )
    },
    "hits me with": [r"hits me with (?!(?:questions|ideas|facts|a joke))"],
    "the hammer": [r"(?:use|get|bring|with) the hammer"],
    "fist": [
        r"(?:use[sd]?|rais\w+|clench\w*|his|her) (?:his |her )?fists?\b[^.!?]{0,20}(?:me|us|at|tonight"
        r"|hole|wall|face|when)",
        r"(?:be|is|was|expect\w*|whether)[^.!?]{0,12} a fist\b",
    ],
    "hands on me": [r"(?:puts?|laid|lays|putting) (?:his |her )?hands on me\b(?! (?:in (?:prayer|massage)))"],
    "laid a hand": [r"(?<!never )laid a hand on (?:me|us|her|the kids)(?<!never laid a hand on me)"],
    **{
        f"{mark} ": [
            r"(?:hid(?:e|ing)|cover\w*|conceal\w*|explain\w*|ma?ke-?up|lied? about"
            rf"|photo\w*)[^.!?]{{0,20}} {mark} (?:with|on|from|he|she|under|at work|by|so)"
        ]
        for mark in ("bruises", "the bruise", "my bruises", "the marks", "black eye", "my black eye")
    },
    "black eye": [
        r"(?:i have|with|got|had|gave|given) (?:a|another|me a|this) black eye\b[^.!?]{0,40}(?:told"
        r"|said|he|she|husband|boyfriend|stairs|door|fell|again)"
    ],
    "blacked out": [
        r"(?:throat|neck|chok\w*|strangl\w*|squeez\w*|hit me|head)[^.!?]{0,40} blacked out",
        r"until i blacked out",
    ],
    "passed out": [r"(?:throat|neck|chok\w*|strangl\w*|squeez\w*|hit me|beat\w*)[^.!?]{0,40} passed out"],
    "told them i fell": [r"told them i fell"],
    "fell down": [r"(?:told|tell|said|say|lied)[^.!?]{0,30} (?:i|that i|she|he) fell down"],
    "walked into": [
        r"(?:told|tell|said|say|lied)[^.!?]{0,30} (?:i|that i) walked into (?:a|the) (?:door|cupboard|wall)"
    ],
    **{
        fear: [
            rf"{_FEARS}[^.!?]{{0,16}} {fear} (?:hurt|kill|hit|beat|come (?:after|back|for)|find (?:me|us)"
            r"|snap|burn|finish|shoot|stab|go too far|do (?:something|next|when|if|it|tonight|to (?:me|us"
            r"|the kids|her|my))|take it out)(?! (?:out|the (?:credit|bill)))"
        ]
        for fear in (
            "he'll",
            "she'll",
            "he will",
            "he might",
            "she will",
            "what he'll",
            "what he might",
            "what he will",
            "what he'd",
            "what he would",
            "what she'll",
            "what dad will",
        )
    },
    "what he started": [r"finish(?:es)? what he started"],
    "what she started": [r"finish(?:es)? what she started"],
    **{
        leave: [
            rf"{leave}[^.!?]{{0,40}}(?:\bkill|hunt|make sure|nobody (?:finds|will)|no one (?:finds|will)"
            r"|hurt|shoot|burn|find me|find us|track|slit|stab|regret|die|drive)"
            r"(?! (?:him if|my feelings|the relationship|his feelings))",
            r"(?:\bkill|hunt|slit|shoot|burn|stab|drive us|drive me|hang|hurt (?:himself|herself|me|us"
            rf"|the))[^.!?]{{0,40}} {leave}",
        ]
        for leave in (
            "if i leave",
            "if i ever",
            "if i try",
            "if i break up",
            "if i mention",
            "if i tell",
            "if i call",
            "if i go",
            "if i take the",
            "if i report",
            "if i left",
            "if i break",
        )
    },
    "i'll regret": [r"(?:leave|left|tell|talk|police)[^.!?]{0,30} i'll regret it"],
    "nobody find": [r"(?:make sure|where) nobody finds? (?:me|us|her|my body|the body)"],
    "find my body": [r"find my body"],
    "leave alive": [r"leave alive"],
    "out alive": [
        r"(?:get|got|make it|getting|come|made it) out alive\b(?! of (?:the|that|this) (?:meeting|exam|week|semester))"
    ],
    "off the road": [
        r"(?:drive|run|driving|running|ran|drove|threaten\w*)[^.!?]{0,16} (?:us|me|both|her|him|them|the"
        r" car)[^.!?]{0,6} off the road(?! by accident)"
    ],
    **{
        f"{next_} time": [
            rf"{next_} time[^.!?]{{0,10}} (?:he|she|it|i)(?:'ll| will|'d| would| won't|'s going to|"
            r" might)[^.!?]{0,20}(?:kill|hammer|knife|gun|dead|be worse|stop|hospital|worse|miss|finish)"
        ]
        for next_ in ("next",)
    },
    "do next time": [rf"{_FEARS}[^.!?]{{0,20}} do next time"],
    "on fire": [
        r"(?:set|light|lit|setting) (?:me|us|her|him|himself|myself|the (?:house|flat|bed|car))[^.!?]{0,12} on fire"
    ],
    "brakes": [r"cut (?:my|her|his|the) brakes"],
    **{
        drugged: [rf"{drugged} (?:me|my (?:food|tea|coffee|drink)|her|his)\b(?! (?:mind|relationship|against))"]
        for drugged in ("drugging", "drugged", "spiked", "drugs")
    },
    **{
        shut: [
            rf"{shut} (?:me|us|her|him|them|my \w+|the (?:kids|child)) (?:in(?:side|to)?|up|out(?:side)?"
            r" (?:in|all|at)|outside)\b[^.!?]{0,30}(?:bedroom|room|house|basement|closet|cellar"
            r"|bathroom|flat|days?|hours?|night|cold|garage|shed|home)"
        ]
        for shut in ("locked", "locks", "shut", "shuts", "chained", "chains", "locking", "tied", "ties")
    },
    **{
        telling: [
            rf"{telling}[^.!?]{{0,16}}(?:from|in|at|on) (?:the (?:library|bathroom|closet|toilet)|a"
            r" (?:friend|neighbou?r|colleague)'s|a work"
            r" computer|my (?:friend|neighbou?r)'s)(?! (?:while i poo|lol))"
        ]
        for telling in ("typing this", "writing this", "i'm writing from", "texting from")
    },
    "my phone": [
        rf"{_HE} (?:\w+ ){{0,4}}(?:took|takes|taken|smash\w*|hid|hides|broke|confiscat\w*) my"
        r" phone[^.!?]{0,40}(?:lock|room|door|days|leave|call|help|hit|beat|can't|keys|police)"
    ],
    "my own front door": [r"(?:pictures?|photos?|videos?)[^.!?]{0,16} my own front door"],
    **{
        place: [
            r"(?:ex|he|she|man|guy|stalker|someone)[^.!?]{0,30}(?:pictures?|photos?|turn(?:s|ed|ing) up"
            r"|show(?:s|ed|ing)? up|wait(?:s|ed|ing)|stand(?:s|ing)?|stood|park(?:s|ed|ing)?|sits?"
            r"|sitting|sat|drives? past|lurk\w*)[^.!?]{0,16}"
            rf" {place}[^.!?]{{0,36}}(?:again|every|soon|at night|night|police|uninvited|threat\w*"
            r"|scream\w*|knife|gun|won't|block|hours|order|watch\w*)"
        ]
        for place in (
            "my house",
            "my door",
            "outside my",
            "my work",
            "my window",
            "my flat",
            "my front door",
            "my apartment",
        )
    },
    "flinch": [
        r"flinch[^.!?]{0,30}(?:his keys|he (?:comes|raises|moves|walks|gets)|she (?:comes|raises)|keys"
        r"|footsteps|fist|whether)"
    ],
    "hide from": [
        r"(?:nowhere|place|where|need|have) (?:\w+ )?to hide from (?:him|her|my (?:husband|dad|father"
        r"|stepdad|mum|mom|boyfriend|wife|ex))"
    ],
    "hiding": [
        r"hiding (?:in|under|behind|with|from) [^.!?]{0,30}(?:he|him|dad|husband|stepdad|drunk|screaming"
        r"|smash\w*|bang\w*|knife|gun|until)\b(?! (?:phone|news))"
    ],
    "already drinking": [rf"(?:{_FEARS}|nowhere|hide|tonight)[^.!?]{{0,40}}already drinking"],
    **{
        room: [
            rf"{_HE}[^.!?]{{0,8}} (?:comes?|came|coming|sneaks?|gets?|climbs?|crawls?|got|slips?|keeps"
            rf" coming|walks?)[^.!?]{{0,8}} {room}\b"
            r"[^.!?]{0,24}(?:night|asleep|sleep|touch|drunk|dark|undress|naked|don't know|when|door"
            r"|shower)(?! (?:vacuum|cough|snor|clean))"
        ]
        for room in (
            "into my room",
            "into my bed",
            "in my bed",
            "in my room",
            "to my room",
            "to my bed",
            "into her room",
            "into her bed",
        )
    },
    "touches": [
        rf"(?:{_HE}|tutor|neighbou?r|grandad|priest|pastor|doctor)[^.!?]{{0,14}} touches (?:me|her|my"
        r" (?:sister|daughter|brother|son|chest|legs|private))\b(?! (?:on the (?:shoulder|hand|arm)|with"
        r"|deeply|emotionally))"
    ],
    "touching": [
        rf"(?:{_HE}|tutor|neighbou?r|grandad|priest|pastor)[^.!?]{{0,24}} touching (?:me|her|my (?:sister"
        r"|daughter|brother|son))\b(?! (?:on the shoulder|moment))"
    ],
    "touched": [
        r"touched (?:me|her|him|my (?:daughter|son|sister|brother))[^.!?]{0,20}(?:private|down there"
        r"|underwear|shower|secret|won't believe|in bed|under|where|on the (?:bus|train))"
    ],
    **{
        f"our {kept}": [rf"(?:says|said|told)[^.!?]{{0,20}}(?:it's|it is|this is|that's) our {kept}"]
        for kept in ("secret", "little secret")
    },
    "private parts": [r"private parts"],
    "won't believe me": [r"(?:touch\w*|room|bed|hurt\w*)[^.!?]{0,60} won't believe me"],
    **{
        no: [rf"(?:sex|bed|touch\w*|forc\w*|night)[^.!?]{{0,40}} {no}"]
        for no in (
            "even when i say no",
            "when i say no",
            "even though i said no",
            "while i'm asleep",
            "when i'm asleep",
            "while i was asleep",
            "while i sleep",
        )
    },
    "say no": [r"doesn't (?:stop|listen|care) (?:when|if) i say no[^.!?]{0,20}(?:in bed|to sex|bed|sex)"],
    "said no": [r"said no[^.!?]{0,20}(?:he|she) (?:didn't stop|kept going|did it anyway|wouldn't stop|forced|held me)"],
}

LOOK_ALIKES: dict[str, list[str]] = {}
