"""English signs of a wish or plan to die, and what only looks like one.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
Where in doubt a sign is kept: a needless hotline costs a sentence.
"""

from __future__ import annotations

_SELF = r"(?:my|her|him|your|our|them)sel(?:f|ves)"
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
        f"{worn} {of}": [
            rf"{worn} {of} (?:living|life|this life|being alive)\b(?! (?:with|in|at|here|on|style|alone|under))"
        ]
        for worn in ("tired", "sick", "done", "fed up")
        for of in ("of", "with")
    },
    "alive": [r"(?:want|wanna|hate|hard|n't|not)(?: to)? (?:stay|be|being|staying) alive"],
    "be here": [
        r"(?:n't|not|never|dont) (?:even |really )?(?:want to|wanna|wish to) be here\b(?!,? (?:in|at|with|for|on"
        r"|to|right)\b)",
        r"(?:won't|wont|not going to|might not|may not) be here (?:much longer|any ?more|by|next|tomorrow|when)",
    ],
    "be around": [r"(?:won't|wont|not going to|n't want to|might not|may not) be around (?:much longer|any ?more|by)"],
    "wak": [
        r"(?:want|wanna|wish|hop(?:e|ing)|pray|like to|could|if i|rather|sleep|let me)[^.!?]{0,40}"
        r"(?:not|never|n't|dont|wont|without) (?:\w+ ){0,3}wak(?:e|ing) up"
        r"(?! (?:early|at|before|on time|in time|in the|late|for|to (?:my|the)|next to|so|with))",
        r"\bnever wake up\b",
    ],
    "exist": [
        r"(?:stop|stopped|quit|cease to|not|didn't|never|n't want to|tired of|hate|easier if i) exist(?:ing|ed)?\b",
    ],
    "been born": [r"(?:never|not|hadn't) been born"],
    **{
        verb: [
            r"(?:want(?:s|ed)? to|wanna|wish (?:i|he|she|they) (?:could|would)|could|if i|hope i|let me|i'd)"
            r" (?:just |simply )?"
            rf"{verb}(?:ed)?(?! (?:from|for (?:a|two|some)|into|to|in|on|under|behind|during|at)\b)"
        ]
        for verb in ("disappear", "vanish")
    },
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
        r"(?! (?:of|from|laughing|inside|for|on|old|happy|trying|than (?!live|go on|go back|stay|keep|continue|be\b"
        r"|spend)))",
        r"(?:ways?|how) to die\b",
        r"\bif i (?:just )?died\b",
    ],
    "dying": [
        r"(?:thoughts?|ideas?|think(?:ing)?|thinkin|fantasi\w+|dream(?:ing|t)?|daydream\w*) (?:of|about|abt) dying"
        r"(?! (?:of|from|alone))"
    ],
    "dying would": [r"dying would (?:be|feel|bring)"],
    "death would": [r"\bdeath would (?:be|feel|bring)"],
    "to go on": [r"(?:n't|not|dont) (?:even |really )?(?:want|wish|know how) to go on(?: without|[.,;!]|$| any)"],
    "days are": [r"my days are numbered"],
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
        r"(?:this is|texted (?:me|us)|said my) goodbyes?\b(?! to (?:the|my) (?:job|team|house|colleagues))",
    ],
    "or die": [r"care (?:if|whether) (?:i|he|she) lives? or dies?"],
    "letters": [r"(?:written|wrote|writing) (?:the|my|their|all the) letters"],
    "the day": [r"(?:picked|chosen|chose|set) the day\b(?! (?:for|of) (?:the|our|my) (?:wedding|move|party|trip))"],
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
    "done with this": [r"done with this world"],
    "done with every": [r"done with everything and everyone"],
    **{
        f"to {halt}": [
            rf"(?:want|need)(?:ed)? (?:it|it all|everything|the pain|this pain|all of (?:it|this)) to {halt}\b"
        ]
        for halt in ("stop", "end", "just stop", "just end")
    },
    "painless": [r"painless(?:ly)? (?:ways?|methods?|to)\b"],
    "lethal": [r"lethal (?:dose|amount)"],
    "in heaven": [r"(?:be|join|go|see)(?: with)? (?:\w+ ){1,3}in heaven"],
    "wherever": [r"(?:want(?:ing)?|wish) to (?:be with|join|follow) (?:my|him|her|them)(?: \w+)?[, ]+wherever"],
    "almost committed": [r"almost committed suicide"],
    "only thing": [
        r"only thing (?:that is |that's |that )?(?:stopp(?:ing|ed|s) me|keep(?:ing|s) (?:me (?:here|alive|around"
        r"|going)|her alive|him alive)"
        r"|holding me (?:back|here))"
    ],
    "only reason": [
        r"only reason (?:that |why )?(?:i'm|i am|i haven't|i didn't|she's|he's) (?:still )?(?:here|alive|around"
        r"|done it|end)",
    ],
    "me being": [r"point (?:in|of|to) me being (?:here|alive|around)"],
    "being here": [
        r"(?:point|reason|sense) (?:in|of|for|to) (?:\w+ )?being here\b(?! (?:in|at|with|for|on)\b)",
        r"(?:tired|sick) of being here[.,!?]",
    ],
    "make it to": [
        r"(?:n't|not|never)[^.!?]{0,20} make it to (?:christmas|new year|next (?:year|month|summer|week|birthday)"
        r"|my (?:next )?birthday"
        r"|tomorrow|the weekend|the end of the (?:week|month|year)|morning|thirty|forty|\d+)"
    ],
    "to heaven": [r"(?:want(?:s|ed)?|wish(?:es)?|like|ready|rather) to go to heaven"],
    "in me": [r"no (?:fight|life|will to live) (?:left )?in me"],
    "will to live": [r"(?:no|lost|losing|without)[^.!?]{0,12} will to live"],
    "care if i": [
        r"(?:no ?one|nobody|who)(?: would|'d| will)? (?:even |really )?care if i(?:'m| was| were| am)? (?:gone"
        r"|died?|dead|disappear\w*|not here)",
    ],
    "if i was gone": [r"if i was gone"],
    "if i were gone": [r"if i were gone"],
    "if i'm gone": [r"if i'm gone"],
    "erased": [r"(?:want|wish|like|could) (?:to )?(?:just )?be erased"],
    "end things": [r"end things (?:for good|for myself|permanently|once and for all|my own way)"],
    "be gone": [r"(?:want(?:s|ed)?|wish(?:es)?|rather|like) (?:to )?(?:just )?be gone\b(?! by)"],
    "not wake": [r"(?:go(?:ing)? to (?:bed|sleep) and|hop(?:e|ing) to|want to) not wake"],
    "hope i": [r"hope i (?:don't (?:wake|survive|make it)|never wake|die|get (?:cancer|hit|killed))"],
    "hoping i": [r"hoping i(?:'ll)? (?:don't|won't|never|die|get (?:cancer|hit|killed))"],
    "note for": [r"note for (?:my )?\w+[^.!?]{0,40}(?:fault|blame|forgive|sorry|goodbye|find)"],
    "note to": [r"note to (?:my )?\w+[^.!?]{0,40}(?:fault|blame|forgive|sorry|goodbye|find)"],
    "fantasi": [
        r"fantasi[sz]\w* about (?:my (?:death|car|funeral|own)|being hit|getting hit|crashing|falling|disappearing"
        r"|not (?:waking|being))",
    ],
    "reason to": [
        r"(?:n't|no|not|any|without)[^.!?]{0,16}reason to (?:keep going|go on|carry on|stay\b(?! (?:in|with|at"
        r"|here))|get through)"
    ],
    "disappear for": [r"disappear for (?:good|ever)"],
    "disappear forever": [r"disappear forever"],
    "see my": [r"see myself (?:living|being alive|alive|making it|getting) (?:past|to|at|beyond)"],
    "see him": [r"see himself (?:living|being alive|alive|making it|getting) (?:past|to|at|beyond)"],
    **{
        verb: [rf"\b{verb} (?:tonight|now|soon|today|for good|once and for all|tomorrow)"]
        for verb in ("end it", "ending it")
    },
    "goodbye to": [r"saying goodbye to (?:all of us|us all|everyone|everybody|all (?:her|his|my)|the whole family)"],
    "kills me": [r"(?:hop(?:e|es|ing)|wish(?:ing)?|pray(?:ing)?)[^.!?]{0,16} kills me"],
    **{
        back: [rf"if i[^.!?]{{0,20}}(?:n't|never) {back}\b(?! (?:to|from|until|before|late|for)\b)"]
        for back in ("come home", "came home", "come back", "came back")
    },
    "passive": [r"passive(?:ly)? suicid\w+", r"passive (?:death|ideation)"],
    "ideation": [r"(?<!no )ideation"],
    "dark thoughts": [r"dark thoughts (?:about|of) (?:hurting|ending|not|dying|death|my life)"],
    "off myself": [r"\boff myself\b"],
    "myself in": [r"\bd(?:id|o) myself in\b"],
    "top myself": [r"\btop myself\b"],
    "unsafe with": [r"unsafe with my(?:self| own| thoughts)"],
    "take me": [
        r"(?:want|wish|beg|pray|ask)\w* (?:god|the lord|him|death|someone) (?:to|would) (?:just )?take me\b(?!"
        r" (?:back|home|to|out|in))",
    ],
}

