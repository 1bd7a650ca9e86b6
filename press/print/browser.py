"""Chromium as a printing press: HTML in, PDF out.

The browser of the system is used; Playwright only drives it, and downloads none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "Printing needs Chromium, which is not here. Install it, on Debian with: apt-get install chromium"


class NoBrowser(RuntimeError):
    """There is no browser to print with; the text says what to do."""


@contextmanager
def press() -> Iterator:
    """A page of a running browser that is offline.  Raises NoBrowser."""
    from playwright.sync_api import Error, sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise NoBrowser(MISSING)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0  # whom Chromium refuses its sandbox
    options = ["--disable-gpu", *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=program, args=options)
        except Error as error:
            raise NoBrowser(f"{program} does not start: {str(error).splitlines()[0]}") from None
        page = running.new_context(offline=True).new_page()
        yield page
        running.close()


def load(page, file: Path) -> None:
    """Open a file and wait until its pictures and fonts are there."""
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")


def printed(page) -> bytes:
    """What is open, as a tagged PDF with bookmarks."""
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
