"""The chapter *Capital concentration*: who holds firms, deals and money, and how fast that moves.

``conclusions`` are what the chapter says of it, each tested against other readings.

Out of scope: the measures of concentration themselves (``citygap.measures``).
"""
