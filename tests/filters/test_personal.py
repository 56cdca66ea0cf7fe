from __future__ import annotations

from importlib.util import find_spec

import pytest
from filter_trials import check_of, query, reason, reply, spec_of

from synthgen.errors import MissingExtraError, SpecError
from synthgen.filters import FILTERS, build_checks
from synthgen.filters.personal import build
from synthgen.personal.find import find
from synthgen.records import Candidate, Turn

check = check_of("personal")
SAMPLES = {
    "email": "Mail me at bo.lee@example.com.",
    "phone": "My cell is (415) 555-0132.",
    "card": "I gave him 4111 1111 1111 1111.",
    "iban": "Pay GB82 WEST 1234 5698 7654 32.",
    "ssn": "My SSN is 219-09-9998.",
    "national_id": "身份证号110108198803140014。",
    "nhs_number": "My NHS number is 943 476 5919.",
    "passport": "Passport no. C03005988.",
    "plate": "车牌是京A12345。",
    "account": "My account number is 31926819.",
    "url": "I wrote it on https://my-diary.example/2021.",
    "ip": "It came from 81.2.69.142.",
    "address": "我住在中山路15号。",
}


@pytest.mark.parametrize("stage", [query, reply])
@pytest.mark.parametrize("kind", SAMPLES)
def test_each_kind_is_dropped_and_shown_masked(kind: str, stage) -> None:  # type: ignore[no-untyped-def]
    text = SAMPLES[kind]
    for language in ("en", "zh"):
        found = check(stage(text, language))
        assert found is not None
        assert found.reason == "personal_data"
        assert found.evidence.startswith(f"{kind}: ")
        # Of what was found, one sign at most is told.
        told = f"{found.detail} {found.evidence}"
        assert not any(text[span.start : span.end][1:] in told for span in find(text))


def test_the_evidence_is_kind_first_sign_and_length() -> None:
    found = check(reply("My cell is (415) 555-0132."))
    assert found is not None
    assert found.evidence == "phone: (…, 14 characters"
    assert found.detail.startswith("It gives a telephone number. ")


@pytest.mark.parametrize(
    "text",
    [
        "Call or text 988 now, or text HOME to 741741; in Britain call 116 123.",
        "请马上拨打12356或者400-161-9995，紧急时打120、110。",
        "There is a chat at https://988lifeline.org/chat.",
        "I am 34, earn $2,400 and sleep 3-4 hours since 2019.",
        "",
        "😀" * 400,
        "\ud800 \x00",
    ],
)
def test_guidance_and_plain_figures_pass(text: str) -> None:
    assert check(reply(text)) is None


@pytest.mark.parametrize(("option", "kind"), [("urls", "url"), ("addresses", "address")])
def test_kinds_are_switched_off(option: str, kind: str) -> None:
    off = build(spec_of(), False, **{option: False})
    assert off(reply(SAMPLES[kind])) is None
    assert reason(off(reply(f"{SAMPLES[kind]} {SAMPLES['phone']}"))) == "personal_data"


def test_a_turn_of_a_conversation_is_named() -> None:
    turns = (Turn("user", "I can't sleep."), Turn("assistant", SAMPLES["phone"]))
    whole = Candidate("conversation", "\n".join(turn.content for turn in turns), "en", turns=turns)
    checks = build_checks(spec_of(filters={name: name == "personal" for name in FILTERS}), plain=False)
    found = checks[0](whole)
    assert found is not None
    assert found.detail.startswith("Turn 2: It gives a telephone number.")


def test_names_need_the_extra_only_where_they_are_asked_for() -> None:
    assert check(reply("My name is Daniel Whitaker.")) is None
    if find_spec("jieba") is None:
        with pytest.raises(MissingExtraError, match=r"^filters\.personal\.names: the package jieba is not installed"):
            build(spec_of(languages=["zh"]), False, names=True)
    else:
        named = build(spec_of(languages=["zh"]), False, names=True)
        assert reason(named(reply("我叫张伟，今年三十岁。", "zh"))) == "personal_data"
        assert named(reply("我今年三十岁。", "zh")) is None


def test_names_are_refused_in_a_language_without_a_model() -> None:
    with pytest.raises(SpecError, match="not in 'de'"):
        build_checks(spec_of(languages=["de"], filters={"personal": {"names": True}}), plain=False)
