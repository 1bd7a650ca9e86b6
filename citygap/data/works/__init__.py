"""Sources as works: how one is named, where it was read, and how far what it says is to be trusted.

- ``references``: names, dates and titles of a work as a person writes them.
- ``grades``: the grade A to D of a work, by one rule from the record.
- ``record``: what may stand in ``copies.csv`` and ``hosts.csv`` beside the bibliography.

Out of scope: reading the bibliography (``citygap.data.bibtex``).
"""