# What nearly killed somebody by chance: a thing that failed, or a fall.
_THINGS = (
    r"(?:brakes?|chain|t[iy]re|wheel|fork|cable|handlebars?|stem|saddle|pedals?|lever|frame|steering|engine|throttle"
    r"|rung|ladder|railing|harness|jack|scaffold\w*|boiler|heater|wiring|socket)"
)
_FLOORS = (
    r"(?:ice|bike|bicycle|scooter|motorbike|horse|ladder|stairs?|staircase|steps?|descent|hill|corner|kerb|curb|gravel"
    r"|leaves|floor|cable|wire|cord|hose|rug|carpet|tiles?|handlebars?|bars)"
)
_NEARLY = rf"(?:almost|nearly|could have) killed {_SELF}\b"
_BY_CHANCE = r"(?:(?!want|wish|purpose|hop(?:ed|ing)|years? ago|last year|drunk|drink)[^!?]){0,44}"

# Figures of speech, losses long past, denials, films and studies.
LOOK_ALIKES = {
    "killed ": [
        rf"{_THINGS} (?:\w+ )?(?:fail\w*|gave (?:out|way)|snapped|broke|came (?:off|loose)|jammed|seized|locked|burst"
        rf"|slipped|collapsed|blew) {_BY_CHANCE}{_NEARLY}",
        rf"(?:slipped|tripped|skidded|stumbled|fell|crashed|flew|came) (?:on|off|over|down) (?:the|a|my|that|some)"
        rf" (?:\w+ )?{_FLOORS}\b{_BY_CHANCE}{_NEARLY}",
        rf"{_NEARLY} (?:tripping|slipping|skidding|skiing|falling (?:off|over|down)"
        rf"|(?:on|over) (?:the|a|my|that|this|your) (?:\w+ )?{_FLOORS}\b"
        rf"|when (?:the|my|a|that) (?:\w+ )?{_THINGS}\b)",
    ],
    "suicid": [
        r"never (?:\w+ ){0,4}(?:contemplated|considered|attempted|tried|thought of|thought about) suicide",
        r"used to be suicidal",
        r"(?:'m|am|is|was|'s|are|feel|feeling|i'm) (?:not|never) (?:\w+ )?suicidal",
        r"(?:isn't|wasn't|aren't|no longer|never been|not been|never felt) (?:\w+ )?suicidal",
        r"no (?:\w+ )?suicidal (?:thoughts|ideation|feelings|plans?)",
        r"(?:died?|dies|death|loss|lost) (?:\w+ ){0,4}(?:by|to|from) suicide",
        r"(?:committed|his|her|\w+'s) suicide(?! (?:attempts?|plans?|notes?|threats?))",
        r"suicide (?:squad|prevention|awareness|hotline|lifeline|rates?|statistics|policy|bomb\w*|mission"
        r"|drill|by|loss|grief|bereavement)",
        # Things of other trades that are called so.
        r"(?:\w+ )?suicide (?:levers?|doors?|shift(?:s|er|ers)?|clutch|knobs?|squeeze|sprints?)\b",
        r"(?:academic|career|political|social|professional|financial) suicide",
        r"(?:movie|film|book|novel|song|show|series|thesis|essay|paper|article|documentary|lecture|podcast|class"
        r"|play) (?:\w+ )?(?:about|on) suicide",
    ],
    "kill": [
        r"(?:never|n't) (?:\w+ )?kill(?:ing)? (?:my|him|her|them)self",
        r"no (?:thoughts|intention) of killing myself",
    ],
    "die": [r"(?:embarrass\w*|asham\w*|mortif\w*|humiliat\w*|awkward\w*|cring\w*)[^.!?]{0,40} die"],
    "worth living": [r"life without (?:coffee|chocolate|cheese|music|wifi|wine)[^.!?]{0,10}worth living"],
    "it all": [r"it all to be over[^.!?]{0,16}(?:exams?|interviews?|wedding|applications?|waiting|renovation)"],
    "notice": [r"notice if i (?:left (?:the|early)|quit|skipped|was late|wore|cut my hair|changed|called in)"],
    "hope i": [r"hope i never wake up (?:next|in that|late|with)"],
    "wak": [r"hope i never wake up (?:next|in that|late|with)"],
}
