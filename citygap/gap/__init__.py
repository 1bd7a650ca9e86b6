"""The chapter *Gap diagnosis*: how far Chongqing is behind, and by which yardstick.

``tables`` holds the table behind each section, ``conclusions`` the comparisons that its words rest
on.

Out of scope: plans and the growth that closing the gap needs (``citygap.catch_up``).
"""
