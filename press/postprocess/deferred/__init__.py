"""Parts of a page that are fetched only when they are asked for: facts of numbers, folded cells.

Out of scope: images and scripts, which are deferred in place.
"""
