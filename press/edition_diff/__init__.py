"""What changed between two editions of the book: a page for people and a file for programs.

``write(site, "2026.1", "2026.2")`` reads ``api/`` of the two folders in the site and writes
``changes/2026.1/2026.2/index.html``, ``rows.csv`` and ``changes.json`` there.  The page needs no script, has its
own style, and shows figures from the files of the editions, by relative links.  Each chapter has an
anchor, its name without ``.html`` (``#chapters/gap-diagnosis``), to which the page of an old edition
leads its reader.  ``changes/schema.json`` describes the file.

The modules: ``read_edition`` (reading), ``snapshot`` (what the repository keeps), ``compare`` (what
differs), ``text_diff`` (in words), ``counts``, ``summary`` (in a few sentences), ``render`` (as HTML),
``translate`` (in another language of the book).

Out of scope: which pairs are made (``press.editions``), and what stands in ``api/``
(``press.api``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from press.edition_diff.read_edition import NoEdition, of_site

__all__ = ["FOLDER", "NoEdition", "write"]

FOLDER = "changes"
SCHEMA = Path(__file__).with_name("schema.json")  # of changes.json; a copy lies in the site


def write(site: Path, old: str, new: str, renamed: Mapping[str, str] | None = None) -> Path:
    """Write what changed from edition ``old`` to ``new``; the path of the page.

    ``renamed`` are pages known to be renamed, names without ``.html``, the old one first; others
    are found by their text.  Raises NoEdition.
    """
    from press.edition_diff import compare, render

    before, after = of_site(site, old), of_site(site, new)
    found = compare.compare(before, after, renamed)
    folder = site / FOLDER / before.name / after.name
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SCHEMA, site / FOLDER / SCHEMA.name)
    told = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    (folder / "changes.json").write_text(told, encoding="utf-8")
    (folder / render.ROWS).write_text(render.rows_csv(found, before, after), encoding="utf-8")
    (folder / "index.html").write_text(render.html(found, before, after), encoding="utf-8")
    return folder / "index.html"
