"""Which cities the book compares: Chongqing, the four head cities, and the peers beside it.

Out of scope: what they are compared on (``comparable_counts``).
"""

FOCUS = "chongqing"
WESTERN = ("chengdu", "xian")
PEERS = ("chengdu", "xian", "wuhan", "hefei")
HEADS = ("beijing", "shanghai", "shenzhen", "hangzhou")
