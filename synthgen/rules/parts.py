"""What the parts of a spec are made of: texts by language, weights, bands, and models that refuse unknown keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

T = TypeVar("T")

LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
NAME = r"[a-z0-9][a-z0-9_-]{0,63}"
# Enough to know a part by.
_KEYS_TOLD = 4

Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
# The name of a whole file, which folders and files of a run are called by.
FileName = Annotated[str, Field(pattern=f"^{NAME}$")]
Language = Annotated[str, Field(pattern=f"^{LANGUAGE}$")]
AnyLanguage = Annotated[str, Field(pattern=rf"^(\*|{LANGUAGE})$")]


def _by_language(value: Any) -> Any:
    """A plain value stands for every language: it is kept under "*"."""
    return value if isinstance(value, Mapping) else {"*": value}


def as_weights(value: Any) -> Any:
    """A plain list stands for equal weights."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list):
        raise ValueError(f"a list of names, or a mapping of names to weights, is wanted, got {as_written(value)}")
    for at, name in enumerate(value):
        if not isinstance(name, str):
            raise ValueError(f"a list of names is wanted, found {as_written(name)} in it")
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


def as_written(value: Any) -> str:
    """Return a value as it was written, cut short; where YAML has a truth value, a word may have been meant."""
    if isinstance(value, bool):
        word, others = ("true", "yes and on") if value else ("false", "no and off")
        return f"{word} (YAML reads {others} as {word}; a word goes in quotes)"
    found = "nothing" if value is None else repr(value)
    return found if len(found) <= 60 else f"{found[:57]}..."


def _as_switch(value: Any) -> Any:
    if not isinstance(value, bool | dict):
        raise ValueError(f"must be true, false or a mapping of options, got {as_written(value)}")
    return value


Texts = Annotated[
    dict[AnyLanguage, Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]],
    BeforeValidator(_by_language),
]
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


def band_in(bands: Mapping[str, tuple[int, int]], language: str) -> tuple[int, int]:
    """Return the least and the most for a language, else for all. Raises KeyError for one that has neither."""
    return bands[language if language in bands else "*"]


class Part(BaseModel):
    """A mapping in a spec; a key that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, value: Any) -> Any:
        if isinstance(value, Mapping | cls):
            return value
        known = ", ".join(list(cls.model_fields)[:_KEYS_TOLD])
        raise ValueError(f"a mapping with keys such as {known} is wanted, got {as_written(value)}")
