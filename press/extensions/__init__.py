"""Sphinx extensions for figures, numbers, links and what other services read of a page.

Out of scope: whole families of pages (``press.data_pages``, ``press.api``) and finished HTML
(``press.postprocess``).
"""
