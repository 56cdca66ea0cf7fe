"""The colours of charts: named by variables of CSS, so that one picture is light or dark as its reader's screen is."""

from __future__ import annotations

import re

# Name -> the colour on light paper and on dark. The first two series are told apart without colour sight too: they
# differ in lightness, and the second line is dashed. Text and marks have a contrast of 4.5 or 3 to 1 with the paper.
COLOURS = {
    "paper": ("#ffffff", "#15191f"),
    "ink": ("#1c2430", "#e8ecf1"),
    "soft": ("#5a6676", "#a3aebb"),
    "line": ("#dfe4ea", "#2d343d"),
    "first": ("#2f6fb3", "#6aa8e8"),
    "second": ("#c2570c", "#f2a057"),
    "lost": ("#b4424f", "#e5808a"),
    "kept": ("#22805b", "#5cc196"),
    "aside": ("#8a94a1", "#7d8794"),
}
PAPER, INK, SOFT, LINE, FIRST, SECOND, LOST, KEPT, ASIDE = (f"var(--{name})" for name in COLOURS)
SERIES = (FIRST, SECOND)

_OPENING = re.compile(r"<svg\b[^>]*>")


def variables(*, dark: bool) -> str:
    """Return the declarations of all colours, for a rule of a style sheet."""
    return "".join(f"--{name}:{pair[dark]};" for name, pair in COLOURS.items())


def standalone_svg(svg: str) -> str:
    """Return a chart as a file of its own, with its paper under it, light or dark as the reader's screen is.

    Colours are written out, since many programs that show pictures know no variables; a browser takes the dark ones
    by a style sheet within.
    """
    dark = "".join(
        f'[{side}="{light}"]{{{side}:{night}}}' for light, night in COLOURS.values() for side in ("fill", "stroke")
    )
    paper = (
        f'<style>@media(prefers-color-scheme:dark){{{dark}}}</style><rect width="100%" height="100%" fill="{PAPER}"/>'
    )
    whole = _OPENING.sub(lambda opening: opening[0] + paper, svg, count=1)
    for name, (light, _) in COLOURS.items():
        whole = whole.replace(f"var(--{name})", light)
    return whole + "\n"
