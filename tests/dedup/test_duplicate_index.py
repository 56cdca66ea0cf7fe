from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from synthgen.dedup.index import DuplicateIndex, Twin
from synthgen.text import normalize

MESSAGE = (
    "Since the move in March I have hardly slept. My son asks for his father every evening, and I never know what to "
    "tell him. I snap at him over nothing and cry in the bathroom afterwards. My sister says it gets easier. I would "
    "like to believe her, but some mornings I cannot see how the day should pass. What helps other parents?"
)
MESSAGE_ZH = (
    "三月搬家以后我几乎没有睡过一个好觉。儿子每天晚上都问爸爸去哪里了，我不知道怎么回答。我常常为小事发火，然后躲进浴室偷偷流泪。"
    "姐姐劝我慢慢会好起来，可是有些早晨我看不到希望。别的家长是怎么熬过去的呢？"
)


class Shelf:
    """Texts that hold a place, and how often one was fetched."""

    def __init__(self, similarity: float = 0.80) -> None:
        self.texts: dict[int, str] = {}
        self.fetched = 0
        self.index = DuplicateIndex(similarity, self.fetch)

    def fetch(self, key: int) -> str:
        self.fetched += 1
        return self.texts[key]

    def claim(self, key: int, text: str) -> Twin | None:
        twin = self.index.claim(key, text)
        if twin is None:
            self.texts[key] = text
        return twin


def vocabulary(language: str) -> list[str]:
    rng = random.Random(7)
    if language == "zh":
        return [chr(rng.randrange(0x4E00, 0x9000)) for _ in range(2_000)]
    letters = "aeioubcdfglmnprst"
    return ["".join(rng.choices(letters, k=rng.choice((2, 3, 3, 4, 5, 6, 7, 8)))) + " " for _ in range(2_000)]


def written(rng: random.Random, words: list[str], length: int) -> str:
    return "".join(rng.choices(words, k=length))


def edited(text: str, words: list[str], rate: float, rng: random.Random) -> str:
    """Swap, cut and add single words."""
    pieces = text.split(" ") if " " in text else list(text)
    glue = " " if " " in text else ""
    done = []
    for piece in pieces:
        chance = rng.random()
        if chance < rate / 3:
            continue
        done.append(rng.choice(words).strip() if chance < 2 * rate / 3 else piece)
        if chance > 1 - rate / 3:
            done.append(rng.choice(words).strip())
    return glue.join(done)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (MESSAGE, MESSAGE.replace("son", "daughter").replace("March", "April").replace("sister", "mother")),
        (MESSAGE, "Hello. " + MESSAGE.replace("My sister says it gets easier. ", "")),
        (MESSAGE, MESSAGE.replace("hardly slept", "barely slept at all, it seems,")),
        (MESSAGE_ZH, MESSAGE_ZH.replace("儿子", "女儿").replace("姐姐", "妈妈").replace("三月", "四月")),
        (MESSAGE_ZH, MESSAGE_ZH.replace("我常常为小事发火，", "")),
        (MESSAGE + MESSAGE_ZH, MESSAGE.replace("son", "girl") + MESSAGE_ZH.replace("儿子", "女儿")),
        ("How can I sleep again?", "How could I sleep again?"),
        ("我又睡不着了怎么办", "我又睡不着了，怎么办？"),
        ("Help!", "help"),
        ("🙂🙂🙂🙂", "🙂🙂🙂🙂🙂"),
    ],
)
def test_a_near_copy_finds_its_twin(text: str, copy: str) -> None:
    shelf = Shelf()
    assert shelf.claim(1, text) is None
    ratio = fuzz.ratio(normalize(text), normalize(copy)) / 100
    assert ratio >= 0.80
    assert shelf.claim(2, copy) == Twin(1, pytest.approx(ratio))
    assert len(shelf.index) == 1


def test_a_copy_after_normalization_has_similarity_one() -> None:
    shelf = Shelf(similarity=1.0)
    shelf.claim(1, "I can't  sleep,\nand it is late.")
    assert shelf.claim(2, " i CAN'T sleep, and it is ｌate. ") == Twin(1, 1.0)
    assert shelf.claim(3, "I can't sleep, and it is so late.") is None


@pytest.mark.parametrize("text", ["", " \n", "？！", "a\ud800b", "x" * 5_000, "好" * 5_000])
def test_odd_texts_are_taken_once(text: str) -> None:
    shelf = Shelf()
    assert shelf.claim(1, MESSAGE) is None
    assert shelf.claim(2, text) is None
    assert shelf.claim(3, text) == Twin(2, 1.0)


def test_different_texts_pass() -> None:
    shelf = Shelf()
    other = "For two years my manager has moved every deadline without asking. How do I say no to him calmly?"
    for key, text in enumerate([MESSAGE, other, MESSAGE_ZH, "Help!", "我又睡不着了怎么办"]):
        assert shelf.claim(key, text) is None
    assert len(shelf.index) == 5


