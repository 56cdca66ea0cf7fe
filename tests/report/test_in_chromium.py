"""Reports as a browser shows them: no error, no request, every chart drawn, hostile rows harmless."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from chromium import Chromium, chromium_path
from page_trials import hostile_rows, write_contest, write_rows, write_run

from synthgen.pages.report import read_sides, write_report
from synthgen.report.calibration import calibration
from synthgen.report.charts import calibration_chart
from synthgen.report.palette import COLOURS, standalone_svg

# Set where a browser has to be there; without it these tests are skipped on a machine that has none.
REQUIRED = "SYNTHGEN_REQUIRE_CHROMIUM"
# A folder that keeps the pictures.
PICTURES = "SYNTHGEN_SCREENSHOTS"
DESK, PHONE = 1200, 390
VIEWS = [("light", DESK), ("dark", DESK), ("light", PHONE)]

# Texts of charts that stick out of their picture, or that lie on another text.
OUTSIDE = """
[...document.querySelectorAll('.chart svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1);
  }).map(text => text.textContent);
})
"""
UNDRAWN = """
[...document.querySelectorAll('figure')].filter(figure => {
  const svg = figure.querySelector('svg');
  if (!svg || svg.getBoundingClientRect().height < 20) return true;
  return ![...svg.querySelectorAll('path, line')].some(mark => {
    const colour = getComputedStyle(mark);
    return [colour.fill, colour.stroke].some(each => each.startsWith('rgb(')) && mark.getBoundingClientRect().width > 0;
  });
}).map(figure => figure.textContent)
"""
MAY_RUN = (
    "document.querySelectorAll('script, img, iframe, object, embed, link, base, form, [onerror], [onload]').length"
)
# The letters of a text that is to be read to the left would stand there in another order.
TURNED = r"/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(document.documentElement.textContent)"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    if chromium_path() is None:
        if os.environ.get(REQUIRED):
            pytest.fail("there is no chromium on this machine")
        pytest.skip("there is no chromium on this machine")
    browser = Chromium(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Write a report of hostile rows, one that puts a run beside them, and one of answers compared."""
    folder = tmp_path_factory.mktemp("reports")
    rows = write_rows(folder / "hostile <rows> & 'more'.jsonl", hostile_rows())
    run = write_run(folder / "tenants", evil="<b onclick=alert(9)>")
    contest = write_contest(folder)
    for name, paths in {"hostile": [rows], "comparison": [run, rows], "contest": [contest]}.items():
        write_report(read_sides(paths), folder / f"{name}.html", "1.0")
    return folder


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = Path(os.environ.get(PICTURES) or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def told(browser):
    """Return all that a page did that it should not: words on the console, errors, dialogs, requests but the first."""
    kinds = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
    loud = [event for event in browser.events if event.get("method") in kinds]
    asked = [event for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    return loud + asked[1:]


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("name", ["hostile", "comparison", "contest"])
def test_a_report_is_drawn_and_quiet(chromium, reports, pictures, name, scheme, width):
    path = reports / f"{name}.html"
    chromium.show(path, width=width, dark=scheme == "dark")
    chromium.value("document.querySelectorAll('details').forEach(each => each.open = true)")
    chromium.screenshot(pictures / f"{name}-{scheme}-{width}.png", height=6000)
    assert chromium.value("document.querySelectorAll('figure').length") >= 8
    assert chromium.value(UNDRAWN) == []
    assert chromium.value(OUTSIDE) == []
    assert chromium.value(MAY_RUN) == 0
    assert chromium.value(TURNED) is False
    assert chromium.value("document.title").startswith(("hostile <rows>", "tenants and hostile <rows>", "run"))
    # Nothing is wider than the window, a page for a phone least of all.
    assert chromium.value("document.documentElement.scrollWidth") <= width
    paper = chromium.value("getComputedStyle(document.body).backgroundColor")
    assert paper == rgb(COLOURS["paper"][scheme == "dark"])
    time.sleep(0.05)  # what would come late
    chromium.value("1")
    assert told(chromium) == []


def test_a_printed_report_unfolds_its_tables_and_not_a_hundred_pages_of_rows(chromium, reports):
    chromium.show(reports / "comparison.html", width=DESK)
    parts = ["details.table .scroll", ".samples .sides", "nav"]
    seen = f"{parts}.map(each => document.querySelector(each).checkVisibility())"
    assert chromium.value(seen) == [False, False, True]
    chromium("Emulation.setEmulatedMedia", media="print")
    assert chromium.value(seen) == [True, False, False]
    chromium("Emulation.setEmulatedMedia", media="")


def test_what_is_attacked_is_shown_as_text(chromium, reports):
    chromium.show(reports / "hostile.html", width=DESK)
    text = chromium.value("document.querySelector('#examples').textContent")
    for shown in ("<script>document.title='taken'", "</style>", "{{ 7*7 }}", "⟨U+202E⟩", "⟨U+0000⟩", "⟨U+D800⟩"):
        assert shown in text
    assert "more characters" in text
    assert "299 more turns" in text


def test_a_calibration_opens_by_itself(chromium, tmp_path, pictures):
    judge = {(f"r{n}", metric): n % 10 + 1 for n in range(60) for metric in ("empathy", "safety", "clarity")}
    people = {key: [min(10, points + 1), points] for key, points in judge.items()}
    svg = standalone_svg(calibration_chart(calibration(judge, people)["metrics"], (1, 10)))
    (tmp_path / "calibration.svg").write_text(svg, encoding="utf-8")
    for dark in (False, True):
        chromium.show(tmp_path / "calibration.svg", width=DESK, dark=dark)
        paper = chromium.value("getComputedStyle(document.querySelector('rect')).fill")
        ink = chromium.value("getComputedStyle(document.querySelector('text')).fill")
        assert (paper, ink) == (rgb(COLOURS["paper"][dark]), rgb(COLOURS["soft"][dark]))
        chromium.screenshot(pictures / f"calibration-{'dark' if dark else 'light'}.png")
    assert told(chromium) == []


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
