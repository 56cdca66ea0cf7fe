"""How people part, and how a talk comes to its end, in English and Chinese: patterns over flattened text."""

from __future__ import annotations

from synthgen.filters.words.choice import choice

_DAYS = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|time|session|meeting|visit)"

# A goodbye that is told of, or was never said.
_NOT_TOLD = r"(?<!to say )(?<!say )(?<!said )(?<!saying )(?<!a )(?<!our )(?<!his )(?<!her )(?<!my )(?<!that )"
_AFTER_CARE = r"(?: (?:too|until then|and|now|tonight|on the|this)\b|\s*[,.!]|\s*$)"
# Words with which somebody parts from the other.
FAREWELL_EN = choice(
    rf"""{_NOT_TOLD}\bgood-?bye\b(?! to\b| (?:kiss|hug|letter|party))
    / (?:^|[.!?,] )(?:okay |ok |well |and |so |thanks |then )?bye(?:-bye| bye)?\b(?! the)
    / \b(?:see|talk to|speak to|meet) you (?:(?:again|all|here) )?(?:next|on|soon|then|later|tomorrow|around|at our)\b
    / \b(?:see|talk to|meet) you (?:again )?in (?:a|two|three|\w+) (?:week|month)s?\b
    / (?<!to )\b(?:see|talk to) you\s*[.!]*\s*$ / \b(?:speak|talk|meet) (?:again )?(?:soon|next {_DAYS})\b
    / \buntil (?:next {_DAYS}|then|we (?:meet|talk|speak)|our next|{_DAYS})\b[^?]*$
    / (?:^|[.!?,;] )(?:and |so |please |you |do )?(?:you )?take (?:good )?care(?: of yourself)?{_AFTER_CARE}
    / (?<!i )(?<!we )(?<!to )\bhave an? (?:\w+ ){{0,2}}(?:day|evening|night|week|weekend|afternoon|trip|drive)\b
    / \bhave a good one\b
    / (?:^|[.!?,] )good ?night\b / \b(?:get|drive|travel) home safe(?:ly)?\b / \bsafe (?:travels|journey|trip)\b
    / \bfarewell\b(?! (?:party|letter)) / \bi(?:'ll| will) be (?:here|thinking of you)\b
    / \bmy door (?:is|stays|remains) open\b / \ball the best\b / \bbest of luck\b / \bgood luck\b
    / \bwish(?:ing)? you (?:all )?(?:the|every|well|luck|strength|a |good|much|peace|many) / \bsame time next week\b"""
)
FAREWELL_ZH = choice(
    """(?<!说)(?<!说了)(?<!句)(?<!说声)(?<!来不及)再见(?!到|面|过|你|他|她|一|的机会) / 拜拜 / 回头见 / 到时候?见(?!到)
    / (?:下|回|改|明|后)(?:次|周|个?星期|天|头|日|回)[^，。！？]{0,4}(?:再?见|再?聊|再会)(?!到|过|面) / 改天(?:再)?聊
    / (?:周|星期)[一二三四五六日天](?:[上下]午|晚上)?[^，。！？]{0,3}见(?!到|他|她|面|过) / 老时间见 / 保重 / 祝你
    / 祝福你 / 祝愿你 / (?<![说道])晚安 / (?<!慢)慢走 / 路上(?:小心|慢点|注意安全) / 一路顺风 / 后会有期
    / (?:好好|多|记得|请|也要?|^|[，。！])照顾好?自己[。！，~]?$ / 那我(?:就)?先(?:走|回去|下|撤)了
    / (?:随时|再)(?:都)?(?:可以)?(?:来|回来)?找我[^，。！？]{0,6}[。！]?$"""
)

