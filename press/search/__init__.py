"""The book's search, in English and Chinese, and what it finds besides pages.

Out of scope: the look of the results (``press/static/search.js``).
"""
