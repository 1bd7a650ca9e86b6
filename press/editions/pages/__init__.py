"""What the pages of an edition say of editions: banner, switcher, list, redirects.

Out of scope: making an edition (``press.editions``).
"""
