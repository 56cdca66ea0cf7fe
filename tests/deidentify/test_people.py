from __future__ import annotations

import pytest

from synthgen.deidentify.people import People, parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harold James Whitfield", "Harold Whitfield"),
        ("Harold Whitfield", "harold"),
        ("Harold Whitfield", "WHITFIELD"),
        ("Daniel Moss", "Danny"),
        ("Daniel Moss", "Dan"),
        ("贺雨苒", "雨苒"),
        ("贺雨苒", "苒苒"),
        ("贺雨苒", "小苒"),
        ("蒋雯", "小蒋"),
        ("蒋雯", "蒋"),
        ("欧阳雪", "小雪"),
    ],
)
def test_forms_of_a_name_are_one_person_s(one: str, other: str) -> None:
    people = People([other, one])
    assert people[one] == people[other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harold Whitfield", "Dale Whitfield"),
        ("Anna Moss", "Hannah"),
        ("王芳", "王伟"),
        ("小李", "小王"),
        ("Ann", "Bo"),
    ],
)
def test_others_are_others(one: str, other: str) -> None:
    people = People([one, other])
    assert people[one] != people[other]


def test_a_surname_is_told_from_a_given_name() -> None:
    people = People(["Whitfield", "Harold Whitfield", "Harold"])
    assert people.is_surname("Whitfield")
    assert not people.is_surname("Harold")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Karen Whitfield", ("karen", "whitfield")),
        ("Karen", ("karen", "")),
        ("王小明", ("小明", "王")),
        ("欧阳雪", ("雪", "欧阳")),
        ("小明", ("小明", "")),
        ("王", ("", "王")),
        ("曼曼", ("曼曼", "")),
    ],
)
def test_parts_of_names(name: str, expected: tuple[str, str]) -> None:
    assert parts(name) == expected
