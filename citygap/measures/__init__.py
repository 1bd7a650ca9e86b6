"""Methods, with no city in them: gaps, concentration, ranks, resampling, sensitivity.

Out of scope: which figures they are applied to (the packages of the chapters).
"""
