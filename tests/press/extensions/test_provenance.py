"""What a number rests on can be told from its keys alone."""

from __future__ import annotations

import pytest

from citygap.data import row_keys
from citygap.data.corrections import Registers
from citygap.data.row_keys import RowKey
from citygap.data.tables import book
from press import data_urls
from press.extensions.provenance import Behind, Unknown

CORE = "chongqing/ai_core_scale/2024/yuqian-consulting-2025"
TARGET = "chongqing/ai_core_scale/2027/CQ_AIMFG_2025/chongqing-commission-economy-information-2025"
LISTED = "ai-firms-by-city/beijing/2018-12-25/companies"


@pytest.fixture(scope="module")
def behind() -> Behind:
    return Behind()


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (CORE, RowKey("observations", "chongqing", "ai_core_scale", "2024", "", "yuqian-consulting-2025")),
        (
            "beijing/algorithm_filings/2023-06/2025-07/unknown-2025e",
            RowKey("observations", "beijing", "algorithm_filings", "2023-06/2025-07", "", "unknown-2025e"),
        ),
        (
            TARGET,
            RowKey("targets", "chongqing", "ai_core_scale", "2027", "CQ_AIMFG_2025", "chongqing-commission-economy-information-2025"),
        ),
        (LISTED, RowKey("ai-firms-by-city", "beijing", "companies", "2018-12-25")),
        ("claims/C31", RowKey("claims", "", "C31", "")),
    ],
)
def test_a_key_is_taken_apart(key, row):
    assert row_keys.parse(key) == row


def test_a_claim_stands_in_the_ledger():
    assert data_urls.row_address("claims/C31") == "chapters/claim-ledger.html#C31"


def test_every_observation_and_target_can_be_explained(behind):
    for row in book.table("observations").to_dict("records"):
        key = "/".join(row[c] for c in ("place", "indicator", "period", "source"))
        told = behind.definition(key)
        assert told["definition"] and told["scope"] and told["name"], key
        assert behind.label(key) and behind.address(key)
    for row in book.table("targets").to_dict("records"):
        what = row["indicator"] or row["name_en"]
        parts = (row["place"], what, row["period"], row["plan"], row["source"])
        assert behind.definition("/".join(parts))["name"], parts


def test_definitions_are_told_once_each_in_order(behind):
    told = behind.definitions([LISTED, CORE, "beijing/ai_core_scale/2024/national-business-daily-2026", TARGET])
    assert [each["key"] for each in told] == [
        "ai-firms-by-city/companies", "ai_core_scale", "ai_core_scale",
    ]  # fmt: skip
    assert told[1]["name"] != told[2]["name"], "an aim is not an observation"


def test_a_re_reading_is_found_for_every_kind_of_row(behind):
    assert behind.reread(CORE)["outcome"] == "right"
    assert behind.reread(TARGET)["outcome"] == "right"
    assert behind.reread(LISTED)["outcome"] == "right"
    never = next(
        "/".join(row[c] for c in ("place", "indicator", "period", "source"))
        for row in book.table("observations").to_dict("records")
        if not Registers(book).reread(*(row[c] for c in ("place", "indicator", "period", "source")))
    )
    assert behind.reread(never) is None
    assert behind.outcomes([CORE, never]) == {"right": 1, "not yet": 1}


def test_second_sources_are_those_of_the_same_place_indicator_and_period(behind):
    assert behind.second_sources(CORE) == 0, "the commentary stands alone"
    frame = book.table("observations")
    beijing = frame[(frame["place"] == "beijing") & (frame["indicator"] == "ai_core_scale")
                    & (frame["period"] == "2024")]  # fmt: skip
    assert behind.second_sources("beijing/ai_core_scale/2024/national-business-daily-2026") == len(beijing) - 1 > 0
    assert behind.second_sources(LISTED) == 0


def test_what_the_tables_do_not_hold_is_named(behind):
    with pytest.raises(Unknown, match="'nobody1999' is no source"):
        behind.source("nobody1999")
    with pytest.raises(Unknown, match="is no key"):
        behind.address("chongqing/gdp")
    with pytest.raises(Unknown, match="'shoe_size' is no indicator"):
        behind.definition("chongqing/shoe_size/2024/yuqian-consulting-2025")
