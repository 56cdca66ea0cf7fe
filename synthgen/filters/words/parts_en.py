"""English ways of speaking that belong to the other side of a talk: a user who counsels, an assistant in need of help.

Patterns by anchor, over text as `phrases.flatten` leaves it, without quotations. Each asks for words that only the
other side would use: people say "you should have seen him" and "it sounds like you blame me" as well.
"""

from __future__ import annotations

from synthgen.filters.words.choice import choice

_VERY = r"(?:(?:so|really|very|quite|truly|incredibly|deeply|completely|totally|perfectly|just|still|also) ){0,2}"
_FELT = choice(
    r"""feeling / going through / carrying / dealing with / struggling / experiencing / torn / overwhelmed
    / hurt(?:ing)?
    / anxious / lonely / exhausted / under (?:a lot of )?(?:pressure|stress) / in (?:a lot of )?pain / grieving
    / stuck"""
)
_YOU_ARE = r"you(?:'re| are| have been|'ve been| might be| may be| were)"
_HARD = choice("hard / difficult / painful / tough / overwhelming / exhausting / frustrating / scary / lonely / heavy")
_STEP = choice(
    r"""talk(?:ing)? to / speak(?:ing)? (?:to|with) / reach(?:ing)? out / writ(?:e|ing) (?:down|it|your|a) / writing
    / keep(?:ing)? a / set(?:ting)? (?:a|small|some|clear|boundaries|aside) / start(?:ing)? (?:by|with|a|small)
    / tak(?:e|ing) (?:a (?:few|break|walk|moment)|some|time|slow|deep) / practic(?:e|ing) / breathing / focus(?:ing)? on
    / journal(?:ing)? / meditat(?:e|ing) / seek(?:ing)? / giv(?:e|ing) yourself / allow(?:ing)? yourself
    / notic(?:e|ing)
    / mak(?:e|ing) a (?:list|plan) / join(?:ing)? a / schedul(?:e|ing) / consider(?:ing)?
    / go(?:ing)? (?:to|for|outside)
    / tell(?:ing)? (?:your|him|her|them) / sharing / try(?:ing)? (?:to|a|some) / identify(?:ing)? / seeing a"""
)
_YOURS = choice(
    r"""feelings? / emotions? / relationship / childhood / marriage / anxiety / sadness / anger / fears? / grief
    / worr(?:y|ies)
    / experiences?
    / (?:mother|father|mom|dad|husband|wife|parents|family|partner|sister|brother|son|daughter|kids|children)"""
)

