"""How often the range of a word holds the exact figure: the pairs, and that a wrong one is seen."""

from __future__ import annotations

import pandas as pd

from citygap.data.tables import COMMENTARY, Tables, book
from citygap.data_overview import WORDS, word_pairs, words_held


class Altered(Tables):
    """The book's tables with other observations."""

    def __init__(self, rows: list[dict[str, str]]):
        super().__init__(book.folder)
        self.added = pd.DataFrame(rows)

    def _frames(self, name: str) -> pd.DataFrame:
        frame = book._frames(name)
        return pd.concat([frame, self.added]).fillna("") if name == "observations" else frame


def row(value: str, bound: str, source: str, confidence: str = "medium", unit: str = "count") -> dict:
    return {"place": "chongqing", "indicator": "ai_firms", "period": "1999", "value": value, "bound": bound,
            "unit": unit, "source": source, "confidence": confidence}  # fmt: skip


def added(*rows: dict) -> list[bool]:
    pairs = word_pairs(Altered(list(rows)))
    return list(pairs.loc[pairs["period"] == "1999", "held"])


def test_a_word_is_held_against_an_exact_figure_of_another_source():
    assert added(row("700", "nearly", "hami-government-2025"), row("667", "exact", "chongqing-commission-economy-information-2025")) == [True]
    assert added(row("700", "nearly", "hami-government-2025"), row("600", "exact", "chongqing-commission-economy-information-2025")) == [False]
    assert added(row("700", "nearly", "hami-government-2025"), row("667", "exact", "hami-government-2025")) == []
    assert added(row("700", "nearly", "hami-government-2025", "low"), row("667", "exact", "chongqing-commission-economy-information-2025")) == []
    assert added(row("700", "nearly", COMMENTARY), row("667", "exact", "chongqing-commission-economy-information-2025")) == []


def test_units_are_turned_and_a_pair_counts_once():
    pair = row("0.07", "over", "hami-government-2025", unit="1e4 count"), row("705", "exact", "chongqing-commission-economy-information-2025")
    assert added(*pair, row("705", "exact", "peoples-daily-2025e")) == [True]


def test_the_shares_are_those_of_the_pairs():
    pairs, table = word_pairs(), words_held()
    assert list(table.index) == [*WORDS, "all"]
    assert table.loc["all", "of"].low == len(pairs) == sum(table.loc[word, "of"].low for word in WORDS)
    assert table.loc["all", "held"].low == pairs["held"].sum() < len(pairs)
