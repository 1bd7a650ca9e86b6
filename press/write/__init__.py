"""Writing pages: in parallel, cached, with dates and names that change with their content.

Out of scope: what is written.
"""
