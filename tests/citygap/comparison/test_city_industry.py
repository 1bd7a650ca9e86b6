"""Industry of the large cities: one basis, sound rows, and ranks that the bounds leave open."""

from __future__ import annotations

import pytest

from citygap.comparison import city_industry as c
from citygap.data.tables import NoObservation
from citygap.quantity.three_valued import Answer
from tests.made_up import sharp, use

ROWS = """
chongqing, secondary_value_added, 2022, 40
chongqing, secondary_value_added, 2023, 39
chongqing, gdp, 2022, 100
chongqing, gdp, 2023, 100
chongqing, resident_population, 2024, 40
shenzhen, secondary_value_added, 2022, 60
shenzhen, gdp, 2022, 120
shenzhen, resident_population, 2023, 20
chengdu, secondary_value_added, 2022, 30
chengdu, gdp, 2022, 120
chengdu, resident_population, 2024, 10
suzhou, secondary_value_added, 2022, 50, exact, s, low
china, secondary_value_added, 2022, 900
"""


def test_by_hand(monkeypatch):
    use(monkeypatch, observations=ROWS)
    with sharp():
        assert set(c.totals()) == {"chongqing", "shenzhen", "chengdu"}, "no country, no weak page"
        assert c.shares()["chongqing"].middle == pytest.approx(40)
        found = c.table()
        places = [found[key] for key in ("in_all", "by_share", "by_head", "of")]
        assert places == [2, 2, 3, 3]  # 60, 40, 30; 50, 40 and 25 per cent; 3, 3 and 1 by head
        assert c.fell() is Answer.YES


def test_among_the_first_depends_on_the_part(monkeypatch):
    use(monkeypatch, observations=ROWS)
    with sharp():
        assert c.among_first(c.totals(), 3) is Answer.NO and c.among_first(c.totals(), 2) is Answer.YES
        assert c.among_first(c.totals(), 3, "shenzhen") is Answer.YES


def test_who_has_passed_since_is_told_on_the_revised_basis(monkeypatch):
    """Weak pages count; a city that was ahead before has not passed."""
    later = """
chongqing, secondary_value_added_census5, 2024, 40, exact, s, low
shenzhen, secondary_value_added_census5, 2024, 70
chengdu, secondary_value_added_census5, 2024, {}
"""
    for value, passed in ((45, ["chengdu"]), (35, [])):
        use(monkeypatch, observations=ROWS + later.format(value))
        with sharp():
            assert list(c.passed_since()) == passed
    use(monkeypatch, observations=ROWS)
    assert c.passed_since() == {}


def test_bounds_that_overlap_leave_a_rank_open(monkeypatch):
    rows = ROWS.replace("shenzhen, secondary_value_added, 2022, 60", "shenzhen, secondary_value_added, 2022, 40, about")
    use(monkeypatch, observations=rows)
    assert c.among_first(c.totals(), 3) is Answer.CANNOT_TELL


def test_the_latest_year_of_residents_speaks_and_none_is_told(monkeypatch):
    use(monkeypatch, observations=ROWS + "chengdu, resident_population, 2023, 12")
    assert c.residents_of("chengdu").period == "2024" and c.residents_of("shenzhen").period == "2023"
    with pytest.raises(NoObservation, match="no sound page gives the residents of xian"):
        c.residents_of("xian")
    with pytest.raises(NoObservation, match="industry of xian is not known"):
        c.rank(c.totals(), "xian")
