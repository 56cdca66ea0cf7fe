from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply, spec_of

from synthgen.filters.leak import build

check = check_of("leak", roles={"user": "tenant", "assistant": "adviser"}, translations={"zh": {"tenant": "租客"}})

LEAKS = [
    "My name is [Name] and I live here.",
    "I feel [Stress] every day.",
    "I feel [stress] every day.",
    "我最近【压力】很大。",
    "I moved to [City, State] in May.",
    "Dear [Client's Name], thank you.",
    "I am [your age] years old.",
    "I am [age] years old.",
    "[message 9]",
    "[Message 9] I can't sleep.",
    "[X] years ago we met.",
    "I work at <company>.",
    "Hello <insert name here>, I am tired.",
    "Hello [insert name], I am tired.",
    "I live with {name}.",
    "I live with {{ partner }}.",
    "Tell me, ${topic}.",
    "{% if risk %}Call now.{% endif %}",
    "Topic: Stress\nI can't sleep.",
    "topic: stress",
    "Client: I can't sleep.",
    "**Client:** I can't sleep.",
    "**Client**: I can't sleep.",
    "I can't sleep.\nCounselor: Try to rest.",
    "I can't sleep.\n\nTherapist: Try to rest.",
    "User: hello",
    "Assistant: hello",
    "Human: hello",
    "Patient's goal: to sleep better.",
    "Patient’s goal: to sleep better.",
    "Client message: I can't sleep.",
    "Client 3: I can't sleep.",
    "Tenant: My heating is off.",
    "adviser: Write to the landlord.",
    "租客：暖气坏了。",
    "Message 3: I can't sleep.",
    "Slot 2\nI can't sleep.",
    "Slot 2: I can't sleep.",
    "Instruction 4. I can't sleep.",
    "Reply: Try to rest.",
    "Subject: No sleep\nI lie awake.",
    "Here is a revised reply:\nTry to rest.",
    "Sure! Here's the rewritten message: I lie awake.",
    "<|im_start|>assistant\nTry to rest.",
    "Try to rest.<|im_end|>",
    "Try to rest.</s>",
    "[INST] I can't sleep. [/INST]",
    "<<SYS>> be kind <</SYS>>",
    "Try to rest.<end_of_turn>",
    "<think>They cannot sleep.</think>Try to rest.",
    "They cannot sleep.</think>Try to rest.",
    '{"slot": 1, "message": "I can\'t sleep."}',
    '"reply": "Try to rest."',
    "```json\nTry to rest.\n```",
    "我叫【姓名】，今年三十岁。",
    "我叫［名字］。",
    "我在【公司】上班。",
    "我叫[姓名]，来自[城市]。",
    "我来自【此处填写城市】。",
    "来访者：我睡不着。",
    "我睡不着。\n咨询师：先休息。",
    "心理咨询师: 先休息。",
    "**求助者：**我睡不着。",
    "话题：失眠\n我睡不着。",
    "消息3：我睡不着。",
    "第3条：我睡不着。",
    "回复：先休息。",
    "以下是修改后的回复：先休息。",
    "好的，以下是改写后的内容：先休息。",
]
LOOK_ALIKES = [
    "He walked in (laughs) as if nothing had happened.",
    "She wrote that I was 'to [sic] sensitive'.",
    "I was fine [laughs nervously], or so I said.",
    "[Sighs] I don't know where to begin.",
    "[Long pause] I think I miss her.",
    "My mother said that [she] never wanted children.",
    'He wrote: "[He] is not welcome here."',
    "I [28F] and my husband [31M] keep fighting.",
    "I [F28] keep fighting with him.",
    "[TW] This is about food.",
    "[Edit] Thank you all.",
    "[Update] We talked.",
    "See the guide [Sleep](https://example.org/sleep) for more.",
    "There is good evidence for it [1].",
    "I love you <3 and I am tired.",
    "If hours slept < hours worked, something is off.",
    "I earn > 3000 and still worry.",
    "My client: the one I told you about, shouted at me.",
    "Our topic: money, always money.",
    "The system: whoever shouts wins.",
    "A message: that was all I wanted.",
    "Client-centered work helped me once.",
    "Clients: that's all my boss talks about.",
    "User manuals bore me.",
    "Patients: I see forty a day as a nurse.",
    "I sent message 3 times and got no answer.",
    "Message received, I thought, and left.",
    "Slot machines ruined my father.",
    "My therapy slot 2 weeks ago was cancelled.",
    "Instruction was never my strength.",
    "Here is the message he sent me: come home.",
    "Here is my plan: sleep by eleven.",
    "Here's a message I never sent.",
    "Try three things:\n1. Rest.\n2. Walk.\n3. Call a friend.",
    "Two voices: one says go, one says stay.",
    "Step 2: write it down.",
    "Goal: sleep by eleven.",
    '"Message in a bottle" is our song.',
    "I said \"no\": he laughed.",
    "He asked for 50 % | I said no.",
    "I used `sudo` at work and broke it all.",
    "她说“随便”，我就真的随便了。",
    "我觉得（可能是错觉）他变了。",
    "【第一步】先停下来，深呼吸。",
    "第一条：不要熬夜。",
    "我的话题总是冷场。",
    "来访者很多的时候我也会累。",
    "他给我的回复：哦。",
    "主题公园是我们第一次约会的地方。",
    "以下是我的情况：失眠三个月。",
    "我的咨询师说：慢慢来。",
    "系统老是崩溃，领导又骂我。",
]  # fmt: skip


