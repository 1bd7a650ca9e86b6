"""One rule a claim, a module for each part of the commentary's argument.

Importing a module registers its rules (``citygap.claims.registry``).

Out of scope: how parts are weighed (``citygap.claims.verdicts``).
"""
