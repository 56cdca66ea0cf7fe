"""English signs of a means or place to die by: pills put by, edges, traffic, ropes, guns.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_SELF = r"(?:my|her|him|your|them)sel(?:f|ves)"
_PUT_BY = (
    r"(?:stash\w*|sav(?:e|ed|ing)|collect\w*|hoard\w*|stockpil\w*|squirrel\w*|put(?:ting)? (?:aside|away|by)|set aside"
    r"|enough|hid(?:den|ing|es?)?|pocket\w*|pil(?:e|ed|ing) up|buil[dt]\w* up)"
)
_AT_ONCE = r"(?:at once|in one go|all together|with (?:vodka|whisk(?:e)?y|wine|gin|alcohol|rum|a bottle)|on purpose)"
_VEHICLE = r"(?:train|bus|truck|lorry|car|van|tram|tube|metro|subway|taxi|traffic|semi)"
_EDGE = (
    r"(?:platform|roof(?:top)?|cliff|bridge|balcony|pier|quay|tracks|building|overpass|car park|viaduct|dam|parapet)"
)
_STANDS = (
    r"(?:stand(?:ing)?|stood|stands|sit(?:ting)?|sat|lean(?:t|ed|ing)?|lie|lying|lay|linger\w*|hang(?:ing)? around)"
)
_PASSIVE = r"(?:wish\w*|hop(?:e|es|ing)|pray\w*|mind|if|care|let|want\w*|imagin\w*|daydream\w*|fantasi\w*|wait\w*)"

SIGNS = {
    **{
        drug: [
            rf"{_PUT_BY}[^.!?]{{0,40}}\b{drug}\b(?! (?:for (?:the|a|our) (?:trip|journey|holiday)|from the"
            r" (?:kids|dog)))",
            rf"\b{drug}\b[^.!?]{{0,36}}(?:{_PUT_BY}|{_AT_ONCE}|in case i|when i'm ready|too many|to"
            r" end)(?! (?:money|to last))",
            r"(?:took|taken|take|taking|swallow\w*|down(?:ed|ing)|pop(?:ped)?|neck(?:ed)?)[^.!?]{0,14}"
            r" (?:all|every|the whole|a whole"
            rf"|the entire|a handful|the rest|too many|way more|far more|double)[^.!?]{{0,20}}\b{drug}\b"
            rf"(?! (?:that )?(?:the|my) doctor)",
            rf"(?:how many|how much|how few|lethal|fatal|amount)[^.!?]{{0,30}} {drug} (?:would|it|does|do"
            r"|i'd|will|could|can|to)\b"
            r"(?! (?:i|we) need for)",
            r"(?:star(?:e|ed|es|ing) at|look(?:ed|ing)? at|count(?:ed|ing|s)?|lin(?:e|ed|ing) up|laid out"
            r"|pour\w* out|hold\w*)"
            rf"[^.!?]{{0,16}}\b(?:my|the|his|her|those|of) (?:\w+ )?{drug}\b(?! for (?:my|the) (?:mum|mom"
            r"|dad|patients?))",
        ]
        for drug in (
            "pills",
            "tablets",
            "painkillers",
            "sleeping pills",
            "meds",
            "medication",
            "antidepressants",
            "paracetamol",
            "tylenol",
            "opioids",
            "morphine",
            "oxy",
            "benzos",
            "xanax",
        )
    },
    "enough of them": [rf"{_PUT_BY}[^.!?]{{0,20}}enough of them|enough of them (?:saved|put|set|stashed|hidden|to)"],
    **{
        taken: [
            rf"{taken} (?:(?:way|far|a lot|much) more|too (?:many|much)|everything|all of (?:it|them)|the"
            r" lot|them all|the whole"
            r"|a whole|a bunch of)[^.!?]{0,40}(?:than|on purpose|cabinet|bottle|packet|box|strip|feel"
            r"|funny|dizzy|ago|sleepy)"
            r"(?! (?:i|we) (?:expected|planned))"
        ]
        for taken in ("swallowed", "i took", "took way", "ive taken", "i've taken", "just took")
    },
    "cabinet": [r"(?:everything|emptied|all|whole|swallow\w*)[^.!?]{0,24} (?:bathroom|medicine|drugs?) cabinet"],
    "dose": [r"(?:took|take|taking|taken)[^.!?]{0,14} (?:triple|ten times)[^.!?]{0,6} dose"],
    "hit by": [
        rf"(?:i'd|i'll|i|me|{_PASSIVE})[^.!?]{{0,30}}\b(?:get|got|getting|be|being|was|were|i'm) hit by"
        rf" (?:a|an|the|some|that) {_VEHICLE}"
        r"(?! (?:while|when|as|on my bike|last|in 20|years))",
    ],
    "swerv": [
        r"(?:n't|not|never)[^.!?]{0,24} swerve\b",
        r"(?:i'd|urge to|want to|thought about) swerv\w+ (?:into|off|in front)",
    ],
    "out of the way": [
        r"(?:n't|not|never)[^.!?]{0,24} (?:move|step|jump|get|leap) out of the way\b(?! for)",
    ],
    **{
        front: [
            r"(?:step\w*|walk\w*|throw\w*|run\w*|fall\w*|jump\w*|leap\w*|lie|lying|roll\w*) (?:down"
            r" )?(?:myself |himself |herself )?"
            rf"(?:out |right |straight )*{front}\b[^.!?]{{0,20}}{_VEHICLE}",
        ]
        for front in ("in front of", "under a", "under the", "into the path", "onto the road in front")
    },
    "into traffic": [
        r"(?:walk|step|run|wander|drift|cross|jump|veer|stroll)\w* (?:out )?(?:straight |right )?into traffic"
    ],
    "oncoming": [
        r"(?:into|towards?|facing|front of)(?: the)? oncoming (?:traffic|cars?|trucks?|lorr\w+|lane"
        r"|trains?)(?! and (?:froze|panick))"
    ],
    **{
        water: [
            rf"(?:walk|wade|swim|step|go|going|jump|driv|slip|sink)\w* (?:\w+ )?{water}[^.!?]{{0,24}}"
            r"(?:not come|never come|keep (?:going|walking|swimming)|not stop|don't stop|until|and stay"
            r"|not swim|not get|disappear|go under)"
        ]
        for water in (
            "into the sea",
            "into the ocean",
            "into the river",
            "into the lake",
            "into the water",
            "out to sea",
        )
    },
    "drown": [
        r"(?:want|wanna|urge|wish|thought|think\w*|let|plan|easy|easier)[^.!?]{0,24} drown(?:ing)?(?:"
        rf" {_SELF})?\b(?! (?:out|in (?:work|debt|paper)))"
    ],
    "edge of the": [
        rf"(?:{_STANDS}|close to|near|clos(?:e|er)|step\w*|at|over|on|walk\w*)[^.!?]{{0,16}} edge of the"
        rf" (?:\w+ )?{_EDGE}"
        r"(?! (?:of my career|with my (?:family|kids)))",
    ],
    "to the edge": [
        rf"to the edge\b[^.!?]{{0,40}}(?:{_EDGE}|wonder\w* (?:how|if|what)|quick|jump|let go)",
        rf"{_EDGE}[^.!?]{{0,40}} to the edge",
    ],
    "ledge": [rf"{_STANDS}[^.!?]{{0,12}} (?:on|at|over|by) (?:the|a) (?:\w+ )?ledge(?! (?:watering|feeding))"],
    "parapet": [r"parapet"],
    "tracks": [
        rf"(?:{_STANDS}|walk\w*|step\w*|down|climb\w*)[^.!?]{{0,12}} (?:on|at|by|near|onto|to) the"
        r" (?:train |railway |subway |tube |rail )?tracks"
    ],
    **{
        height: [
            rf"{_STANDS}[^.!?]{{0,20}} (?:on|at|by|near|of|over) (?:the|a|that|this)[^.!?]{{0,14}}"
            rf" {height}[^.!?]{{0,30}}"
            r"(?:look\w*|star\w+|wonder\w*|think\w*|water|jump|drop|fall|hour|down|let go|work\w*|nerve|courage)",
            r"(?:look\w*|star(?:e|ed|ing)) (?:over|down|off)[^.!?]{0,14}"
            rf" {height}[^.!?]{{0,30}}(?:think\w*|wonder\w*|jump|easy|quick|nerve|fall)",
            r"(?:walk|go|drive|drove|went|walked|drawn|keep (?:going|driving|walking))[^.!?]{0,14}"
            r" (?:to|onto|by|over|of) (?:the|a|that)[^.!?]{0,14}"
            rf" {height}[^.!?]{{0,16}}(?:and|to) (?:just )?(?:look|star|wonder|think|stand|sit|see if)",
        ]
        for height in ("bridge", "overpass", "viaduct", "cliff", "balcony", "railing")
    },
    "top of the": [
        r"(?:i'm|i am|im|he's|she's|sitting|standing|stood|sat)[^.!?]{0,14} (?:at|on) (?:the )?top of the"
        r" (?:car park|multi\w*|parking|building|tower)\b(?! (?:restaurant|world))"
    ],
    "off the roof": [
        r"(?:yeet|throw|fling|jump|launch|walk|step|go|going)\w* (?:myself |himself |herself )?off the roof"
    ],
    "over the cliff": [r"over the cliff(?! (?:edge of|financially))"],
    "on the rails": [rf"{_STANDS} [^.!?]{{0,10}}on the rails"],
    **{
        crash: [
            r"(?:urge|thought\w*|think\w*|want\w*|imagin\w*|pictur\w*|fantasi\w*|impulse|tempted"
            rf"|consider\w*|daydream\w*)[^.!?]{{0,24}} {crash}"
            rf"(?:ing)?\b[^.!?]{{0,10}} (?:car|van|truck|bike|motorbike)\b(?! insurance)",
        ]
        for crash in ("crash", "wreck", "driving", "drive", "steer")
    },
    "the wheel": [
        r"(?:let(?:ting)? go of|turn(?:ing)?|jerk\w*|yank\w*|close my eyes (?:at|behind)|clos(?:e|ing) my"
        r" eyes)[^.!?]{0,10} the wheel\b(?! of (?:fortune|time))"
    ],
    "seat belt": [
        r"(?:without|unbuckl\w*|undo|undid|stopped wearing|took off)[^.!?]{0,12} seat"
        r" belt[^.!?]{0,30}(?:hoping|on purpose|in case|faster|speed)"
    ],
    "monoxide": [r"(?<!detector )carbon monoxide(?! (?:detector|alarm))"],
    "exhaust": [
        r"exhaust (?:pipe|hose|fumes)[^.!?]{0,30}(?:car|window|garage|sleep)",
        r"(?:hose|pipe)[^.!?]{0,14} exhaust\b(?!ed)",
    ],
    "in the garage": [r"(?:engine|car|motor) (?:on |running |left running )[^.!?]{0,12}in the garage"],
    "helium": [r"(?:bought|order\w*|tank|exit)[^.!?]{0,16} helium(?! balloons)"],
    "exit bag": [r"exit bag"],
    "rope": [
        r"(?:bought|order\w*|got|found|tied|have|hid|keep|kept|there's|there is|measur\w*"
        r"|knot\w*)[^.!?]{0,20} (?:length of |piece of )?"
        r"rope\b(?! (?:for (?:the|my|our) (?:boat|dog|swing|climb|camp|trip|tent)|course|ladder|swing|bridge))",
    ],
    **{
        f"{cord} ": [
            rf"{cord} (?:to|around|round|over|from|on) (?:the|a|my) (?:beam|rafter|neck|ceiling|hook|door"
            r"|tree|fan|banister|throat|branch)"
        ]
        for cord in ("rope", "cord", "belt", "scarf", "sheet", "sheets", "cable", "tie")
    },
    "hanged": [rf"hanged {_SELF}\b(?! (?:\w+ ){{0,3}}(?:years? ago|in (?:19|20)))"],
    "string": [rf"string {_SELF} up"],
    **{
        arm: [
            r"(?:sleep\w*|sit\w*|sat|lie|lying|hold\w*|held|took|tak(?:e|ing)|keep\w*|kept|loaded|load"
            r"|star\w+|look\w*|got|get|bought|clean\w*)"
            r"[^.!?]{0,14} (?:my|a|the|his|her|our|dad's|my \w+'s|grandpa's) (?:\w+"
            rf" )?{arm}\b[^.!?]{{0,30}}(?:nightstand|bed\b|bedside|lap|pillow|mouth|head|drawer"
            rf"|temple|out|at it|hand|loaded|tonight)(?! (?:hunting|for (?:sport|deer)))",
            rf"(?:my|the|a|his|her|dad's) {arm} (?:is|was|'s) (?:\w+ )?loaded\b",
        ]
        for arm in ("gun", "revolver", "pistol", "rifle", "shotgun", "handgun")
    },
    "a bullet": [
        r"(?:put|take|wish|want|swallow|need|eat)\w* a bullet\b(?! (?:journal|for (?:her|him|you|my|the)"
        r"|list|train|point))"
    ],
    "barrel": [r"barrel (?:in|to|against|under) my"],
}

LOOK_ALIKES: dict[str, list[str]] = {}
