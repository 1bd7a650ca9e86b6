"""The tables of ``data/``: read, held against their description, and given as quantities.

``io`` reads files, ``tables`` gives quantities, ``row_keys`` names a row, ``validate`` finds faults
with the help of ``cell_rules``, ``bibliography`` and ``corrections``.

Out of scope: statistics, and anything about pages.
"""
