"""Which instructions give a part to play, and which are what a user says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.formats.instruction import gives_part
from synthgen.formats.shapes import dialogue_of
from synthgen.records import Turn

PARTS = [
    "You are a mechanic in a bike shop. Answer what people write to you.",
    "You are an experienced adviser for tenants, and people write to you.",
    "You're a kind listener. I will tell you what happened to me.",
    "you’re now a mechanic",
    "If you are a licensed psychologist, please give this person a reply that helps.",
    "Suppose that you are an adviser, and answer the message.",
    "Imagine you were a bike: say how the brakes feel.",
    "Act as a mechanic.",
    "Please act as my driving teacher.",
    "You will act as the adviser of a tenant.",
    "I want you to act as a nurse.",
    "Respond as if you were a lawyer",
    "Reply as the owner of the shop.",
    "Pretend to be a shop.",
    "Pretend that you are an old sailor.",
    "Take on the role of a judge.",
    "你是一名经验丰富的修车师傅，请回答顾客的问题。",
    "你是心理咨询师。我会告诉你我的事。",
    "现在你是一个专业的医生，请用温和的口吻回答。",
    "假如你是一位老师，请给学生回信。",
    "如果你是房东，请答复租客",
    "您现在是客服。",
    "请你扮演一位律师",
    "你将扮演店主。",
    "扮演一位护士，回答下面的问题。",
    "请作为顾问回答来信。",
]
SAID = [
    "As a customer with an old bike I want to know this:",
    "As a beginner, please explain what a derailleur does.",
    "You're the shop that sold me the bike, right?",
    "You are a shop, aren't you?",
    "You are a mechanic, so tell me what this noise is.",
    "You are a crook and you owe us forty euros.",
    "You are a disgrace! The wheel fell off.",
    "You are the best shop in town.",
    "You are welcome to call back.",
    "You are an expert in my kind of bike.",
    "If you are a vegetarian, what do you eat on a tour?",
    "If you are an honest shop, then give me my money back.",
    "Answer as soon as possible:",
    "Act as if nothing had happened, he said.",
    "Reply as quickly as you can",
    "You act as the owner pleases.",
    "Assume the tube has a hole. What now?",
    "Shorten this.",
    "你是卖给我这辆车的店，对吧？",
    "你是不是卖车的那家店",
    "您是修车师傅吗",
    "你是骗子！退钱。",
    "你是那家店的人吧。",
    "作为一个老顾客，我想知道这个：",
    "作为初学者，请解释一下变速器。",
    "你作为店家应该知道",
    "",
    " \n",
]


@pytest.mark.parametrize("instruction", PARTS)
def test_who_the_model_is_to_be_is_a_part(instruction: str) -> None:
    assert gives_part(f"\n{instruction} ")


@pytest.mark.parametrize("instruction", SAID)
def test_what_a_user_says_is_none(instruction: str) -> None:
    assert not gives_part(instruction)


def test_the_user_keeps_what_the_user_says() -> None:
    row = {"instruction": SAID[0], "input": "Can I still get 27 inch tubes?", "output": "Yes."}
    asked = Turn("user", f"{SAID[0]}\n\nCan I still get 27 inch tubes?")
    assert dialogue_of(row) == (asked, Turn("assistant", "Yes."))
    assert dialogue_of(row | {"instruction": PARTS[0]}) == (
        Turn("system", PARTS[0]), Turn("user", row["input"]), Turn("assistant", "Yes."),
    )  # fmt: skip


@given(st.text() | st.sampled_from(PARTS).flatmap(lambda part: st.text().map(part.__add__)))
def test_any_text_is_judged(text: str) -> None:
    assert gives_part(text) in (True, False)
