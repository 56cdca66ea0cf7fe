"""English signs of wounds done to oneself, of ways looked up and of attempts.

Patterns over folded text (see `phrases.fold`), under a literal that each of them contains.
"""

from __future__ import annotations

_SELF = r"(?:my|her|him|your|them)sel(?:f|ves)"
_MY = r"(?:my|her|his|their)"
_LIMB = r"(?:arms?|wrists?|thighs?|legs?|skin|forearms?|stomach|hips?|ankles?|shoulders?|hands?|knuckles)"
_SHARP = r"(?:razors?|blades?|knife|knives|scissors|glass|needle|compass|scalpel|box cutter|pin|pins)"

SIGNS = {
    "bleed": [r"(?:until|till|til|so|make \w+) (?:i|it|they|my \w+) bleeds?\b(?! (?:money|red))"],
    "bled": [r"(?:until|till|til) (?:i|it|they|my \w+) bled"],
    "knuckles": [r"(?:punch|hit|pound)\w*[^.!?]{0,40} knuckles[^.!?]{0,16}(?:split|bleed|bled|raw|bloody|broke)"],
    **{
        f"feel {felt}": [
            rf"(?:\bcut(?:ting|s)?\b|hurt\w* {_SELF}|burn\w*|scratch\w*|carv\w*|bit(?:e|ing)|punch\w*"
            rf"|{_SHARP}|stab\w*|blood)[^.!?]{{0,60}} feel {felt}",
            rf"feel {felt}\b[^.!?]{{0,40}} (?:cut|hurt|burn|bleed|blade|razor|blood)",
        ]
        for felt in ("anything", "something", "real", "alive", "numb")
    },
    "cut": [r"\bcut (?:my |her |his )?(?:\w+ )?where (?:my|the|her|his) [^.!?]{0,16}(?:cover|hide)"],
    **{
        wound: [
            r"(?:fresh|new|self-made|rows? of|straight|neat|parallel|more|small|deep|thin)[^.!?]{0,10}"
            rf" {wound} (?:on|all over|along|up|down|across|up and down) (?:my|her|his|their|both) (?:\w+"
            rf" )?{_LIMB}",
            rf"{wound} (?:on|all over|along|up|across|up and down) (?:my|her|his|their) (?:\w+"
            rf" )?{_LIMB}[^.!?]{{0,40}}(?:says|said|long sleeves|lie|lied|blam|swears|hid)",
        ]
        for wound in ("cuts", "marks", "burns", "lines", "scratches", "scars", "wounds")
    },
    "long sleeves": [r"long sleeves[^.!?]{0,40}(?:hide|cover|so (?:no ?one|nobody)|cuts|scars|marks|arms)"],
    "lighter": [
        rf"lighter (?:to|on|against|under|and)[^.!?]{{0,10}}(?:my|his|her) {_LIMB}",
        rf"(?:burn|press|hold|held)\w*[^.!?]{{0,30}}(?:{_LIMB}|{_SELF})[^.!?]{{0,12}} lighter",
    ],
    **{
        heat: [rf"(?:hold|held|press|put)\w* my (?:hand|arm|finger|palm|wrist)s?[^.!?]{{0,16}} {heat}"]
        for heat in ("candle", "flame", "stove", "hot plate", "boiling", "the iron", "curling iron")
    },
    "burning myself": [r"burning myself\b(?! out)"],
    "relaps": [r"relapsed[^.!?]{0,16}(?:cut|self|blade|razor|harm)"],
    **{
        sharp: [
            r"(?:press|push|drag|run|ran|pull|use|used|using|hold|held|put|tak(?:e|en|ing)|took|keep|kept"
            rf"|hid\w*)[^.!?]{{0,16}} {sharp}s?\b[^.!?]{{0,24}}"
            rf"(?:{_MY} (?:\w+ )?{_LIMB}|{_SELF}|calm|relief|just in case|in my (?:phone|wallet|room"
            r"|drawer|sock|bag)|under my)",
        ]
        for sharp in (
            "blade",
            "razor",
            "razor blade",
            "knife",
            "scissors",
            "needle",
            "safety pin",
            "broken glass",
            "shard",
        )
    },
    "the pain": [
        r"(?:cut\w*|burn\w*|punch\w*|hit\w*|bite|biting|scratch\w*|blade)[^.!?]{0,40} the pain (?:makes"
        r"|helps|stops|takes|drowns|calms|distracts|quiets|is the only)"
    ],
    "body deserves": [r"my body deserves (?:it|this|to|pain|the)"],
    "deserve the pain": [r"deserve the pain"],
    "hurts to": [
        r"(?:whether|if|how much|would|does|wonder\w*) it (?:\w+ )?hurts to (?:bleed|drown|hang|die"
        r"|suffocate|fall|jump|overdose)"
    ],
    "hurt to": [
        r"(?:whether|if|how much|would|does|did|wonder\w*) it (?:\w+ )?hurt to (?:bleed|drown|hang|die"
        r"|suffocate|fall|jump|overdose|be hit)"
    ],
    "how long it": [
        r"how long it (?:takes|would take|'d take)[^.!?]{0,16} (?:to )?(?:bleed|drown|die|suffocat|freez"
        r"|starv|lose consciousness|pass out|hit the|stop breathing|find me|someone)"
    ],
    **{
        sought: [
            rf"{sought}[^.!?]{{0,40}}(?:fatal|lethal|methods|painless|overdos\w*|enough to (?:die|kill"
            r"|end)|how to tie|ways to (?:go|die|end)|hang\w*|bleed)"
            r"(?! (?:for (?:my|a) (?:thesis|novel|class|essay)))"
        ]
        for sought in (
            "googl",
            "looked up",
            "looking up",
            "researching",
            "searched",
            "searching",
            "reading about",
            "reading up",
        )
    },
    "it would take": [
        r"(?:how (?:many|much)|reading about|know what|dose|amount)[^.!?]{0,50} it would take(?=[.,;!]|$|"
        r" to (?:die|stop|end|kill|make sure|not wake|finish))"
    ],
    "i tried": [
        r"i tried (?:it |again )?(?:last|two|three|a few|\w+) (?:weeks?|nights?|months?|days?|night) ago"
        r" with (?:pills|a|my|the)",
        r"i tried (?:to do it|to end it|to go|to bleed|to overdose|to jump)\b(?! (?:alone|together|over))",
    ],
    "attempt": [
        r"(?:my|his|her|since the|after the|survived (?:an|my|the|his|her)|another|previous|an?) (?:\w+ )?attempt"
        r" (?:with|by) (?:pills|a|hanging|overdos\w*|jump\w*|cutting)|(?:survived (?:my|an|his|her)|since"
        r" my|after my) (?:\w+ )?attempt\b(?! (?:at|to))",
        r"attempted (?:again|last (?:week|night|month)|twice|to (?:end|take|hang|overdose|jump))",
    ],
    "woke up any": [r"(?:pills|overdos\w*|tried|took|swallow\w*)[^.!?]{0,40} woke up anyway"],
    **{
        failed: [rf"(?:pills|overdos\w*|rope|attempt\w*|took)[^.!?]{{0,50}} {failed}(?! for my)"]
        for failed in ("didn't work", "it failed")
    },
    "pumped": [r"stomach pumped"],
    "skip": [
        r"skip\w* (?:my |his |her )?(?:insulin|heart (?:pills|meds)|dialysis|chemo)[^.!?]{0,30}(?:on"
        r" purpose|hoping|so (?:that )?i|die|let)"
    ],
    "starv": [r"starving (?:and \w+ )?myself"],
}

LOOK_ALIKES = {
    "lighter": [r"(?:feel|felt|feeling|much|bit|lot|little) lighter"],
}
