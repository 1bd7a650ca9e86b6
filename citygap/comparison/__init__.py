"""By what every chapter compares the cities: comparable counts, AI models, growth, target paths.

Out of scope: what one chapter alone asks.
"""
