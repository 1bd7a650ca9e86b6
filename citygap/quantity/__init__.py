"""A published figure and its bounds.

``quantity`` is the figure, ``interval`` the arithmetic of its ends, ``three_valued`` the answer of a
comparison, ``units`` what it counts in, ``reading_rules`` what words such as "over" make of a number,
``rounding`` and ``formatting`` how it is printed.

Out of scope: where figures come from (``citygap.data``).
"""
