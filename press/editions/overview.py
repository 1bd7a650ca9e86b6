"""``editions.html`` of the site: all editions with their days, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from press.editions.renamed import ICON
from press.editions.switcher import Held

FILE = "editions.html"
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Editions: {title}</title>
<link rel="icon" href="{icon}">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 44rem; }}
body {{ margin: 3rem auto; padding: 0 1rem; }}
li {{ margin: 0 0 1rem; }}
</style>
</head>
<body>
<main>
<h1>Editions</h1>
<p><cite>{title}</cite> is published in editions. An edition keeps its address and never changes;
what is mended stands in the next one. To cite the book, name the edition.</p>
<ul>
{items}
</ul>
</main>
</body>
</html>
"""


def page(held: Sequence[Held], newest: Held | None, changes: set[tuple[str, str]]) -> str:
    """The page, the newest edition first."""
    items = []
    for each in reversed(held):
        name = f"Edition {each.version}" if each.is_out else f"In preparation ({each.version})"
        words = f'<a href="{each.folder}/{each.facts["first"]}.html">{escape(name)}</a>'
        if each.is_out:
            date = escape(each.facts["date"])
            words += f', <time datetime="{date}">{date}</time>'
        if each is newest:
            words += ", the newest"
        since = [
            f'<a href="changes/{old.folder}/{each.folder}/index.html">{escape(old.version)}</a>'
            for old in reversed(held)
            if (old.folder, each.folder) in changes
        ]
        if since:
            words += f"<br>What has changed since {', '.join(since)}"
        items.append(f"<li>{words}</li>")
    last = held[-1].facts
    return PAGE.format(
        language=last["language"],
        title=escape(last["title"]),
        items="\n".join(items),
        icon=f"{held[-1].folder}/{ICON}",
    )
