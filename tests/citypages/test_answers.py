"""What the pages of this book answer to the press."""

from citypages.answers import PREVIEWED, _shortened


def test_a_long_reason_ends_with_a_clause_in_a_preview_and_a_short_one_is_whole():
    assert _shortened("It is so.") == "It is so."
    long = "; ".join(["a clause of a reason"] * 40)
    cut = _shortened(long)
    assert len(cut) <= PREVIEWED and cut.endswith("a clause of a reason …") and long.startswith(cut[:-2])
    assert _shortened("word " * 100).endswith("word …")
