"""English signs that a life may be in danger, what only looks like one, and the words of immediate help.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains. Look-alikes are
matched first and passed over. Where in doubt a sign is kept: a needless hotline costs a sentence.
"""

from __future__ import annotations

_SELF = r"(?:my|her|him|your|our|them)sel(?:f|ves)"
_WANT = r"(?:want(?:s|ed|ing)?(?: to)?|wanna|going to|gonna|plan(?:s|ned|ning)? to|need(?:s|ed)? to|tr(?:y|ied|ying) to)"
_CHILD = (
    r"(?:my|the|our|her|his)(?: own)?(?: little| older| younger)? (?:baby|babies|newborn|infant|child|children|kids?"
    r"|sons?|daughters?|toddler|twins|boys?|girls?|step(?:son|daughter))"
)
# Grown people at home or in charge. A toddler who hits is no danger to life.
_ABUSER = (
    r"(?:he|she|husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc[eé]e?|ex|dad|daddy|father|mom|mum|mother"
    r"|step(?:dad|father|mom|mum|mother|brother)|brother|uncle|aunt|cousin|grandfather|grandpa|roommate|parents|coach)"
)
_VICTIM = r"(?:me|us|her|him|my (?:mom|mum|mother|sister|brother|little \w+|kids?|son|daughter|children)|the kids)"
_PILLS = (
    r"(?:pills?|tablets?|capsules?|meds|medications?|painkillers|tylenol|paracetamol|ibuprofen|aspirin|xanax|ambien"
    r"|valium|antidepressants|benadryl|insulin|sleeping \w+)"
)
_BODY = r"(?:arms?|wrists?|thighs?|legs?|skin|forearms?|stomach|hips?|body)"
_LONG_AGO = r"(?! (?:as a (?:child|kid|teen\w*)|when i was|in (?:my )?(?:childhood|college)|(?:\w+ ){1,2}years ago|years ago))"

# --- Suicide and self-harm -----------------------------------------------------------------------------

