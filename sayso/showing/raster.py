"""Pictures as PNG. Words need a font of this system; the first of the usual ones that draws anything is taken."""

from __future__ import annotations

from functools import cache

from sayso.errors import UsageError

FAMILIES = ("DejaVu Sans", "Noto Sans", "Liberation Sans", "Arial", "Helvetica", "Segoe UI", "FreeSans")
FINE = 2
"""How many times finer than on a page."""
_TRIAL = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-family="sans-serif">{}</text></svg>'


def to_png(svg: str) -> bytes:
    """A picture that stands alone, on white.

    Raises:
        UsageError: this system has none of the usual fonts, so that the picture would have no words.
    """
    import resvg_py

    family = _family()
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, zoom=FINE, background="white", font_family=family, sans_serif_family=family
    )
    return bytes(drawn)


@cache
def _family() -> str:
    import resvg_py

    for family in FAMILIES:
        blank, letter = (
            bytes(resvg_py.svg_to_bytes(svg_string=_TRIAL.format(text), sans_serif_family=family)) for text in ("", "W")
        )
        if blank != letter:
            return family
    raise UsageError("no font to draw words with", remedy="install DejaVu Sans or Noto Sans, or take the SVG")
