"""The claims on the pages: the role that links to one, the ledger's look, search, citations, reviews.

Out of scope: how verdicts come about (``citygap.claims``).
"""
