"""The sources and values of a page's figures and the tables of its folded cells, as a file that is
fetched when a reader unfolds the first.

A figure may rest on sixty sources and a cell bind two hundred numbers; together they were most of a
chapter.  Like the facts behind numbers (``press.postprocess.deferred.facts``) they become a script,
``_static/facts/<page>.sources.js``; ``light.js`` loads it and fills the folds.  Without scripts the
fold leads to what lists the same: the figure's description, the chapter's notebook.

Out of scope: what the folds say (``press.extensions.figure_cards``, a chapter's cells).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from markupsafe import Markup

from press import FIGURES
from press.languages.printed import say
from press.postprocess.deferred.facts import FOLDER
from press.postprocess.theme_repairs import CODE
from press.write import fingerprinted_files

#: Beginning of the tag and its rest, what it holds, its end.
FOLD = re.compile(
    r'(<details class="figure-(?:values|sources)")(><summary>[^<]*</summary>)(.*?)(</details>)', re.S
)
CELL = re.compile(rf"{CODE}.*?</details>", re.S)
#: The figure to ask: only a script shows it, so that nothing stands in its place.
ASKED = re.compile(r'(<details class="figure-explore")( hidden><summary>[^<]*</summary>)(.*?)(</details>)', re.S)
#: The same of the frame of a table in a folded cell, without the style that pandas gives it: a page's
#: policy lets none run that comes later, and the style sheet of the book has the last word anyway.
TABLE = re.compile(
    r"(<div)(>)\s*(?:<style scoped>.*?</style>\s*)?(<table\b.*?</table>)\s*(</div>)", re.S
)  # fmt: skip
STYLE = re.compile(r'(<tr) style="[^"]*"')
NOTEBOOK = re.compile(r'href="([^"]+\.ipynb)"')
DESCRIPTION = re.compile(rf'href="((?:\.\./)*{FIGURES}/[^"]+\.json)"')
FILL = "document.dispatchEvent(new CustomEvent('folds', { detail: "
END = " }));\n"
PLACE = "@"  # until the name of the file is known


def aside(text: str, path: Path, folder: Path) -> str:
    """The page with its folds empty, and what they say in a file."""
    said: list[str] = []
    parts = path.relative_to(folder).with_suffix("").parts
    name = f"{FOLDER}/{'-'.join(parts)}.sources.js"
    notebook = NOTEBOOK.search(text)

    def emptied(match: re.Match, address: str, words: str) -> str:
        before, after, inner, end = match.groups()
        said.append(STYLE.sub(r"\1", inner))
        link = Markup('<a href="{}">{}</a>').format(Markup(address), words)
        told = say("They are listed in {link}.", link=link)
        return f'{before} data-from="{PLACE}" data-part="{len(said) - 1}"{after}<p>{told}</p>{end}'

    def of_figure(match: re.Match) -> str:
        description = DESCRIPTION.findall(text, 0, match.start())[-1]  # of the line above the fold
        return emptied(match, description, say("the description of the figure"))

    def of_cell(match: re.Match) -> str:
        return TABLE.sub(lambda table: emptied(table, notebook[1], say("the notebook of the chapter")), match[0])

    def to_ask(match: re.Match) -> str:
        before, after, inner, end = match.groups()
        said.append(inner)
        return f'{before} data-part="{len(said) - 1}"{after}{end}'

    page = ASKED.sub(to_ask, FOLD.sub(of_figure, text))
    if notebook:
        page = CELL.sub(of_cell, page)
    if not said:
        return text
    script = f"{FILL}{json.dumps(said, ensure_ascii=False)}{END}"
    address = f"{'../' * (len(parts) - 1)}{fingerprinted_files.write(folder, name, script)}"
    return page.replace(f'data-from="{PLACE}"', f'data-from="{address}"')
