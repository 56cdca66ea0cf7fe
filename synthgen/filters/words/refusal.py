"""How models refuse and how they speak of themselves, as patterns over folded text (see `phrases.fold`).

People say "I can't help it" and "as a language teacher" as well, so every pattern asks for what only a model
would say next: the request, the user it turns down, a policy, or an end right after "as an AI".
"""

from __future__ import annotations

# --- English -----------------------------------------------------------------------------------------

_CANNOT = r"\bi(?:'m| am)? (?:\w+ )?(?:can't|cannot|can not|won't|unable to|not able to|not allowed to|not going to)"
_HELP = (
    r"(?:help|assistance|advice|support|information|guidance|instructions?|responses?|content|answers?"
    r"|diagnos[ie]s|services?|counseling|therapy|treatment)"
)
_WRITING = r"(?:content|message|response|material|text|story|scenario|reply|conversation|dialogue|role-?play)s?"
_GIVE = (
    r"(?:provide|offer|give) (?:you )?(?:with )?(?:(?:any|specific|personal|that|this|the|such|kind of|type of"
    rf"|medical|legal|clinical|mental health|professional) )*{_HELP}(?! (?:to|for) (?:my|him|her|them|our|the)\b)"
)
# What a model declines to do, told from what people cannot do in their lives.
_DECLINED = (
    rf"(?:(?:help|assist)(?: you)? with (?:(?:this|that|it)\s*(?:[.,;!]|$|because|as it|but)"
    rf"|(?:this|that|your|the) (?:specific |particular )?(?:request|question|issue|topic|task|message))"
    rf"|assist(?: you)?\s*(?:[.,;!]|$)|{_GIVE}"
    rf"|continue (?:with )?(?:this|our) (?:conversation|discussion|topic|role-?play|request)"
    rf"|(?:answer|comply with|fulfil+|respond to) (?:this|that|your|such)(?! (?:\w+ )?(?:from|of) (?:my|his|her))"
    rf"|(?:discuss|engage in|engage with|participate in) (?:this|that|such|role-?play)"
    rf"|(?:generate|create|write|produce) (?:\w+ ){{0,3}}{_WRITING} (?:that|which|about|of this|as|for you|like))"
)
_SORRY = (
    r"(?:i(?:'m| am) (?:\w+ )?sorry|sorry|(?:i |my )?apolog(?:ies|i[sz]e)|unfortunately"
    r"|i (?:understand|appreciate|hear|see)\b|thank you|thanks)"
)

# Read at the very start of a text only: an excuse and what is declined, or the latter alone.
OPENING_EN = (
    rf"(?:{_SORRY}[^.!?]{{0,90}}?[.,;]? ?(?:but |however,? )?)?(?:{_CANNOT}) {_DECLINED}"
    rf"|{_SORRY}[^.!?]{{0,40}}? (?:{_CANNOT}) (?:help|assist)(?: you)?\s*(?:[.!]|$)"
    r"|i (?:must|have to|need to) (?:respectfully |politely )?decline (?:to|this request|your request)\b"
)

REFUSAL_EN = {
    "request": [
        rf"(?:{_CANNOT}) (?:\w+ ){{1,3}}(?:this|that|your|such an?) (?:\w+ )?requests?\b"
        r"(?! (?:from|of|my|he|she|they)\b)"
    ],
    "guideline": [r"(?:violat\w+|against|breach\w*) (?:my|openai(?:'s)?|the content|content) (?:\w+ )?guidelines?"],
    "polic": [
        r"(?:violat\w+|against|breach\w*) (?:my|our|the|openai(?:'s)?) (?:content|usage|use|safety) polic(?:y|ies)",
    ],
    "programming": [r"against my programming"],
    "you need": [rf"(?:{_CANNOT}) (?:provide|offer|give) (?:you )?(?:with )?the (?:\w+ ){{1,4}}(?:that )?you need"],
    "advice": [
        rf"(?:{_CANNOT}) (?:provide|offer|give) (?:you )?(?:with )?(?:\w+ )?(?:medical|legal|psychiatric|clinical"
        r"|therapeutic|mental health|professional) (?:or \w+ )?advice"
    ],
    "diagnos": [rf"(?:{_CANNOT}) (?:provide|offer|give) (?:you )?(?:with )?an? (?:\w+ )?diagnos"],
}

