"""English formulas of acknowledgement, which replies to any message open with: a grammar of subjects and verbs.

Patterns over the start of a text as `phrases.flatten` leaves it. What is particular to the message, as in "I hear
your brother is back", makes a sentence no formula.
"""

from __future__ import annotations

from synthgen.filters.words.choice import choice

_ADVERBS = (
    choice(
        """so / very / really / truly / deeply / genuinely / completely / totally / fully / absolutely / certainly
        / definitely / sincerely / incredibly / extremely / quite / just / only / also / always / well / entirely
        / wholeheartedly / perfectly / clearly / understandably / terribly / both / pretty / particularly / especially
        / first / simply / very much / too / all / immensely / profoundly / actually / still""",
        after=" ",
    )
    + "{0,3}"
)
_MODAL = choice("can / could / do / would / will / must / want to / would like to", after=" ") + "?"
_FEELING = choice(
    r"""feelings? / emotions? / frustrations? / concerns? / worr(?:y|ies) / pain / grief / sadness / anger / fears?
    / anxiety / struggles? / reactions? / experiences? / situation / thoughts / hurt / confusion / guilt / distress
    / stress / exhaustion / loneliness / courage / honesty / openness / willingness / vulnerability / trust / desire"""
)
_HARD = choice(
    r"""hard / difficult / tough / challenging / painful / overwhelming / stressful / exhausting / frustrating / scary
    / confusing / heartbreaking / devastating / distressing / draining / isolating / upsetting / disheartening / heavy
    / daunting / complex / frightening / lonely / a lot / unsettling / emotional / emotionally \w+ / disorienting
    / complicated / rough / sad / awful / terrible / horrible"""
)
_GOOD = choice(
    r"""great / good / wonderful / fantastic / excellent / amazing / understandable / natural / normal / common / okay
    / ok / alright / clear / evident / apparent / obvious / admirable / commendable / brave / courageous / valid
    / reasonable / important / essential / crucial / vital / encouraging / inspiring / heartening / human / healthy
    / positive / impressive / touching / unfortunate
    / an? (?:\w+ ){0,2}(?:step|thing|question|sign|reaction|response|feeling|experience|decision|place to start
    |place to be|situation|time|spot|position)"""
)
_JUDGED = rf"(?:never |not |no |un)?{_ADVERBS}(?:{_GOOD}|{_HARD}|easy|uncommon|unusual|weird|silly)"
_YOU_ACT = r"you(?:'re| are|'ve been| have been) (?:currently |now )?" + choice(
    "feeling / going through / experiencing / describing / facing / dealing with / carrying / struggling with"
)
_SAY_FIRST = choice(
    r"""start / begin / first / acknowledge / thank / let you / say / commend / validate / assure / express / offer
    / recogni[sz]e"""
)
# I can truly understand how; I sense that; I hear you; I want to thank.
_FELT = choice(
    rf"""(?:understand|empathi[sz]e|sympathi[sz]e|relate|acknowledge|recogni[sz]e|appreciate|admire|commend|applaud)\b
    / validate\b / (?:feel for|thank|hear|honou?r) you\b / hear (?:the|how|what|that|your (?:\w+ )?{_FEELING})\b
    / (?:see|imagine|sense|feel) (?:that |just |exactly )?(?:how|why|what|you(?:'re|'ve)?|it|this|that)\b
    / tell (?:that |how |it |this |you(?:'re|'ve| are| have)\b)
    / (?:see|imagine|sense|feel|respect|honou?r) (?:the|your) (?:\w+ )?{_FEELING}\b
    / get (?:it|that|how|why)\b / respect (?:your|that|how)\b / care (?:about|for) you\b
    / hope (?:you're|you are|this)\b
    / know (?:how|(?:that )?(?:this|it)\b|that you\b|you(?:'re| are| must))
    / (?:want|need|like|love) (?:you to know|to {_SAY_FIRST})\b
    / start by (?:saying|acknowledging|thanking)\b / say (?:that|how)\b"""
)

# What may stand before a formula without making it less of one.
_SAID_FIRST = choice(
    r"""(?:dear |my |oh )?\w+ / first of all / first and foremost / to (?:begin|start)(?: with)?
    / before (?:anything|all) else / before we (?:begin|start)
    / as (?:an?|your) (?:\w+ ){0,4}(?:counsell?or|therapist|adviser|coach|assistant)"""
)
LEAD = (
    choice(
        rf"""{_SAID_FIRST}(?: there)?(?:[,.!:]| -)+\s?
        / let me (?:just )?(?:start|begin) (?:off )?by (?:saying|acknowledging|telling you)(?:\sthat)?,?\s?
        / please (?:know|understand|be assured)\s(?:that\s)? / (?:just )?know that\s"""
    )
    + "{0,3}"
)

