"""The chapter *Head-city advantages*: in what the leading cities are strong.

Out of scope: the capital that they hold (``citygap.capital``).
"""
