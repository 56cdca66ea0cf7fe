"""Chinese settings in which the words of danger mean none: fiction and study, harm long past, jokes.

Patterns over folded text (see `phrases.fold`): BEFORE ends where a sign starts, AFTER starts where it ends.
"""

from __future__ import annotations

_STORY = (
    r"(?:小说|电影|电视剧|剧里|剧中|剧情|影片|纪录片|这本书|一本书|书里|漫画|动漫|故事|游戏|角色|主角|论文|课题|课上"
    r"|讲座|新闻|播客|综艺|片子|歌词)"
)
_LONG_AGO = (
    r"(?:小时候|以前(?!的)|当年|那时候?|童年|年轻时|(?<!过)年前|初中"
    r"|高中|中学|大学时|大学里|上学时|青春期|前几年|出生前)"
)

# The writer is not in the story.
STORY_BEFORE = rf"{_STORY}[^。！？我]{{0,26}}$"
PAST_BEFORE = rf"{_LONG_AGO}[^。！？]{{0,12}}$"
PAST_AFTER = r"[^。！？]{0,12}(?:年前|多年)[^。！？]{0,16}(?:离开|离婚|去世|分手)"
# What began or came back is not past.
PRESENT = r"又|最近|现在还|还是会|再次|复发|开始|今天|昨|一直"
JOKE_AFTER = r"[^。！？]{0,12}(?:哈哈|(?<!不是)(?<!不像)开玩笑|笑死|2333|hhh|😂|嘿嘿|打个比方)"
