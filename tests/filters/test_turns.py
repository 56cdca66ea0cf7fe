from __future__ import annotations

import pytest
from filter_trials import query, reason, reply, spec_of, talk
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import FILTERS, WHOLE, named_checks
from synthgen.filters.check import EVIDENCE_CHARS
from synthgen.records import Candidate, Turn

SPEC = spec_of(
    reply={"banned_openers": {"*": ["It"], "zh": ["我理解"]}},
    roles={"user": "(a+b", "assistant": "客服"},
    dialogue={"names": {"en": ["Anna", "Ben."], "zh": ["晓雯", "(建国"]}},
)
CHECKS = named_checks(SPEC, plain=False)
# Text that comes near to what the filters of conversations look for, so that their branches are met.
BITS = st.sampled_from(
    [
        "I suggest you try writing.",
        "Thank you for your advice.",
        "as your 客服",
        "(a+b: yes",
        "客服：",
        "(sighs)",
        "I'm 27.",
        "My name is Anna.",
        "Ben., go on.",
        "I have two kids.",
        "Goodbye.",
        "See you next week?",
        "It sounds like",
        "我建议你试试",
        "谢谢老师",
        "我今年二十七，",
        "我叫晓雯。",
        "再见。",
        "听起来",
        "我想死",
        "马上拨打120",
        "\ud7ff",
        "İ",
        "\0",
        "²岁",
    ]
)
TEXTS = st.lists(st.text(max_size=20) | BITS, max_size=6).map(" ".join)
TURNS = st.lists(st.builds(Turn, st.sampled_from(["user", "assistant", "system"]), TEXTS), max_size=8).map(tuple)
CANDIDATES = st.builds(
    Candidate,
    stage=st.sampled_from(["turn", "conversation"]),
    text=TEXTS,
    language=st.sampled_from(["en", "zh", "zh-TW", "ja", "de"]),
    finish=st.sampled_from(["stop", "length"]),
    risk=st.booleans(),
    turns=TURNS,
    band=st.sampled_from([None, (2, 4), (4, 20)]),
    facts=st.dictionaries(st.sampled_from(["name", "age", "tone"]), st.sampled_from(["Anna", "27", "²", "", "晓雯"])),
)


@given(CANDIDATES)
def test_any_turns_get_an_answer_twice_the_same(candidate: Candidate) -> None:
    for check in CHECKS.values():
        found = check(candidate)
        assert found == check(candidate)
        if found is not None:
            assert found.stage == candidate.stage
            assert found.reason.isidentifier()
            assert found.detail
            assert len(found.evidence) <= EVIDENCE_CHARS


@pytest.mark.parametrize("name", sorted(WHOLE - {"length", "crisis", "ingredients"}))
def test_the_filters_of_conversations_leave_messages_and_replies_alone(name: str) -> None:
    texts = ["I suggest you try writing. I'm 99.", "Thank you for your advice. Ben, goodbye!", "Client: x\nClient: x"]
    for text in texts:
        for candidate in (query(text), reply(text, query=text)):
            assert CHECKS[name](candidate) is None


@pytest.mark.parametrize(
    ("name", "said", "wanted"),
    [
        ("truncation", ["Hm", "And then he"], "truncated"),
        ("language", ["Hm.", "Я не сплю уже неделю и не знаю, что делать."], "wrong_script"),
        ("refusal", ["Hm.", "I'm sorry, but I can't assist with that request."], "refusal"),
        ("leak", ["I live in [City]."], "leak"),
        ("repetition", ["so tired " * 40], "looping"),
    ],
)
def test_checks_of_texts_look_at_the_newest_turn(name: str, said: list[str], wanted: str) -> None:
    check = CHECKS[name]
    assert reason(check(talk(*said, stage="turn"))) == wanted
    assert check(talk(*said, *["Go on."] * (1 + len(said) % 2), stage="turn")) is None


def test_openers_bind_the_assistant_alone() -> None:
    check = named_checks(spec_of(reply={"banned_openers": ["I understand"]}), plain=False)["openers"]
    assert reason(check(talk("Hm.", "I understand that.", stage="turn"))) == "banned_opener"
    assert check(talk("Hm.", "Go on.", "I understand that.", stage="turn")) is None


def test_the_assistant_does_not_say_the_users_turn_back() -> None:
    said = "Since the flood in May I sleep badly and my brother does not answer my letters at all."
    assert reason(CHECKS["echo"](talk(said, said, stage="turn"))) == "echo"
    assert CHECKS["echo"](talk(said, "Hm.", said, stage="turn")) is None


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("stage", ["turn", "conversation"])
def test_no_turns_are_no_crash(name: str, stage: str) -> None:
    found = CHECKS[name](Candidate("turn" if stage == "turn" else "conversation", "", "en", band=(4, 8)))
    assert reason(found) == ("too_few_turns" if (name, stage) == ("alternation", "conversation") else "")


def test_ingredients_are_asked_of_whole_conversations_only() -> None:
    check = FILTERS["ingredients"](spec_of(), False, least=4)
    assert check(talk("Hm.", stage="turn")) is None
    assert reason(check(talk("Hm.", "Go on."))) == "missing_ingredients"
