"""What a Chinese page has that others have not: lines joined without blanks, words of the theme.

A line break of the source stands for a blank between words; Han has none.  What the theme says to
screen readers and pointers, and its locale lacks, is looked up in the catalogue of the press.

Out of scope: fonts and the distance between scripts (``press/languages/static/chinese.css``).
"""

from __future__ import annotations

import html
import re

from docutils import nodes

from press.languages import printed

BREAK = re.compile(r"[ \t]*\n[ \t]*")
NAMED = re.compile(r'(?<![\w-])(aria-label|data-bs-title|title|placeholder)="([^"]+)"')
HOLDERS = (nodes.paragraph, nodes.caption, nodes.term, nodes.title, nodes.rubric)


def setup(app) -> dict:
    app.connect("doctree-read", join_lines, priority=50)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def join_lines(app, doctree: nodes.document) -> None:
    """Take the line breaks out of paragraphs, unless Latin words stand on both sides."""
    for holder in list(doctree.findall(lambda node: isinstance(node, HOLDERS))):
        texts = list(holder.findall(nodes.Text))
        around = [*texts, nodes.Text("")]
        for at, text in enumerate(texts):
            words = str(text)
            if "\n" not in words or isinstance(text.parent, (nodes.raw, nodes.literal)):
                continue
            before, after = str(around[at - 1]) if at else "", str(around[at + 1])
            joined = BREAK.sub(lambda found: _between(
                (words[: found.start()] or before)[-1:], (words[found.end() :] or after)[:1]), words)  # noqa: B023
            text.parent.replace(text, nodes.Text(joined))


def _between(one: str, other: str) -> str:
    return " " if one.isascii() and other.isascii() and one.isalnum() and other.isalnum() else ""


def in_language(page: str) -> str:
    """The page with what the theme says by the way in its language."""
    known = printed.catalogue(printed.now().code)

    def changed(match: re.Match) -> str:
        words = known.get(html.unescape(match[2]))
        return f'{match[1]}="{html.escape(words)}"' if words else match[0]

    return NAMED.sub(changed, page).replace(">Table of contents<", f">{printed.say('Table of contents')}<")
