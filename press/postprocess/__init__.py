"""What happens to finished pages: ``pipeline`` names every step in its order, and goes through them.

Out of scope: what stands on them.
"""
