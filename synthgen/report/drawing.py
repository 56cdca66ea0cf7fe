"""Charts drawn: a Vega-Lite chart becomes the text of an SVG picture, without a browser, a network or a script."""

from __future__ import annotations

from typing import Any

import vl_convert

from synthgen.report.palette import INK, LINE, SOFT

# The converter carries this typeface, so a text is as wide, and a picture the same, on every machine.
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_CONFIG = {
    "aria": False,  # a figure is told by its caption, not by each of its marks
    "background": "transparent",
    "font": _FONT,
    "padding": 2,
    "view": {"stroke": None},
    "title": {"color": INK, "fontSize": 12, "fontWeight": "bold", "anchor": "start", "frame": "group", "offset": 6},
    "axis": {
        "domain": False,
        "grid": True,
        "gridColor": LINE,
        "labelColor": SOFT,
        "labelFontSize": 11,
        "labelLimit": 0,  # labels come short already; measuring them again is what takes long
        "ticks": False,
        "labelPadding": 5,
        "titleColor": SOFT,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "titlePadding": 6,
    },
    "axisBand": {"grid": False, "labelColor": INK},
    "text": {"font": _FONT, "fontSize": 11, "color": SOFT},
    "legend": {"disable": True},
}


def draw(chart: dict[str, Any]) -> str:
    """Return the SVG of a Vega-Lite chart, in the colours of `palette`. Nothing that it names is fetched or read."""
    # Beside the settings that they change the charts are theirs; a file or an address in them would be refused.
    return vl_convert.vegalite_to_svg(chart | {"config": _CONFIG}, allowed_base_urls=[])
