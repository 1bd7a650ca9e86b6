"""What a page may load and run, as a Content-Security-Policy in its head.

Nothing but the book's own files, and of what stands in the page itself only the scripts and styles
that the build put there: each is named by its SHA-256.  So a script that somehow got into a page
(from a table, a title of a source, a careless edit) does not run, and neither does ``eval``.

- ``'self'`` is the site a page comes from.  For a page opened from disk Chromium takes it to be the
  disk; other browsers may not, so ``file:`` is named as well.  It opens nothing to a page from a
  server: browsers refuse to load files of the disk into one.
- Attributes such as ``onclick`` cannot be let run without letting those of others run too.  The two
  that the theme writes are handed to a small script (:data:`CLICKS`); any other is a warning, hence
  a failed build.
- ``style`` attributes are named by their hashes like the rest (``'unsafe-hashes'`` of
  ``style-src-attr`` means just that); scripts may set styles as they please.
- Blocks of JSON run nowhere and need no leave.  Pictures may be ``data:``, for the theme's signs.

It is applied last, to pages as they are served.  ``protect`` does the same for pages that are made
elsewhere (a site's index, a page of changes).  The same page gives the same bytes, and a page that
was gone through already is not changed.

Out of scope: headers of a server, which alone can forbid that a page is framed by another site.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from pathlib import Path

OWN = "'self' file:"
RULES = {
    "default-src": "'none'",
    "script-src": OWN,
    "style-src": OWN,
    "img-src": f"{OWN} data:",
    "font-src": OWN,
    "connect-src": OWN,
    "form-action": OWN,
    "base-uri": "'none'",
}
META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
CHARSET = re.compile(r'<meta charset="utf-8"\s*/?>\n?', re.I)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.S | re.I)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.S | re.I)
SRC = re.compile(r"\ssrc\s*=", re.I)
TYPE = re.compile(r"""\stype\s*=\s*["']?([^"'\s>]+)""", re.I)
RUNS = {"", "module", "text/javascript", "application/javascript", "importmap"}
TAG = re.compile(r"""<[a-zA-Z][^\s/>]*(?:[^>"']|"[^"]*"|'[^']*')*>""")
ATTRIBUTE = re.compile(r"""\s(on[a-z]{3,}|style)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)
IN_SCRIPTS = re.compile(r"<(script|style|textarea|title)\b.*?</\1\s*>|<!--.*?-->", re.S | re.I)

#: What the theme asks for by ``onclick``, and the word that stands for it.
KNOWN = {"toggleFullScreen()": "full-screen", "window.print()": "print"}
#: Attribute that holds the word; the script below does what it says.
MARK = "data-does"
CLICKS = (
    '<script>document.addEventListener("click",function(e){'
    f'var b=e.target.closest&&e.target.closest("[{MARK}]"),d=b&&b.getAttribute("{MARK}");'
    'if(d==="print")print();if(d==="full-screen")toggleFullScreen()})</script>\n'
)


def protect(folder: Path, pages: Iterable[Path]) -> list[tuple[str, str]]:
    """Give the ``pages`` in ``folder`` their policy.

    Gives back what the policy would break, as pairs of page and fault.
    """
    faults = []
    for path in pages:
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        changed, wrong = with_policy(text)
        faults += [(name, fault) for fault in wrong]
        if changed != text:
            path.write_text(changed, encoding="utf-8")
    return faults


def with_policy(page: str) -> tuple[str, list[str]]:
    """The HTML text ``page`` with its policy in the head, and what that would break."""
    page, faults = without_handlers(META.sub("", page))
    words = html.escape(policy_of(page), quote=False).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{words}" />\n'
    charset = CHARSET.search(page)
    if not charset:
        return page, [*faults, "no <meta charset>, after which the policy has to stand"]
    return page[: charset.end()] + meta + page[charset.end() :], faults


def policy_of(page: str) -> str:
    """The policy for a page: the rules, and the hashes of what stands in it."""
    rules = dict(RULES)
    scripts = [body for given, body in SCRIPT.findall(page) if _runs(given)]
    rules["script-src"] = " ".join([OWN, *_hashes(scripts)])
    rules["style-src"] = " ".join([OWN, *_hashes(STYLE.findall(page))])
    attributes = [value for name, value in _attributes(page) if name == "style"]
    if attributes:
        rules["style-src-attr"] = " ".join(["'unsafe-hashes'", *_hashes(attributes)])
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def without_handlers(page: str) -> tuple[str, list[str]]:
    """The page with the theme's ``onclick`` replaced, and a fault for each other such attribute."""
    for asked, word in KNOWN.items():
        page = page.replace(f' onclick="{asked}"', f' {MARK}="{word}"')
    if f' {MARK}="' in page and CLICKS not in page:
        page = page.replace("</head>", f"{CLICKS}</head>", 1)
    return page, [
        f"{name}={value[:60]!r} would not run: use a script of press/static"
        for name, value in _attributes(page)
        if name != "style"
    ]


def _attributes(page: str) -> list[tuple[str, str]]:
    """Name and value of each ``style`` or ``on...`` attribute of the page's elements."""
    if not ATTRIBUTE.search(page):  # nor anywhere else
        return []
    return [
        (name.lower(), html.unescape(value.strip("\"'")))
        for tag in TAG.findall(IN_SCRIPTS.sub("", page))
        for name, value in ATTRIBUTE.findall(tag)
    ]


def _runs(attributes: str) -> bool:
    kind = TYPE.search(attributes)
    return not SRC.search(attributes) and (kind[1].lower() if kind else "") in RUNS


def _hashes(texts: Iterable[str]) -> list[str]:
    """Each text as a policy names it, none twice, in order of the alphabet."""
    made = {
        base64.b64encode(hashlib.sha256(text.replace("\r\n", "\n").encode()).digest()).decode()
        for text in texts
    }
    return [f"'sha256-{hash_}'" for hash_ in sorted(made)]
