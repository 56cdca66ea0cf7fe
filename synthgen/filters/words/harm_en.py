"""English signs of suicide and self-harm, and what only looks like them.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
Where in doubt a sign is kept: a needless hotline costs a sentence.
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
_NOT = r"(?:n't|not|no longer|dont|doesnt|never)"
_AND_NO_MORE = r"(?=[.,;!?]|$| (?:any|but|and|because|if|at all|now|longer))"

SIGNS = {
    "suicid": [
        r"suicidal",
        r"suicide (?:attempts?|plans?|notes?|letters?|threats?|pact|watch|method)",
        r"(?:close|driv(?:e|en|ing)(?: \w+)?|resort\w*|turn\w*|push\w*|led) to suicide",
        r"(?:commit|attempt(?:ed|ing)?|consider(?:ed|ing)?|contemplat\w+|tried|try|is|about|of|think|want|by) suicide",
        r"\bsuicide\b",
    ],
    "sucid": [r"sucid(?:e|al)"],
    "suicd": [r"suicd(?:e|al)"],
    "suiside": [r"suiside"],
    "kms": [r"(?<!\d)(?<!\d )\bkms\b(?! (?:away|from|per|an hour|a day))"],
    "kys": [r"\bkys\b"],
    "unaliv": [r"unaliv\w*"],
    "kill": [rf"kill(?:s|ing)? {_SELF}\b", r"(?:ways? to|how to) kill (?:my|a person)"],
    "killed ": [rf"(?:almost|nearly|could have|would have|should have) killed {_SELF}"],
    "it all": [r"\bend(?:ing)? it all\b", r"(?:want|wish) it all to (?:end|stop|be over)"],
    "life": [
        r"\b(?:end(?:ing)?|tak(?:e|es|ing)) (?:my|her|his|their|your)(?: own)? life\b"
        r"(?! (?:back|seriously|in\b|for granted|to the|into|up a|as a))",
        r"\b(?:took|taken|ended) my own life",
    ],
    "worth living": [r"(?:n't|not|no longer|never|nothing|hardly|isnt|if|whether) (?:\w+ ){0,4}worth living"],
    **{
        ground: [rf"{ground} (?:of|in|for|to) (?:\w+ )?(?:living\b|live\b|life any|being alive|stay(?:ing)? alive)"]
        for ground in ("point", "reason", "sense", "purpose")
    },
    "go on": [r"(?:n't|not|cannot|dont|cant) go on (?:living|with (?:my|this) life)"],
    "to live": [
        r"(?:nothing|no one|anything) (?:\w+ )?to live for",
        rf"{_NOT} (?:even |really )?(?:want|wish|care) to live{_AND_NO_MORE}",
    ],
    "wanna live": [rf"{_NOT} (?:even |really )?wanna live{_AND_NO_MORE}"],
    "keep living": [rf"{_NOT} (?:even |really )?(?:want to|wanna|wish to) keep living"],
    "rather not": [r"rather not (?:live|be alive)"],
    **{
        f"{worn}": [
            rf"{worn} (?:of|with) (?:living|life|this life|being alive)\b(?! (?:with|in|at|here|on|style|alone|under))"
        ]
        for worn in ("tired", "sick", "done", "fed up")
    },
    "alive": [r"(?:want|wanna|hate|hard|n't|not)(?: to)? (?:stay|be|being|staying) alive"],
    "be here": [
        r"(?:n't|not|never|dont) (?:even |really )?(?:want to|wanna|wish to) be here\b(?!,? (?:in|at|with|for|on"
        r"|to|right)\b)",
        r"(?:won't|wont|not going to|might not|may not) be here (?:much longer|any ?more|by|next|tomorrow|when)",
    ],
    "be around": [r"(?:won't|wont|not going to|n't want to|might not|may not) be around (?:much longer|any ?more|by)"],
    "wake": [
        r"(?:want|wanna|wish|hop(?:e|ing)|pray|like to|could|if i|rather|sleep|let me)[^.!?]{0,40}"
        r"(?:not|never|n't|dont|wont|without) (?:\w+ ){0,3}wak(?:e|ing) up"
        r"(?! (?:early|at|before|on time|in time|in the|late|for|to (?:my|the)|next to|so|with))",
        r"\bnever wake up\b",
    ],
    "exist": [
        r"(?:stop|stopped|quit|cease to|not|didn't|never|n't want to|tired of|hate|easier if i) exist(?:ing|ed)?\b",
    ],
    "been born": [r"(?:never|not|hadn't) been born"],
    "disappear": [
        r"(?:want(?:s|ed)? to|wanna|wish (?:i|he|she|they) (?:could|would)|could|if i|hope i|let me|i'd) (?:just "
        r"|simply )?"
        r"(?:disappear|vanish)(?:ed)?(?! (?:from|for a|for (?:two|some)|into|to|in|on|under|behind|during|at))"
    ],
    "dead": [
        r"(?:better off|rather be|be better|want(?:s|ed)? to be|wanna be|should be|i were|if i was) dead\b(?! inside)",
        r"(?:i wish(?:ed)? i|wish(?:es|ed)? (?:that )?(?:he|she|they|i)) (?:was|were) (?:\w+ )?dead\b",
        r"(?:thoughts? of|think(?:ing)? (?:of|about)|about) being dead",
    ],
    "die": [
        r"(?<!n't )(?<!not )(?<!never )\b(?:want(?:s|ed|ing)?|wanna|wish(?:es|ed)?|hop(?:e|es|ing)|pray(?:s|ed"
        r"|ing)?|ready"
        r"|deserv(?:e|es)|decided|plan(?:s|ned)?|long|easier|better|let me|rather)"
        r"(?: to| i| i'd| i'll| i would| i could| if i| he'd| she'd| that i)?(?: just| simply)? died?\b"
        r"(?! (?:of|from|laughing|inside|for|on|old|happy|trying|than (?:eat|speak|wear|go out|ask|admit)))",
        r"(?:ways?|how) to die\b",
        r"\bif i (?:just )?died\b",
    ],
    "dying": [
        r"(?:thoughts?|ideas?|think(?:ing)?|thinkin|fantasi\w+|dream(?:ing|t)?|daydream\w*) (?:of|about|abt) dying"
        r"(?! (?:of|from|alone))"
    ],
    "death": [
        r"(?:plan(?:ning|ned)?|imagin(?:e|ing)|pictur(?:e|ing)|about) (?:out )?my (?:own )?death",
        r"(?:long(?:ing)?|wish(?:ing)?|pray(?:ing)?) for death",
        r"painless death",
    ],
    "funeral": [r"(?:plan\w*|pictur\w+|imagin\w+|think\w* about) my (?:own )?funeral"],
    "without me": [
        r"(?:would|'d|will|'ll) (?:all )?(?:\w+ )?be (?:\w+ )?(?:better|happier|fine|easier)(?: off)? without me",
    ],
    **{
        f"if {who}": [
            rf"(?:better|happier|easier|relieved|fine)(?: off)? if {who} (?:just )?(?:was|were|wasn't|weren't|died"
            rf"|disappeared|left this)"
            r"(?: gone| dead| here| around| alive)?(?=[.,;!?]|$| gone| dead| here| any)"
        ]
        for who in ("i", "she", "he")
    },
    "miss me": [r"(?:no ?one|nobody) (?:would|will|'d) (?:even |really )?miss me"],
    "notice": [r"(?:no ?one|nobody) (?:would|will|'d) (?:even )?notice (?:if i|i'm gone|i was gone|my)"],
    "goodbye": [
        r"goodbye (?:notes?|letters?|everyone|everybody|forever|world|all\b|cruel)",
        r"(?:this is|texted (?:me|us)|saying|said my) goodbyes?\b(?! to (?:the|my) (?:job|team|house|colleagues))",
    ],
    "letters": [r"(?:written|wrote|writing) (?:the|my|their|all the) letters"],
    "plan and": [r"(?:have|has|i've|made|got) (?:a|my|the) plan and (?:a|the) (?:date|day|means|method|time)\b"],
    "affairs": [r"(?:put|got|getting|putting) (?:all )?my affairs in order"],
    "giv": [
        r"giv(?:e|en|ing) (?:away )?(?:all )?(?:my|her|his|their) (?:things|stuff|belongings|possessions)(?: away)?"
        r"(?! (?:to (?:charity|goodwill)))"
    ],
    "this world": [
        r"(?:leav(?:e|ing)|exit|quit|depart)\w* (?:from )?this world",
        r"(?:belong|want to be|place) in this world any",
    ],
    "this earth": [r"(?:leave|off|be on|walk) this earth"],
    "out of life": [r"check(?:ed|ing)? out of life"],
    "on life": [r"(?:giv(?:e|ing|en)|gave) up on life"],
    "done.": [r"done\. (?:goodbye|bye|sorry)"],
    "done,": [r"done, (?:goodbye|bye|sorry)"],
    "done with": [r"done with (?:this world|everything and everyone)"],
    "stop": [
        r"(?:want|need)(?:ed)? (?:it|it all|everything|the pain|this pain|all of (?:it|this)) to (?:just )?(?:stop"
        r"|end)(?: forever| for good)?",
    ],
    "painless": [r"painless(?:ly)? (?:ways?|methods?|to)\b"],
    "lethal": [r"lethal (?:dose|amount)"],
    "in heaven": [r"(?:be|join|go|see)(?: with)? (?:\w+ ){1,3}in heaven"],
    "wherever": [r"(?:want(?:ing)?|wish) to (?:be with|join|follow) (?:my|him|her|them)(?: \w+)?[, ]+wherever"],
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
    "do to": [
        rf"(?:afraid|scared|terrified|worried|frightened|know) (?:of |about )?what (?:i|he|she|they)(?:'ll|'d)?"
        rf" (?:\w+ )?do to {_SELF}"
    ],
    "trust myself": [
        r"n't trust myself (?:tonight|alone|right now|around (?:knives|pills)|with (?:the|my) (?:pills|car|knife))",
    ],
    "sh-ing": [r"\bsh-ing\b"],
    "cut": [
        rf"\bcut(?:s|ting)? {_SELF}\b{_CUT_BY_CHANCE}",
        rf"\bcut(?:s|ting)? (?:\w+ )?(?:my|her|his|their) (?:own )?{_BODY}\b",
        r"\b(?:been|started|back to|stop|urge to) cut(?:ting)?(?: again| lately|(?=[.,;!?]|$)| at night| in secret"
        r"| since)",
    ],
    "slit": [r"slit(?:ting)? (?:my|her|his|your|our) (?:own )?(?:wrists?|throats?)"],
    "bleed": [rf"(?:{_BODY}|{_SELF})[^.!?]{{0,20}} (?:bleeds?|blood)"],
    "carv": [rf"carv(?:e|es|ed|ing) (?:\w+ ){{0,3}}(?:in|into|on) (?:my|her|his|their) {_BODY}"],
    "blade": [
        r"(?:razor|blades?) (?:in my hand|to my|against my|on my|under my)",
        r"(?:hid(?:e|ing|den)?|found)[^.!?]{0,20}blades",
    ],
    "rope": [r"(?:bought|got|found|tied|have|hid) (?:a|the|some|that) rope\b"],
    "noose": [r"\bnoose\b"],
    "brains out": [r"blow(?:ing)? (?:my|his|her) brains out"],
    "overdos": [
        r"(?:\bi|i've|she|he|they|to|of|and|just|almost|nearly|by|about) (?:\w+ )?overdos(?:e|ed|ing)\b"
        r"(?! on (?:reality|tv|coffee|caffeine|sugar|news|chocolate|shows))",
        r"(?:took|take|taken|my|another|had) (?:an )?(?:\w+ )?overdose\b",
    ],
    "od'd": [r"\bod'd\b"],
    "took": [
        rf"took (?:about |around |over |like |almost |nearly |maybe )*(?:all|too many|a (?:whole |full )?(?:bottle"
        rf"|handful|bunch|pack|box)"
        rf"|the (?:whole|entire)|\d{{2,}}|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty)(?: \w+){{0,3}} {_PILLS}"
    ],
    "bottle of": [rf"(?:tak(?:e|en|ing)|swallow\w*|down(?:ed|ing)|ate)[^.!?]{{0,12}} bottle of {_PILLS}"],
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
    "voices": [
        r"voices? (?:in my head )?(?:are |that |keep |were |is )?(?:tell\w*|command\w*|say\w*|order\w*|want\w*)"
        r" (?:me|him|her) to",
    ],
    "stopped eating": [r"stopped eating and drinking"],
    "what i might do": [r"(?:afraid|scared|terrified) of what i might do(?! (?:with my life|next))"],
}

# Figures of speech, losses long past, denials, films and studies.
LOOK_ALIKES = {
    "suicid": [
        r"(?:'m|am|is|was|'s|are|feel|feeling|i'm) (?:not|never) (?:\w+ )?suicidal",
        r"(?:isn't|wasn't|aren't|no longer|never been|not been|never felt) (?:\w+ )?suicidal",
        r"no (?:\w+ )?suicidal (?:thoughts|ideation|feelings|plans?)",
        r"(?:died?|dies|death|loss|lost) (?:\w+ ){0,4}(?:by|to|from) suicide",
        r"(?:committed|his|her|\w+'s) suicide(?! (?:attempts?|plans?|notes?|threats?))",
        r"suicide (?:squad|prevention|awareness|hotline|lifeline|rates?|statistics|policy|bomb\w*|doors|mission"
        r"|drill|by|loss|grief|bereavement)",
        r"(?:academic|career|political|social|professional|financial) suicide",
        r"(?:movie|film|book|novel|song|show|series|thesis|essay|paper|article|documentary|lecture|podcast|class"
        r"|play) (?:\w+ )?(?:about|on) suicide",
    ],
    "kill": [
        r"(?:never|n't) (?:\w+ )?kill(?:ing)? (?:my|him|her|them)self",
        r"no (?:thoughts|intention) of killing myself",
    ],
    "hurt": [
        r"(?:no|not having|n't have|never had|without|n't had)(?: any| real)? (?:thoughts?|intention|urge|plans?"
        r"|desire) (?:of|to) hurt(?:ing)? myself",
        r"(?:would|will|could|i'd) never (?:\w+ )?hurt myself",
    ],
    "harm": [
        r"(?:no|not having|n't have|never had|without|n't had)(?: any| real)? (?:thoughts?|intention|urge|plans?"
        r"|desire) (?:of|to) harm(?:ing)? myself",
        r"(?:would|will|could|i'd) never (?:\w+ )?harm myself",
    ],
    "die": [r"(?:embarrass\w*|asham\w*|mortif\w*|humiliat\w*|awkward\w*|cring\w*)[^.!?]{0,40} die"],
    "worth living": [r"life without (?:coffee|chocolate|cheese|music|wifi|wine)[^.!?]{0,10}worth living"],
}
