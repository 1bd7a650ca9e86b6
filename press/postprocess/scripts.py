"""Only the scripts that a page needs, none of which holds up its text.

The theme and the extensions put theirs on every page, most of them where a browser must fetch and
run them before it shows the text, and the whole search index with them.  Here a page keeps those
whose mark it bears, see :data:`NEEDED`, and all that are not named there; they run in the old
order, once the page is read (``defer``).  The one that others rest on while the page is read,
``documentation_options.js``, is a few lines, and stands in the page.

Out of scope: what scripts do.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

# No pattern begins with blanks: what stands before a tag is sought at every blank of a page.  Indentation
# that is left over goes with the rest of it (press.postprocess.pipeline).
SCRIPT = re.compile(r'<script\b([^>]*?)\ssrc="([^"]+)"([^>]*)>\s*</script>\n?')
PRELOAD = re.compile(r'<link\b(?=[^>]*\brel="preload")(?=[^>]*\bas="script")[^>]*>\n?')
OWN_SEARCH = re.compile(r'<script\b[^>]*\ssrc="[^"]*/search\.js[^"]*"[^>]*>\s*</script>\n?')
INDEX = re.compile(r'<script\b[^>]*\ssrc="[^"]*searchindex\.js[^"]*"[^>]*>\s*</script>')
READY = re.compile(r"\b(defer|async|type)\b")

HIGHLIGHT = re.compile(r'class="[^"]*\bhighlight\b')
TOGGLE = re.compile(r'class="(?:[^"]* )?(?:toggle|admonition(?= )[^"]* dropdown)[ "]')
TABS = re.compile(r'class="[^"]*\bsd-tab-set\b')
#: A number, or a link that has a card: by the page's JSON, to a figure of the page, to a source.
CARD = re.compile(r'class="(?:quantity|checked)"|id="preview-facts"|<a\b[^>]*\bhref="#fig-'
                  r'|<a class="reference internal"[^>]*\btitle="')  # fmt: skip
FOLD = re.compile(r'<[a-z]+\b[^>]* data-from="[^"]*" data-part=')
CITE = re.compile(r'<details class="cite"')
RESULTS = re.compile(r'id="search-results"')
NEVER = re.compile(r"(?!)")

#: The mark of a page that needs a script, by the script's name.
NEEDED = {
    "clipboard.min.js": HIGHLIGHT,
    "copybutton.js": HIGHLIGHT,
    "togglebutton.js": TOGGLE,
    "design-tabs.js": TABS,
    "popover.js": CARD,
    "light.js": FOLD,
    "cite.js": CITE,
    # The theme's dialog leads to the page of results; no other page searches.
    "searchtools.js": RESULTS,
    "language_data.js": RESULTS,
    "translations.js": RESULTS,
    "searchindex.js": RESULTS,
    "fontawesome.js": NEVER,  # icons.css instead
}

TOGGLE_OPTIONS = re.compile(
    r"<script>(?:let toggle(?:HintShow|HintHide|OpenOnPrint)|var togglebuttonSelector) = "
    r"[^<]*</script>\n?"
)

# The theme sets light or dark when its script has run; until then a dark page would be light.
THEME = re.compile(r'dataset\.theme = localStorage\.getItem\("theme"\) \|\| "[^"]*";')
AT_ONCE = (
    'dataset.theme = localStorage.getItem("theme") || '
    '(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");'
)

#: Files of the theme that no page needs any more.
CLEARED = (
    "_static/vendor/fontawesome",
    "_static/scripts/fontawesome.js",
    "_static/scripts/fontawesome.js.LICENSE.txt",
    "_static/webpack-macros.html",
    "_static/sbt-webpack-macros.html",
)


def only_needed(text: str, folder: Path) -> str:
    def changed(match: re.Match) -> str:
        before, address, after = match.groups()
        name = address.partition("?")[0].rpartition("/")[2]
        if name == "documentation_options.js":
            options = (folder / "_static" / name).read_text(encoding="utf-8")
            return f"<script>{' '.join(options.split())}</script>\n"
        if name in NEEDED and not NEEDED[name].search(text):
            return ""
        if READY.search(before + after):
            return match[0]
        return f'<script defer{before} src="{address}"{after}></script>\n'

    out = _before_the_index(SCRIPT.sub(changed, PRELOAD.sub("", text)))
    if not TOGGLE.search(text):
        out = TOGGLE_OPTIONS.sub("", out)
    return THEME.sub(lambda _: AT_ONCE, out)


def _before_the_index(text: str) -> str:
    """The page with the book's own way of searching where the search starts from.

    Sphinx starts it when its index arrives, so ``search.js`` must come between the two.
    """
    own, index = OWN_SEARCH.search(text), INDEX.search(text)
    if not own or not index:
        return text
    rest = text[: own.start()] + text[own.end() :]
    return INDEX.sub(lambda match: own[0] + match[0], rest, count=1)


def clear(folder: Path) -> None:
    """Remove files that no page needs any more: less to pack and to put on a server."""
    for name in CLEARED:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in (folder / "_static").rglob("*.map"):
        path.unlink()


TRANSLATIONS = re.compile(
    r"Documentation\.addTranslations\((\{.*\})\);?\s*\Z", re.S
)  # as Sphinx writes them


def translations_without_eval(folder: Path) -> None:
    """Sphinx's words for its scripts, so that they come without a function made of a string.

    ``Documentation.addTranslations`` makes one of the rule for plurals, which the policy of the pages
    refuses; here the rule stands as code.
    """
    path = folder / "_static" / "translations.js"
    found = TRANSLATIONS.match(path.read_text(encoding="utf-8")) if path.is_file() else None
    if not found:
        return
    catalog = json.loads(found[1])
    rule = re.sub(r"[^n0-9<>=!&|%?:() ]", "", str(catalog["plural_expr"]))
    path.write_text(
        f"Object.assign(Documentation.TRANSLATIONS, {json.dumps(catalog['messages'], ensure_ascii=False)});\n"
        f"Documentation.PLURAL_EXPR = (n) => Number({rule});\n"
        f"Documentation.LOCALE = {json.dumps(catalog['locale'])};\n",
        encoding="utf-8",
    )
