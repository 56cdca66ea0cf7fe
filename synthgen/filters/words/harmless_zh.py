"""Chinese settings in which the words of danger mean none: fiction and study, harm long past, jokes, denials.

Patterns over folded text (see `phrases.fold`), under the literal whose signs they cover.
"""

from __future__ import annotations

_STORY = (
    r"(?:小说|电影|电视剧|剧里|剧中|剧情|影片|纪录片|这本书|一本书|书里|漫画|动漫|故事|游戏|角色"
    r"|主角|论文|课题|课上|讲座|新闻|播客|综艺|片子|歌词)"
)
# The writer is not in the story.
_ABOUT_OTHERS = r"[^。！？我]"
_LONG_AGO = r"(?:小时候|以前|当年|那时候?|童年|年轻时|年前|初中|高中|中学|大学时|大学里|上学时|青春期|前几年)"
_AND_NOT_NOW = r"(?![^。！？]{0,30}(?:又|最近|现在还|还是会|再次|复发|开始|今天|昨))"
_JOKE = r"(?:哈哈|开玩笑|玩笑|笑死|2333|hhh|😂|嘿嘿|夸张|打个比方)"
_STORIED = (
    "自杀, 轻生, 遗书, 家暴, 跳楼, 跳, 上吊, 割腕, 割, 性侵, 强奸, 杀, 刀, "
    "死, 虐, 跟踪, 安眠药, 药, 绳, 捅, 威胁, 暴力, 打, 囚禁, 自残, 寻, 自己, "
    "猥亵, 绑, 一跃"
).split(", ")
_PAST = (
    "自杀, 轻生, 自残, 割, 家暴, 打, 揍, 踢, 上吊, 想死, 虐, 自己, 死, 遗书, 皮带, 扇, 抽我, 活, 药, 跳, 被, 性侵, 衣架"
).split(", ")
_JOKED = ("跳楼", "跳", "杀", "死", "想死", "自杀", "掐", "捅", "刀", "打", "弄死", "紫砂", "遗书")

_SETTINGS = {
    anchor: [
        *([rf"{_STORY}{_ABOUT_OTHERS}{{0,26}}{anchor}"] if anchor in _STORIED else []),
        *(
            [
                rf"{_LONG_AGO}[^。！？]{{0,12}}{anchor}{_AND_NOT_NOW}",
                rf"(?:前夫|前妻|前任|前男友|前女友|爸爸|父亲|我爸|妈妈|母亲){anchor}过(?:我|妈"
                rf"|她)(?=[^。！？]{{0,12}}年)[^。！？]{{0,20}}(?:年前|多年|离开|离婚|去世){_AND_NOT_NOW}",
            ]
            if anchor in _PAST
            else []
        ),
        *([rf"[^。！？]{{0,12}}{anchor}[^。！？]{{0,12}}{_JOKE}"] if anchor in _JOKED else []),
    ]
    for anchor in sorted({*_STORIED, *_PAST, *_JOKED})
}
_FIGURES = {
    "捅": [r"(?:背后|背地里|暗地里)[^。！？]{0,4}捅(?:了)?(?:我|他|她)?(?:一)?刀?"],
    "想死": [r"(?:没有?|没|不是|并不|不)(?:真的?|是真)?想死(?!但|可是)"],
    "自杀": [
        r"(?:等于|等同|无异于|相当于|简直是|慢性|职业|商业|学术|社会性)自杀",
        r"(?:外公|外婆|爷爷|奶奶|舅舅|叔叔|姑姑|邻居|同学|祖父|前辈|偶像|明星)[^。！？]{0,16}(?:出生前"
        r"|年前|多年|小时候|去年|前年)[^。！？]{0,8}自杀",
    ],
    "上吊": [r"年前[^。！？]{0,10}上吊"],
}
LOOK_ALIKES = {
    anchor: [*_SETTINGS.get(anchor, []), *_FIGURES.get(anchor, [])] for anchor in sorted({*_SETTINGS, *_FIGURES})
}
