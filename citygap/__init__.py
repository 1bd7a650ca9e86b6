"""What the book computes, from the tables of ``data/`` to its conclusions; it imports nothing of ``press``.

``quantity`` <- ``data`` <- ``measures``, ``charts`` <- ``comparison`` <- one package a chapter (``gap``,
``head_cities``, ``capital``, ``pillars``, ``catch_up``) <- ``claims``, ``cities``: each imports what
stands to its left alone (``[tool.importlinter]`` of ``pyproject.toml``).

Out of scope: how it is printed.
"""
