"""What is told of others, in English and Chinese: patterns over flattened text without quotations."""

from __future__ import annotations

# Before a sign, within its sentence: what is told, asked or imagined is not said by who speaks.
REPORTED = (
    r"\b(?:sa(?:id|y|ys|ying)|told|tells?|telling|ask(?:ed|s|ing)?|goes|was like|were like|she's like|he's like"
    r"|(?<!i )thinks?|thought|heard|read|advice|wrote|texted|could be|words|sentence|voice|part of you|imagine"
    r"|suppose|as if|pretend|i know|think,|how do you|why|easier)\b"
    "|说|问|告诉|劝|想，|想着|念头|声音|心里话|写道|写着|讲：|回答|假如|如果|好像|常跟自己|喊|知道要|知道应该"
)
# The same for what follows at once.
REPORTED_AFTER = (
    r"[^.!?]{0,24}\b(?:they|he|she|everybody|everyone|people) (?:say|says|said|told)\b"
    "|[^。！？]{0,8}(?:他们|她|他|大家|别人)(?:都|总|老)?(?:这么|这样)?说"
)
# How a turn goes that is told from outside: nobody says this of themselves.
NARRATED_EN = r"\b(?:nods|smiles|sighs|leans|pauses|replies|responds|looks (?:down|up|away|at))\b"
NARRATED_ZH = "(?:点了?点头|笑了笑|叹了?口?气|沉默了?(?:片刻|一会儿)|低下头|看着(?:他|她|对方))"
