"""One build of the book: in order, alone, reported, and swapped in whole.

Out of scope: running the chapters (``press.execution``) and what happens to pages (the extensions).
"""
