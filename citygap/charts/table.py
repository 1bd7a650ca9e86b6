"""A table that prints itself on a page, as a chart does.

Out of scope: what stands in it.
"""

from __future__ import annotations

import html
from collections.abc import Collection

import pandas as pd

from citygap.quantity import chinese
from citygap.quantity.quantity import Quantity
from citygap.words import CHINESE, MIME, in_language, say, speaking


class Table:
    """A small table that prints itself as HTML with row headers and an accessible caption, in English
    and in Chinese.

    A quantity prints with its card, other cells as text.  ``bold`` names cells by the first two
    texts of their row and the heading of their column.
    """

    def __init__(
        self, frame: pd.DataFrame, caption: str, bold: Collection[tuple[str, str, str]] = ()
    ):
        self.frame, self.caption, self.bold = frame, caption, frozenset(bold)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        with in_language(CHINESE):
            return {MIME: self._repr_html_()}

    def _repr_html_(self) -> str:
        caption = html.escape(say(self.caption))
        head = "".join(f'<th scope="col">{html.escape(say(c))}</th>' for c in self.frame.columns)
        rows = []
        for first, *rest in self.frame.itertuples(index=False, name=None):
            named = [(str(first), str(rest[0]), column) for column in self.frame.columns[1:]] if rest else []
            cells = "".join(
                f"<td>{self._cell(value, name in self.bold)}</td>" for value, name in zip(rest, named)
            )
            rows.append(f'<tr><th scope="row">{html.escape(say(str(first)))}</th>{cells}</tr>')
        return (
            f'<div class="table-frame" tabindex="0" role="group" aria-label="{caption}">'
            '<table class="table">'
            f"<caption>{caption}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        )

    @staticmethod
    def _cell(value: object, bold: bool) -> str:
        if isinstance(value, Quantity):
            text = chinese.html(value, brief=False) if speaking() == CHINESE else value.html()
        else:
            text = html.escape(say(str(value)))
        return f"<strong>{text}</strong>" if bold else text

    def __repr__(self) -> str:
        return self.frame.to_string(index=False)