_THING = (
    r"(?:[- ](?:powered |based )?(?:large )?(?:language |chat |text |virtual )?(?:model|assistant|chatbot|bot|system"
    r"|program|counselor|counsellor|therapist|companion|tool|entity))?"
)
# An AI engineer goes on with a noun; a model stops here or goes on with what it is and does.
_STOP = (
    r"(?=\s*(?:[,.;:!?)\"–-]|$)|\s+(?:i|my|it|so|but|without|who|that|here|not|designed|trained|created"
    r"|developed|built|and (?:i|can|do|don't|not|cannot|have|my|am))\b)"
)
_NOT_IMAGINED = r"(?<!like )(?<!as if )(?<!whether )(?<!think )(?<!says )"
_I_AM = rf"{_NOT_IMAGINED}\bi(?:'m| am) (?:(?:just|only|simply|merely|really|actually|still|in fact) )*"

SELF_EN = {
    **{
        f"an {ai}": [
            rf"\bas an {ai}(?:,|\s+(?:i|my)\b)",
            rf"\bas an {ai}{_THING},? (?:i|i'm|my|it's)\b",
            rf"(?:^|[.!?] )as an {ai}{_THING}{_STOP}",
            rf"{_I_AM}an {ai}{_THING}{_STOP}",
        ]
        for ai in ("ai", "artificial intelligence")
    },
    "language model": [
        r"\bas an? (?:\w+ ){0,2}language model,? (?:i|i'm|my|it's)\b",
        rf"(?:^|[.!?] )as an? (?:\w+ ){{0,2}}language model{_STOP}",
        rf"{_I_AM}an? (?:\w+ ){{0,2}}language model{_STOP}",
    ],
    "chatbot": [r"\bas an? (?:\w+ )?chatbot,? (?:i|i'm)\b", rf"{_I_AM}an? (?:\w+ )?chatbot{_STOP}"],
    "chatgpt": [r"\b(?:i'm|i am|my name is) chatgpt\b"],
    "smollm": [r"\bsmollm"],
    "openai": [r"\bi(?:'m| am| was) (?:\w+ ){0,4}(?:created|trained|developed|made|built) by openai"],
    "hugging face": [r"\bi(?:'m| am| was) (?:\w+ ){0,6}(?:created|trained|developed|made|built) by hugging face"],
    "knowledge cutoff": [r"\bmy knowledge cutoff"],
}

# A client may say these of themselves; a reply in the voice of the one who helps may not.
_UNQUOTED = r"(?<!\"i)"
SELF_IN_REPLY_EN = {
    " not a": [
        rf"\bi{_UNQUOTED}(?:'m| am) not an? (?:(?:licensed|trained|qualified|certified|real|actual|mental health"
        rf"|medical"
        r"|human|professional) )+(?:therapist|counselor|counsellor|psychologist|psychiatrist|doctor|professional"
        r"|person|being|provider)\b",
        rf"\bi{_UNQUOTED}(?:'m| am) not a (?:human\b|(?:substitute|replacement) for (?:professional|therapy|a |an "
        rf"|medical))",
    ],
    "don't have": [r"\bi don't have (?:(?:personal|real|human) )+(?:feelings|emotions|experiences|opinions|beliefs)"],
}

# --- Chinese -----------------------------------------------------------------------------------------

