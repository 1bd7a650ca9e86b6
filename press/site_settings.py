"""Where the book is published: two settings of ``_config.yml``, both empty until they are known.

``html.baseurl`` is the address of the site's root; everything that needs an absolute address is
made from it and left out without it.  A book stands in a folder below (``press.urls``).
``repository_url`` (of ``html_theme_options``) is the repository's.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from press.urls import folder

BINDER, COLAB = "https://mybinder.org/v2", "https://colab.research.google.com/github"
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?\Z")


class NoAddress(ValueError):
    """A setting is no address; the text says which."""


def address(config) -> str:
    """The site's address with a slash at its end; empty if it is not set.  Raises NoAddress."""
    given = _checked(config.html_baseurl, "html.baseurl")
    return f"{given.rstrip('/')}/" if given else ""


def book(config, version: str) -> str:
    """Where a version stays, with a slash; empty without an address.  Raises NoAddress."""
    root = address(config)
    return f"{root}{folder(version)}/" if root and version else root


def revision(config, version: str) -> str:
    """Branch or tag of the repository that holds a version: an edition has a tag of its name."""
    branch = repository(config)[1]
    return version if branch and version and folder(version) == version else branch


def repository(config) -> tuple[str, str]:
    """The repository's address and its branch; empty if not set.  Raises NoAddress."""
    options = config.html_theme_options
    given = _checked(options.get("repository_url", ""), "repository_url").rstrip("/")
    return given.removesuffix(".git"), (options.get("repository_branch") or "main") if given else ""


def binder(config, chapter: str, version: str = "") -> str:
    """Where Binder opens a chapter of the repository; empty without a repository."""
    url, branch = repository(config)[0], revision(config, version)
    if not url:
        return ""
    host, path = urlsplit(url).netloc, urlsplit(url).path.strip("/")
    kind = {"github.com": f"gh/{path}", "gitlab.com": f"gl/{quote(path, safe='')}"}.get(host)
    where = kind or f"git/{quote(url, safe='')}"
    return f"{BINDER}/{where}/{quote(branch, safe='')}?urlpath=lab/tree/{chapter}.md"


def colab(config, notebook: str, version: str = "") -> str:
    """Where Colab opens a notebook of the built book; empty unless the repository is on GitHub.

    Colab opens no Markdown, and the repository holds no ``.ipynb``: the built book does, on the
    branch that the site is published from (``press_site_branch``), in the folder of the version.
    """
    url, _ = repository(config)
    if urlsplit(url).netloc != "github.com":
        return ""
    path = urlsplit(url).path.strip("/")
    file = f"{folder(version)}/{notebook}" if version else notebook
    return f"{COLAB}/{path}/blob/{quote(config.press_site_branch, safe='')}/{file}"


def _checked(given: object, name: str) -> str:
    words = str(given or "").strip()
    if words and not ADDRESS.match(words):
        raise NoAddress(f"{name} in _config.yml is {words!r}: give an address, or nothing")
    return words
