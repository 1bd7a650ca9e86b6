"""Running the chapters, and knowing which results still hold.

Out of scope: what becomes of the results on a page.
"""
