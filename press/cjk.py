"""What Chinese looks like in a text, and how a page marks it.

Out of scope: Chinese in chapters, which is marked on the finished page (``press.postprocess.language``).
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from markupsafe import Markup

#: Characters of Chinese and Japanese, as the inside of a character class.
HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: A run of Chinese, with the signs and figures that stand inside it.
RUN = re.compile(rf"[《“‘\uff08〔「『【]?[{HAN}](?:[^\x00-\x7f]|[0-9A-Za-z+./ -]{{1,12}}(?=[{HAN}]))*")
KANA = re.compile(r"[\u3040-\u30fa\u30fd-\u30ff]")


def script(words: str) -> str:
    """Language tag of Chinese or Japanese text: ``ja`` if it has Japanese letters, else
    ``zh-Hant`` or ``zh-Hans``.

    The table of places gives each name in both scripts; a character that only one of them uses
    tells the script of a text that holds it.  Text without such a character counts as Simplified.
    """
    if KANA.search(words):
        return "ja"
    return "zh-Hant" if _traditional() & set(words) else "zh-Hans"


@lru_cache(maxsize=None)
def _traditional() -> set[str]:
    from citygap.data.tables import book

    simplified, traditional = set(), set()
    for row in book.rows("places"):
        simplified |= set(row["name_hans"])
        traditional |= set(row["name_hant"])
    return traditional - simplified


@lru_cache(maxsize=None)  # names and keys stand on hundreds of pages
def marked(words: str) -> Markup:
    """``words`` as HTML: escaped, and Chinese marked with its language, so that a browser chooses
    the right glyphs and a screen reader the right voice."""
    found = list(RUN.finditer(words))
    if not found:
        return Markup(html.escape(words))
    tag = script(words)  # one page or title keeps to one script
    parts, end = [], 0
    for run in found:
        parts.append(html.escape(words[end : run.start()]))
        parts.append(f'<span lang="{tag}">{html.escape(run[0])}</span>')
        end = run.end()
    parts.append(html.escape(words[end:]))
    return Markup("".join(parts))