@pytest.mark.parametrize("stage", [query, reply])
@pytest.mark.parametrize("text", LEAKS)
def test_what_belongs_to_the_form_is_dropped(text: str, stage) -> None:  # type: ignore[no-untyped-def]
    assert reason(check(stage(text))) == "leak"


@pytest.mark.parametrize("stage", [query, reply])
@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_ordinary_brackets_and_colons_pass(text: str, stage) -> None:  # type: ignore[no-untyped-def]
    assert check(stage(text)) is None


INSIDE = [
    "I am so tired. Counselor: I hear that you are worn out.",
    "I can't sleep! **Therapist:** Since when?",
    "He left me.” Client: And then I cried.",
    "Try to rest. Client 2: I can't.",
    "My heating is off. Tenant: It is cold. Adviser: Write to him.",
    "I lie awake… User: hello",
    "I lie awake. Message 3: My boss shouts.",
    "I lie awake. Slot 4: My boss shouts.",
    "I lie awake (message 3).",
    "(Slot 2) I lie awake.",
    "<slot 2>",
    "【第3条来信】我睡不着。",
    "（第3条来信）我睡不着。",
    "第3条来信\n我睡不着。",
    "第3条留言\n我睡不着。",
    "编号 3\n我睡不着。",
    "留言2：我睡不着。",
    "我睡不着。咨询师：多久了？",
    "我睡不着！来访者: 三个月了。",
    "暖气坏了。租客：房东不管。",
    "我睡不着。第3条来信：领导骂我。",
    "tone: calm\nMy heating is off.",
    "- tone: calm\nMy heating is off.",
    "语气：平静\n暖气坏了。",
    '<example topic="Stress">I lie awake.',
    "I lie awake. (120 words)",
    "I lie awake. [approx. 80 words]",
    "Word count: 112",
    "Here it is, between 40 and 200 words.",
    "I give the bare message and nothing else.",
    "This fits the slot as told.",
    "我睡不着。（约200字）",
    "我睡不着。字数：210",
    "根据以上设定，我睡不着。",
]
INSIDE_LOOK_ALIKES = [
    "I told her. The counselor: she just nodded.",
    "There were two of them. A client: rude, loud, late.",
    "I was a nurse. My patients: forty a day.",
    "He said so (message received) and left.",
    "I sent a note (two messages, in fact) and waited.",
    "He got a slot (2 hours) at the clinic.",
    "I have no words) he wrote, and nothing else matters to me.",
    "We fight about the tone: calm is all I want.",
    "I wrote between 40 and 50 letters to him.",
    "In other words, I said nothing else.",
    "我在电话里说了。我的咨询师：沉默。",
    "他发来第3条消息，我才回。",
    "这是我写给你的第3封信。",
    "合同（第3条）写得很清楚。",
    "他写了200个字给我，我看了一夜。",
    "我的学号编号都记不住。",
    "我的人生像是一种设定。",
]


