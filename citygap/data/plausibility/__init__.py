"""Figures that are well formed and hardly true: questions at the door.

Out of scope: faults that no figure may have (``citygap.data.validate``).
"""
