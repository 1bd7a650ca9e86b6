"""Any city in Chongqing's place: its diagnosis, the report of it, and the explorer of scenarios.

Out of scope: drawing, and the pages that show it.
"""