@pytest.mark.parametrize("text", INSIDE)
def test_labels_slots_and_pieces_of_a_prompt_are_seen_inside_a_text(text: str) -> None:
    dealt = check_of(
        "leak",
        roles={"user": "tenant", "assistant": "adviser"},
        facets={"tone": {"calm": 1}},
        translations={"zh": {"tenant": "租客", "tone": "语气", "calm": "平静"}},
    )
    for stage in (query, reply):
        assert reason(dealt(stage(text))) == "leak"


@pytest.mark.parametrize("text", INSIDE_LOOK_ALIKES)
def test_ordinary_sentences_that_come_near_pass(text: str) -> None:
    assert check(reply(text)) is None


def test_facets_of_a_topic_are_looked_for_too() -> None:
    dealt = check_of(
        "leak", facets={"tone": ["calm"]}, topics=[{"name": "Repairs", "facets": {"tone": {"upset (very)": 1}}}]
    )
    assert reason(dealt(query("tone: upset (very)\nIt is cold."))) == "leak"
    assert dealt(query("tone: gentle\nIt is cold.")) is None


MARKDOWN = [
    "## What to do\nRest.",
    "What to do\n----------\nRest.",
    "Try this:\n- rest\n- walk",
    "试试：\n1、休息\n2、散步",
    "Try this:\n1. Rest.\n2. Walk.",
    "You are **not** alone.",
    "| day | mood |\n| --- | --- |",
    "Read [this](https://www.nhs.uk/mental-health/).",
    "Type `sleep`.",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_is_dropped_only_where_the_spec_forbids_it(text: str) -> None:
    found = check_of("leak")(reply(text)), build(spec_of(), False, markdown=False)(reply(text))
    assert [reason(drop) for drop in found] == ["", "markdown"]


@pytest.mark.parametrize(
    "text",
    [
        "I am tired.\n- Anna",
        "He *sighs* and leaves.",
        "It cost 5 * 3 * 2 coins.",
        "Snake_case__names are my day.",
        "I said no | he said yes.",
        "#1 of my fears is dying alone.",
        "First, rest. Second, walk.\n\nThird, call a friend.",
    ],
)
def test_plain_texts_pass_where_markdown_is_forbidden(text: str) -> None:
    assert build(spec_of(), False, markdown=False)(reply(text)) is None


def test_only_the_specs_own_topics_and_roles_count() -> None:
    elsewhere = check_of("leak", topics=[{"name": "Repairs"}])
    assert elsewhere(reply("tenant: the heating is off.")) is None
    assert elsewhere(reply("我最近【压力】很大。", "zh")) is None
    assert reason(elsewhere(reply("【repairs】 take long."))) == "leak"


def test_a_role_is_taken_literally() -> None:
    odd = check_of("leak", roles={"user": "c.ient (new)", "assistant": "coach"})
    assert reason(odd(reply("c.ient (new): hello"))) == "leak"
    assert odd(reply("cxient (new): hello")) is None


def test_the_drop_shows_the_piece() -> None:
    english, chinese = check(reply("Hello [Your Name], rest well.")), check(reply("我叫【姓名】。", "zh"))
    assert english is not None
    assert chinese is not None
    assert english.evidence == "[Your Name]"
    assert english.detail.startswith('It contains "[Your Name]", which belongs to the form')
    assert chinese.detail.startswith("文中出现了“【姓名】”")
