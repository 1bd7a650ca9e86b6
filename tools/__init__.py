"""Run by hand, once in a while: benchmarks, fonts, icons, the README's figure, locks.

Nothing that a build of the book needs; ``python -m press`` names them all.

Out of scope: the tests.
"""
