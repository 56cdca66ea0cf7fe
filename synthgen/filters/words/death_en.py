"""English signs around the plain words of death, pain, hope and fear, wherever the sentence puts them.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_FEAR = r"(?:afraid|scared|terrified|frightened|fear|worried|worry)"
_CHILD = r"(?:them|him|her|child|kids?|children|baby|son|daughter|someone|somebody|people|wife|husband)"
_BLADE = r"(?:knife|razor|blade|rope|gun|scissors|pills|belt|pistol)"
_NOT = r"(?:n't|not|never|dont|no longer|cant|cannot)"
_LAST = r"(?:month|week|year|day|night|weekend|winter|summer|spring|christmas|birthday)"

SIGNS = {
    "to die": [
        r"\b(?:i|i'd|me|myself)\b(?:(?!\b(?:if|when|afraid|scared|fear\w*|worr\w*|going|about|young|used"
        r"|waiting)\b)[^.!?]){0,44}"
        r" to die(?=[.,;!?]|$| (?:today|tonight|now|soon|already|with (?:him|her)|and (?:be|not|never)))",
        r"only (?:way|thing|option)[^.!?]{0,40} is to die\b",
    ],
    **{
        f"than {end}": [rf"(?:option|way|choice|escape|solution|answer|road|out)[^.!?]{{0,14}} than {end}\b"]
        for end in ("death", "dying", "to die", "suicide")
    },
    "death": [
        r"death (?:is|feels|seems|sounds|looks) (?:\w+ )?(?:the only|better|like (?:the only|a relief|an"
        r" escape)|easier|a relief|peaceful|kinder)"
    ],
    **{
        f"{on} living": [
            rf"(?:why|how|reason|want|bother|point|tired|{_NOT})[^.!?]{{0,24}}\b{on} living\b(?! (?:with"
            r"|in|at|here|on|like|from))"
        ]
        for on in ("keep on", "go on", "carry on", "continue", "bother")
    },
    "suffering": [r"(?:end|stop|finish|over with|escape)(?: \w+)? (?:my|this|all this|his own|her own) suffering\b"],
    "my pain": [r"(?:end|stop|finish) my pain\b(?! (?:medic|clinic|in my))|my pain to (?:end|stop|be over)"],
    **{
        f"{part} this world": [rf"(?:{_NOT}|done|tired)[^.!?]{{0,30}} {part} this world(?: any|[.,;!]|$)"]
        for part in ("part of", "stay in", "be in", "live in", "belong in", "remain in")
    },
    **{
        f"{end} everything": [
            rf"(?:like|about|of|want to|just|consider\w*|could) {end} everything\b(?! (?:with|between|at work))"
        ]
        for end in ("end", "ending")
    },
    "end it": [r"(?:ways?|methods?)[^.!?]{0,20} (?:to |i (?:could|would|might|can) |i'd )end it\b(?! with)"],
    "myself alive": [r"keep(?:ing)? myself alive"],
    "to od": [r"(?:tried|going|want|planning|wanted) to od\b"],
    "things to me": [
        r"(?:doing|does|did|do) (?:\w+ )?things to me\b[^.!?]{0,30}(?:night|tell|mom|mum|alone|bed|secret|sleep|hate)"
    ],
    "hurt": [
        rf"{_FEAR} (?:that )?i(?:'ll|'m going to| will| might| could| may)(?: \w+){{0,2}} hurt(?:ing)?"
        rf" (?:\w+ ){{0,2}}{_CHILD}\b(?! feelings)",
        r"(?:fantasi\w+|dream\w*|think\w*|thoughts?|plan\w*|urge\w*)[^.!?]{0,16} hurting (?:my|him|her"
        r"|them|the|people|someone)\b(?![^.!?]{0,8}feelings)",
    ],
    "do something": [
        r"(?:afraid|scared|worried|might|going to|before i|i'll|gonna) (?:i'll |i'll really |i )?do"
        r" something (?:terrible|drastic|stupid|bad|awful|irreversible)\b"
    ],
    "abusing": [
        r"(?<!emotionally )(?<!verbally )abusing (?:my|the|our) (?:\w+)\b(?! (?:trust|kindness|hospitality|patience))"
    ],
    "my funeral": [
        r"(?:come to|cry at|attend|pictur\w*|plan\w*|imagin\w*|show up (?:at|to)|speak at|for|at) my funeral"
    ],
    "my own funeral": [
        r"(?:come to|cry at|attend|pictur\w*|plan\w*|imagin\w*|for|at) my own funeral\b(?! in the game)"
    ],
    "broke into": [
        r"(?:\bex|husband|boyfriend|stalker|\bhe|\bshe)[^.!?]{0,10} broke into my (?:apartment|flat|house"
        r"|home|room|car)"
    ],
    "in the grave": [r"together in the grave|you in the grave"],
    "stalked": [r"(?:been|being|am|'m) stalked(?! by (?:ads|recruiters))"],
    "engine": [r"garage[^.!?]{0,24} engine (?:on|running)|engine (?:on|running)[^.!?]{0,24} garage"],
    **{
        near: [rf"{_BLADE}[^.!?]{{0,12}} {near}\b"]
        for near in (
            "beside my bed",
            "by my bed",
            "under my pillow",
            "next to my bed",
            "in my nightstand",
            "under my mattress",
        )
    },
    "gun": [
        r"(?:bring\w*|tak(?:e|ing)|brought|carry\w*|com(?:e|ing))[^.!?]{0,14} gun (?:to|into) (?:the |my "
        r"|our )?(?:office|work|school|class|church|campus)"
    ],
    **{
        f"be {here} to": [
            rf"(?:won't|wont|not going to|might not|may not|don't think i'll) be {here} to (?:see|watch"
            r"|open|celebrate|enjoy|meet|sign)\b(?! (?:them|you) (?:off|out))"
        ]
        for here in ("around", "here")
    },
    "my last": [
        rf"(?:decid\w*|know|sure|promis\w*|will be|is going to be)[^.!?]{{0,24}} my last {_LAST}\b(?!"
        r" (?:at|of|in|on|with|as|here|before|for))"
    ],
    "be where": [
        r"(?:want|wish|long|need|rather|like)[^.!?]{0,12} be where (?:he|she|they|my \w+) (?:is|are"
        r"|went)\b(?! (?:in|from|working|at))"
    ],
    "ready to go": [r"ready to go\b[^.!?]{0,50}(?:stopp?\w* (?:taking|eating)|refus\w*|goodbye|to heaven|be with)"],
    **{
        f"heart {stops}": [rf"(?:hop\w*|wish\w*|pray\w*|want|like)[^.!?]{{0,14}} (?:my|his|her) heart {stops}"]
        for stops in ("just", "would", "will", "gives", "gave", "stops", "stopped", "simply", "to stop", "quits")
    },
    "goodbyes": [r"(?:written|wrote|writing|recorded|typed|recording|hidden) (?:all )?my goodbyes"],
    "if i": [
        r"(?:easier|better|happier|simpler|calmer|lighter)(?: life| lives)? if i (?:were|was|wasn't"
        r"|weren't)(?: \w+)? (?:out of (?:it|the)|in it|here|around|part of|alive)"
        r"(?! (?:less|more|on|at))",
    ],
    **{
        f"without {whom}": [
            r"(?:we'd|we'll|they'd|we would|everyone would|everyone'd|we're|they're)[^.!?]{0,10}"
            rf" (?:better|fine|happier|okay)(?: off)? without {whom}(?=[.,;!]|$)"
        ]
        for whom in ("him", "her")
    },
    "i have a plan": [
        r"i have a plan(?=[.;!]|$|,? and (?:i know|a date|the means|a day|i've (?:picked"
        r"|set)))(?![^.!?]{0,60}(?:debts?|career|business|move|paid))"
    ],
    "stop hurting": [r"stop hurting[^.!?]{0,40}(?:one way|only way|no other way)"],
    "my own thoughts": [
        rf"{_FEAR} of my own thoughts[^.!?]{{0,40}}(?:baby|knife|stairs|balcony|window|bridge|child|alone"
        r"|night|kitchen)"
    ],
    "to step": [
        r"(?:platform|edge|tracks|ledge|roof)[^.!?]{0,40}(?:pull|urge|want|impulse|tempt\w*"
        r"|need)[^.!?]{0,8} to step (?:forward|off|over)"
    ],
    "brave enough": [r"brave enough (?:one (?:night|day)|some ?day|this time)(?! to (?:ask|tell|quit|leave))"],
    "something bad": [r"do something bad to (?:the|him|her|them|my|that)"],
    "picking a night": [r"picking a night"],
    "in their lives": [r"if i (?:just )?(?:weren't|wasn't) in their lives"],
    **{
        f"{told} to {harm}": [rf"{told} to {harm}\b(?! (?:down|back|off|out|time|the (?:lawn|engine|light)))"]
        for told in ("telling me", "tells me", "tell me")
        for harm in ("hurt", "kill", "cut", "stab", "harm", "attack", "jump", "die", "burn")
    },
    "to just end it": [r"(?:tell\w*|voice|brain|head|mind|want\w*|urge)[^.!?]{0,30} to just end it\b(?! with)"],
    **{
        f"{end} myself": [rf"{end} myself(?=[.,;!]|$| (?:so|and|because|before|tonight|now))"]
        for end in ("end", "ending")
    },
    "never wake": [
        r"(?:wish|want|hope|could|like)[^.!?]{0,40} never wake\b(?! (?:up )?(?:before|late|next|in|him|her))"
    ],
    "let go of life": [r"let go of life"],
    "letting go of life": [r"letting go of life"],
    **{
        f"about {own} death": [
            rf"think(?:ing)? about {own} death\b|about {own} death (?:all the time|every|constantly|a lot)"
        ]
        for own in ("my", "my own")
    },
    "death all": [r"think(?:ing)? about death all (?:the time|day)"],
    "on purpose": [r"(?:drove|drive|driving|steer|swerve)\w*[^.!?]{0,50} on purpose"],
    "the pills": [r"(?:letter|note|ready)[^.!?]{0,24} the pills\b"],
    "gun is": [r"know(?:ing)? where [^.!?]{0,20}gun is"],
    "hits me": [
        r"(?<!toddler )(?<!son )(?<!daughter )(?<!kid )(?<!old )hits me (?:when|if|whenever|because|every"
        r"|in front|again)\b(?! (?:how|that|why|i (?:realise|realize)))"
    ],
    "attacked me": [
        r"attacked me\b(?! (?:verbally|online|in the (?:meeting|comments|press)|for my|on (?:twitter|facebook)))"
    ],
    "bruised": [
        r"(?:girl|boy|child|kids?|son|daughter|baby|toddler|pupil|student|she|he)[^.!?]{0,20} (?:always"
        r"|often|constantly|keeps coming)[^.!?]{0,12} bruised"
    ],
    "scars": [r"scars\b[^.!?]{0,40}(?:added|new ones|more this|fresh)"],
    "said goodbye": [r"said goodbye[^.!?]{0,40}(?:strange|weird|forever|phone|pick up|reach|like it was)(?! number)"],
    "be quick": [r"(?:bridge|river|sea|water|train|cliff|height|drop)\b[^.!?]{0,50} be quick\b"],
    "how cold the": [r"(?:wonder|think)\w*[^.!?]{0,16} how cold the (?:water|river|sea|lake)"],
    "to bury me": [r"(?:promis\w*|threat\w*|wants?|going) to bury me\b(?! in (?:work|paper\w*))"],
    "counted them": [r"(?:pills|tablets|capsules)[^?]{0,50} counted them"],
    "the guts": [r"(?:haven't|don't have|lack|hadn't|no) the guts(?: to)?(?=[.,;!]|$)"],
}

LOOK_ALIKES = {
    "to die": [
        r"(?:embarrass\w*|asham\w*|mortif\w*|humiliat\w*|awkward\w*|cring\w*|karaoke)[^.!?]{0,44} to die",
        r"(?:mother|father|mum|mom|dad|dog|cat|grand\w+|patients?|plants?|battery)[^.!?]{0,24} to die",
    ],
    "goodbye": [r"(?:said|say|saying) my goodbyes? (?:at|to|before|and (?:left|went|drove|cried))"],
    "goodbyes": [r"(?:said|say|saying) my goodbyes"],
}
