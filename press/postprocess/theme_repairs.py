"""The theme's and the extensions' markup, mended where it misleads a screen reader.

Each repair names what it is for.  They are changes of the finished text, not templates of our own:
so the theme may change around them, and a repair that finds nothing to do does nothing; axe-core
says in ``tests/press/postprocess/test_accessibility.py`` whether a page is left with a fault.

Out of scope: colours and sizes (``press/static/access.css``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

CODE = '<details class="admonition hide above-input">'  # as myst-nb folds a cell

SWITCH = (
    '<button type="button" class="btn btn-sm code-switch" id="code-switch" aria-pressed="false" '
    "hidden>Show code</button>\n"
)

#: Plain replacements: the text found, the text instead.
PLAIN = (
    # Without scripts a page has no theme of either kind, and none of its colours.
    ('data-theme="auto"', 'data-theme="light"'),
    # The name of a fold is what is written on it.
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
    # A list of sources is a list of list items; the role of an entry is no longer one of ARIA.
    (' role="doc-biblioentry"', ' role="listitem"'),
    # The side bar holds the title and the search besides its navigation: a landmark for all.
    (
        '<div id="pst-primary-sidebar" class="bd-sidebar-primary bd-sidebar"',
        '<div id="pst-primary-sidebar" role="complementary" aria-label="Book" '
        'class="bd-sidebar-primary bd-sidebar"',
    ),
    # An icon is no word: it would be read as part of the button's name.
    ('<i class="fa-solid fa-magnifying-glass"></i>',
     '<i class="fa-solid fa-magnifying-glass" aria-hidden="true"></i>'),
    # Once is enough: a second viewport with another text is left to chance.
    ('<meta name="viewport" content="width=device-width, initial-scale=1.0" />'
     '<meta name="viewport" content="width=device-width, initial-scale=1" />',
     '<meta name="viewport" content="width=device-width, initial-scale=1" />'),
    # Heads of tables that Markdown makes.
    ('<th class="head">', '<th scope="col" class="head">'),
    ('<th class="head stub">', '<th scope="col" class="head stub">'),
    ('<th class="stub">', '<th scope="row" class="stub">'),
)


def _frame(table: re.Match) -> str:
    """A table as pandas prints it, with a name and with heads that say of what they are heads."""
    head, body = table[1], table[2]
    head = re.sub(r"<th></th>", "<td></td>", head).replace("<th>", '<th scope="col">')
    body = body.replace("<th>", '<th scope="row">')
    name = '<table class="dataframe" aria-label="Data of this section">'
    return f'{name}{head}{body}'


#: Patterns: what is found, what stands instead.
PATTERNS: tuple[tuple[re.Pattern, str | Callable[[re.Match], str]], ...] = (
    # Tables that a chapter's cells return.
    (re.compile(r'<table border="1" class="dataframe">(.*?</thead>)(.*?</table>)', re.S), _frame),
    # The button that says "Search" is called what it says, keys included.
    (re.compile(r'(<button class="btn search-button-field[^>]*?) title="[^"]*" aria-label="[^"]*"'),
     r"\1"),
    # Three icons, one of them shown: the button's name is "Color mode", whichever it is.
    (re.compile(r'(<i class="theme-switch[^>]*?) title="[^"]*"'), r'\1 aria-hidden="true"'),
    # The theme's bar, which is hidden, has toggles of the side bars too; the theme's script serves
    # the first of each that it finds, so the ones that a reader sees did nothing.
    (re.compile(r'<button class="pst-navbar-icon sidebar-toggle (?:primary|secondary)-toggle".*?'
                r"</button>", re.S), ""),
    # Contents that only print shows, under a heading that repeats the page's.
    (re.compile(r'class="onlyprint"(?! aria-hidden)'), 'class="onlyprint" aria-hidden="true"'),
    (re.compile(r'<button class="sidebar-toggle primary-toggle([^"]*)" title="[^"]*"'),
     r'<button type="button" aria-label="Contents of the book" title="Contents of the book" '
     r'class="sidebar-toggle primary-toggle\1"'),
    (re.compile(r'<button class="sidebar-toggle secondary-toggle([^"]*)" title="[^"]*"'),
     r'<button type="button" aria-label="Contents of this page" title="Contents of this page" '
     r'class="sidebar-toggle secondary-toggle\1"'),
    (re.compile(r'<button onclick="toggleFullScreen\(\)"'),
     r'<button type="button" aria-label="Fullscreen mode" onclick="toggleFullScreen()"'),
    # A link to a source, pointed at, says what it is; where it was read stands where the link leads.
    (re.compile(r'(<a class="reference internal"[^>]*? title=")\s*([^"]*?)(?:\s(?:https?://|Read at )[^"]*)?"'), r'\1\2"'),
    # A link that opens nothing new is not told to.  (Downloads are saved all the same.)
    (re.compile(r'(<a href="[^"]*"\s+)target="_blank"(\s+class="btn btn-sm btn-download)'), r"\1\2"),
    # A table that Markdown makes scrolls inside itself, by keyboard too.
    (re.compile(r'(?<!aria-label="Table">)<table class="table".*?</table>', re.S),
     r'<div class="table-frame" tabindex="0" role="group" aria-label="Table">\g<0></div>'),
)
THEME_SWITCH = re.compile(r'<button class="btn btn-sm nav-link pst-navbar-icon theme-switch-button')
HIGHLIGHT = re.compile(r'<div class="highlight"><pre>')


def repaired(page: str) -> str:
    for old, new in PLAIN:
        page = page.replace(old, new)
    for pattern, new in PATTERNS:
        page = pattern.sub(new, page)
    # Long lines of code scroll: the box must be reachable by keyboard to be scrolled.
    page = HIGHLIGHT.sub('<div class="highlight"><pre tabindex="0">', page)
    return switched(page)


def switched(page: str) -> str:
    """With one switch for all folded code, before the switch of colours; if there is any."""
    if CODE not in page or 'id="code-switch"' in page:
        return page
    return THEME_SWITCH.sub(lambda found: SWITCH + found[0], page, count=1)
