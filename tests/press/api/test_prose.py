"""The text of a page: what is a block, and how it looks as Markdown."""

from __future__ import annotations

from docutils.core import publish_doctree

from press.api import prose

PAGE = """
Title
=====

Before.

.. list-table::
   :header-rows: 1

   * - Move
     - Found
   * - Cars
     - not
       found
   * - Chips
     -

Parts
-----

After.
"""


def test_a_table_is_one_block_with_a_row_a_line():
    doctree = publish_doctree(PAGE, settings_overrides={"doctitle_xform": False, "report_level": 5})
    page = prose.read(doctree, "page", {})
    first, parts = page.sections
    assert (page.title, parts.heading, parts.blocks) == ("Title", "Parts", ["After."])
    assert first.blocks == ["Before.", "Move | Found\nCars | not found\nChips |"]
    table = "| Move | Found |\n| --- | --- |\n| Cars | not found |\n| Chips | |"
    assert page.markdown() == f"# Title\n\nBefore.\n\n{table}\n\n## Parts\n\nAfter.\n"
