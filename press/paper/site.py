"""Where this version of the book is online: one setting, which may be absent."""

from __future__ import annotations

import yaml

from press import CONFIG, addresses
from press.editions import record


def address() -> str:
    """Its folder in the site, without a slash; empty if ``_config.yml`` names no site."""
    given = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    places = (
        (given.get("html") or {}).get("baseurl"),
        (given.get("sphinx") or {}).get("config", {}).get("html_baseurl"),
    )
    root = next((place for place in places if place), "").rstrip("/")
    version = record.version()
    return f"{root}/{addresses.folder(version)}" if root and version else root
