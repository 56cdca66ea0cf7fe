"""Whether a label looks like one who speaks: by its form alone, not by how often it comes."""

from __future__ import annotations

import re

from synthgen.formats.shapes import ROLES
from synthgen.text import CJK

# Who speaks, as transcripts and the programs that make them say it; what stands in brackets may be left out.
_ROLE_WORDS = r"""
speaker participant interviewer interviewee respondent moderator facilitator host narrator caller operator coach coachee
caregiver carer counselor counsellor therapist doctor physician psychologist psychiatrist clinician nurse provider
practitioner social\sworker case\smanager helper listener supporter adviser advisor mentor mentee student teacher tutor
unknown\sspeaker klient klientin therapeut therapeutin thérapeute
""".split()
_ROLE = re.compile(
    rf"(?i:(?:the\s)?(?:{'|'.join([*_ROLE_WORDS, *map(re.escape, ROLES)])})(?:[\s_#-]?\d{{1,3}}|[\s_#-][a-z])?)"
    r"|[PITCQAR][\s_#-]?\d{0,3}"
)
_CHINESE_ROLE = re.compile(
    r"[男女]?(?:来访者?|來訪者?|心理)?(?:来访者?|來訪者?|咨询[师员者]|諮商師|諮詢[師員]|治疗师|治療師|心理师|心理師|咨客|求助者|倾诉者|倾听者|支持者|访谈[者员]|"
    r"受访者|被访者|主持人|[说讲]话人|說話人|发言人|發言人|医生|醫生|病人|患者|护士|护理者|照[护顾]者|教练|老师|老師|学生|學生|客户|客戶|客服|助手|用户|使用者|"
    r"问|答|未知)[\s_#]?(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十甲乙丙丁])?"
)

# Words that stand before a colon, in brackets or beside a time, but do not speak.
_NO_NAMES = frozenset(
    """
    note notes nb ps re fw fwd cc to from date time day place location venue subject topic title theme duration file
    audio video recording recorded transcript transcription transcribed transcriber participants attendees present
    session interview meeting page part section chapter summary abstract background introduction conclusion agenda
    example examples e.g i.e eg ie hint tip warning caution important remember todo action actions item items goal goals
    plan plans homework assessment subjective objective diagnosis medication medications history problem problems
    result results reason reasons questions answers step steps option options source sources reference
    http https ftp mailto www url link email e-mail phone tel fax address name age gender sex dob id
    first second third fourth fifth firstly secondly thirdly finally lastly next then also plus however therefore
    yes no yeah yep nope okay ok right sure well so oh ah um uh hmm mhm mm mm-hmm uh-huh hello hi hey bye goodbye thanks
    thank sorry please maybe exactly absolutely anyway again now today tomorrow yesterday tonight morning afternoon
    evening noon midnight lunch dinner breakfast monday tuesday wednesday thursday friday saturday sunday january
    february march july september october november december
    laughs laughter laughing laugh chuckles crying cries sobs sobbing sighs sigh sniffles pause pauses silence silent
    inaudible unintelligible crosstalk overlapping music applause noise cough coughs coughing nods nodding whispers
    whispering breath breathes clears background redacted blank end start begin beginning break continued unclear
    注 备注 備註 注意 附 附注 日期 时间 時間 地点 地點 主题 主題 题目 标题 時長 时长 录音 录音时间
    文件 编号 姓名 性别 年龄 电话 地址 邮箱 摘要 总结 小结 背景 目标 计划 作业 例如 比如 譬如 如 即
    因为 所以 但是 但 而且 首先 其次 第一 第二 第三 最后 另外 还有 结果 原因 问题 回答 建议 方法 步骤
    总之 换句话说 也就是说 其实 然后 对 是 好 好的 嗯 哦 啊 笑 大笑 苦笑 哭 哭泣 流泪 叹气 沉默 停顿
    听不清 点头 摇头 咳嗽 掌声 音乐 结束 开始 参加者 与会人 记录人 记录
    """.split()
)
# How a clause begins that only looks like a name for its capital.
_OPENERS = frozenset(
    """
    i you he she it we they this that these those my your his her our their its a an and but or if when while as because
    since though although what who why how where which there here not just like all some any every each one two three
    four five for of in on at by with from about into after before during until
    """.split()
)
# Small words within a name.
_PARTICLES = frozenset("de da di du del der den van von la le el al bin ibn of the and y e san dos das".split())
_SHAPE = re.compile(r"[^\W_](?:[\w '’\-&/#()（）·.,@]*[\w)）.])?")
# A full stop after a title or an initial only; it would else end a sentence.
_SENTENCE = re.compile(r"[^\W\d_]{5,}\.|\b[a-z]+\.|\.\s*$(?<!\b[^\W\d_]\.)|,.*,")
_HAN_NAME = re.compile(f"[{CJK}·]{{1,6}}[\\s_#]?[A-Za-z0-9]{{0,3}}")
_HAN_CLAUSE = re.compile(
    "[的了着过吗呢吧么说問问道想讲讓让把被是在有就都也还很不没我你您他她它们這这那哪怎什为因觉看听叫喊回到去来给和与跟]"
)
_MOST_WORDS = 5
_LONGEST = 80


def is_role(label: str) -> bool:
    """Return whether a label is a part in a talk: `Coach`, `SPEAKER_01`, `来访者A`."""
    bare = _without_notes(label)
    return bool(_ROLE.fullmatch(bare) or _CHINESE_ROLE.fullmatch(bare))


def is_possible(label: str) -> bool:
    """Return whether a label might be somebody, as `anna` might."""
    bare = _without_notes(label)
    words = bare.casefold().split()
    if not words or len(words) > _MOST_WORDS or not any(map(str.isalpha, bare)):
        return False
    if words[0].strip(".,") in _NO_NAMES or (len(words) > 1 and words[0] in _OPENERS):
        return False
    return bool(_SHAPE.fullmatch(bare)) and not _SENTENCE.search(bare)


def is_name(label: str) -> bool:
    """Return whether a label is written as names are: `Jane van Dorn`, `Dr. Lee`, `J. D.`, `李明`."""
    if not is_possible(label):
        return False
    bare = _without_notes(label)
    if _HAN_NAME.fullmatch(bare):
        return not _HAN_CLAUSE.search(bare)
    words = re.findall(r"[\w'’.]+", bare)
    cased = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(cased) and all(word[0].isupper() or word[0].isdigit() for word in cased) and not cased[0].isdigit()


def _without_notes(label: str) -> str:
    """Return a label without what is added in brackets: `Jane Doe (she/her)`; "" for one that is too long to be one."""
    return "" if len(label) > _LONGEST else re.sub(r"\s*[(（][^()（）]{0,40}[)）]\s*$", "", label).strip()
