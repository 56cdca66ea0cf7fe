"""English signs of violence, threats and abuse going on, and what only looks like them.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_CHILD = (
    r"(?:my|the|our|her|his)(?: own)?(?: little| older| younger)? (?:baby|babies|newborn|infant|child|children|kids?"
    r"|sons?|daughters?|toddler|twins|boys?|girls?|step(?:son|daughter))"
)
# Grown people at home or in charge. A toddler who hits is no danger to life.
_ABUSER = (
    r"(?:he|she|husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc[eé]e?|ex|dad|daddy|father|mom|mum|mother"
    r"|step(?:dad|father|mom|mum|mother|brother)|brother|uncle|aunt|cousin|grandfather|grandpa|roommate|parents|coach)"
)
# What he never or no longer does is left out.
_ABUSER_DOES = rf"{_ABUSER} (?!(?:\w+ )?(?:never|used to|didn't|did not|doesn't|hasn't) )(?:\w+ ){{0,2}}"
_VICTIM = r"(?:me|us|her|him|my (?:mom|mum|mother|sister|brother|little \w+|kids?|son|daughter|children)|the kids)"
_LONG_AGO = (
    r"(?! (?:as a (?:child|kid|teen\w*)|when i was|in (?:my )?(?:childhood|college)|(?:\w+ ){1,2}years ago|years ago))"
)

SIGNS = {
    "kill": [
        r"threaten\w* to kill",
        r"\b(?:he|she|they)(?:'ll| will|'s going to|'s gonna| is going to| wants to| tried to| said he'd| said he"
        r" would) kill "
        r"(?:me|us|her|him|my|them|everyone|the)\b(?! (?:if|when|once) (?:he|she|they|i) (?:find|knew|hear|see"
        r"|found|tell|forget))",
        r"(?:tried|trying|going|wants?) to kill (?:me|us|her|him|my (?:mom|mum|sister|brother|son|daughter))\b"
        r"(?! (?:if|when) (?:he|she|they) (?:find|knew|hear|see|found))",
        rf"(?:(?<!n't )want to|wanna|thoughts? (?:of|about)|think(?:ing)? (?:of|about)|fantasi\w+ about|urges? to"
        rf"|plan(?:ning)? (?:to|on)) kill(?:ing)? "
        rf"(?:him|her|them|someone|somebody|everyone|people|{_CHILD}|my (?:boss|wife|husband|mom|mum|dad|ex|father"
        rf"|mother|family))",
    ],
    "urge": [r"urges? to hurt (?:someone|somebody|people|others|him|her|them)"],
    "hurt": [
        rf"(?:will|might|could|going to|gonna|i'll|want to|urges? to|afraid i|thoughts? (?:of|about)|think\w* (?:of"
        rf"|about)) hurt(?:ing)? {_CHILD}\b(?! feelings|'s feelings)",
        r"(?:\bi'm|\bi am|\bim) (?:going to|gonna) hurt (?:him|her|them|someone|somebody)\b(?! feelings)",
        r"(?<!n't )(?<!never )want to hurt (?:someone|somebody|people|others|them|him)\b",
        r"(?:afraid|scared|terrified) (?:that )?(?:he|she)(?:'ll| will| might|'s going to) hurt (?:me|us|my|the)",
    ],
    "harm": [rf"(?:to|might|will|could|of|about) harm(?:ing)? (?:{_CHILD}|others|someone|people|him|her)\b"],
    "smother": [rf"smother(?:ing|ed)? (?:{_CHILD}|him|her)\b(?! with (?:love|attention|kisses))"],
    "shook": [rf"shook (?:{_CHILD}\b(?! (?:awake|hand))|(?:her|him) (?:when|because|hard|so|until))"],
    "shak": [rf"shak(?:e|en|ing) {_CHILD}\b(?! (?:awake|hand))"],
    "hit": [
        rf"\bi (?:\w+ )?hit {_CHILD}\b(?! (?:up|with (?:a|the) (?:bill|news)))",
        rf"{_ABUSER_DOES}hits? {_VICTIM}\b(?! (?:up|with (?:a (?:question|bill|joke))|back))(?![^.!?]{{0,24}}when"
        rf" (?:we|i) (?:was|were))",
        rf"(?:hitting|been hit by) (?:{_VICTIM}|{_ABUSER}|my (?:husband|wife|partner|dad|boyfriend))\b(?! (?:up"
        rf"|goals))",
    ],
    "beat": [
        rf"{_ABUSER_DOES}beats? {_VICTIM}\b(?! (?:at|to (?:it|the)|in (?:a|the)|by))",
        rf"beat(?:ing|en) (?:up )?{_VICTIM}\b(?! (?:at|to (?:it|the)))",
        r"(?:i'm|i am|get|gets|got|being|been) (?:being )?beaten\b(?! (?:by (?:a|the) (?:team|other)|down|at|path))",
    ],
    "punch": [rf"{_ABUSER_DOES}punch(?:es|ed|ing) (?:{_VICTIM}|the wall)", r"punched me in the (?:face|stomach|head)"],
    "kick": [rf"{_ABUSER_DOES}kick(?:s|ed|ing) {_VICTIM}\b(?! (?:out|off|under))"],
    "slap": [rf"{_ABUSER_DOES}slap(?:s|ped|ping) {_VICTIM}\b"],
    "chok": [rf"chok(?:es|ed|ing) {_VICTIM}\b(?! up)"],
    "strangl": [rf"strangl(?:es|ed|ing) {_VICTIM}\b"],
    "stabb": [rf"stabb(?:ed|ing) {_VICTIM}\b(?! in the back)"],
    "by the": [r"(?:grab\w*|drag\w*|held|pull\w*|pinned) (?:me|her|us) by the (?:throat|neck|hair)"],
    "swings at": [r"swings at (?:me|us|my)"],
    "bruise": [r"bruises (?:all over|on|from)", r"(?:left|gave|leaves) (?:me|her|him|us)? ?(?:with )?bruises"],
    "black eye": [r"(?:gave|left) (?:me|her|him) (?:with )?a black eye"],
    "mark on": [r"(?:left|has|had) a mark on (?:his|her|my|their) (?:face|arm|neck|back|leg)"],
    **{
        f"with a {weapon}": [
            r"(?:hit|hits|beat|beats|attack\w*|chas\w+|threat\w*|c[oa]mes? at|whip\w*)(?: \w+){1,3} with a "
            rf"{weapon}(?![^.!?]{{0,24}}when (?:we|i) (?:was|were))"
        ]
        for weapon in (
            "knife",
            "bat",
            "hammer",
            "belt",
            "machete",
            "axe",
            "gun",
            "pistol",
            "cable",
            "cord",
            "bottle",
            "stick",
        )
    },
    **{
        f"{place} {the}": [
            r"(?:shov|push|thr[eo]w|drag|slam|pinn|knock|kick|fl[iu]ng|hurl|toss)\w* (?:me|us|her|him|my (?:\w+"
            r" )?\w+) (?:right )?"
            rf"{place} {the} (?:stairs|steps|wall|ground|floor|door|table|car|cupboard|fridge|glass|bathtub"
            rf"|bed|counter)"
        ]
        for place, the in (
            ("down", "the"),
            ("against", "the"),
            ("into", "the"),
            ("to", "the"),
            ("across", "the"),
            ("into", "a"),
        )
    },
    "grab": [
        rf"{_ABUSER_DOES}grab(?:s|bed)? (?:me|her|him|my \w+)\b[^.!?]{{0,16}}(?:left|marks|bruis|hard|hair|throat"
        rf"|neck)",
    ],
    "push": [
        rf"{_ABUSER_DOES}push(?:es|ed)? (?:me|us|her|my (?:mom|mum|son|daughter))\b"
        r"(?=[.,!]| (?:during|and (?:i|she|he) (?:fell|hit)|so hard|hard|over|again|when|on purpose))"
    ],
    "left marks": [r"left marks"],
    "safety": [
        r"(?:fear|afraid|scared|worried|worry) (?:for|about) (?:my |the |our )?(?:kids'?|children's|own|family's)"
        r" safety",
    ],
    "can't have me": [r"can't have me"],
    "can't have you": [r"if i can't have you"],
    **{
        thing: [rf"(?:took|takes|taken|hid|hides|keeps) (?:away )?{thing}[^.!?]{{0,40}}(?:door|leave|passport|locks?)"]
        for thing in ("my phone", "my keys", "my passport", "my id")
    },
    **{
        f"{verb} me": [
            rf"{verb} me (?:to )?(?:do (?:stuff|things|sexual)|have sex|sleep with|touch (?:him|her|it)|undress|strip)"
        ]
        for verb in ("made", "forced", "makes", "forces")
    },
    "make me": [
        r"(?:will|he'll|'d|going to|gonna) (?:\w+ me and )?make me (?:regret|suffer|sorry|pay(?! (?:for|the|my|rent)))",
    ],
    "against my will": [r"(?:touch|sex|kept|held|took|kiss)\w*[^.!?]{0,20} against my will"],
    "hurts me": [
        rf"{_ABUSER} hurts me(?: physically| again|[.,!]| when (?:he|she) (?:drinks|is drunk|gets))",
        r"hurts me physically",
    ],
    "hurting": [r"(?:is|was|been|started|keeps) (?:physically |sexually )hurting (?:me|us|her|him|my)"],
    "physical": [
        r"(?:gets?|got|turn\w*|became|become\w*) physical (?:with me|with us|when|again)",
        r"(?:is|been|was) physically (?:aggressive|violent)",
    ],
    "scared of my": [
        r"scared of my (?:husband|wife|boyfriend|girlfriend|partner|stepdad|stepfather|dad|father)\b(?! (?:finding"
        r"|leaving|death|reaction))",
    ],
    "raised his": [r"raised his (?:hand|fist) (?:at|to|against) (?:me|us|her|my)"],
    "restrain": [r"restraining order"],
    "traffick": [r"traffick(?:ed|ing|er)"],
    "groom": [r"\bgroom(?:ed|ing) (?:me|her|him|my)"],
    "shake": [
        r"(?:want to|wanted to|almost|nearly|might|will|going to|afraid i'll) shake (?:the baby|my baby|her|him)"
        r" (?:when|until|so|to)",
    ],
    "knife": [
        r"knife (?:to|at|against|on) (?:my|our|her|his)",
        r"(?:pull(?:ed|s)?|wav(?:ed|es|ing)|grabbed) (?:out )?(?:a|the) knife (?:on|at|and|when|during)",
    ],
    "gun": [
        r"(?:has|got|keeps|bought|owns|loaded|found) (?:a|his|the|her|my \w+'s) (?:loaded )?(?:gun|handgun"
        r"|shotgun)\b(?! (?:range|shop|show|safe\b))",
        r"(?:gun|shotgun) (?:to|at|against|in) (?:my|our|her|his|the) (?:head|mouth|face|car|throat|chest|temple)",
        r"(?:point(?:ed|s|ing)?|pull(?:ed|s)?) (?:a|the|his|her) (?:gun|shotgun)",
    ],
    "shoot": [r"(?:threaten\w* to|he'll|he'd|going to|said he'd|wants? to) shoot (?:me|us|her|him|up|everyone|my)"],
    "threaten": [
        r"threaten(?:s|ed|ing)? (?:to )?(?:hurt|harm|burn|beat|rape|stab|my (?:life|kids|family|children)|(?:me|us"
        r"|her) with|suicide|end)",
        r"threaten(?:s|ed|ing)? (?:me|us) (?:and|again|if)",
    ],
    "death threat": [r"death threats?"],
    "house down": [r"burn (?:the|our|my) house down"],
    "knows where": [
        r"knows where (?:i|we|my (?:kids|children|family|mom|sister)|the kids) (?:live|sleep|go|work|park)",
    ],
    "follow": [
        r"(?:keeps|been|is|was|started) following (?:me|us|her)\b(?! on (?:instagram|tiktok|twitter|social|facebook))",
    ],
    "stalk": [r"stalk(?:s|ed|ing) (?:me|us|her)\b(?! on)", r"my stalker"],
    "my life": [r"(?:fear|afraid|scared|frightened|terrified) for my life"],
    "to go home": [r"(?:afraid|scared|terrified) to go home"],
    "safe": [
        r"(?:n't|not|never) (?:\w+ )?(?:feel|felt|be|been|feeling) safe (?:at home|in my (?:own )?(?:home|house"
        r"|room|apartment)"
        r"|around (?:him|her|my)|with (?:him|my (?:husband|wife|partner|dad|father))|going home|tonight|being alone)",
        r"unsafe (?:at home|around (?:him|her|my)|with (?:him|my)|in my|tonight|right now|going home)",
    ],
    "abus": [
        r"(?:is|has been|gets|has become|turns|became|being) (?:\w+ and |(?:very|so|really|extremely)"
        r" )?(?:physically |sexually )?"
        r"abusive\b(?! (?:with|in) (?:his|her) words)",
        r"physically abus\w+",
        rf"sexually abus\w+{_LONG_AGO}",
        r"(?<!emotionally )(?<!verbally )(?<!mentally )abus(?:es|ing) (?:me|us|her|him|my (?:mom|mum|sister|brother"
        r"|kids?|son|daughter|children|grand\w+)|the kids)\b"
        r"(?! (?:\w+ )?(?:prescri|medic|body|trust))",
        r"(?:i'm|i am|is|are|she's|he's) being (?:physically |sexually )?abused",
        r"(?:in|leave|leaving|escape|escaping) (?:an|my|this) (?:physically )?abusive (?:relationship|marriage"
        r"|home|household)",
    ],
    "violen": [
        r"(?:is|gets|got|becomes|became|turns|turned|being) (?:\w+ )?violent\b(?! (?:movie|game|film))",
        r"domestic violence",
    ],
    "rape": [rf"\brap(?:ed|es) (?:me|her|him|my|us)\b{_LONG_AGO}", rf"(?:i was|got|was|been) raped\b{_LONG_AGO}"],
    "molest": [rf"molest(?:s|ed|ing)\b(?! as a){_LONG_AGO}"],
    "assault": [
        rf"(?:sexually )?assault(?:s|ed|ing) (?:me|her|him|us)\b{_LONG_AGO}",
        rf"(?:was|been|got) (?:\w+ )?assaulted\b{_LONG_AGO}",
    ],
    "touch": [
        r"touch(?:es|ing|ed) me (?:at night|inappropriately|down there|there|in ways|where|under|sexually|when i"
        r" sleep)",
        rf"{_ABUSER_DOES}touch(?:es|ing) (?:me|her|him)\b(?! (?:on the (?:shoulder|hand|arm)|with (?:his|her)"
        rf" (?:words|kindness)))",
        r"(?:room|bed)[^.!?]{0,30} touch(?:es|ing|ed) (?:me|her|him)",
    ],
    "forc": [
        r"forc(?:e|es|ed|ing) (?:me|her|him|himself on)(?: \w+)?(?: to)? (?:have sex|do (?:things|stuff|sexual)"
        r"|sleep with|touch|me\b|sex\b)",
    ],
    "makes me do": [r"makes me do (?:things|stuff)"],
    "consent": [r"(?:sex|sleeps? with me|touch\w*)[^.!?]{0,20} without my consent"],
    **{
        f"let {who}": [
            rf"(?:won't|doesn't|not|refuses to|never) let {who} (?:leave (?:the|our|my) (?:house|apartment|room|flat"
            rf"|home)"
            r"|out of the (?:house|room|apartment)|outside|see a doctor)"
        ]
        for who in ("me", "us", "her")
    },
    "lock": [
        r"lock(?:s|ed) (?:me|us|her|him|my (?:\w+ )?\w+)(?: up)? (?:in|inside|up)\b(?! (?:a (?:contract|deal)|the"
        r" eye))",
    ],
    **{
        held: [rf"(?:hold\w*|kept|keeps|held) (?:me |us |her )?(?:as a )?{held}"]
        for held in ("hostage", "captive", "prisoner")
    },
    "feed": [r"(?:doesn't|don't|won't|refuses to|never|not) feed (?:her|him|them|us|me|the (?:kids|baby|children))\b"],
}

LOOK_ALIKES = {
    "abus": [r"(?:left|escaped|ended|survived|got out of|used to be in) (?:an|my|that|the) (?:\w+ )?abusive"],
    "violen": [
        r"domestic violence (?:shelter|survivor|advocate|training|awareness)",
        r"surviv\w+ (?:of )?(?:\w+ )?domestic violence",
        r"n(?:ever|ot) (?:\w+ )?violent",
    ],
}
