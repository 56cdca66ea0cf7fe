"""English signs of self-harm and of means to die, and what only looks like them.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_SELF = r"(?:my|her|him|your|our|them)sel(?:f|ves)"
_PILLS = (
    r"(?:pills?|tablets?|capsules?|meds|medications?|painkillers|tylenol|paracetamol|ibuprofen|aspirin|xanax|ambien"
    r"|valium|antidepressants|benadryl|insulin|sleeping \w+)"
)
_BODY = r"(?:arms?|wrists?|thighs?|legs?|skin|forearms?|stomach|hips?|body)"
_MIGHT = r"(?:to|might|will|would|could|may|i'll|just|been|of|about|keeps?|start\w*|by|is|was|from)"
_BY_CHANCE = r"(?! (?:at|playing|running|while|falling|skiing))"
_CUT_BY_CHANCE = r"(?! (?:off|some|a\b|shav|while|on (?:a|the)|loose|out|short|from|when|slack|open|cooking))"

SIGNS = {
    "self-": [
        r"(?<!no )(?<!never )(?<!not )self-harm(?:ing|ed|s)?\b(?! (?:prevention|training|awareness|policy))",
        r"self-injur\w+",
    ],
    "self h": [r"(?<!no )(?<!never )(?<!not )self harm(?:ing|ed|s)?\b(?! (?:prevention|training|awareness|policy))"],
    "selfharm": [r"selfharm"],
    "hurt": [rf"{_MIGHT} hurt(?:ing)? {_SELF}\b{_BY_CHANCE}"],
    "harm": [rf"{_MIGHT} harm(?:ing)? {_SELF}\b{_BY_CHANCE}"],
    "burn": [
        rf"burn(?:s|ed|ing)? {_SELF}\b(?! (?:out|on (?:a|the)|while|cooking|making|with (?:coffee|hot|tea)|when))",
        r"burn\w*[^.!?]{0,30} with a lighter",
    ],
    "hang": [rf"hang(?:ing)? {_SELF}\b"],
    "shoot": [rf"shoot(?:ing)? {_SELF}\b(?! in the foot)"],
    **{
        verb: [rf"{verb}(?:e|es|s|ed|d|ing)? {_SELF}\b(?! (?:in|for|by)\b)"]
        for verb in ("drown", "stab", "poison", "starv", "suffocat", "electrocut")
    },
    "throw": [rf"throw(?:ing)? {_SELF} (?:off|in front|under|from|out|into the)"],
    "keep": [rf"keep(?:ing)? {_SELF} safe\b"],
    "safe with": [r"(?:n't|not|never) (?:\w+ )?(?:feel|felt|be|been|feeling) safe with myself"],
    "something to": [rf"(?:i'll|i will|i might|i could|i'd) do something to {_SELF}"],
    "do to": [
        rf"(?:afraid|scared|terrified|worried|frightened|know) (?:of |about )?what (?:i|he|she|they)(?:'ll|'d)?"
        rf" (?:\w+ )?do to {_SELF}"
    ],
    "trust myself": [
        r"n't trust myself (?:tonight|alone|right now|around (?:knives|pills)|with (?:the|my) (?:pills|car|knife))",
    ],
    "throat": [
        r"(?:hands?|arm|belt|cord|rope|knife|blade) (?:around|on|to|against) (?:my|her|his|our) throat",
    ],
    "neck": [r"(?:hands?|arm|belt|cord|rope|knife|blade|scarf) (?:around|on|to|against) (?:my|her|his|our) neck"],
    "wrists": [r"(?:pictures?|photos?|blood|scars?|cuts?|marks?)[^.!?]{0,14} wrists"],
    "bleed out": [r"bleed out"],
    "bleeding out": [r"bleeding out"],
    **{
        poison: [rf"(?:drank|drink(?:ing)?|swallow\w*|took|taken|bought)[^.!?]{{0,14}} {poison}"]
        for poison in ("bleach", "antifreeze", "rat poison", "weed killer", "detergent", "drain cleaner", "pesticide")
    },
    "medicine cabinet": [r"(?:everything|all|whole)[^.!?]{0,15} medicine cabinet"],
    **{
        edge: [
            rf"(?:keeps?|kept|hid|hid(?:e|es|den|ing)|carry|carries|bought|found|use[ds]?|with) (?:a |an |the |my "
            rf"|his |her |some )?{edge}s?"
            r"\b(?! (?:to shave|for shaving|blade to shave))"
        ]
        for edge in ("razor", "razor blade", "box cutter", "scalpel")
    },
    "cigarette burn": [r"cigarette burns?"],
    "with cigarettes": [r"burn\w*[^.!?]{0,20} with cigarettes"],
    "my arms": [r"(?:scratch|burn|pick|claw|cut|carve)\w*(?: and \w+)? my arms\b(?! (?:on|while|cooking|in the sun))"],
    "insulin": [r"(?:stopp?\w*|refus\w+|skipp\w+)(?: taking)? (?:my|her|his|the) insulin"],
    "railing": [r"(?:climb\w*|jump\w*|over|past|other side of)(?: over)? the railing"],
    "off the": [
        r"(?:go(?:ing)?|went|steer\w*|swerv\w*|roll\w*|fall\w*|step\w*|walk\w*|run) off the (?:bridge|overpass"
        r"|cliff|roof|balcony|edge)",
    ],
    "swerv": [r"swerv(?:e|ing) (?:into|off|in front)"],
    "train tracks": [r"(?:stand|stood|lie|lay|lying|sit|sat|walk\w*|onto|on)[^.!?]{0,12} train tracks"],
    "punish": [r"punish(?:ing)? myself (?:by|with) (?:cutting|burning|hitting|hurting|pain)"],
    "head against": [r"(?:hit|hitting|bang\w*|slam\w*|smash\w*|knock\w*) (?:my|his|her|their) head against"],
    **{
        f"{think} {of}": [
            rf"{think} {of} (?:the |all the |my |his |those )?(?:pills|meds|knives|knife|rope|bridge|gun"
            r"|razors?|blades?)\b(?! as)"
        ]
        for think in ("think", "thinking")
        for of in ("of", "about")
    },
    "how many": [rf"how many (?:of (?:my|the|these) )?{_PILLS} (?:it|i|would|does|do)"],
    "loaded": [r"loaded (?:gun|rifle|pistol|handgun|shotgun|revolver|weapon)"],
    "hit myself": [r"\bhit myself (?:until|so hard|in the (?:head|face)|when|with|with a)"],
    "hitting myself": [r"hitting myself"],
    "sh-ing": [r"\bsh-ing\b"],
    "cut": [
        rf"\bcut(?:s|ting)? {_SELF}\b{_CUT_BY_CHANCE}",
        rf"\bcut(?:s|ting)? (?:\w+ )?(?:my|her|his|their) (?:own )?{_BODY}\b",
        r"\b(?:been|started|back to|stop|urge to) cut(?:ting)?(?: again| lately|(?=[.,;!?]|$)| at night| in secret"
        r"| since)",
    ],
    "slit": [r"slit(?:ting)? (?:my|her|his|your|our) (?:own )?(?:wrists?|throats?)"],
    "bleed": [rf"(?:{_BODY}|{_SELF})[^.!?]{{0,20}} bleeds?\b"],
    "carv": [rf"carv(?:e|es|ed|ing) (?:\w+ ){{0,3}}(?:in|into|on) (?:my|her|his|their) {_BODY}"],
    "blade": [
        r"blades? (?:in my hand|to my|against my|on my|under my)",
        r"(?:hid(?:e|ing|den)?|found)[^.!?]{0,20}blades",
    ],
    "rope": [r"(?:bought|got|found|tied|have|hid) (?:a|the|some|that) rope\b"],
    "noose": [r"\bnoose\b"],
    "brains out": [r"blow(?:ing)? (?:my|his|her) brains out"],
    "overdos": [
        r"(?:\bi|i've|she|he|they|to|of|and|just|almost|nearly|by|about) (?:\w+ )?overdos(?:e|ed|ing)\b"
        r"(?! on (?:reality|tv|coffee|caffeine|sugar|news|chocolate|shows))",
        r"(?:took|take|taken|my|another|had|survived?) (?:an )?(?:\w+ )?overdose\b",
    ],
    "od'd": [r"\bod'd\b"],
    "took": [
        rf"took (?:about |around |over |like |almost |nearly |maybe )*(?:all|too many|a (?:whole |full )?(?:bottle"
        rf"|handful|bunch|pack|box)"
        rf"|the (?:whole|entire)|\d{{2,}}|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty)(?: \w+){{0,3}} {_PILLS}"
    ],
    "bottle of": [
        rf"(?:tak(?:e|en|ing)|swallow\w*|down(?:ed|ing)|ate|keep|kept|hid(?:e|den)?|stash\w*|have|got"
        rf"|held|hold\w*)[^.!?]{{0,12}} bottle of {_PILLS}",
    ],
    "swallow": [rf"swallow(?:ed|ing)?[^.!?]{{0,20}} {_PILLS}"],
    "stockpil": [rf"stockpil\w+[^.!?]{{0,25}} {_PILLS}"],
    "hoard": [rf"hoard\w+[^.!?]{{0,25}} {_PILLS}"],
    "saving": [rf"saving (?:up )?(?:\w+ ){{0,2}}{_PILLS}"],
    "all my": [rf"(?:line|lined|lining|count|take|taking|counting) (?:\w+ )?all my (?:\w+ )?{_PILLS}"],
    "on purpose": [r"(?:mixed|crash\w*|took|burn\w*|cut|overdos\w*|stopp?\w*)[^.!?]{0,60}on purpose"],
    "jump": [
        r"jump(?:ing|ed)? (?:off|from|in front of|under|over|out)(?: of)? (?:(?:a|the|my|this|that|some|our)"
        r" )?(?:\w+ )?"
        r"(?:bridge|roof|building|balcony|window|train|ledge|cliff|bus|traffic|overpass|railing|platform)",
        r"(?:tell(?:s|ing)?|told|urge|want(?:ed)?|tempted|say(?:s|ing)?)(?: me| him| her)? to (?:just"
        r" )?jump(?=[.,;!?]|$| off)",
    ],
    "in front of": [
        r"(?:step\w*|walk\w*|throw\w*|run\w*|fall\w*) (?:out )?in front of (?:a|the|some|that) (?:train|bus|truck"
        r"|car|traffic)",
    ],
    "driv": [
        r"driv(?:e|ing) (?:my car |the car |off |straight )*(?:into|off) (?:a|the|that|some|oncoming) ?"
        r"(?:tree|wall|bridge|cliff|river|lake|truck|traffic|pole|barrier|road)"
    ],
    "bridge": [
        r"(?:stood|stand(?:ing)?|sat|climbed|was) (?:up )?(?:on|onto|at) (?:the|a|that) (?:edge of )?(?:\w+ )?bridge",
    ],
    "roof": [
        r"(?:stood|stand(?:ing)?|climbed) (?:up )?(?:on|onto)(?: the edge of)? (?:the|a|our) roof(?:top)?\b(?!"
        r" (?:terrace|bar|garden))",
    ],
    "mind if": [
        r"(?:wouldn't|would not|don't|not) (?:really |even )?mind if [^.!?]{0,30}(?:hit|ran|killed|died|crash\w*)",
    ],
    "voice": [
        r"voices?[^.!?]{0,20} (?:tell\w*|command\w*|say\w*|order\w*|want\w*)"
        r" (?:me|him|her) to",
    ],
    "stopped eating": [r"stopped eating and drinking"],
    "what i might do": [r"(?:afraid|scared|terrified) of what i might do(?! (?:with my life|next))"],
}

LOOK_ALIKES = {
    "hurt": [
        r"(?:no|not having|n't have|never had|without|n't had)(?: any| real)? (?:thoughts?|intention|urge|plans?"
        r"|desire) (?:of|to) hurt(?:ing)? myself",
        r"(?:would|will|could|i'd) never (?:\w+ )?hurt myself",
        r"(?:asked|wanted to know)[^.!?]{0,50}hurting myself[^.!?]{0,16}(?:said no|told (?:her|him|them) no|no,)",
    ],
    "harm": [
        r"(?:no|not having|n't have|never had|without|n't had)(?: any| real)? (?:thoughts?|intention|urge|plans?"
        r"|desire) (?:of|to) harm(?:ing)? myself",
        r"(?:would|will|could|i'd) never (?:\w+ )?harm myself",
        r"(?:asked|wanted to know)[^.!?]{0,50}harming myself[^.!?]{0,16}(?:said no|told (?:her|him|them) no|no,)",
    ],
    "bleed": [r"(?:nails?|cuticles?|gums?|lips?)[^.!?]{0,20} bleed"],
    "cut": [r"(?:kitchen|chef|cook\w*|carpent\w*|workshop|chopping)[^.!?]{0,50} cut myself(?! on purpose)"],
    "my arms": [r"(?:cat|dog|kitten|roses|bush|thorns?|brambles)[^.!?]{0,30} my arms"],
    "jump": [
        r"(?:spreadsheets?|meetings?|homework|commute|printer|reports?|emails?|deadlines?|accounting|karaoke)"
        r"[^.!?]{0,30} jump out",
    ],
}
