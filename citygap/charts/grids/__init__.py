"""Charts of rows by columns, one kind a module; ``citygap.charts`` gives their functions.

Out of scope: marks on an axis (``citygap.charts.plots``).
"""
