"""Pictures of figures, as the text of SVG. Colours are variables of CSS, see `palette`.

They are drawn by Vega-Lite, which its own maintainers bring to Python as `vl-convert-python`: static pictures without
a browser or a script, in about 50 ms each. Raises MissingExtraError where it is not installed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from synthgen.report.chart_parts import (
    BAR,
    Chart,
    draw_fitted,
    drawn,
    height_of,
    labels_down,
    number_axis,
    room_for,
    series_colour,
    share_axis,
    share_opacity,
)
from synthgen.report.palette import ASIDE, FIRST, INK, KEPT, LINE, LOST, SECOND, SOFT

# A smaller share of a heatmap is told by its colour alone.
_WRITTEN_OUT = 0.05

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a series, counted from 0, with what is written at its end; `wanted` puts a mark across it."""

    label: str
    value: float
    told: str = ""
    wanted: float | None = None
    series: int = 0


@dataclass(frozen=True, slots=True)
class Fall:
    """A step of a waterfall, from `start` to `end`. `kind` is its colour: all, lost, kept or aside."""

    label: str
    start: float
    end: float
    told: str
    kind: str


@dataclass(frozen=True, slots=True)
class Span:
    """A mean with its interval; `low` and `high` are the mean where there is none."""

    label: str
    mean: float
    low: float
    high: float
    told: str = ""
    series: int = 0


def bar_chart(bars: Sequence[Bar], longest: float = 0) -> str:
    """Draw horizontal bars, one below the other in their order, those of one label together.

    `longest` is a value that has to fit too, so that the bars of two pictures can be of one scale.
    """
    most = max((max(bar.value, bar.wanted or 0, longest) for bar in bars), default=0) or 1
    several = any(bar.series for bar in bars)
    y = labels_down(several)
    scale = {"domain": [0, most * room_for(bars)], "nice": False}
    x = {"field": "value", "type": "quantitative", "stack": None, "axis": None, "scale": scale}
    wanted_mark = {"type": "tick", "color": INK, "thickness": 2, "size": BAR - 2 if several else BAR + 3}
    layers: list[Chart] = [
        {"mark": {"type": "bar", "cornerRadius": 2}, "encoding": {"x": x, "color": series_colour()}},
        {
            "transform": [{"filter": "isValid(datum.wanted)"}],
            "mark": wanted_mark,
            "encoding": {"x": {"field": "wanted", "type": "quantitative"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 5},
            "encoding": {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "told"}},
        },
    ]
    values = [asdict(bar) | {"end": max(bar.value, bar.wanted or 0)} for bar in bars]
    return draw_fitted(values, {"layer": layers, "encoding": y, "height": height_of(bars, several)})


def waterfall(falls: Sequence[Fall]) -> str:
    """Draw steps from a whole to what is left of it, one below the other."""
    most = max((max(fall.start, fall.end) for fall in falls), default=0) or 1
    kinds = {"all": FIRST, "lost": LOST, "kept": KEPT, "aside": ASIDE}
    scale = {"domain": [0, most * room_for(falls)], "nice": False}
    layers: list[Chart] = [
        {
            "mark": {"type": "bar", "cornerRadius": 2},
            "encoding": {
                "x": {"field": "start", "type": "quantitative", "axis": None, "scale": scale},
                "x2": {"field": "end"},
                "color": {
                    "field": "kind",
                    "scale": {"domain": [*kinds], "range": [*kinds.values()]},
                    "type": "nominal",
                },
            },
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 5},
            "encoding": {"x": {"field": "right", "type": "quantitative"}, "text": {"field": "told"}},
        },
    ]
    values = [asdict(fall) | {"right": max(fall.start, fall.end)} for fall in falls]
    return draw_fitted(values, {"layer": layers, "encoding": labels_down(False), "height": height_of(falls, False)})


def histogram(series: Sequence[Points], width: float, *, x: str, y: str = "share of rows") -> str:
    """Draw shares (0 to 1) by bins; a point is where its bin begins, and its share. Two series lie on one another."""
    values = [
        {"start": start, "end": start + width, "share": share, "series": number}
        for number, points in enumerate(series)
        for start, share in points
    ]
    chart = {
        "mark": {"type": "bar", "fillOpacity": 0.6 if len(series) > 1 else 0.9, "binSpacing": 1},
        "height": 150,
        "encoding": {
            "x": {
                "field": "start",
                "type": "quantitative",
                "bin": {"binned": True},
                "title": x,
                "axis": number_axis(6, whole=True),
            },
            "x2": {"field": "end"},
            "y": {"field": "share", "type": "quantitative", "stack": None, "title": y, "axis": share_axis()},
            "color": series_colour(),
        },
    }
    return draw_fitted(values, chart)


def line_chart(series: Sequence[Points], *, x: str, y: str, percent: bool = False, area: bool = False) -> str:
    """Draw a line for each series, the second one dashed; with `area` the space below is filled."""
    values = [{"x": at, "y": height, "series": number} for number, points in enumerate(series) for at, height in points]
    mark: Chart = {"type": "line", "strokeWidth": 2}
    if area:
        mark = {"type": "area", "line": {"strokeWidth": 1.5}, "fillOpacity": 0.18, "interpolate": "step-after"}
    upright = share_axis() if percent else number_axis(4)
    dashes = {"domain": [0, 1], "range": [[1, 0], [5, 3]]}
    chart = {
        "mark": mark,
        "height": 160,
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "title": x, "axis": number_axis(6), "scale": {"nice": False}},
            "y": {"field": "y", "type": "quantitative", "stack": None, "title": y, "axis": upright},
            "color": series_colour(),
            **({} if area else {"strokeDash": {"field": "series", "type": "nominal", "scale": dashes}}),
        },
    }
    return draw_fitted(values, chart)


