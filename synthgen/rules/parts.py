"""What the parts of a spec are made of: texts by language, weights, bands, and models that refuse unknown keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

T = TypeVar("T")

LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"

Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
Language = Annotated[str, Field(pattern=f"^{LANGUAGE}$")]
AnyLanguage = Annotated[str, Field(pattern=rf"^(\*|{LANGUAGE})$")]


def _by_language(value: Any) -> Any:
    """A plain value stands for every language: it is kept under "*"."""
    return value if isinstance(value, Mapping) else {"*": value}


def as_weights(value: Any) -> Any:
    """A plain list stands for equal weights."""
    if not isinstance(value, list):
        return value
    for at, name in enumerate(value):
        if not isinstance(name, str):
            raise ValueError(f"a list of names is wanted, found {name!r} in it")
        if name in value[:at]:
            raise ValueError(f"{name!r} stands twice")
    return dict.fromkeys(value, 1.0)


def as_named(value: Any) -> Any:
    """A plain text stands for a part of that name."""
    return {"name": value} if isinstance(value, str) else value


def rising(band: tuple[int, int]) -> tuple[int, int]:
    """Return a band whose bounds rise. Raises ValueError."""
    low, high = band
    if low > high:
        raise ValueError(f"the lower bound {low} is above the upper bound {high}")
    return band


def _as_switch(value: Any) -> Any:
    if not isinstance(value, bool | dict):
        raise ValueError(f"must be true, false or a mapping of options, got {value!r}")
    return value


Texts = Annotated[dict[AnyLanguage, list[Annotated[str, Field(min_length=1)]]], BeforeValidator(_by_language)]
Lines = Annotated[dict[AnyLanguage, str], BeforeValidator(_by_language)]
Bound = Annotated[int, Field(ge=1)]
Bands = Annotated[
    dict[AnyLanguage, Annotated[tuple[Bound, Bound], AfterValidator(rising)]], BeforeValidator(_by_language)
]
Names = dict[Language, Name]
Switch = Annotated[bool | dict[str, Any], BeforeValidator(_as_switch)]
Weights = Annotated[dict[Name, Weight], BeforeValidator(as_weights), Field(min_length=1)]


def in_language(values: Mapping[str, T], language: str, default: T) -> T:
    """Return the value for a language, else the one for all languages, else the default."""
    return values.get(language, values.get("*", default))


class Part(BaseModel):
    """A mapping in a spec; a key that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