# What a user says who counsels.
COUNSELS = {
    "sounds like": [rf"sounds like {_YOU_ARE} {_VERY}{_FELT}", r"sounds like you feel\b", r"sounds like this has been"],
    "seems like": [rf"seems like {_YOU_ARE} {_VERY}{_FELT}", r"seems like you feel\b"],
    "hearing": [r"\bwhat i'm hearing is (?:that )?you"],
    "i hear": [rf"i hear (?:that |how )?{_YOU_ARE} {_VERY}{_FELT}"],
    "i can": [rf"i can (?:really )?(?:hear|sense|see|imagine|understand) how {_VERY}{_HARD} (?:this|that|it)\b"],
    "sorry": [
        rf"\bi(?:'m| am) (?:so |really )?sorry (?:to hear )?(?:that )?you(?:'re| are|'ve been| have been) {_FELT}"
    ],
    "suggest": [rf"\bi(?:'d| would)? (?:\w+ )?suggest (?:that )?you {_STEP}", r"\bi(?:'d| would)? suggest you try"],
    "recommend": [rf"\bi(?:'d| would)? (?:\w+ )?recommend (?:that )?(?:you )?{_STEP}"],
    "encourage": [r"\bi(?:'d| would)?(?: like to| want to)? encourage you to\b", r"\bi encourage you\b"],
    "invite": [r"\bi(?:'d| would)?(?: like to| want to)? invite you to\b"],
    "have you": [
        rf"have you (?:ever )?(?:tried|considered|thought (?:about|of)) {_STEP}",
        r"have you (?:talked|spoken) (?:to|with) (?:a|your|anyone|someone) ",
    ],
    "you might": [rf"you might (?:want to|find it helpful to|like to|try) (?:try |consider )?{_STEP}"],
    "you could": [
        rf"(?:maybe|perhaps) you could (?:also )?{_STEP}",
        rf"you could (?:also )?(?:start by|consider|try) {_STEP}",
    ],
    "you should": [
        r"you should (?:definitely |really |also )?(?:give yourself|allow yourself|seek (?:help|support|professional)"
        r"|reach out to|be proud of yourself|focus on (?:your|what)|practice \w+|talk to a (?:doctor|therapist"
        r"|counselor))"
    ],
    "try": [
        r"(?:^|[.!?:,] )(?:so |just |maybe |perhaps )?try (?:taking|writing|practicing|focusing|setting"
        r"|journaling|breathing"
        r"|noticing|to (?:take|breathe|focus|notice|set|write|remember|be (?:kind|gentle|patient)|give yourself))"
    ],
    "your": [
        rf"your (?:feelings?|emotions?|reactions?|fears?|anger|sadness|grief) (?:is|are) {_VERY}"
        r"(?:valid|understandable|normal|natural|legitimate)"
    ],
    "understandable": [r"\bit(?:'s| is) (?:\w+ )?understandable (?:that|to feel|why|for) (?:you\b|that way)?"],
    "okay to": [r"\bit(?:'s| is) (?:\w+ )?okay to (?:feel|cry|grieve|not be okay|take your time)"],
    "what you": [
        r"what you(?:'re| are) (?:feeling|going through|experiencing) is (?:\w+ )?(?:valid|normal|understandable|real)"
    ],
    "here for": [r"\bi(?:'m| am) (?:always |right )?here for you\b"],
    "here to": [r"\bi(?:'m| am) here to (?:support|help) you\b"],
    "thank you for": [
        r"thank you for (?:opening up|trusting me|being so (?:open|honest|vulnerable|brave)"
        r"|sharing (?:your|this|that|how|something)|your (?:openness|courage|vulnerability))"
    ],
    "acknowledge": [r"\bi (?:want|would like|'d like) to acknowledge (?:how|your|that you|the)"],
    "proud of": [r"\bi(?:'m| am) (?:so |really )?proud of you for\b"],
    "tell me": [
        r"(?:^|[.!?:,] |you |please )tell me (?:a (?:bit|little) )?more about "
        rf"(?:what you|how you|your (?:{_YOURS})\b)"
    ],
    "make you feel": [r"how (?:does|did|do|would|might) (?:that|this|it|he|she|they|those|\w+ing \w+) make you feel"],
    "how long": [r"how long have you (?:been feeling|felt|been struggling|been having|had these)"],
    "how are you": [
        rf"how are you (?:coping|handling|managing|feeling (?:about|right now|today|since|in your)|{_HARD})"
    ],
    "when did": [r"when did you (?:first )?(?:notice|start (?:to feel|feeling)|begin (?:to feel|feeling))"],
    "what would": [
        r"what would (?:help you|it be like for you|it mean (?:to|for) you|you like to (?:work on|focus on))"
    ],
    "comes up": [r"what comes up for you"],
    "come up": [r"what (?:feelings|emotions|thoughts) come up for you"],
    "brings you": [r"what brings you (?:here|in)\b"],
    "how can": [r"how can i (?:best )?(?:help|support|assist) you(?: today| with (?:that|this))?\s*(?:[?.!]|$)"],
    "coping": [r"what coping (?:strategies|skills|mechanisms) (?:have|do|did) you"],
    "not alone": [r"you(?:'re| are) not alone in (?:this|feeling|what)"],
    "stronger": [r"you(?:'re| are) (?:so much )?stronger than you (?:think|know)"],
    "doing great": [r"you(?:'re| are) doing (?:great|so well|really well)\b"],
    "yourself": [
        r"(?:^|[.!?:;,] |remember to |and |try to )be (?:kind|gentle|easy|patient|compassionate) (?:to|with|on) "
        r"yourself",
        r"important (?:for you )?to (?:take care of|be (?:kind|gentle|patient) (?:to|with)|allow|give"
        r"|prioritize) yourself",
    ],
    "important for you": [r"important for you to (?:set|look|take|remember|acknowledge|find|have|know that|recognize)"],
    "help you": [r"(?:one thing|something|an exercise|a technique) that (?:may|might|could|can) help you\b"],
    "let's": [
        r"let's (?:explore|unpack|try a |try an |try some |work on (?:this|that|your|some)|take a (?:moment|deep "
        r"breath)"
        r"|look at (?:what you|how you|your)|talk about (?:how you|what you|your)|come up with a plan for you)"
    ],
}
COUNSELS_NOT = {
    "sounds like": [rf"sounds like {_YOU_ARE} {_VERY}(?:feeling|dealing|struggling) (?:sorry for me|with me)"],
    "your": [r"is your\b"],
    "tell me": [r"tell me more about your (?:approach|method|work|training|experience)"],
}