DEATH_WISHES = {
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
    "liv": [
        r"(?:point|reason|use|sense|purpose) (?:of|in|for|to) (?:\w+ )?(?:living\b|live\b|life any)",
        r"(?:n't|not|cannot|dont|cant) (?:go|carry|keep) on (?:living|with (?:my|this) life)",
        r"(?:nothing|no one|anything) (?:\w+ )?to live for",
        r"(?:tired|sick|done|fed up) (?:of|with) (?:living|life|this life)\b(?! (?:with|in|at|here|on|style|alone|under))",
        r"(?:n't|not|no longer|dont|doesnt) (?:even |really )?(?:want to|wanna|wish to|care to) (?:keep )?liv(?:e|ing)"
        r"(?=[.,;!?]|$| (?:any|but|and|because|if|at all|now|longer))",
        r"rather not (?:live|be alive)",
    ],
    "alive": [
        r"(?:reason|point|want|wanna|need|purpose|hard|hate|tired of|sick of|n't|not)(?: \w+){0,2} (?:stay|be|being|staying) alive"
    ],
    "be here": [
        r"(?:n't|not|never|dont) (?:even |really )?(?:want to|wanna|wish to) be here\b(?!,? (?:in|at|with|for|on|to|right)\b)",
        r"(?:won't|wont|not going to|might not|may not) be here (?:much longer|any ?more|by|next|tomorrow|when)",
    ],
    "be around": [r"(?:won't|wont|not going to|n't want to|might not|may not) be around (?:much longer|any ?more|by)"],
    "wake": [
        r"(?:want|wanna|wish|hop(?:e|ing)|pray|like to|could|if i|rather|sleep|let me)[^.!?]{0,40}"
        r"(?:not|never|n't|dont|wont|without) (?:\w+ ){0,3}wak(?:e|ing) up"
        r"(?! (?:early|at|before|on time|in time|in the|late|for|to (?:my|the)|next to|so|with))",
        r"\bnever wake up\b",
    ],
    "exist": [r"(?:stop|stopped|quit|cease to|not|didn't|never|n't want to|tired of|hate|easier if i) exist(?:ing|ed)?\b"],
    "been born": [r"(?:never|not|hadn't) been born"],
    "disappear": [
        r"(?:want(?:s|ed)? to|wanna|wish (?:i|he|she|they) (?:could|would)|could|if i|hope i|let me|i'd) (?:just |simply )?"
        r"(?:disappear|vanish)(?:ed)?(?! (?:from|for a|for (?:two|some)|into|to|in|on|under|behind|during|at))"
    ],
    "dead": [
        r"(?:better off|rather be|be better|want(?:s|ed)? to be|wanna be|should be|i were|if i was) dead\b(?! inside)",
        r"(?:i wish(?:ed)? i|wish(?:es|ed)? (?:that )?(?:he|she|they|i)) (?:was|were) (?:\w+ )?dead\b",
        r"(?:thoughts? of|think(?:ing)? (?:of|about)|about) being dead",
    ],
    "die": [
        r"(?<!n't )(?<!not )(?<!never )\b(?:want(?:s|ed|ing)?|wanna|wish(?:es|ed)?|hop(?:e|es|ing)|pray(?:s|ed|ing)?|ready"
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
    "without me": [r"(?:would|'d|will|'ll) (?:all )?(?:\w+ )?be (?:\w+ )?(?:better|happier|fine|easier)(?: off)? without me"],
    " if ": [
        r"(?:better|happier|easier|relieved|fine)(?: off)? if (?:i|she|he) (?:just )?"
        r"(?:was|were|wasn't|weren't|died|disappeared|left this|didn't (?:exist|wake)|wasn't)(?: gone| dead| here| around| alive)?"
        r"(?=[.,;!?]|$| gone| dead| here| any)"
    ],
    "miss me": [r"(?:no ?one|nobody) (?:would|will|'d) (?:even |really )?miss me"],
    "notice": [r"(?:no ?one|nobody) (?:would|will|'d) (?:even )?notice (?:if i|i'm gone|i was gone|my)"],
    "goodbye": [
        r"goodbye (?:notes?|letters?|everyone|everybody|forever|world|all\b|cruel)",
        r"(?:this is|texted (?:me|us)|saying|said my) goodbyes?\b(?! to (?:the|my) (?:job|team|house|colleagues))",
    ],
    "letters": [r"(?:written|wrote|writing) (?:the|my|their|all the) letters"],
    "plan and": [r"(?:have|has|i've|made|got) (?:a|my|the) plan and (?:a|the) (?:date|day|means|method|time)\b"],
    "affairs": [r"(?:put|got|getting|putting) (?:all )?my affairs in order"],
    " away": [
        r"giv(?:e|en|ing) (?:away )?(?:all )?(?:my|her|his|their) (?:things|stuff|belongings|possessions)(?: away)?"
        r"(?! (?:to (?:charity|goodwill)))"
    ],
    "this world": [r"(?:leav(?:e|ing)|exit|quit|depart)\w* (?:from )?this world", r"(?:belong|want to be|place) in this world any"],
    "this earth": [r"(?:leave|off|be on|walk) this earth"],
    "out of life": [r"check(?:ed|ing)? out of life"],
    "on life": [r"(?:giv(?:e|ing|en)|gave) up on life"],
    "done": [r"\b(?:i'm|im|i am) (?:so )?done[.,!]+ (?:goodbye|bye|sorry)", r"done with (?:being alive|this world|everything and everyone)"],
    "stop": [r"(?:want|need)(?:ed)? (?:it|it all|everything|the pain|this pain|all of (?:it|this)) to (?:just )?(?:stop|end)(?: forever| for good)?"],
    "painless": [r"painless(?:ly)? (?:ways?|methods?|to)\b"],
    "lethal": [r"lethal (?:dose|amount)"],
    "in heaven": [r"(?:be|join|go|see)(?: with)? (?:\w+ ){1,3}in heaven"],
    "wherever": [r"(?:want(?:ing)?|wish) to (?:be with|join|follow) (?:my|him|her|them)(?: \w+)?[, ]+wherever"],
    "self": [
        r"(?<!no )(?<!never )(?<!not )self[- ]?harm(?:ing|ed|s)?\b(?! (?:prevention|training|awareness|policy))",
        r"self[- ]?injur\w+",
        rf"(?:to|might|will|would|could|may|i'll|just|been|of|about|keep|keeps|start\w*|by|is|was|from) (?:hurt|harm)(?:ing)? {_SELF}\b"
        r"(?! (?:at|playing|running|while|falling|skiing))",
        rf"\bcut(?:s|ting)? {_SELF}\b(?! (?:off|some|a\b|shav|while|on (?:a|the)|loose|out|short|from|when|slack|open|cooking))",
        rf"burn(?:s|ed|ing)? {_SELF}\b(?! (?:out|on (?:a|the)|while|cooking|making|with (?:coffee|hot|tea)|when))",
        rf"hang(?:ing)? {_SELF}\b",
        rf"shoot(?:ing)? {_SELF}\b(?! in the foot)",
        rf"(?:drown|stab|poison|starv|suffocat|strangl|electrocut)(?:e|ing)? {_SELF}\b(?! (?:in|for))",
        rf"throw(?:ing)? {_SELF} (?:off|in front|under|from|out|into the)",
        rf"(?:keep|keeping) {_SELF} safe\b",
        r"(?:n't|not|never) (?:\w+ )?(?:feel|felt|be|been|feeling) safe with myself",
        rf"(?:afraid|scared|terrified|worried|frightened|know) (?:of |about )?what (?:i|he|she|they)(?:'ll|'d)? (?:\w+ )?do to {_SELF}",
        r"don't trust myself (?:tonight|alone|right now|around (?:knives|pills)|with (?:the|my) (?:pills|car|knife))",
    ],
    "sh-ing": [r"\bsh-ing\b"],
    "cut": [
        rf"\bcut(?:s|ting)? (?:\w+ )?(?:my|her|his|their) (?:own )?{_BODY}\b",
        r"\b(?:been|started|back to|stop|urge to) cut(?:ting)?(?: again| lately|(?=[.,;!?]|$)| at night| in secret| since)",
    ],
    "slit": [r"slit(?:ting)? (?:my|her|his|your|our) (?:own )?(?:wrists?|throats?)"],
    "bleed": [rf"(?:{_BODY}|{_SELF})[^.!?]{{0,20}} (?:bleeds?|blood)"],
    "carv": [rf"carv(?:e|es|ed|ing) (?:\w+ ){{0,3}}(?:in|into|on) (?:my|her|his|their) {_BODY}"],
    "with a lighter": [r"burn\w*[^.!?]{0,30} with a lighter"],
    "blade": [r"(?:razor|blades?) (?:in my hand|to my|against my|on my|under my)", r"(?:hid(?:e|ing|den)?|found)[^.!?]{0,20}blades"],
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
        rf"took (?:about |around |over |like |almost |nearly |maybe )*(?:all|too many|a (?:whole |full )?(?:bottle|handful|bunch|pack|box)"
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
        r"jump(?:ing|ed)? (?:off|from|in front of|under|over|out)(?: of)? (?:(?:a|the|my|this|that|some|our) )?(?:\w+ )?"
        r"(?:bridge|roof|building|balcony|window|train|ledge|cliff|bus|traffic|overpass|railing|platform)",
        r"(?:tell(?:s|ing)?|told|urge|want(?:ed)?|tempted|say(?:s|ing)?)(?: me| him| her)? to (?:just )?jump(?=[.,;!?]|$| off)",
    ],
    "in front of": [r"(?:step\w*|walk\w*|throw\w*|run\w*|fall\w*) (?:out )?in front of (?:a|the|some|that) (?:train|bus|truck|car|traffic)"],
    "driv": [
        r"driv(?:e|ing) (?:my car |the car |off |straight )*(?:into|off) (?:a|the|that|some|oncoming) ?"
        r"(?:tree|wall|bridge|cliff|river|lake|truck|traffic|pole|barrier|road)"
    ],
    "bridge": [r"(?:stood|stand(?:ing)?|sat|climbed|was) (?:up )?(?:on|onto|at) (?:the|a|that) (?:edge of )?(?:\w+ )?bridge"],
    "roof": [r"(?:stood|stand(?:ing)?|climbed) (?:up )?(?:on|onto)(?: the edge of)? (?:the|a|our) roof(?:top)?\b(?! (?:terrace|bar|garden))"],
    "mind if": [r"(?:wouldn't|would not|don't|not) (?:really |even )?mind if [^.!?]{0,30}(?:hit|ran|killed|died|crash\w*)"],
    "voices": [r"voices? (?:in my head )?(?:are |that |keep |were |is )?(?:tell\w*|command\w*|say\w*|order\w*|want\w*) (?:me|him|her) to"],
    "stopped eating": [r"stopped eating and drinking"],
    "what i might do": [r"(?:afraid|scared|terrified) of what i might do(?! (?:with my life|next))"],
}

