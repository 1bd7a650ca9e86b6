"""The book and its parts are cited from one record."""

from __future__ import annotations

from dataclasses import replace

from pybtex.database import parse_string

from press import citations

BOOK = replace(
    citations.record(), title="A title: 100% & more", version="2026.1", date="2026-11-22"
)


def test_a_sentence_names_part_title_book_and_edition():
    assert citations.sentence("Figure 2.1", "What it shows.", BOOK) == (
        "The authors (2026). Figure 2.1: What it shows. In A title: 100% & more, edition 2026.1."
    )


def test_bibtex_is_read_back_by_an_independent_parser():
    text = citations.bibtex("key-2026.1", "Figure 2.1", "A & B rose by 5%", BOOK)
    entry = parse_string(text, "bibtex").entries["key-2026.1"]
    assert entry.type == "incollection"
    assert str(entry.persons["author"][0]) == "{The authors}"
    assert entry.fields["title"] == r"Figure 2.1: A \& B rose by 5\%"
    assert entry.fields["booktitle"] == r"A title: 100\% \& more"
    assert (entry.fields["year"], entry.fields["edition"]) == ("2026", "2026.1")
