"""Showing the book at an address of this machine, also while it is being written.

Out of scope: building it (``press.build``).
"""
