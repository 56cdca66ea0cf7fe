"""Charts are pictures that hold what they are given and nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from synthgen.report.calibration import calibration
from synthgen.report.chart_parts import WIDTH
from synthgen.report.charts import (
    Bar,
    Fall,
    Span,
    bar_chart,
    calibration_chart,
    heatmap,
    histogram,
    interval_chart,
    line_chart,
    waterfall,
)
from synthgen.report.palette import COLOURS, standalone_svg, variables

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & \"'"
JUDGE = {(f"r{n}", metric): n % 10 + 1 for n in range(40) for metric in ("empathy", "safety")}
PEOPLE = {key: [min(10, points + 1), points] for key, points in JUDGE.items() if key != ("r1", "safety")}
DRAWN = {
    "bars": lambda: bar_chart([Bar(HOSTILE, 3, "3 of 4", 4), Bar("焦虑", 2, "2", 2)]),
    "two": lambda: bar_chart([Bar("a", 0.3, "30 %"), Bar("a", 0.5, "50 %", series=1)]),
    "fall": lambda: waterfall(
        [Fall("drafts", 0, 9, "9", "all"), Fall("x", 7, 9, "2", "lost"), Fall("y", 0, 7, "7", "kept")]
    ),
    "histogram": lambda: histogram([[(0, 0.5), (10, 0.5)], [(10, 1.0)]], 10, x="words"),
    "lines": lambda: line_chart([[(0, 1), (1, 0)], [(0, 1), (1, 0.5)]], x="at least", y="share", percent=True),
    "area": lambda: line_chart([[], [(0, 3), (1, 5)]], x="seconds", y="calls/s", area=True),
    "heatmap": lambda: heatmap(["a", HOSTILE], ["b", "c"], {("a", "b"): 0.5, (HOSTILE, "c"): 0.02}, x="then", y=""),
    "spans": lambda: interval_chart([Span("m", 5, 4, 6, "5.00"), Span("m", 7, 7, 7, "7.00", 1)], (1, 10)),
    "calibration": lambda: calibration_chart(calibration(JUDGE, PEOPLE)["metrics"], (1, 10)),
}


@pytest.fixture(scope="module")
def drawn():
    return {name: draw() for name, draw in DRAWN.items()}


def texts(svg):
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_fetches_runs_and_refers_to_nothing(drawn, name):
    root = ElementTree.fromstring(drawn[name])
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath", "title", "style"}
    for element in root.iter():
        # An id would be found in another chart of the same page.
        assert not {"id", "href", "{http://www.w3.org/1999/xlink}href", "onload", "style"} & set(element.attrib)


@pytest.mark.parametrize("name", DRAWN)
def test_all_colours_are_variables(drawn, name):
    told = set(re.findall(r'(?:fill|stroke)="([^"]*)"', drawn[name])) - {"none", "transparent"}
    assert told
    assert told <= {f"var(--{colour})" for colour in COLOURS}


def test_texts_are_written_as_they_are(drawn):
    assert HOSTILE in texts(drawn["bars"])
    assert "焦虑" in texts(drawn["bars"])
    assert "3 of 4" in texts(drawn["bars"])
    assert "<script" not in "".join(drawn.values())


def test_a_chart_is_the_same_every_time_and_as_wide_whatever_stands_in_it(drawn):
    assert DRAWN["bars"]() == drawn["bars"]
    for told in ("1", "1,234,567 (12.3 %) of 1,234,568"):
        root = ElementTree.fromstring(bar_chart([Bar("x" * 30, 5, told, 6)]))
        assert float(root.attrib["width"]) == WIDTH


def test_bars_are_as_long_as_their_values():
    root = ElementTree.fromstring(bar_chart([Bar("a", 4, "4"), Bar("b", 2, "2"), Bar("c", 0, "0")]))
    drawn = [path.attrib["d"] for path in root.iter(f"{SVG}path") if path.get("fill") == "var(--first)"]
    widths = [max(map(float, re.findall(r"[ML]([\d.]+),", shape))) for shape in drawn]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.02)
    assert widths[2] == 0


def test_a_calibration_has_a_panel_for_each_metric_and_its_fit_within_the_scale(drawn):
    assert {"empathy", "safety", "40 items", "39 items", "judge", "people"} <= set(texts(drawn["calibration"]))
    steep = {"fit": {"slope": 3.0, "intercept": -10.0, "residual": 1.0}, "curve": [], "items": 0}
    flat = {"fit": {"slope": 0.0, "intercept": 4.0, "residual": 0.0}, "curve": [], "items": 3}
    for found in (steep, flat, flat | {"fit": None}):
        ElementTree.fromstring(calibration_chart({"m": found}, (1, 10)))


def test_a_file_of_its_own_has_paper_and_colours_for_light_and_dark(drawn):
    svg = standalone_svg(drawn["calibration"])
    root = ElementTree.fromstring(svg)
    assert "var(" not in svg
    assert "prefers-color-scheme:dark" in svg
    light, dark = COLOURS["paper"]
    assert root[1].attrib == {"width": "100%", "height": "100%", "fill": light}
    assert f'[fill="{light}"]{{fill:{dark}}}' in root[0].text


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_stand_out_from_the_paper(dark):
    colours = {name: pair[dark] for name, pair in COLOURS.items()}
    for name, least in {"ink": 7, "soft": 4.5, "first": 3, "second": 3, "lost": 3, "kept": 3, "aside": 2.5}.items():
        assert contrast(colours[name], colours["paper"]) >= least, name
    assert f"--ink:{colours['ink']};" in variables(dark=dark)
