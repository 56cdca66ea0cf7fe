from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthgen.deidentify.finders import open_finders
from synthgen.deidentify.transcript import Deidentified, Replacement, deidentified
from synthgen.records import Role
from synthgen.transcripts.transcript import Transcript, Utterance

FINDERS = open_finders(["en", "zh"], False, "here")
TALK = (
    ("Coach", "Hi, this is Denise Ackerley from Lakeside Memory Center. Am I speaking with Karen Whitlock?"),
    ("Karen Whitlock", "Yes, this is Karen. My father is Harold Whitlock. Karen's phone is 812-555-0142."),
    ("Coach", "Thank you, KAREN. Mr. Whitlock was born on March 3rd, 1941, and moved to Wexcombe on 5/14/2019, right?"),
    ("Karen Whitlock", "Harold did, on March 3rd. Call 812.555.0142, or write to kw@mailbox.example.com."),
)
GESPRACH = (
    ("咨询师", "许曼女士您好，我姓秦。您先生叫丁浩然，对吗？"),
    ("许曼", "对，浩然在青岛。曼曼是我小名，2019年5月18号结的婚，电话13912345678。"),
    ("咨询师", "青岛离这儿远。五月十八号您还记得吗，许女士？"),
)
ROLES: dict[str, Role] = {"Coach": "assistant", "Karen Whitlock": "user", "咨询师": "assistant", "许曼": "user"}


def transcript(talk: tuple[tuple[str, str], ...]) -> Transcript:
    return Transcript("talk.txt", "text", tuple(Utterance(speaker, text, 2) for speaker, text in talk))


def lines(done: Deidentified) -> list[str]:
    return [f"{one.speaker}: {one.text}" for one in done.transcript.utterances]


def test_tags_are_the_same_for_the_same_person_and_number() -> None:
    done = deidentified(transcript(TALK), finders=FINDERS, roles=ROLES)
    assert lines(done) == [
        "Coach: Hi, this is [COUNSELOR] from [ORG_1]. Am I speaking with [CLIENT]?",
        "[CLIENT]: Yes, this is [CLIENT]. My father is [PERSON_1]. [CLIENT]'s phone is [PHONE_1].",
        "Coach: Thank you, [CLIENT]. Mr. [CLIENT] was born on [DATE_1], 1941, and moved to [PLACE_1] on [DATE_2]/2019,"
        " right?",
        "[CLIENT]: [PERSON_1] did, on [DATE_1]. Call [PHONE_1], or write to [EMAIL_1].",
    ]
    assert Replacement("phone", "812.555.0142", "[PHONE_1]") in done.replaced
    assert Replacement("name", "KAREN", "[CLIENT]") in done.replaced
    assert {one.sheet for one in done.transcript.utterances} == {2}
    assert (done.transcript.name, done.transcript.kind) == ("talk.txt", "text")


def test_tags_in_chinese() -> None:
    done = deidentified(transcript(GESPRACH), finders=FINDERS, roles=ROLES)
    assert lines(done) == [
        "咨询师: [CLIENT]女士您好，我姓[COUNSELOR]。您先生叫[PERSON_1]，对吗？",
        "[CLIENT]: 对，[PERSON_1]在[PLACE_1]。[CLIENT]是我小名，2019年[DATE_1]结的婚，电话[PHONE_1]。",
        "咨询师: [PLACE_1]离这儿远。[DATE_2]您还记得吗，[CLIENT]女士？",
    ]


def test_a_speaker_without_a_name_on_the_label_may_say_it() -> None:
    talk = (("Client", "Hi, my name is Marisol Fuentes."), ("Coach", "Welcome, Marisol."))
    done = deidentified(transcript(talk), finders=FINDERS, roles={"Client": "user", "Coach": "assistant"})
    assert lines(done) == ["Client: Hi, my name is [CLIENT].", "Coach: Welcome, [CLIENT]."]