_NEED = choice(
    r"""anxious / depressed / down / overwhelmed / hopeless / (?:so )?lonely / worthless / stressed / exhausted / empty
    / numb / lost / ashamed / guilty all / like (?:a|an) (?:failure|burden|idiot|fraud)
    / like i'm (?:losing|going|drowning)
    / helpless / miserable / so (?:sad|tired|alone|guilty|angry at)"""
)
_KIN = r"(?:husband|wife|boyfriend|girlfriend|ex|roommate|fianc[eé]e?|mother-in-law)"
_NEAR = rf"(?:{_KIN}|partner|boss|manager|supervisor)"
_FAMILY = r"(?:mom|mum|mother|dad|father|parents|sister|brother|son|daughter|kids?|children|in-laws|family|friends?)"
# What troubles a life; a mechanic struggles with brakes, a clerk with orders.
_TROUBLE = (
    r"(?:(?:this|it|that) (?:for|since|my whole|all my)|(?:(?:my|the|a lot of|so much|some) )?(?:\w+ )?(?:anxi\w+"
    r"|depress\w+|panic|sleep|insomnia|grief|guilt|shame|anger|fear|stress|burn-?out|loneliness|lonely|self-\w+"
    r"|confidence|mood|feelings?|emotions?|thoughts|memories|trauma|nightmares|weight|eating|food|drinking|alcohol"
    r"|addiction|health|marriage|relationships?|divorce|break-?up|job|career|studies|exams|life|identity|motivation"
    rf"|loss|death|{_NEAR}|{_FAMILY})\b)"
)
_CANNOT = (
    r"(?:sleep|eat|cope|concentrate|focus|breathe|relax|function|feel|enjoy|cry|trust|get out of bed|let (?:it )?go"
    r"|stop (?:crying|worrying|thinking)|move on|talk about)"
)
_HARDSHIP = (
    rf"having (?:panic|nightmares|(?:trouble|a hard time) (?:{_CANNOT}|sleeping|eating|coping|concentrating|focusing"
    rf"|breathing|relaxing|letting go|getting (?:out of bed|up)|trusting|with {_TROUBLE})"
    r"|a hard time(?: lately| since| at home| at work)?\s*(?:[.,!]|$))"
)

