"""The chapter *Catch-up scenarios*: when distances would close, and what growth that needs.

``conclusions`` are what the chapter says of it, each tested against other readings.

Out of scope: forecasts.
"""
