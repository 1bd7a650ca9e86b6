"""Verdicts that are not those of today's rules: a second judge's, and an earlier edition's."""
