"""The chapter *Strategy pillars*: the four moves that the commentary proposes, held against evidence.

``conclusions`` are what the chapter says of them, each tested against other readings.

Out of scope: verdicts on single claims (``citygap.claims``).
"""