FORMULAS = (
    # Greetings and assents.
    r"(?:hello|hi|hey|greetings|good (?:morning|evening|afternoon)|dear (?:friend|client|user|reader|one))\b[^a-z]",
    r"(?:absolutely|certainly|definitely|sure|of course|wonderful|excellent|perfect|great|indeed|understood|i see"
    r"|(?:what a )?(?:great|good) question)[,.!]",
    r"you (?:ask|raise|bring up|pose) (?:an?|such) (?:[\w-]+,? ){0,5}(?:question|point|issue|topic)\b",
    r"welcome(?:[,.!]| to)",
    # I and we.
    rf"(?:i|we)(?: |'d |'ll ){_ADVERBS}{_MODAL}{_ADVERBS}{_FELT}",
    r"(?:i|we) (?:can(?:no|')t|cannot|can hardly|can barely) (?:even )?(?:begin to )?(?:imagine|thank you)\b",
    rf"(?:i'm|i am|we're|we are) {_ADVERBS}"
    + choice(
        r"""sorry / glad / happy / pleased / proud / sad(?:dened)? / grateful / thankful / touched / moved / honou?red
        / impressed / concerned / delighted / heartbroken / hearing / sensing / aware / here (?:to|for|with)"""
    )
    + r"\b",
    r"my heart (?:goes|breaks|aches)\b",
    r"(?:my|our) (?:\w+ )?(?:sympathy|sympathies|condolences)\b",
    # It, that, this, there.
    r"(?:it|that|this|all (?:of )?(?:that|this)|what) (?:really |truly |certainly |definitely |just |all )?"
    r"(?:sounds|seems|appears|looks like|feels like|(?:must|has to) (?:be|feel|have been)|speaks volumes"
    r"|makes (?:\w+ ){0,3}sense)\b",
    r"it (?:\w+ )?(?:takes|took|requires) (?:\w+ ){0,4}(?:courage|strength|bravery|guts|vulnerability)\b",
    r"(?:it|that|this)(?:'s| is| was| (?:can|may|might|could|would|will|must) (?:\w+ )?(?:be|feel)) (?:of course )?"
    rf"{_JUDGED}(?:\W*$|[,.!;:]| (?:of you )?"
    r"(?:to|that|for|how|when|if|you|and|what|why|as|with|in|especially|of)\b)",
    r"there(?:'s| is) (?:nothing wrong with|no (?:doubt|shame|right or wrong|easy answer|one-size))\b",
    r"what a (?:\w+ ){0,3}(?:situation|time|position|experience|ordeal|question|place to be)\b",
    rf"how (?:\w+ )?{_HARD} (?:it|this|that)(?: must|'s| is)\b",
    # Thanks, joy and sorrow.
    r"(?:many |a (?:\w+ )?)?(?:thank you|thanks)(?: so much| very much)?(?:[,.!]| (?:for|very|so|again)\b)",
    r"(?:\w+ )?sorry (?:to (?:hear|read|learn)|you|that|for|about)\b",
    r"(?:\w+ )?(?:glad|happy|sad) (?:to hear|you)\b",
    r"kudos\b|congrat(?:ulation)?s\b|good for you\b|well done\b",
    # What you are feeling; your feelings are valid; you are not alone.
    rf"(?:all (?:of )?|everything |much of )?what {_YOU_ACT}",
    rf"the (?:\w+ )?(?:{_FEELING}|weight|way|things?) (?:that )?{_YOU_ACT}",
    rf"your (?:\w+ (?:and \w+ )?)?{_FEELING}(?: and {_FEELING})? (?:is|are|makes?|seems?|deserves?|matters?) {_ADVERBS}"
    r"(?:valid|understandable|natural|normal|real|common|justified|legitimate|sense|appreciated|admirable|important"
    r"|commendable|reasonable|palpable|to be)\b",
    r"you(?:'re| are) (?:\w+ )?(?:not alone|far from alone|not the only one|not broken|not crazy"
    r"|already (?:taking|doing)|brave|strong|courageous"
    r"|(?:going through|dealing|struggling|facing|coping)\b(?: \w+)? (?:an?|with|so)\b)",
    r"you(?:'ve| have) (?:\w+ )?(?:taken (?:an?|the) (?:\w+ ){0,3}step|been (?:through|carrying|dealing|going through) "
    r"(?:so|an?|quite)|come to the right|shown (?:\w+ ){0,3}(?:courage|strength|resilience))\b",
    r"you (?:do not|don't) have to (?:go through|face|carry) (?:this|it) alone\b",
    choice(
        r"""reaching out / seeking (?:help|support) / asking for help / opening up / sharing (?:this|your|what|that)
        / acknowledging / recogni[sz]ing (?:that|your|this|the need) / admitting / talking about (?:this|it|your)"""
    )
    + r"\b[^.!?]{0,60}?\b"
    r"(?:step|courage|strength|brave|courageous|commendable|admirable|easy|sign of|hard|important|vital)\b",
    # Dealing with anything can be hard.
    choice(
        r"""dealing / coping / living / struggling / going through / navigating / experiencing / facing / feeling
        / managing / balancing / losing / juggling / being / having / caring / raising / grieving / healing
        / recovering / overcoming / handling / finding / adjusting
        / moving on / letting go"""
    )
    + r"\b[^.!?]{0,60}?\b(?:can|may|must|could|might|is|are|isn't|is not)(?: often| also| sometimes)? "
    rf"(?:be |feel |leave you feeling )?{_ADVERBS}(?:{_HARD}|normal|natural|understandable|common|valid|never easy"
    r"|not easy|easy|okay)\b",
    # Many people; from what you wrote.
    r"(?:so )?many (?:people|others|individuals|of us|couples|parents)(?: \w+)? "
    r"(?:who|feel|experience|struggle|find|go through|share|have (?:felt|been)|face|in your)\b",
    r"any(?:one|body) in your (?:shoes|position|situation|place)\b",
    r"(?:based on|from|given|considering|after reading|listening to|reading) (?:all |everything )?"
    r"(?:(?:what |that )?you(?:'ve| have)?(?: just)? (?:shared|described|told|said|mentioned|written)"
    r"|(?:your|the|the \w+'s) (?:description|message|words|letter))\b",
    r"in (?:times|situations|moments) like (?:this|these)\b",
)
