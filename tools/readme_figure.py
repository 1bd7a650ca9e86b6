"""The picture in the README: the finding of the front page as a file of its own.

Out of scope: the figures of the pages, which travel in them.
"""

from __future__ import annotations

from citygap.charts.style import standalone
from citygap import front_page
from press import ROOT

FILE = ROOT / "docs" / "finding.svg"


def drawn() -> str:
    """The picture as SVG text, from the data as they are now."""
    return standalone(front_page.picture().svg)


def picture() -> int:
    """Write the picture; exit status 0."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(drawn(), encoding="utf-8")
    print(f"wrote {FILE.relative_to(ROOT)}")
    return 0