_DO = choice(
    """try / do (?:that|it|this) / give (?:it|that|this) / write / call / start / talk / tell / ask / text / speak / go
    / keep / let you know / think about / take / put / book / make / send / see / report / bring / practice / remember
    / look / set / begin / sit / sleep / say / read / visit / hold / be / have / work / leave / get / wait / ring
    / phone
    / mail / email / show / pick / walk / stay / open"""
)
_DONE = choice(
    """talked / looked / found / covered / spoken / seen / come / done / named / made / taken / said / worked / shown
    / put
    / begun / started / already / gone / earned / got / set / agreed / learned / discovered"""
)
_RELIEVED = choice(
    """better / lighter / calmer / relieved / hopeful / clearer / less / more / ready / understood / good about / okay
    / heard"""
)
# Signs that a talk draws to its end, told by what people then speak of: thanks, what is taken along, what comes next.
CLOSING_EN = choice(
    rf"""\bthank(?:s| you|ful) / \bgrateful\b / \bappreciate (?:you|your|this|that|it|the) / \bnext (?:{_DAYS})\b
    / \b(?:for|until|end|enough|stop|finish|here|close|leave it|work) (?:for )?today\b
    / \bbefore (?:we|you|i) (?:end|finish|stop|wrap|part|go|leave|close) / \bwrap(?:ping)? (?:it |this |things )?up\b
    / \bleave it (?:there|here|at that)\b / \bstop (?:here|there)\b / \bend (?:here|there|on that|with that)\b
    / \b(?:our|the) (?:time|hour|session) (?:is|for today|comes|has come)\b / \btime (?:is up|to (?:stop|go|close))\b
    / \bcome back (?:to (?:me|this|it)|next|and|on|when|any ?time|if|in)\b
    / \bi(?:'ll| will|'m going to|'m gonna| am going to) (?:(?:definitely|also|just|really|probably|maybe) )?{_DO}
    / \bi(?:'d| would) like to (?:try|do that) / \bi can (?:do that|try|live with|manage|start)
    / \b(?:to sum (?:it )?up|in short|summing up|looking back|to gather|all in all|to recap)\b
    / \b(?:we|you)(?:'ve| have) {_DONE}\b
    / \btak(?:e|ing) (?:(?:that|this|it|something) )?(?:\w+ )?(?:home|along|away)\b
    / \btak(?:e|ing) (?:\w+ ){{0,2}}(?:with (?:you|me)|from (?:today|this|here))\b
    / \bwhat(?:'ll| will| do| would) you take\b / \bcarry (?:that|this|it) / \blet me know\b
    / \btell me (?:how (?:it|that|things)|about it|what (?:you|happen)\w*) / \bsleep well\b / \bkeep me posted\b
    / \blet's (?:see how|meet|talk again|pick|plan|stop|leave|end|close|agree|start with|try that|do that|keep|begin)\b
    / \blet's (?:look at it again|check)\b / \bwe(?:'ll| will| can) (?:pick|look|talk|see|meet|go on|continue|return)\b
    / \bwe(?:'ll| will| can) (?:take it up|come back|start|build|check|work|figure)\b
    / \b(?:that|this|it|you|talking)(?:'s| has| have|'ve)? (?:really )?help(?:s|ed|ful)?\b
    / \bfeel(?:ing)? (?:a (?:bit|little|lot) |much |somewhat |already |so much )?{_RELIEVED}\b
    / \bglad (?:you|we|i|that|to|it) / \bproud of / \bhope (?:you|it|this|that|the|so|to|for)
    / \bbe (?:kind|gentle|easy|patient) (?:to|with|on) yourself\b
    / \bone (?:small )?(?:step|thing) (?:at a time|you|for|to take|that) / \b(?:this|over the) (?:weekend|coming week)\b
    / \b(?:tonight|tomorrow|this week|this evening)\b / \btake (?:good )?care\b / \btake your time\b / \bany ?time\b
    / \bi(?:'m| am) (?:always )?here (?:if|when|for|whenever)\b / \bit was (?:good|nice|great|a pleasure)\b
    / \bgood (?:talking|to talk|plan|luck|start|work|place to)\b / \bplan\b / \b(?:first|next|small|good) step\b
    / \bdeal\b(?! with) / \bappointment\b / \bwhenever you\b / \bwelcome\b / \bsounds good\b / \bi believe in you\b
    / \byou can do (?:it|this)\b / \bkeep (?:going|it up|noticing|at it|in touch)\b / \bhomework\b
    / \bstay in touch\b / \bfrom (?:today|now on|here on)\b"""
)
CLOSING_ZH = (
    "谢谢|多谢|感谢|不客气|不用谢|下一?(?:次|周|回|个星期|星期)|这一?(?:周|个?星期)|今天(?:就|先|我们|咱们|聊"
    "|谈|[你我](?:为|已经|做|说|把|能|看)|的(?:谈话|咨询|时间|聊天))|到这(?:里|儿)|时间(?:到|差不多|也)"
    "|结束(?:之?前|今天|了)"
    "|回去(?:就|后|以后|试|想|做|跟|和|先|再|好好|可以|我)|(?:试试|试一试|试着|尝试)|我(?:会|今晚|明天|今天"
    "|这就|打算|决定|周末|先)(?:就|先|去|试|把|跟|和|努力|好好|记|慢慢|给|做|写|找|的)|约(?:好|定|个|在|一下)"
    "|一步一?步|慢慢来"
    "|(?:记得|记住|别忘)|随时|照顾好?自己|好好(?:休息|睡|吃|照顾|对)|晚安|加油|(?:轻松|舒服|踏实|好受|平静|清楚"
    "|明白|亮堂|好|轻|安心|有底|敢)(?:了)?(?:多了|一些了?|一点了?|不少|很多)|松了一?口气|有(?:信心|希望|方向"
    "|底)了"
    "|总结|回顾|梳理(?:了|一下今天)|带(?:走|回去|着)|收获|祝|希望(?:你|接下来|以后|我)|相信你|为你(?:高兴|骄傲"
    "|感到)|(?:第一步|下一步|小目标|计划|作业|练习)|到时候?|再(?:见|聊|来|会|接着|继续|告诉我|跟我|说)|接下来"
    "|以后|明天|今晚|周末|保重|没问题|就这么|就这样|这样就(?:好|很好)|说定|一言为定|(?:你|我们)已经|有(?:帮助"
    "|用)|好的|陪(?:着|你)|能(?:跟|和)?(?:你|您)(?:聊|说|谈)|慢走|做得(?:很|非常)?好|不急"
)
