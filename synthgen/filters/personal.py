"""Personal data: a synthetic text has no use for what looks like somebody's number or address."""

from __future__ import annotations

from typing import Annotated

from synthgen.deidentify.full_names import open_names
from synthgen.filters.check import Check, drop
from synthgen.filters.options import SWITCH
from synthgen.personal.find import find
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

# Kind -> what it is called to who writes English and Chinese.
_NAMES = {
    "email": ("an e-mail address", "电子邮箱"),
    "phone": ("a telephone number", "电话号码"),
    "card": ("a card number", "银行卡号"),
    "iban": ("a bank account number", "银行账号"),
    "ssn": ("a social security number", "社会保障号"),
    "national_id": ("an identity number", "身份证号"),
    "nhs_number": ("a health service number", "医疗号码"),
    "passport": ("a passport number", "护照号"),
    "plate": ("a number plate", "车牌号"),
    "account": ("an account or file number", "账号"),
    "url": ("a web address", "网址"),
    "ip": ("a network address", "网络地址"),
    "address": ("a postal address", "详细地址"),
    "name": ("a full name", "姓名"),
}


def build(
    spec: Spec,
    plain: bool,
    *,
    urls: Annotated[bool, SWITCH] = True,
    addresses: Annotated[bool, SWITCH] = True,
    names: Annotated[bool, SWITCH] = False,
) -> Check:
    """Options: `urls` and `addresses`, false to let them pass; `names`, true to drop full names by the extra `ner`.

    Raises MissingExtraError, and SpecError for names in a language that no model is known for.
    """
    passed = frozenset(kind for kind, wanted in {"url": urls, "address": addresses}.items() if not wanted)

    finders = {language: open_names(language, "filters.personal.names") for language in spec.languages if names}

    def check(candidate: Candidate) -> Drop | None:
        found = [span for span in find(candidate.text) if span.kind not in passed]
        if not found and candidate.language in finders:
            found = finders[candidate.language](candidate.text)
        if not found:
            return None
        first = found[0]
        english, chinese = _NAMES[first.kind]
        return drop(
            candidate,
            "personal_data",
            en=f"It gives {english}. Leave it out, or say the same without the number, address or name itself.",
            zh=f"文中出现了{chinese}。请删去，或者换成不含具体号码、地址和姓名的说法。",
            # What was found goes nowhere: its first sign and its length are enough to find it again.
            evidence=f"{first.kind}: {candidate.text[first.start]}…, {first.end - first.start} characters",
        )

    return check
