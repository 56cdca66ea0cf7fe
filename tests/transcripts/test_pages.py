"""Pages: no turn is lost or cut without need, none is over its budget, and the same transcript gives the same pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synthgen.records import PageTurn
from synthgen.transcripts.pages import Piece, cut, pieces_of


def count(text: str) -> int:
    return len(text.split())


def turns_of(*texts: str, sheets: tuple[int, ...] = ()) -> list[tuple[PageTurn, int]]:
    return [
        (PageTurn(number, None, "", text), sheets[number - 1] if sheets else 1) for number, text in enumerate(texts, 1)
    ]


def pages_of(
    *texts: str, most: int, overlap: int = 0, by_sheet: bool = False, sheets: tuple[int, ...] = ()
) -> list[list[int]]:
    pieces = list(pieces_of(turns_of(*texts, sheets=sheets), most, count))
    return [[piece.turn.number for piece in page] for page in cut(pieces, most, overlap, by_sheet=by_sheet)]


def test_pages_end_at_turns() -> None:
    assert pages_of("a b", "c d", "e f g", "h", most=4) == [[1, 2], [3, 4]]
    assert pages_of("a b c", "d e", "f", most=5) == [[1, 2], [3]]
    assert pages_of(most=5) == []


def test_the_last_turns_of_a_page_stand_again_on_the_next() -> None:
    assert pages_of("a b", "c", "d e", "f g", "h", most=5, overlap=1) == [[1, 2, 3], [3, 4, 5]]
    # The last turn is more than half a page: it does not stand again.
    assert pages_of("a", "b c d e", "f g", most=5, overlap=1) == [[1, 2], [3]]


def test_a_turn_that_is_all_of_a_page_does_not_go_on_for_ever() -> None:
    assert pages_of("a b", "c d", "e f", most=2, overlap=3) == [[1], [2], [3]]


def test_pages_of_the_file_are_boundaries_when_they_are_to_be() -> None:
    sheets = (1, 1, 2, 3)
    texts = ("a", "b", "c", "d")
    assert pages_of(*texts, most=9, sheets=sheets) == [[1, 2, 3, 4]]
    assert pages_of(*texts, most=9, sheets=sheets, by_sheet=True, overlap=1) == [[1, 2], [3], [4]]


def test_a_turn_longer_than_a_page_is_cut_at_sentences() -> None:
    said = "One two three. Four five. Six seven eight nine. Ten."
    pieces = list(pieces_of(turns_of(said), 5, count))
    assert [piece.turn.text for piece in pieces] == ["One two three. Four five.", "Six seven eight nine. Ten."]
    assert {piece.turn.number for piece in pieces} == {1}


def test_a_sentence_longer_than_a_page_is_cut_all_the_same() -> None:
    pieces = list(pieces_of(turns_of(" ".join(["word"] * 100)), 7, count))
    assert all(piece.tokens <= 7 for piece in pieces)
    assert sum(piece.tokens for piece in pieces) == 100
    (glued,) = turns_of("x" * 50)
    assert "".join(piece.turn.text for piece in pieces_of([glued], 9, len)) == "x" * 50


@given(
    st.lists(st.text("ab .", max_size=60), max_size=20),
    st.integers(1, 12),
    st.integers(0, 4),
    st.booleans(),
)
def test_nothing_is_lost_and_nothing_is_too_long(texts: list[str], most: int, overlap: int, by_sheet: bool) -> None:
    sheets = tuple(at // 3 + 1 for at in range(len(texts)))
    pieces = list(pieces_of(turns_of(*texts, sheets=sheets), most, count))
    pages = list(cut(pieces, most, overlap, by_sheet=by_sheet))
    assert pages == list(cut(pieces, most, overlap, by_sheet=by_sheet))
    assert [piece for page in pages for piece in page if first_on(pages, piece) is page] == pieces
    assert all(sum(piece.tokens for piece in page) <= max(most, *(piece.tokens for piece in page)) for page in pages)
    assert "".join("".join(piece.turn.text.split()) for piece in pieces) == "".join("".join(t.split()) for t in texts)
    if by_sheet:
        assert all(len({piece.sheet for piece in page}) == 1 for page in pages)


def first_on(pages: list[list[Piece]], piece: Piece) -> list[Piece]:
    return next(page for page in pages if any(each is piece for each in page))
