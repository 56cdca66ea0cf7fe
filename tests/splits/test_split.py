"""Rows that are alike or belong together fall on one side, and the shares come out."""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import partial

import pytest
from rapidfuzz import fuzz, process
from split_trials import clustered, distinct, edited, example, said

from synthgen.dedup.texts import PARTS, marked_turns, texts_of
from synthgen.errors import UsageError
from synthgen.export.example import Example
from synthgen.splits.split import SplitPlan, split_names

USUAL = {"train": 90, "validation": 5, "test": 5}


def planned(examples: list[Example], shares: dict[str, float] | None = None, **options: float) -> SplitPlan:
    return split_names(lambda: iter(examples), shares or USUAL, **{"seed": 1, **options})


def sides(examples: list[Example], plan: SplitPlan) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for one, name in zip(examples, plan.names, strict=True):
        found.setdefault(name, []).append(one)
    return found


def test_no_two_rows_across_splits_are_alike_by_brute_force() -> None:
    examples = list(clustered(1_500))
    texts = [texts_of(marked_turns(each.turns)) for each in examples]
    plan = planned(examples, {"train": 80, "validation": 10, "test": 10})
    near = 0
    for part in range(len(PARTS)):
        for split in ("validation", "test"):
            here = [at for at, name in enumerate(plan.names) if name == split]
            chosen = [texts[at][part] for at in here]
            scores = process.cdist(chosen, [each[part] for each in texts], scorer=fuzz.ratio, score_cutoff=80)
            for row, at in zip(scores, here, strict=True):
                twins = row.nonzero()[0]
                near += len(twins) - 1
                assert {plan.names[twin] for twin in twins} == {split}, (part, at, twins)
    assert near > 100, "there was nothing to keep together"
    assert plan.told["rows"] == plan.told["wanted"] == {"train": 1_200, "validation": 150, "test": 150}
    assert plan.told["joins"]["near query"] > 50
    assert plan.told["joins"]["near reply"] > 50
    assert plan.told["joins"]["near whole"] > 20
    assert plan.told["joins"]["same query"] > 50


def test_distinct_rows_are_split_exactly_in_all_and_in_each_topic_and_language() -> None:
    examples = list(distinct(600))
    plan = planned(examples)
    assert Counter(plan.names) == {"train": 540, "validation": 30, "test": 30}
    assert plan.told["rows"] == plan.told["wanted"] == Counter(plan.names)
    assert plan.told["missed"] == {}
    assert plan.told["farthest_stratum"] == 0
    strata = Counter((each.topic, each.language) for each in examples)
    got = Counter((each.topic, each.language, name) for each, name in zip(examples, plan.names, strict=True))
    for (topic, language), count in strata.items():
        for name, share in USUAL.items():
            assert abs(got[topic, language, name] - count * share / 100) < 1
    assert plan.told["topics"]["Work"] == {
        name: sum(got["Work", language, name] for language in ("en", "zh")) for name in USUAL
    }
    assert json.loads(json.dumps(plan.told)) == plan.told


def test_strata_come_near_their_shares_beside_groups() -> None:
    plan = planned(list(clustered(600, seed=3)), {"train": 70, "validation": 15, "test": 15})
    assert plan.told["missed"] == {}
    assert plan.told["farthest_stratum"] <= 3


def test_the_same_seed_gives_the_same_splits_and_another_one_others() -> None:
    examples = list(clustered(200))
    plan = planned(examples)
    assert list(planned(examples).names) == list(plan.names)
    assert planned(examples).told == plan.told
    assert list(planned(examples, seed=2).names) != list(plan.names)
    assert plan.names[-1] == list(plan.names)[-1]
    assert list(plan.names[10:20]) == list(plan.names)[10:20]


