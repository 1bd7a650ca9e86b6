"""Charts with marks on axes, one kind a module; ``citygap.charts`` gives their functions.

Out of scope: tables of cells (``citygap.charts.grids``).
"""