# What an assistant says who answers as the one in need.
NEEDS = {
    "thank you": [
        r"thank you[^.!?]{0,20}[,.!] ?i(?:'ll| will) (?:definitely |really |certainly )?"
        r"(?:(?:try|do|think about) (?:that|it|this)|give (?:that|it|this) a (?:try|go|shot)"
        r"|keep (?:that|it|this) in mind)",
        r"thank you (?:so much )?for (?:listening(?: to me)?\s*(?:[.,!]|$)|(?:your|the|this) (?:advice|help"
        r"|support|suggestions?)\b"
        r"|helping me|hearing me)",
    ],
    "thanks": [
        r"thanks for (?:listening(?: to me)?\s*(?:[.,!]|$)|(?:your|the|this) (?:advice|help|support)\b|helping "
        r"me|hearing me)"
    ],
    "advice": [r"(?:that's|that is|this is) (?:really |such )?(?:good|great|helpful|useful) advice"],
    "i'll": [
        r"i'll (?:definitely |really )?(?:try|practice) (?:that|it|this)\s*(?:[.!,;]|$|tonight|this week"
        r"|tomorrow|at home"
        r"|when i|next time|and see|before)",
        r"i'll (?:definitely |really )?do (?:that|this)\s*(?:tonight|at home|when i (?:get home|feel|can't)|next time)",
        rf"i'll (?:try to )?talk to (?:him|her|my (?:{_NEAR}|{_FAMILY}))\b",
        r"i'll (?:definitely )?give (?:that|it|this) a (?:try|go|shot)",
    ],
    "i will": [
        r"i will (?:definitely |really )?(?:try|practice) (?:that|it|this)\s*(?:[.!,;]|$|tonight|this week|tomorrow"
        r"|when i|next time|and see)"
    ],
    "i've been": [
        rf"i've been (?:feeling {_VERY}{_NEED}|struggling with {_TROUBLE}|{_HARDSHIP}|crying"
        rf"|{_VERY}(?:depressed|overwhelmed(?! (?:with|by) (?:orders|requests|repairs|calls|work))|anxious|miserable"
        rf"|unable to {_CANNOT}))"
    ],
    "i have been": [rf"i have been (?:feeling {_VERY}{_NEED}|struggling with {_TROUBLE}|{_HARDSHIP}|crying)"],
    "i feel": [
        rf"i (?:just |always |still )?feel {_VERY}{_NEED}",
        r"i feel (?:much |a lot |a bit |a little |so much )?(?:better|lighter|calmer|relieved)(?: now| already"
        r"|\s*[.!,]|$)",
    ],
    "feel like": [r"i (?:just |always |still )feel like (?:a|an) (?:failure|burden|fraud)"],
    "i'm": [
        r"i'm (?:so |really |just )(?:depressed|overwhelmed|stressed|anxious|lonely|exhausted|miserable)\b",
        rf"i'm struggling with {_TROUBLE}",
        r"i'm (?:so |really )?(?:scared|afraid|terrified) (?:that )?(?:my |he(?:'ll| will)|she(?:'ll| will)"
        r"|i(?:'ll|'m| am| might))",
    ],
    "depressed": [r"i think i(?:'m| am| might be) (?:getting )?depressed"],
    "but i": [
        r"but i (?:still|just|always|also) (?:feel (?:like i|so|guilty|afraid|alone)|worry (?:that |about "
        r")?(?:my|he|she|i)"
        r"|can't (?:stop (?:cry|worry|think|feel|blam)ing|help (?:feel|think|worry|cry)ing|sleep|forgive)"
        r"|don't know how to (?:tell (?:him|her|them|my|any)|talk to|deal with (?:it|this|him|her|my)|stop\b|cope))"
    ],
    "i don't": [
        r"i don't know what to do (?:anymore|any more|about my)",
        r"i don't think i can (?:forgive|go on|cope)",
    ],
    "i can't": [
        r"i can't (?:sleep(?: at night)?\s*(?:[.,;!]|$|because|since)|stop (?:crying|worrying|thinking about)"
        r"|take (?:it|this) any ?more|cope|concentrate|get out of bed|eat)"
    ],
    "i cry": [r"i cry (?:every|all|myself|in the)"],
    "without me": [r"(?:would be|are|be) better off without me"],
    "better now": [r"i feel (?:so )?much better now"],
    "my": [
        rf"my {_KIN} (?:keeps|always|never|doesn't|won't)",
        rf"my {_NEAR} (?:(?:always|never|doesn't|won't) (?:listen|talk|understand|trust|care|believe|support|respect"
        r"|see me|touch)|keeps (?:yell|scream|shout|blam|critici|ignor|leav|threaten|hurt|call|put|pick|humiliat)"
        r"|left me|cheated|yells|yelled|hates|treats me|ignores|blames me|threatened|screams|says i'm|hits|hit me)",
        rf"my {_NEAR} and i (?:have been|keep|are always|fight|argue|are) (?:fighting|arguing|every|all the time)?",
    ],
    "left me": [rf"since my {_NEAR} left me"],
    "as a client": [r"as a client, i\b"],
    "as your client": [r"as your client, i\b"],
    "came here": [r"i came here (?:today )?because (?:i|my)\b"],
    "i'm here because": [r"i'm here because (?:i(?:'m|'ve| have| feel| can't)|my)\b"],
    "help me": [r"(?:can|could) you (?:please )?help me\s*(?:[?.]|$|with my)", r"please help me\s*(?:[?.!]|$)"],
    "what should i": [r"(?:^|[.!?] )(?:so )?what should i do\s*(?:[?]|about my|if (?:he|she|my))"],
    "helped": [
        r"you(?:'ve| have) (?:really )?helped me (?:a lot|so much|today)",
        r"talking (?:to|with) you (?:has |have )?(?:really )?helped",
    ],
    "talking to you": [r"talking to you (?:really )?helps\b"],
}
NEEDS_NOT = {
    "i feel": [r"i feel (?:so |really )?(?:sad|angry|alone) (?:with you|for you|as i listen|hearing)"],
}

# Before a sign, within its sentence: what is told, asked or imagined is not said by who speaks.
REPORTED = (
    r"\b(?:sa(?:id|y|ys|ying)|told|tells?|telling|ask(?:ed|s|ing)?|goes|was like|were like|she's like|he's like"
    r"|(?<!i )thinks?|thought"
    r"|heard|read|advice|wrote|texted|could be|words|sentence|voice|part of you|imagine|suppose|as if|pretend|i know"
    r"|think,|how do you|why|easier)\b"
)
# The same for what follows at once.
REPORTED_AFTER = r"[^.!?]{0,24}\b(?:they|he|she|everybody|everyone|people) (?:say|says|said|told)\b"
# How a turn goes that is told from outside: nobody says this of themselves.
NARRATED = r"\b(?:nods|smiles|sighs|leans|pauses|replies|responds|looks (?:down|up|away|at))\b"
