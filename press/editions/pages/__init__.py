"""Sphinx extension: what the pages of an edition say of editions: banner, switcher, list, redirects.

Out of scope: making an edition (``press.editions``).
"""

from __future__ import annotations


def setup(app) -> dict:
    from press.editions.pages import page_banner

    return page_banner.setup(app)
