"""Cohen's kappa against published examples, and where it is not defined."""

from __future__ import annotations

import pytest

from citygap.measures.agreement import agreement, cohens_kappa


def pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    """Cases from a table of how often one judge said the row and the other the column."""
    return [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]


@pytest.mark.parametrize(
    "table, kappa",
    [
        ([[20, 5], [10, 15]], 0.4),  # fifty proposals read by two, the example of textbooks
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),  # the same agreement as before, other habits
    ],
)
def test_kappa_is_that_of_published_examples(table, kappa):
    assert cohens_kappa(pairs(table)) == pytest.approx(kappa, abs=5e-5)


def test_full_agreement_is_one_and_chance_is_zero():
    assert cohens_kappa([("a", "a"), ("b", "b"), ("c", "c")]) == 1
    assert cohens_kappa(pairs([[1, 1], [1, 1]])) == 0
    assert agreement(pairs([[20, 5], [10, 15]])) == 0.7


def test_without_cases_or_variety_there_is_no_kappa():
    with pytest.raises(ValueError, match="nothing was judged"):
        cohens_kappa([])
    with pytest.raises(ValueError, match="not defined"):
        cohens_kappa([("a", "a"), ("a", "a")])