def test_a_group_larger_than_a_share_goes_to_the_largest_split_and_is_told() -> None:
    rng = random.Random(1)
    text = said(rng, "en", 40)
    alike = [example(at, edited(rng, text, "en", 0.05), said(rng, "en", 30)) for at in range(60)]
    examples = [*alike, *distinct(40, seed=2)]
    rng.shuffle(examples)
    plan = planned(examples, {"train": 50, "validation": 25, "test": 25})
    assert {name for each, name in zip(examples, plan.names, strict=True) if each in alike} == {"train"}
    rows = plan.told["rows"]
    assert rows["train"] == 60
    assert max(abs(rows[name] - 20) for name in ("validation", "test")) <= 3
    assert plan.told["missed"] == {name: rows[name] - wanted for name, wanted in plan.told["wanted"].items()}
    assert plan.told["groups"] == {"groups": 1, "rows": 60, "largest": {"rows": 60, "split": "train"}}
    assert plan.told["why"]


@pytest.mark.parametrize(
    "more",
    [
        lambda at: {"source": {"transcript": at // 4}, "provenance": {"run": "a"}},
        lambda at: {"source": json.dumps({"mode": "expand", "from": f"q-{at // 4}"})},
        lambda at: {"conversation_id": at // 4},
        lambda at: {"persona": {"name": "Ada", "trade": at // 4}},
        lambda at: {"facets": {"name": f"Ada {at // 4}", "age": 31, "home": "a flat"}},
    ],
)
def test_rows_of_one_source_or_person_stay_together(more: object) -> None:
    assert callable(more)
    rng = random.Random(4)
    examples = [example(at, said(rng, "en", 20), said(rng, "en", 20), **more(at)) for at in range(200)]
    plan = planned(examples, {"train": 50, "test": 50})
    for at in range(0, 200, 4):
        assert len(set(plan.names[at : at + 4])) == 1
    assert plan.told["groups"]["groups"] == 50
    assert Counter(plan.names) == {"train": 100, "test": 100}


def test_a_transcript_of_another_run_is_another_one_and_so_is_a_mere_number() -> None:
    rng = random.Random(5)
    told = [{"source": {"transcript": 1}}, {"source": {"from": "1"}}, {"source": {"from": "report 1"}}]
    examples = [
        example(at, said(rng, "en", 20), **more, provenance={"run": run})
        for at, (more, run) in enumerate((more, run) for more in told for run in ("a", "b"))
    ]
    assert planned(examples).told["groups"]["groups"] == 0


def test_a_row_stays_with_those_that_were_made_from_it() -> None:
    rng = random.Random(6)
    originals = [example(at, said(rng, "en", 20)) for at in range(40)]
    made = [example(100 + at, said(rng, "en", 20), source={"from": f"row-{at}"}) for at in range(40)]
    plan = planned([*originals, *made], {"train": 50, "test": 50})
    assert list(plan.names[:40]) == list(plan.names[40:])
    # Files may number their rows alike; that alone ties none.
    twice = [example(at % 40, said(rng, "en", 20)) for at in range(80)]
    assert planned(twice).told["groups"]["groups"] == 0


def told_in_parts(rng: random.Random, dialogues: int, rounds: int) -> tuple[list[Example], list[int]]:
    """Return dialogues each as rows of its first round, of its first two, and so on; and which each row is of."""
    rows, heads = [], []
    for dialogue in range(dialogues):
        texts = [said(rng, "zh" if dialogue % 3 == 0 else "en", 25) for _ in range(2 * rounds)]
        rows += [example(len(rows) + at, *texts[: 2 * at + 2]) for at in range(rounds)]
        heads += [dialogue] * rounds
    return rows, heads


@pytest.mark.parametrize(("dialogues", "rounds", "tie"), [(60, 3, "same turn"), (3, 40, "same beginning")])
def test_a_dialogue_that_is_told_round_by_round_stays_together(dialogues: int, rounds: int, tie: str) -> None:
    rows, heads = told_in_parts(random.Random(12), dialogues, rounds)
    plan = planned(rows, {"train": 50, "test": 50})
    assert {len({plan.names[at] for at, head in enumerate(heads) if head == each}) for each in range(dialogues)} == {1}
    assert set(plan.names) == {"train", "test"}
    assert plan.told["groups"]["groups"] == dialogues
    assert plan.told["joins"][tie] > 0


def test_a_pair_that_recurs_within_a_longer_dialogue_stays_with_it() -> None:
    rng = random.Random(13)
    rows = []
    for number in range(60):
        texts = [said(rng, "zh" if number % 3 == 0 else "en", 25) for _ in range(8)]
        # Case, white space and the width of letters do not matter.
        rows += [example(2 * number, texts[4].upper(), texts[5]), example(2 * number + 1, *texts)]
    plan = planned(rows, {"train": 50, "test": 50})
    assert list(plan.names[::2]) == list(plan.names[1::2])
    assert plan.told["joins"]["same turn"] == 60
    assert plan.told["too_common"] == {"same turn": 0, "same beginning": 0}


@pytest.mark.parametrize("rows", [60, 400])
def test_stock_phrases_tie_none_and_are_told(rows: int) -> None:
    rng = random.Random(14)
    hello = "Hello, and thank you for coming in today. What is it that brings you here?"
    begin = "Good evening, I have been thinking for some time about whether to write to you."
    bye = "Thank you, that has been of great help to me and I will try it."
    texts = [(begin, hello, said(rng, "en", 20), said(rng, "en", 20), bye, said(rng, "en", 20)) for _ in range(rows)]
    # A row that holds nothing but how all of them begin.
    examples = [example(at, *each) for at, each in enumerate([*texts, (begin, hello)])]
    plan = planned(examples, {"train": 50, "test": 50})
    assert plan.told["groups"]["groups"] == 0
    assert plan.told["too_common"] == {"same turn": 3, "same beginning": 1}


def test_short_turns_tie_none() -> None:
    rng = random.Random(15)
    examples = [example(at, said(rng, "en", 20), "I see.", "好的，谢谢您。", said(rng, "en", 20)) for at in range(4)]
    assert planned(examples).told["groups"]["groups"] == 0
    assert planned(examples).told["too_common"] == {"same turn": 0, "same beginning": 0}


def facets(rng: random.Random, values: int) -> dict[str, str]:
    return {f"facet {at}": str(rng.randrange(values)) for at in range(9)}


def test_all_facets_alike_are_one_person_unless_chance_explains_it() -> None:
    rng = random.Random(8)
    dealt = [facets(rng, 6) for _ in range(50)]
    two_runs = [example(at, said(rng, "en", 20), facets=dealt[at % 50]) for at in range(100)]
    plan = planned(two_runs, {"train": 50, "test": 50})
    assert list(plan.names[:50]) == list(plan.names[50:])
    few = [example(at, said(rng, "en", 20), facets={"tone": str(at % 3), "age": str(at % 2)}) for at in range(100)]
    assert planned(few).told["groups"]["groups"] == 0


def test_odd_rows_are_split_like_others() -> None:
    rng = random.Random(9)
    odd = [example(0), example(1, ""), example(2, "", "🙂"), example(3, "a\ud800b"), example(4, "\x00", "x" * 20_000)]
    odd[3] = example(3, said(rng, "en", 20), facets="none", source=[1], provenance=None, persona={})
    plan = planned(odd, {"train": 3, "test": 2})
    assert Counter(plan.names) == {"train": 3, "test": 2}
    assert planned([]).told["rows"] == {"train": 0, "validation": 0, "test": 0}
    assert planned([]).told["groups"] == {"groups": 0, "rows": 0, "largest": {}}


@pytest.mark.parametrize("shares", [{}, {"train": 0}, {"train": -1, "test": 2}, {"train": float("nan")}])
def test_shares_that_cannot_be_are_refused(shares: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="shares"):
        split_names(partial(distinct, 3), shares, seed=1)


def test_a_similarity_that_cannot_be_is_refused() -> None:
    with pytest.raises(UsageError, match="similarity"):
        planned([], similarity=0.2)