# --- Violence, threats and abuse -------------------------------------------------------------------------

VIOLENCE = {
    "kill": [
        r"threaten\w* to kill",
        r"\b(?:he|she|they)(?:'ll| will|'s going to|'s gonna| is going to| wants to| tried to| said he'd| said he would) kill "
        r"(?:me|us|her|him|my|them|everyone|the)\b(?! (?:if|when|once) (?:he|she|they|i) (?:find|knew|hear|see|found|tell|forget))",
        r"(?:tried|trying|going|wants?) to kill (?:me|us|her|him|my (?:mom|mum|sister|brother|son|daughter))\b"
        r"(?! (?:if|when) (?:he|she|they) (?:find|knew|hear|see|found))",
        rf"(?:(?<!n't )want to|wanna|thoughts? (?:of|about)|think(?:ing)? (?:of|about)|fantasi\w+ about|urges? to|plan(?:ning)? (?:to|on)) kill(?:ing)? "
        rf"(?:him|her|them|someone|somebody|everyone|people|{_CHILD}|my (?:boss|wife|husband|mom|mum|dad|ex|father|mother|family))",
    ],
    "hurt": [
        rf"(?:will|might|could|going to|gonna|i'll|want to|urges? to|afraid i|thoughts? (?:of|about)|think\w* (?:of|about)) hurt(?:ing)? {_CHILD}\b(?! feelings|'s feelings)",
        r"(?:\bi'm|\bi am|\bim) (?:going to|gonna) hurt (?:him|her|them|someone|somebody)\b(?! feelings)",
        r"(?<!n't )(?<!never )want to hurt (?:someone|somebody|people|others|them|him)\b",
        r"(?:afraid|scared|terrified) (?:that )?(?:he|she)(?:'ll| will| might|'s going to) hurt (?:me|us|my|the)",
    ],
    "harm": [rf"(?:to|might|will|could|of|about) harm(?:ing)? (?:{_CHILD}|others|someone|people|him|her)\b"],
    "smother": [rf"smother(?:ing|ed)? (?:{_CHILD}|him|her)\b(?! with (?:love|attention|kisses))"],
    "shook": [rf"shook (?:{_CHILD}\b(?! (?:awake|hand))|(?:her|him) (?:when|because|hard|so|until))"],
    "shak": [rf"shak(?:e|en|ing) {_CHILD}\b(?! (?:awake|hand))"],
    "hit my": [rf"\bi (?:\w+ )?hit {_CHILD}\b"],
    "hit": [
        rf"{_ABUSER} (?:\w+ ){{0,2}}hits? {_VICTIM}\b(?! (?:up|with (?:a (?:question|bill|joke))|back))",
        rf"(?:hitting|been hit by) (?:{_VICTIM}|{_ABUSER}|my (?:husband|wife|partner|dad|boyfriend))\b(?! (?:up|goals))",
    ],
    "beat": [
        rf"{_ABUSER} (?:\w+ ){{0,2}}beats? {_VICTIM}\b(?! (?:at|to (?:it|the)|in (?:a|the)|by))",
        rf"beat(?:ing|en) (?:up )?{_VICTIM}\b(?! (?:at|to (?:it|the)))",
        r"(?:i'm|i am|get|gets|got|being|been) (?:being )?beaten\b(?! (?:by (?:a|the) (?:team|other)|down|at|path))",
    ],
    "punch": [rf"{_ABUSER} (?:\w+ ){{0,2}}punch(?:es|ed|ing) (?:{_VICTIM}|the wall)", r"punched me in the (?:face|stomach|head)"],
    "kick": [rf"{_ABUSER} (?:\w+ ){{0,2}}kick(?:s|ed|ing) {_VICTIM}\b(?! (?:out|off|under))"],
    "slap": [rf"{_ABUSER} (?:\w+ ){{0,2}}slap(?:s|ped|ping) {_VICTIM}\b"],
    "chok": [rf"chok(?:es|ed|ing) {_VICTIM}\b(?! up)"],
    "strangl": [rf"strangl(?:es|ed|ing) {_VICTIM}\b"],
    "stabb": [rf"stabb(?:ed|ing) {_VICTIM}\b(?! in the back)"],
    "by the": [r"(?:grab\w*|drag\w*|held|pull\w*|pinned) (?:me|her|us) by the (?:throat|neck|hair)"],
    "swings at": [r"swings at (?:me|us|my)"],
    "bruise": [r"bruises (?:all over|on|from)", r"(?:left|gave|leaves) (?:me|her|him|us)? ?(?:with )?bruises"],
    "black eye": [r"(?:gave|left) (?:me|her|him) (?:with )?a black eye"],
    "mark on": [r"(?:left|has|had) a mark on (?:his|her|my|their) (?:face|arm|neck|back|leg)"],
    "with a": [
        r"(?:hit|hits|beat|beats|attack\w*|chas\w+|threat\w*|c[oa]mes? at|whip\w*)(?: \w+){1,3} with a "
        r"(?:knife|bat|hammer|belt|machete|axe|gun|pistol|cable|cord|bottle|stick)"
    ],
    "knife": [r"knife (?:to|at|against|on) (?:my|our|her|his)", r"(?:pull(?:ed|s)?|wav(?:ed|es|ing)|grabbed) (?:out )?(?:a|the) knife (?:on|at|and|when|during)"],
    "gun": [
        r"(?:has|got|keeps|bought|owns|loaded|found) (?:a|his|the|her|my \w+'s) (?:loaded )?(?:gun|handgun|shotgun)\b(?! (?:range|shop|show|safe\b))",
        r"(?:gun|shotgun) (?:to|at|against|in) (?:my|our|her|his|the) (?:head|mouth|face|car|throat|chest|temple)",
        r"(?:point(?:ed|s|ing)?|pull(?:ed|s)?) (?:a|the|his|her) (?:gun|shotgun)",
    ],
    "shoot": [r"(?:threaten\w* to|he'll|he'd|going to|said he'd|wants? to) shoot (?:me|us|her|him|up|everyone|my)"],
    "threaten": [
        r"threaten(?:s|ed|ing)? (?:to )?(?:hurt|harm|burn|beat|rape|stab|my (?:life|kids|family|children)|(?:me|us|her) with|suicide|end)",
        r"threaten(?:s|ed|ing)? (?:me|us) (?:and|that|again|if)",
    ],
    "death threat": [r"death threats?"],
    "house down": [r"burn (?:the|our|my) house down"],
    "knows where": [r"knows where (?:i|we|my (?:kids|children|family|mom|sister)|the kids) (?:live|sleep|go|work|park)"],
    "follow": [r"(?:keeps|been|is|was|started) following (?:me|us|her)\b(?! on (?:instagram|tiktok|twitter|social|facebook))"],
    "stalk": [r"stalk(?:s|ed|ing) (?:me|us|her)\b(?! on)", r"my stalker"],
    "my life": [r"(?:fear|afraid|scared|frightened|terrified) for my life"],
    "to go home": [r"(?:afraid|scared|terrified) to go home"],
    "safe": [
        r"(?:n't|not|never) (?:\w+ )?(?:feel|felt|be|been|feeling) safe (?:at home|in my (?:own )?(?:home|house|room|apartment)"
        r"|around (?:him|her|my)|with (?:him|my (?:husband|wife|partner|dad|father))|going home|tonight|being alone)",
        r"unsafe (?:at home|around (?:him|her|my)|with (?:him|my)|in my|tonight|right now|going home)",
    ],
    "abus": [
        r"(?<!emotionally )(?<!verbally )(?:is|has been|gets|has become|turns|became|being) (?:\w+ )?(?:physically |sexually )?abusive\b(?! boss)",
        r"physically abus\w+",
        rf"sexually abus\w+{_LONG_AGO}",
        r"abus(?:es|ing) (?:me|us|her|him|my (?:mom|mum|sister|brother|kids?|son|daughter|children|grand\w+)|the kids)",
        r"(?:i'm|i am|is|are|she's|he's) being (?:\w+ )?abused",
        r"(?:in|leave|leaving|escape|escaping) (?:an|my|this) (?:physically )?abusive (?:relationship|marriage|home|household)",
    ],
    "violen": [r"(?:is|gets|got|becomes|became|turns|turned|being) (?:\w+ )?violent\b(?! (?:movie|game|film))", r"domestic violence"],
    "rape": [rf"\brap(?:ed|es) (?:me|her|him|my|us)\b{_LONG_AGO}", rf"(?:i was|got|was|been) raped\b{_LONG_AGO}"],
    "molest": [rf"molest(?:s|ed|ing)\b(?! as a){_LONG_AGO}"],
    "assault": [rf"(?:sexually )?assault(?:s|ed|ing) (?:me|her|him|us)\b{_LONG_AGO}", rf"(?:was|been|got) (?:\w+ )?assaulted\b{_LONG_AGO}"],
    "touch": [
        r"touch(?:es|ing|ed) me (?:at night|inappropriately|down there|there|in ways|where|under|sexually|when i sleep)",
        r"(?:room|bed)[^.!?]{0,30} touch(?:es|ing|ed) (?:me|her|him)",
    ],
    "forc": [r"forc(?:e|es|ed|ing) (?:me|her|him|himself on)(?: \w+)?(?: to)? (?:have sex|do (?:things|stuff|sexual)|sleep with|touch|me\b|sex\b)"],
    "makes me do": [r"makes me do (?:things|stuff)"],
    "consent": [r"(?:sex|sleeps? with me|touch\w*)[^.!?]{0,20} without my consent"],
    "let me": [
        r"(?:won't|doesn't|not|refuses to|never) let (?:me|us|her) (?:leave (?:the|our|my) (?:house|apartment|room|flat|home)"
        r"|out of the (?:house|room|apartment)|outside|see a doctor)"
    ],
    "lock": [r"lock(?:s|ed) (?:me|us|her|him|my (?:\w+ )?\w+)(?: up)? (?:in|inside|up)\b(?! (?:a (?:contract|deal)|the eye))"],
    "hostage": [r"(?:hold\w*|kept|held) (?:me |us |her )?(?:hostage|captive|prisoner)"],
    "feed": [r"(?:doesn't|don't|won't|refuses to|never|not) feed (?:her|him|them|us|me|the (?:kids|baby|children))\b"],
}

