"""What luck does to a concentration, against values worked by hand."""

from __future__ import annotations

import pytest

from citygap.measures import resampling as c
from citygap.quantity.quantity import exactly


def counts(*numbers: int) -> dict:
    return {f"p{i}": exactly(n, "count", rows=(f"row{i}",)) for i, n in enumerate(numbers)}


def test_a_part_of_an_even_whole_by_hand():
    # one of each of two kinds, two drawn: always one and one, and all parts are as concentrated
    assert c.as_concentrated(counts(1, 1), counts(1, 1)).middle == 100
    # two of two each: 2 of the 6 pairs are of one kind
    assert c.as_concentrated(counts(2, 0), counts(2, 2)).middle == pytest.approx(100 / 3, abs=1)


def test_a_part_larger_than_the_whole_is_no_part():
    with pytest.raises(ValueError, match="part of 5"):
        c.as_concentrated(counts(5), counts(2, 2))
