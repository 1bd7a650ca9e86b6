"""On paper a line names what a figure rests on."""

from __future__ import annotations

import pytest

from press.citing import source_line


@pytest.mark.parametrize(("keys", "tables", "line"), [
    (["a2025"], [], "Source: a2025."),
    (["a2025", "b2024"], ["claims"], "Sources: a2025; b2024; counted over the table claims."),
    ([], ["claims"], "Counted over the table claims."),
    ([], [], ""),
])  # fmt: skip
def test_a_line_names_sources_and_tables(keys, tables, line):
    assert source_line.rests_on(keys, tables) == line
