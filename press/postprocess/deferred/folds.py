"""The sources of a page's figures, as a file that is fetched when a reader unfolds the first.

A figure may rest on sixty sources, and the folds that name them were half of what was left of a
chapter.  Like the facts behind numbers (``press.postprocess.deferred.facts``) they become a script,
``_static/facts/<page>.sources.js``; ``light.js`` loads it and fills the folds.  Without scripts the
fold leads to the figure's description, which lists the same.

Out of scope: what the folds say (``press.extensions.figure_cards``).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from markupsafe import Markup

from press import FIGURES
from press.languages.printed import say
from press.postprocess.deferred.facts import FOLDER
from press.write import fingerprinted_files

FOLD = re.compile(
    r'<details class="figure-sources"><summary>([^<]*)</summary>(.*?)</details>', re.S
)
DESCRIPTION = re.compile(rf'href="((?:\.\./)*{FIGURES}/[^"]+\.json)"')
FILL = "document.dispatchEvent(new CustomEvent('folds', { detail: "
END = " }));\n"


def aside(text: str, path: Path, folder: Path) -> str:
    """The page with its folds of sources empty, and what they say in a file."""
    said = [inner for _, inner in FOLD.findall(text)]
    if not said:
        return text
    parts = path.relative_to(folder).with_suffix("").parts
    script = f"{FILL}{json.dumps(said, ensure_ascii=False)}{END}"
    name = fingerprinted_files.write(folder, f"{FOLDER}/{'-'.join(parts)}.sources.js", script)
    address = f"{'../' * (len(parts) - 1)}{name}"
    numbers = iter(range(len(said)))

    def emptied(match: re.Match) -> str:
        description = DESCRIPTION.findall(text, 0, match.start())[-1]  # of the line above the fold
        link = f'<a href="{description}">{say("the description of the figure")}</a>'
        return (
            f'<details class="figure-sources" data-from="{address}" data-part="{next(numbers)}">'
            f"<summary>{match[1]}</summary><p>{say('They are listed in {link}.', link=Markup(link))}</p></details>"
        )

    return FOLD.sub(emptied, text)


def read(page: str, folder: Path) -> str:
    """The text of a page with its folds filled, as a reader finds them."""
    named = re.search(r'<details class="figure-sources" data-from="(?:\.\./)*([^"?]+)', page)
    if not named:
        return page
    script = (folder / named[1]).read_text(encoding="utf-8")
    said = json.loads(script.removeprefix(FILL).removesuffix(END))
    return re.sub(
        r'<details class="figure-sources" data-from="[^"]*" data-part="(\d+)">'
        r"(<summary>[^<]*</summary>)<p>.*?</p></details>",
        lambda m: f'<details class="figure-sources">{m[2]}{said[int(m[1])]}</details>', page,
    )  # fmt: skip
