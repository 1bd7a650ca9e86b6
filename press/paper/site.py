"""Where the book is online: one setting, which may be absent."""

from __future__ import annotations

import yaml

from press import CONFIG


def address() -> str:
    """The site's address without a slash at its end; empty if ``_config.yml`` names none."""
    given = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    places = (
        (given.get("html") or {}).get("baseurl"),
        (given.get("sphinx") or {}).get("config", {}).get("html_baseurl"),
    )
    return next((place for place in places if place), "").rstrip("/")
