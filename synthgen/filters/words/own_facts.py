"""How people tell their own age and name, and what they count of their families, in English and Chinese.

Patterns over text without quotations; what is told of others, of other times or as a wish is not to match.
"""

from __future__ import annotations

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
NUMBER_EN = (
    rf"(?:\d{{1,2}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    rf"|seventeen"
    r"|eighteen|nineteen)"
)
NUMBER_ZH = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两])"

# A sentence or clause that begins here says something of the present, of nobody but the speaker.
_NOW_EN = r"(?:^|[.!?;] )(?:well,? |so,? |yes,? |yeah,? |hi,? |hello,? |now |but |because )?"
_AGE_END_EN = (
    r"(?= ?(?:[.!?;—]|$)|,(?! ?(?:\d|or\b|maybe))| (?:and|but|so) (?:i|my|we|still|already|single|have|never)\b)"
)
AGES_EN = (
    rf"{_NOW_EN}i(?:'m| am) (?:already |only |just )?({NUMBER_EN}) years old(?! when| then)\b",
    rf"{_NOW_EN}i(?:'m| am) an? (\d{{1,2}})[- ]years?[- ]old\b",
    rf"{_NOW_EN}i(?:'m| am) (?:already |only )?({NUMBER_EN})(?: now)?{_AGE_END_EN}",
)
# Within a year the speaker will be so old.
SOON_EN = (
    rf"\bi(?:'m| am) (?:turning|about to turn|going to be) ({NUMBER_EN}) (?:next|this|in (?:a few|two|three|\w+)) "
    rf"(?:week|month)s?\b",
    rf"\bi(?:'ll| will) (?:be|turn) ({NUMBER_EN}) (?:next|in (?:a few|two|three)) (?:week|month)s?\b",
    rf"\bi turn ({NUMBER_EN}) (?:next|in (?:a few|two|three)) (?:week|month)s?\b",
)
AGES_ZH = (
    rf"(?:^|[，。！？；、\s])我(?:今年|现在|现年)(?:已经|都|才|刚满|刚)?({NUMBER_ZH})(?:周?岁)?了?(?=[，。！？；"
    rf"、\s]|$)",
    rf"(?:^|[。！？；\s])(?:你好，|您好，|老师好，|嗯，)?我(?:已经|都|才|刚满)?({NUMBER_ZH})(?:周岁|岁)了?(?=[。"
    rf"！？；\s]|$)",
    rf"^(?:你好，|您好，|老师好，|嗯，)?我(?:已经|都|才|刚满)?({NUMBER_ZH})(?:周岁|岁)了?(?=，)",
    rf"我(?:已经|都|也)({NUMBER_ZH})岁?了(?=[，。！？；\s]|$)",
    rf"(?:^|[，。！？；\s])今年({NUMBER_ZH})岁的我",
)
SOON_ZH = (rf"我(?:下个?月|过几天|下周|马上)(?:就)?(?:要|满)?({NUMBER_ZH})岁?了(?=[，。！？；\s]|$)",)
# Ages are told in other ways too, by which nobody is to be caught: a year more by tradition.
AGE_ASIDE_ZH = "虚岁|那时|那年|当时|那会|小时候|的时候|如果|要是|等我"

# Only a capital tells a name from another word.
NAMES_EN = (
    r"\b[Mm]y name(?:'s| is) ([A-Z][a-z]{1,20})\b(?!'s)",
    r"(?:^|[.!?] |(?:[Hh]i|[Hh]ello|[Hh]ey),? )I(?:'m| am) ([A-Z][a-z]{1,20})(?=[.,!]| and\b|$)",
    r"(?:^|[.!?,] )(?:[Yy]ou can|[Jj]ust|[Pp]lease,?) call me ([A-Z][a-z]{1,20})(?=[.,!]|$)",
)
NAMES_ZH = (
    "(?:^|[，。！？；])我(?:的名字)?(?:叫|是)([\u4e00-\u9fff]{2,3})(?=[，。！？；]|$)",
    "(?:^|[，。！？；])(?:可以|就)?叫我([\u4e00-\u9fff]{2,3})(?:就好|就行|吧)(?=[，。！？；]|$)",
)
# With these before it a name is surely meant, also one that nobody has listed.
INTRODUCED_EN = r"\b[Mm]y name(?:'s| is) $"
INTRODUCED_ZH = "(?:你好|您好|老师好|大家好|嗨)[，！。]?我(?:的名字)?叫$"

_MANY_EN = "(?:two|three|four|five|six|seven|eight|nine|[2-9])"
_KIN_EN = (
    "kids|children|sons|daughters|brothers|sisters|siblings|(?:older|big|elder) (?:brothers|sisters)"
    "|(?:younger|little) (?:brothers|sisters)"
)
_REST_EN = (
    r"(?! (?:from|with|who|that|under|by|left|at home|still|out of|in|and (?:a|an|one|two|three)\b)|, (?:and|plus|a"
    r"|one|two) )"
)
KIN_EN = (
    rf"(?:^|[.!?,;] |\band |\bbut )(?:i|we)(?:'ve got| have(?: got)?) ({_MANY_EN}) (?:(?:small|young|little|grown"
    rf"|lovely|wonderful|great) )?({_KIN_EN})\b{_REST_EN}",
    rf"\bmy ({_MANY_EN}) (?:(?:small|young|grown|lovely|wonderful) )?({_KIN_EN})\b{_REST_EN}",
)
KIN_ZH = (
    "(?:^|[，。！？；])我(?:们|家)?(?:里|现在)?有([两二三四五六七八九2-9])个(孩子|小孩|儿子|女儿|哥哥|姐姐|弟弟"
    "|妹妹)(?=[，。！？；]|$)",
    "(?:^|[，。！？；])我(?:家|们家)?(?:的|这)?([两二三四五六七八九2-9])个(孩子|小孩|儿子|女儿|哥哥|姐姐|弟弟"
    "|妹妹)(?=都|也|[，。！？；])",
)
YEARS_EN = (
    rf"\b(?:we|i)(?:'ve| have) been (married|together) (?:for )?({NUMBER_EN}) years(?= ?(?:[.!?,;]|$| now| and\b| "
    rf"but\b))",
)
YEARS_ZH = (rf"(?:^|[，。！？；])我(?:们|和他|和她|俩)?(结婚|在一起)(?:已经|都|有)*({NUMBER_ZH})年了",)
# One word for what is called by several.
SAME = {
    "kids": "children",
    "小孩": "孩子",
    "big brothers": "older brothers",
    "elder brothers": "older brothers",
    "big sisters": "older sisters",
    "elder sisters": "older sisters",
    "little brothers": "younger brothers",
    "little sisters": "younger sisters",
}


def called(names: str, *, chinese: bool) -> str:
    """Return the pattern of being called by one of the names, which are alternatives of a pattern."""
    if chinese:
        return f"(?:^|[。！？]|[你您]好[，！]?|谢谢你?，?|再见，?|，)({names})(?=[，！。？])"
    greeting = "(?:[Hh]i|[Hh]ello|[Hh]ey|[Tt]hank you|[Tt]hanks|[Ww]elcome|[Gg]oodbye|[Bb]ye|[Tt]ake care),? "
    return rf"(?:^|[.!?] |{greeting})({names})(?=[,!.] | —)|(?:{greeting}|, )({names})(?=[.!?](?:\s|$))"
