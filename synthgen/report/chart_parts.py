"""What charts share: axes, colours, room for texts, and the way to the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from synthgen.extras import late
from synthgen.report.palette import SERIES

# As wide as a phone shows without shrinking much; on a desk two stand side by side.
WIDTH = 400
BAR = 15
_GAP, _LETTER = 6, 6

Chart = dict[str, Any]


def labels_down(several: bool) -> Chart:
    """Return labels one below the other; with several series each has a bar of its own under a label."""
    y: Chart = {"y": {"field": "label", "type": "nominal", "sort": None, "title": None}}
    if several:
        y["yOffset"] = {"field": "series", "type": "nominal"}
    return y


def room_for(marks: Sequence[Any]) -> float:
    """Return how much longer than the longest bar the space for bars has to be, so that what is told fits behind it."""
    names, told = (max((_width(text) for text in texts), default=0) for texts in zip(*map(_texts, marks), strict=True))
    space = max(WIDTH - names - 20, 80)
    return space / max(space - told - 8, 40)


def _texts(mark: Any) -> tuple[str, str]:
    return mark.label, mark.told


def _width(text: str) -> int:
    """Return about how many pixels a text takes: a character of Chinese is twice as wide as a letter."""
    return sum(_LETTER * (2 if east_asian_width(character) in "WF" else 1) for character in text)


def height_of(marks: Sequence[Any], several: bool) -> int:
    """Return how high a picture of bars is, in pixels."""
    return (BAR + _GAP + (BAR if several else 0)) * max(1, len({mark.label for mark in marks}))


def series_colour() -> Chart:
    """Return the colours of the two series."""
    return {"field": "series", "type": "nominal", "scale": {"domain": [0, 1], "range": [*SERIES]}}


def share_opacity(field: str) -> Chart:
    """Return a colour that is the stronger the larger a share is."""
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1], "range": [0.02, 0.85]}}


def number_axis(ticks: int, *, whole: bool = False) -> Chart:
    """Return an axis of about so many numbers; `whole` ones where a half means nothing."""
    return {"tickCount": ticks, "format": "~s", "labelOverlap": True, **({"tickMinStep": 1} if whole else {})}


def share_axis() -> Chart:
    """Return an axis of percents."""
    return {"tickCount": 4, "format": ".0~%"}


def draw_fitted(values: Sequence[Mapping[str, Any]], chart: Chart) -> str:
    """Return the picture of values in the usual width, labels included."""
    fit = {"width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}}
    return drawn({"data": {"values": [*values]}} | fit | chart)


def drawn(chart: Chart) -> str:
    """Return the picture. Raises MissingExtraError."""
    drawing = late("synthgen.report.drawing", "vl_convert", "report", "charts")
    return str(drawing.draw(chart))