def test_the_similarity_is_the_bar() -> None:
    copy = MESSAGE.replace("son", "daughter").replace("My sister says it gets easier. ", "")
    ratio = fuzz.ratio(normalize(MESSAGE), normalize(copy)) / 100
    for bar, passes in ((ratio - 0.001, False), (ratio, False), (ratio + 0.001, True)):
        shelf = Shelf(bar)
        shelf.claim(1, MESSAGE)
        assert (shelf.claim(2, copy) is None) is passes


def test_the_most_similar_twin_is_named() -> None:
    far = MESSAGE[:250] + "Nobody at work knows, and I would rather keep it so. Is that wrong?"
    near = "Eight weeks ago we left, and nights are long. " + MESSAGE[52:]
    for first, second in ((far, near), (near, far)):
        shelf = Shelf()
        assert shelf.claim(1, first) is None
        assert shelf.claim(2, second) is None
        ratios = {key: fuzz.ratio(normalize(MESSAGE), normalize(text)) / 100 for key, text in shelf.texts.items()}
        assert min(ratios.values()) >= 0.80
        best = max(ratios, key=lambda key: ratios[key])
        assert shelf.claim(3, MESSAGE) == Twin(best, pytest.approx(ratios[best]))


def test_a_released_place_can_be_claimed_again() -> None:
    shelf = Shelf()
    shelf.claim(1, MESSAGE)
    shelf.index.release(1)
    shelf.index.release(1)
    shelf.index.release(77)
    assert len(shelf.index) == 0
    assert shelf.claim(2, MESSAGE) is None
    assert shelf.claim(3, MESSAGE) == Twin(2, 1.0)


def test_a_key_that_claims_again_gives_its_former_place_back() -> None:
    shelf = Shelf()
    shelf.claim(1, MESSAGE)
    assert shelf.claim(1, MESSAGE + " Thank you.") is None
    assert len(shelf.index) == 1
    shelf.claim(2, MESSAGE_ZH)
    assert shelf.claim(1, MESSAGE_ZH) == Twin(2, 1.0)
    assert shelf.claim(3, MESSAGE) is None


def test_a_refused_text_holds_no_place() -> None:
    shelf = Shelf()
    shelf.claim(1, MESSAGE)
    shelf.claim(2, MESSAGE + " Thanks.")
    shelf.index.release(1)
    assert shelf.claim(3, MESSAGE + " Thanks.") is None


@pytest.mark.parametrize(
    ("language", "length"), [("en", 5), ("en", 25), ("en", 40), ("en", 120), ("zh", 12), ("zh", 25), ("zh", 150)]
)
def test_what_brute_force_finds_is_found(language: str, length: int) -> None:
    rng = random.Random(length)
    words = vocabulary(language)
    shelf = Shelf()
    for key in range(60):
        shelf.claim(key, written(rng, words, length))
    wanted = found = 0
    for key in range(1_000, 1_300):
        copy = edited(shelf.texts[rng.randrange(60)], words, rng.uniform(0.0, 0.4), rng)
        ratios = {held: fuzz.ratio(normalize(copy), normalize(text)) / 100 for held, text in shelf.texts.items()}
        best = max(ratios.values())
        twin = shelf.index.claim(key, copy)
        shelf.index.release(key)
        if best < 0.80:
            assert twin is None
        else:
            wanted += 1
            found += twin is not None and twin.similarity == pytest.approx(best)
    assert wanted > 100
    assert found >= 0.985 * wanted


def test_unrelated_texts_are_not_fetched() -> None:
    rng = random.Random(3)
    words = vocabulary("en")
    shelf = Shelf()
    for key in range(3_000):
        assert shelf.claim(key, written(rng, words, 80)) is None
    assert shelf.fetched <= 30


def test_texts_of_one_template_cost_a_bounded_number_of_fetches() -> None:
    shelf = Shelf(similarity=0.999)
    for key in range(300):
        assert shelf.claim(key, f"{MESSAGE} My number is {key}.") is None
    shelf.fetched = 0
    assert shelf.claim(300, f"{MESSAGE} My number is 300.") is None
    assert shelf.fetched <= 64


def test_the_same_claims_give_the_same_answers() -> None:
    def claims() -> Iterator[Twin | None]:
        rng, words = random.Random(5), vocabulary("en")
        shelf = Shelf()
        for key in range(200):
            source = rng.choice(list(shelf.texts.values())) if shelf.texts and key % 2 else MESSAGE
            yield shelf.claim(key, edited(source, words, 0.3, rng))

    assert list(claims()) == list(claims())


@given(st.lists(st.text(max_size=30), max_size=8), st.sampled_from([0.5, 0.8, 1.0]))
def test_any_text_is_taken_and_no_twins_stand_together(texts: list[str], similarity: float) -> None:
    shelf = Shelf(similarity)
    for key, text in enumerate(texts):
        twin = shelf.claim(key, text)
        if twin is not None:
            assert similarity <= twin.similarity + 1e-9
            ratio = fuzz.ratio(normalize(text), normalize(shelf.texts[twin.key])) / 100
            assert twin.similarity == pytest.approx(ratio)
    held = [normalize(text) for text in shelf.texts.values()]
    assert len(held) == len(set(held)) == len(shelf.index)
