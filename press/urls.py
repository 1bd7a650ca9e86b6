"""Addresses of the published site: one folder an edition, ``latest/`` and ``dev/``.

``html.baseurl`` of ``_config.yml`` is the root of the site.  Below it lie the editions, each in a
folder named after it, which never change; ``latest/`` holds the newest edition, ``dev/`` what is
not yet an edition.

- What is cited names the edition: its address is permanent.
- What search engines should show is the newest edition: the canonical address.

Without an address nothing is made up: both functions give an empty string.
"""

from __future__ import annotations

from press.languages import printed
from press.languages.printed import Language

SITE = "site"  # the folder of all of it, at the top of the repository
LATEST = "latest"
DEV = "dev"
#: What a version that is not yet an edition ends with: ``2026.2.dev``.
UNRELEASED = ".dev"


def folder(version: str) -> str:
    """The folder of a version in the site: its own name, or ``dev`` before it is out."""
    return DEV if version.endswith(UNRELEASED) else version


def permanent(root: str, version: str, page: str, anchor: str = "") -> str:
    """Where a page of a version stays, for citations.

    ``root`` is the site's address with its slash, or empty; ``page`` is the name without ``.html``.
    """
    return _address(root, folder(version), page, anchor)


def canonical(root: str, page: str, anchor: str = "", language: Language | None = None) -> str:
    """Where the newest edition of a page stands, for search engines."""
    return _address(root, LATEST, page, anchor, language)


def _address(root: str, part: str, page: str, anchor: str, language: Language | None = None) -> str:
    """The address of a page in a language: the one that is printed, if none is given."""
    if not root:
        return ""
    within = (language or printed.now()).folder
    return f"{root}{part}/{within}{page}.html" + (f"#{anchor}" if anchor else "")