_CANNOT_ZH = r"我(?:们|也|实在|暂时|目前|恐怕|可能|真的|并)*(?:无法|不能|没办法|没法|不便|难以)"
_GIVE_ZH = (
    r"提供(?:任何|相关|这类|此类|这样的|该|具体|更多|这方面的?|有关|医疗|法律|心理|专业|直接|的)*"
    r"(?:帮助|协助|服务|支持|建议|信息|内容|回答|诊断|治疗)(?!给)"
)
_THIS_ZH = r"(?:这个|这些|该|此|此类|这类|这样的|这种|您的|你的|相关)(?:的|类|种)*"
_DECLINED_ZH = (
    rf"(?:{_GIVE_ZH}|(?:协助|帮助)(?:你|您)(?:[，,。.！!]|处理|解决|完成|$)|协助(?:处理|完成)?(?:[，。]|$|{_THIS_ZH})"
    rf"|(?:回答|回应|讨论|参与|继续|满足|处理){_THIS_ZH}(?:问题|话题|请求|要求|内容|讨论|对话)"
    rf"|(?:生成|创作|撰写|编写){_THIS_ZH}(?:内容|文本|信息|回复|消息))"
)

OPENING_ZH = (
    r"(?:(?:非常|很|十分|真的|实在)*(?:抱歉|对不起|不好意思|遗憾|谢谢|感谢|我理解|我明白)[^。！？]{0,40}?)?"
    rf"{_CANNOT_ZH}{_DECLINED_ZH}"
    rf"|(?:你好[，,！!])?(?:这个|该|此)(?:问题|话题|请求)[，,]?{_CANNOT_ZH}(?:回答|讨论|处理|回应|完成)"
)

REFUSAL_ZH = {
    "提供": [
        rf"{_CANNOT_ZH}(?:为|给|向)(?:你|您)提供[^，。！？]{{0,14}}(?:帮助|协助|服务|支持|建议|信息|内容|诊断|治疗"
        rf"|回答)",
        rf"{_CANNOT_ZH}提供(?:任何|具体|专业|的)*(?:医疗|法律|心理|诊疗)(?:方面|上)?的?(?:建议|诊断|治疗|服务)",
    ],
    "请求": [rf"{_CANNOT_ZH}(?:满足|完成|处理|执行|响应|协助|回应){_THIS_ZH}请求"],
    "您的要求": [rf"{_CANNOT_ZH}(?:满足|完成|处理|执行|响应)您的要求"],
    "政策": [r"(?:违反|违背|不符合)了?(?:我的|我们的|平台的?)?(?:内容|使用|安全)政策"],
    "准则": [r"(?:违反|违背|不符合)了?(?:我的|我们的)?(?:内容|使用|安全|编程)准则"],
}

_THING_ZH = r"(?:语言模型|模型|助手|助理|聊天机器人|机器人|程序|系统|心理|咨询师|陪伴者)*"
_ONE_ZH = r"(?:一个|一名|一款|一种|一位|个|名)?(?:由[^，。]{1,12}(?:开发|训练|创造)的)?"
# An AI company or an AI painter goes on with a noun of its own.
_STOP_ZH = r"(?=\s*(?:[，,。；;：:、！!？?]|我|$)|没有|无法|不能|并不|不具|而)"

SELF_ZH = {
    noun: [
        rf"(?:^|[，。！？；\s\"但是而因为毕竟])[作身]为{_ONE_ZH}(?:大型)?{noun}{_THING_ZH}{_STOP_ZH}",
        rf"(?<![得说像为当是])我(?:只|仅仅|其实|毕竟|也)*是{_ONE_ZH}(?:大型)?{noun}{_THING_ZH}{_STOP_ZH}",
    ]
    for noun in ("人工智能", "ai", "语言模型", "大语言模型", "大模型", "聊天机器人", "智能助手", "虚拟助手")
} | {model: [rf"我(?:是|叫){model}"] for model in ("通义千问", "文心一言", "智谱清言", "deepseek")}

SELF_IN_REPLY_ZH = {
    "不是": [
        r"(?<!\")我(?:并)?不是(?:一名|一位|个|真正的|真的|专业的?|持证的?|执业的?|有资质的?|心理)+(?:咨询师|医生"
        r"|治疗师|人类|真人)",
        r"(?<!\")我(?:并)?不是(?:人类|真人)",
    ],
}
