"""Proofs of numbers that carry one: check digits, dates and ranges."""

from __future__ import annotations

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
# The first two digits of a Chinese identity number: a province, Taiwan, Hong Kong, Macau, or a permit of residence.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_NOT_ALNUM = re.compile(r"[\W_]+")


def plain(piece: str) -> str:
    """Return the letters and digits of a number, without what groups them."""
    return _NOT_ALNUM.sub("", piece).upper()


def is_card(piece: str) -> bool:
    """Luhn's check digit, on 13 to 19 digits that a card may begin with."""
    digits = plain(piece)
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def is_iban(piece: str) -> bool:
    """ISO 13616: the remainder of 97, on 15 to 34 characters."""
    code = plain(piece)
    return 15 <= len(code) <= 34 and int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def is_ssn(piece: str) -> bool:
    """The ranges that the United States have given out: no 000, 666 or 900s, no 00, no 0000."""
    digits = plain(piece)
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in {"000", "666"} and area[0] != "9" and group != "00" and serial != "0000"


def is_nhs_number(piece: str) -> bool:
    """The check digit of the British health service: the remainder of 11 over ten digits."""
    digits = [int(digit) for digit in plain(piece)]
    if len(digits) != 10 or len(set(digits)) < 3:
        return False
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def is_chinese_id(piece: str) -> bool:
    """GB 11643: province, birth date and check sign of the 18; province and birth date of the old 15."""
    code = plain(piece)
    if not _is_born(code):
        return False
    if len(code) == 15:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, code, strict=False))
    return _ID_CHECKS[total % 11] == code[17]


def _is_born(code: str) -> bool:
    born = code[6:14] if len(code) == 18 else f"19{code[6:12]}"
    try:
        year = date(int(born[:4]), int(born[4:6]), int(born[6:])).year
    except ValueError:
        return False
    return _PROVINCE.match(code) is not None and 1900 <= year <= 2099