# --- What only looks like it ----------------------------------------------------------------------------

LOOK_ALIKES = {
    "suicid": [
        r"(?:'m|am|is|was|'s|are|feel|feeling|i'm) (?:not|never) (?:\w+ )?suicidal",
        r"(?:isn't|wasn't|aren't|no longer|never been|not been|never felt) (?:\w+ )?suicidal",
        r"no (?:\w+ )?suicidal (?:thoughts|ideation|feelings|plans?)",
        r"(?:died?|dies|death|loss|lost) (?:\w+ ){0,4}(?:by|to|from) suicide",
        r"(?:committed|his|her|\w+'s) suicide(?! (?:attempts?|plans?|notes?|threats?))",
        r"suicide (?:squad|prevention|awareness|hotline|lifeline|rates?|statistics|policy|bomb\w*|doors|mission|drill|by|loss|grief|bereavement)",
        r"(?:academic|career|political|social|professional|financial) suicide",
        r"(?:movie|film|book|novel|song|show|series|thesis|essay|paper|article|documentary|lecture|podcast|class|play) (?:\w+ )?(?:about|on) suicide",
    ],
    "kill": [r"(?:never|n't) (?:\w+ )?kill(?:ing)? (?:my|him|her|them)self", r"no (?:thoughts|intention) of killing myself"],
    "self": [
        r"(?:no|not having|n't have|never had|without|n't had)(?: any| real)? (?:thoughts?|intention|urge|plans?|desire) (?:of|to) (?:hurt|harm|kill)(?:ing)? myself",
        r"(?:would|will|could|i'd) never (?:\w+ )?(?:hurt|harm) myself",
    ],
    "die": [r"(?:embarrass\w*|asham\w*|mortif\w*|humiliat\w*|awkward\w*|cring\w*)[^.!?]{0,40} die"],
    "worth living": [r"life without (?:coffee|chocolate|cheese|music|wifi|wine)[^.!?]{0,10}worth living"],
    "hit": [r"(?:used to|never|did not|didn't|doesn't|hasn't) (?:\w+ )?hit (?:me|us|my \w+)", r"never hits"],
    "beat": [r"(?:used to|never|didn't|doesn't) (?:\w+ )?beats? (?:me|us|my \w+)"],
    "abus": [r"(?:left|escaped|ended|survived|got out of|used to be in) (?:an|my|that|the) (?:\w+ )?abusive"],
    "violen": [r"domestic violence (?:shelter|survivor|advocate|training|awareness)", r"n(?:ever|ot) (?:\w+ )?violent"],
}