def heatmap(
    rows: Sequence[str], columns: Sequence[str], share: Mapping[tuple[str, str], float], *, x: str, y: str
) -> str:
    """Draw shares (0 to 1) by row and column, the darker the more; from 5 % on in figures as well."""
    values = [
        {"row": row, "column": column, "share": each, "told": f"{100 * each:.0f}" if each >= _WRITTEN_OUT else ""}
        for (row, column), each in share.items()
        if each
    ]
    across = {"field": "column", "type": "nominal", "scale": {"domain": [*columns]}, "title": x}
    down = {"field": "row", "type": "nominal", "scale": {"domain": [*rows]}, "title": y}
    layers: list[Chart] = [
        {
            "mark": {"type": "rect", "color": FIRST, "stroke": LINE, "strokeWidth": 0.5},
            "encoding": {"fillOpacity": share_opacity("share")},
        },
        {"mark": {"type": "text", "color": INK, "fontSize": 10}, "encoding": {"text": {"field": "told"}}},
    ]
    encoding = {"x": across | {"axis": {"labelAngle": -45, "orient": "bottom"}}, "y": down}
    return draw_fitted(values, {"layer": layers, "encoding": encoding, "height": 22 * len(rows)})


def interval_chart(spans: Sequence[Span], scale: tuple[float, float]) -> str:
    """Draw means as points with their intervals as lines, on a scale from its low end to its high one."""
    several = any(span.series for span in spans)
    low, high = scale
    # Beyond the scale's end stand the figures.
    ends = {"domain": [low, high + 0.15 * (high - low)], "nice": False}
    axis = number_axis(6) | {"labelExpr": f"datum.value <= {high} ? datum.label : ''"}
    x = {"type": "quantitative", "title": None, "axis": axis, "scale": ends}
    layers: list[Chart] = [
        {
            "mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round", "opacity": 0.45},
            "encoding": {"x": x | {"field": "low"}, "x2": {"field": "high"}, "color": series_colour()},
        },
        {
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 60},
            "encoding": {"x": x | {"field": "mean"}, "color": series_colour()},
        },
        {
            "mark": {"type": "text", "align": "right"},
            "encoding": {"x": {"value": {"expr": "width"}}, "text": {"field": "told"}},
        },
    ]
    return draw_fitted(
        [asdict(span) for span in spans],
        {"layer": layers, "encoding": labels_down(several), "height": height_of(spans, several) + 6 * len(spans)},
    )


def calibration_chart(metrics: Mapping[str, Mapping[str, Any]], scale: tuple[int, int]) -> str:
    """Draw how a judge's scores stand to those of people, a panel for each metric.

    `metrics` are a calibration's, by the names to show (`report.calibration`): for each point that the judge gives the
    mean of the people (a circle, as large as there are items), the line on which both agree, and the line of the fit.
    """
    panels = [_panel(name, found, scale) for name, found in metrics.items()]
    return drawn({"concat": panels, "columns": 3, "spacing": 26, "padding": 12})


def _panel(name: str, found: Mapping[str, Any], scale: tuple[int, int]) -> Chart:
    low, high = scale
    ends = [{"x": low, "y": low}, {"x": high, "y": high}]
    x: Chart = {"field": "x", "type": "quantitative", "title": "judge", "axis": number_axis(5)}
    y: Chart = {"field": "y", "type": "quantitative", "title": "people", "axis": number_axis(5)}
    x |= {"scale": {"domain": [low - 0.5, high + 0.5], "nice": False}}
    y |= {"scale": {"domain": [low - 0.5, high + 0.5], "nice": False}}
    layers: list[Chart] = [
        {"data": {"values": ends}, "mark": {"type": "line", "color": SOFT, "strokeDash": [3, 3], "strokeWidth": 1}},
    ]
    if found["fit"] is not None:
        shown = {"type": "line", "color": SECOND, "strokeWidth": 2}
        layers.append({"data": {"values": _within(found["fit"], low, high)}, "mark": shown})
    points = [{"x": point["judge"], "y": point["human"], "items": point["items"]} for point in found["curve"]]
    size = {"field": "items", "type": "quantitative", "scale": {"range": [18, 220], "zero": True}}
    circles = {"type": "point", "filled": True, "color": FIRST, "opacity": 0.85}
    layers.append({"data": {"values": points}, "mark": circles, "encoding": {"size": size}})
    title = {"text": name, "subtitle": f"{found['items']:,} items", "fontSize": 11, "subtitleColor": SOFT}
    return {"width": 170, "height": 170, "title": title, "layer": layers, "encoding": {"x": x, "y": y}}


def _within(fit: Mapping[str, float], low: float, high: float) -> list[dict[str, float]]:
    """Return the ends of the fitted line where it is within the scale, up and down as well as across."""
    slope, intercept = fit["slope"], fit["intercept"]
    ends = {low, high} if not slope else {min(max((at - intercept) / slope, low), high) for at in (low, high)}
    points = [{"x": at, "y": slope * at + intercept} for at in sorted(ends)]
    return [point for point in points if low - 1e-9 <= point["y"] <= high + 1e-9]
