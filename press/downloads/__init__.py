"""What a reader takes along to run a chapter: the notebook and the archive beside it.

Out of scope: what is released of an edition (``press.assets``).
"""
