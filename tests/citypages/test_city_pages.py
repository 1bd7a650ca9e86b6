"""Pages of cities: names, diagnosis as computed, figures, ranks, targets and claims."""

from __future__ import annotations

import re

import pytest

from citygap.cities import diagnosis
from citygap.data.tables import book
from citypages import city_pages
from press.data_pages.site import Site

CHAPTERS = frozenset(f"chapters/{name}" for name in ("claim-ledger", "gap-diagnosis", "catch-up-scenarios"))


@pytest.fixture(scope="module")
def made() -> dict:
    """Every page of a city, by its name."""
    return {page.name: page for page in city_pages.pages(Site(chapters=CHAPTERS))}


def test_a_city_page_says_its_names_figures_ranks_targets_and_claims(made):
    page = made["data/places/chongqing"].body
    assert '<span lang="zh-Hans">重庆</span>' in page and '<span lang="zh-Hant">重慶</span>' in page
    for anchor in ("diagnosis", "figures", "lists", "ranks", "plans", "targets", "claims"):
        assert f'<section id="{anchor}">' in page, anchor
    claimed = re.findall(r">?(C\d+)(?:</a>)?: ", page)
    assert claimed == [row["claim"] for row in diagnosis.claims_naming("chongqing")]


def test_the_diagnosis_on_a_page_is_the_computed_one(made):
    base = diagnosis.known()
    for place in ("chongqing", "wuhan", "changsha"):
        found = diagnosis.diagnosis(place, base)
        page = re.sub(r"<[^>]+>", "", made[f"data/places/{place}"].body)
        assert f"{found.heads.text()} times {book.name(place)}" in page
        for growth in found.growth:
            assert f"{growth.quantity.text()} a year" in page
        for comparison in found.comparisons[::9]:
            assert comparison.quantity.high == 0 or comparison.text in page


def test_a_city_without_a_plan_is_asked_for_no_growth(made):
    assert "No plan of Xi&#x27;an was found" in made["data/places/xian"].body