# --- Immediate human help -------------------------------------------------------------------------------

_NOW = r"(?:now|right now|right away|straight away|at once|immediately|today|tonight|this (?:very )?(?:minute|moment|evening|hour)|before you go to bed)"
_CALL = r"(?:call|calling|dial|phone|ring|text|contact|reach(?: out to)?|get|fetch)"
_TRUSTED = (
    r"(?:a |an |some ?one|somebody|your |the |one )?(?:\w+ )?(?:person|people|one|adult|friend|mother|mom|mum|father|dad|parents?|sister|brother"
    r"|partner|wife|husband|neighbou?r|teacher|doctor|family|roommate|colleague|relative|body|someone|somebody)"
)

GUIDANCE = {
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
        r"crisis (?:text )?(?:line|hotline|helpline|number|service|team|cent(?:er|re)|counsel(?:l)?or|worker|support|chat)s?\b"
    ],
    "hotline": [r"hotline"],
    "helpline": [r"helpline"],
    "lifeline": [r"(?:suicide|prevention|crisis|national|the|a|text|call) (?:\w+ )?lifeline"],
    "samaritans": [r"samaritans"],
    "childline": [r"childline"],
    "emergency": [
        r"emergency (?:room|department|services?|number|line|help|ward|unit|contact|care|responders?)",
        rf"(?:{_CALL}|local|nearest|medical) (?:\w+ )?emergency",
    ],
    "a&e": [r"\ba&e\b"],
    " er": [r"(?:to|nearest|local) (?:the )?er\b"],
    "hospital": [
        r"(?:go|get|going|straight|drive|driven|taken?|walk|head|taking|yourself|her|him)(?: \w+){0,2} to (?:the|a|your|any) (?:\w+ )?hospital",
        r"nearest hospital",
    ],
    "ambulance": [rf"{_CALL} (?:\w+ )?ambulance"],
    "police": [rf"{_CALL} (?:the |your )?(?:local )?police", r"(?:go|report)[^.!?]{0,30} to the police"],
    "shelter": [rf"{_CALL}[^.!?]{{0,30}}shelter"],
    "protect": [r"child protecti(?:on|ve) (?:service|agency|line|team)s?"],
    "safe": [rf"(?:get|go|move|be) (?:yourself |to )?(?:somewhere|someplace|a place) safe[^.!?]{{0,20}}{_NOW}"],
    "alone": [rf"(?:don't|do not|not to|not|please don't|never) (?:be|stay|remain|sit)(?: \w+)? alone {_NOW}", rf"{_NOW}[^.!?]{{0,20}}(?:not be|don't be|not stay) alone"],
    "with you": [rf"(?:stay|be|sit|remain) (?:right )?with you[^.!?]{{0,20}}(?:{_NOW}|until|so that|while)"],
    "stay with": [rf"stay with {_TRUSTED}[^.!?]{{0,25}}(?:trust|{_NOW}|until)", r"stay with (?:him|her|them) (?:until|and (?:call|get))"],
    "side until": [r"by (?:her|his|their|your) side until"],
    "tell": [
        rf"\btell {_TRUSTED}[^.!?]{{0,40}}\b{_NOW}\b",
        rf"\b{_NOW},? (?:please )?(?:\w+ )?tell {_TRUSTED}",
    ],
    "trust": [
        rf"(?:{_CALL}|go to|talk to|speak (?:to|with)|find|knock|wake|show|turn to|let) (?:\w+ ){{0,4}}(?:you trust|trusted \w+)[^.!?]{{0,40}}\b{_NOW}\b",
        rf"\b{_NOW}\b[^.!?]{{0,20}}(?:{_CALL}|go to|talk to|tell|find) (?:\w+ ){{0,4}}(?:you trust|trusted \w+)",
    ],
}

NO_GUIDANCE = {
    literal: [
        r"(?:no need to|(?:don't|do not|needn't|won't) (?:need|have) to|not necessary to|rather than|instead of|without|worked? (?:on|at|for|in)|working (?:on|at|for|in))"
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