def test_labels_that_tell_a_part_stay() -> None:
    talk = (("Speaker 1", "Yes."), ("Dr. Okafor (00:12)", "No."), ("來訪者", "嗯。"), ("Landlord", "Ask my landlord."))
    done = deidentified(transcript(talk), finders=FINDERS, roles={})
    assert [one.speaker for one in done.transcript.utterances] == [
        "Speaker 1", "Dr. [PERSON_1] (00:12)", "來訪者", "Landlord",
    ]  # fmt: skip


def test_invented_names_have_the_form_of_the_originals() -> None:
    done = deidentified(transcript(TALK), finders=FINDERS, surrogates="names", roles=ROLES, seed=3)
    said = {one.original: one.surrogate for one in done.replaced}
    given_name, surname = said["Karen Whitlock"].split()
    assert said["Karen"] == given_name
    assert said["KAREN"] == given_name.upper()
    assert said["Whitlock"] == surname
    assert said["Harold Whitlock"].split()[0] == said["Harold"]
    assert re.fullmatch(r"555-01\d\d", said["812-555-0142"])
    assert said["812-555-0142"] == said["812.555.0142"]
    assert said["kw@mailbox.example.com"].endswith("@example.org")
    assert said["Lakeside Memory Center"].endswith(" Center")
    assert re.fullmatch(r"(April|May) \d{1,2}(st|nd|rd|th)", said["March 3rd"])
    text = "\n".join(lines(done))
    assert "1941" in text
    assert "/2019" in text


def test_invented_chinese_names_have_the_form_of_the_originals() -> None:
    done = deidentified(transcript(GESPRACH), finders=FINDERS, surrogates="names", roles=ROLES)
    said = {one.original: one.surrogate for one in done.replaced}
    assert said["丁浩然"].endswith(said["浩然"])
    assert said["许曼"][0] == said["许"]
    assert len(set(said["曼曼"])) == 1
    assert re.fullmatch(r"\d{1,2}月\d{1,2}号", said["5月18号"])
    assert said["13912345678"].startswith("000")
    assert "2019年" in "".join(lines(done))


@pytest.mark.parametrize("talk", [TALK, GESPRACH])
@pytest.mark.parametrize("seed", range(12))
def test_no_invention_stands_in_the_transcript(talk: tuple[tuple[str, str], ...], seed: int) -> None:
    done = deidentified(transcript(talk), finders=FINDERS, surrogates="names", roles=ROLES, seed=seed)
    before = "\n".join(f"{speaker}: {text}" for speaker, text in talk).casefold()
    for one in done.replaced:
        if one.kind in {"name", "place", "org"}:
            assert not [word for word in one.surrogate.casefold().split() if word in before and word != "center"]


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    first, second, third = (
        deidentified(transcript(TALK), finders=FINDERS, surrogates="names", roles=ROLES, seed=seed)
        for seed in (5, 5, 6)
    )
    assert first == second
    assert first.replaced != third.replaced


def test_the_user_s_own_terms_go_first() -> None:
    talk = (("Client", "Project Bluebird at Bluebird's office; a bluebirds nest. 蓝鸟计划停了。"),)
    done = deidentified(transcript(talk), finders=(), terms=["bluebird", "蓝鸟计划"], roles={})
    assert lines(done) == ["Client: Project [TERM_1] at [TERM_1]'s office; a bluebirds nest. [TERM_2]停了。"]


def test_an_empty_transcript_stays_empty() -> None:
    empty = Transcript("a", "text", ())
    assert deidentified(empty, finders=FINDERS, roles={}) == Deidentified(empty, ())


TEXTS = st.lists(
    st.tuples(st.sampled_from(["", "Karen", "许曼", "Coach"]), st.text(st.characters(codec=None))), max_size=6
)


@settings(max_examples=100)
@given(TEXTS, st.sampled_from(["tags", "names"]))
def test_no_transcript_makes_it_fail(talk: list[tuple[str, str]], style: str) -> None:
    done = deidentified(
        transcript(tuple(talk)), finders=FINDERS, surrogates="tags" if style == "tags" else "names", roles=ROLES
    )
    assert len(done.transcript.utterances) == len(talk)
