"""Gaps, growth and parity: worked by hand, and true of all values inside."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from citygap.measures.gap import (
    gap,
    growth,
    location_quotient,
    monotone,
    parity_year,
    project,
    ratio,
    required_growth,
    share,
    share_of_sum,
    shortfall,
)
from citygap.quantity.quantity import Answer, NotComparable, Quantity, UnitMismatch, exactly, read

settings.register_profile("citygap", deadline=None, max_examples=150)
settings.load_profile("citygap")

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL
INF = math.inf
NOISE = 1e-12


def money(low, high=None, **fields):
    fields = {"scope": "core", "period": "2024"} | fields
    return Quantity(low, low if high is None else high, "1e8 CNY", **fields)


def bounds(q):
    return q.low, q.high


@st.composite
def cases(draw, least, most):
    """Three numbers in order: a lower bound, a value inside, an upper bound."""
    return sorted(draw(st.tuples(*[st.floats(least, most)] * 3)))


levels = cases(0.1, 1e4)
growths = cases(-0.5, 2.0)
spans = st.one_of(st.integers(1, 20).map(float), st.floats(0.25, 20))


def inside(q, x):
    return q.low - NOISE * abs(x) <= x <= q.high + NOISE * abs(x)


# ---------------------------------------------------------------------------- ratios and shares


def test_ratios_by_hand():
    chongqing, chengdu = money(171), money(800, 1053)
    assert bounds(ratio(chongqing, chengdu)) == pytest.approx((171 / 1053, 171 / 800))
    assert bounds(gap(chengdu, chongqing)) == (629, 882)
    assert gap(chengdu, chongqing).unit == "1e8 CNY"
    assert bounds(shortfall(chengdu, chongqing)) == pytest.approx((1 - 171 / 800, 1 - 171 / 1053))
    assert bounds(ratio(6, 4)) == (1.5, 1.5)
    assert ratio(chongqing, chengdu).made_by == "gap.ratio"


def test_scopes_need_a_reason_here_too():
    other = money(800, scope="industry")
    for measure in (ratio, gap, shortfall, share):
        with pytest.raises(NotComparable):
            measure(money(100), other)
    assert shortfall(other, money(200), because="r").caveat.endswith("r")
    with pytest.raises(NotComparable):
        parity_year(other, money(1), 0.1, 0.2, 2024)
    with pytest.raises(NotComparable):
        required_growth(other, money(1), 3)


def test_shares_stay_between_nothing_and_all():
    assert bounds(share(money(90, 110), money(100))) == pytest.approx((0.9, 1))
    with pytest.raises(ValueError, match="no share"):
        share(money(120), money(100))


def test_a_share_of_a_sum_counts_the_part_once():
    q = share_of_sum(money(10, 20), [money(30, 40), money(5)])
    assert bounds(q) == pytest.approx((10 / 55, 20 / 55))
    naive = money(10, 20) / (money(10, 20) + money(30, 40) + money(5))
    assert naive.low < q.low and q.high < naive.high
    with pytest.raises(ValueError, match="may be 0"):
        share_of_sum(money(0), [money(0, 5)])


@given(levels, levels, levels)
def test_a_share_of_a_sum_holds_every_value(part, one, two):
    q = share_of_sum(Quantity(part[0], part[2]), [Quantity(x[0], x[2]) for x in (one, two)])
    assert inside(q, part[1] / (part[1] + one[1] + two[1]))


def test_location_quotient_by_hand():
    # A place with 2 % of the AI firms and 2.5 % of GDP holds less than its weight.
    q = location_quotient(
        exactly(20, "count", scope="firms"),
        exactly(1000, "count", scope="firms"),
        money(25, scope="gdp"),
        money(1000, scope="gdp"),
    )
    assert bounds(q) == pytest.approx((0.8, 0.8))
    assert (q.unit, q.scope) == ("ratio", "")
    assert bounds(location_quotient(2, 10, 1, 10)) == pytest.approx((2, 2))


def test_monotone_takes_each_end_where_it_counts():
    q = monotone(lambda a, b: a - b, [Quantity(1, 2)], [Quantity(10, 20)], made_by="test")
    assert bounds(q) == pytest.approx((-19, -8))
    assert q.made_by == "test"


# -------------------------------------------------------------------------------------- growth


def test_growth_by_hand():
    assert bounds(growth(100, 121, 2)) == pytest.approx((0.1, 0.1))
    assert bounds(growth(100, 121, 1)) == pytest.approx((0.21, 0.21))
    assert bounds(growth(money(0, 100), money(200), 1)) == (1, INF)
    assert bounds(growth(100, 0, 3)) == (-1, -1)


def test_the_growth_that_a_target_takes():
    base = read("171", "exact", "1e8 CNY", scope="core", period="2024", sources=["a"])
    target = read("300", "over", "1e8 CNY", scope="core", period="2027", sources=["b"],
                  forecast=True)  # fmt: skip
    q = required_growth(base, target, 3)
    assert bounds(q) == pytest.approx(((300 / 171.5) ** (1 / 3) - 1, (310 / 170.5) ** (1 / 3) - 1))
    assert q.text(percent=True) == "20.4 to 22.1%"
    assert (q.period, q.forecast, q.sources) == ("2024 to 2027", True, ("b", "a"))


@given(levels, levels, spans)
def test_growth_holds_every_value_and_projects_back(start, end, years):
    a, b = Quantity(start[0], start[2]), Quantity(end[0], end[2])
    g = growth(a, b, years)
    true = (end[1] / start[1]) ** (1 / years) - 1
    assert g.low - 1e-9 <= true <= g.high + 1e-9
    tight = ((end[0] / start[2]) ** (1 / years) - 1, (end[2] / start[0]) ** (1 / years) - 1)
    assert bounds(g) == pytest.approx(tight, rel=1e-9, abs=1e-9), "no wider than need be"
    if true > -0.9:  # nearer to -1, a growth printed as a float forgets what it came from
        back = project(start[1], exactly(true), years)
        assert back.low == pytest.approx(end[1], rel=1e-9)


@given(levels, growths, st.floats(0, 20))
def test_projections_hold_every_value(base, rate, years):
    q = project(Quantity(base[0], base[2]), Quantity(rate[0], rate[2]), years)
    assert inside(q, base[1] * (1 + rate[1]) ** years)
    assert q.forecast


def test_projections_by_hand():
    q = project(money(100, 110), read("10", "exact", "%"), 2)
    assert bounds(q) == pytest.approx((100 * 1.095**2, 110 * 1.105**2))
    assert (q.unit, q.scope, q.period) == ("1e8 CNY", "core", "2024 and 2 years on")
    assert bounds(project(money(100), -1, 2)) == (0, 0)
    assert bounds(project(money(100, INF), 0.1, 1)) == (pytest.approx(110), INF)


def test_growth_refuses_what_has_no_meaning():
    with pytest.raises(ValueError, match="years"):
        growth(1, 2, 0)
    with pytest.raises(ValueError, match="below 0"):
        growth(-1, 2, 1)
    with pytest.raises(ValueError, match="less than nothing"):
        project(1, -1.5, 1)
    with pytest.raises(UnitMismatch, match="a ratio or a percentage"):
        project(1, money(2), 1)


# -------------------------------------------------------------------------------------- parity


def test_parity_by_hand():
    p = parity_year(1000, 171, 0.10, 0.20, 2024)
    years = math.log(1000 / 171) / math.log(1.2 / 1.1)
    assert p.answer is YES
    assert p.years.low == pytest.approx(years) == p.years.high
    assert (p.text(), p.year.unit, p.basis.forecast) == ("2044 to 2045", "year", True)


def test_parity_never_comes_without_faster_growth():
    for g_leader, g_follower in [(0.2, 0.2), (0.2, 0.1)]:
        p = parity_year(1000, 171, g_leader, g_follower, 2024)
        assert (p.answer, p.text(), p.year, p.years) == (NO, "never", None, None)
        assert p.earliest == INF
        assert 'value="inf/inf"' in p.html() and ">never</data>" in p.html()


def test_parity_may_be_left_open_by_the_bounds():
    p = parity_year(1000, 171, Quantity(0.1, 0.2), Quantity(0.15, 0.3), 2024)
    assert p.answer is CANNOT_TELL
    assert p.earliest == pytest.approx(2024 + math.log(1000 / 171) / math.log(1.3 / 1.1))
    assert (p.latest, p.text()) == (INF, "cannot tell: from 2034 or never")
    assert bounds(p.year) == (p.earliest, INF)


def test_a_follower_that_is_level_has_parity_now():
    for leader in (1000, 900):
        p = parity_year(leader, 1000, 0.1, 0.05, 2024)
        assert (p.answer, p.earliest, p.latest, p.text()) == (YES, 2024, 2024, "level in 2024")
    p = parity_year(Quantity(900, 1100), 1000, 0.1, 0.05, 2024)
    assert (p.answer, p.earliest, p.latest) == (CANNOT_TELL, 2024, INF)
    p = parity_year(Quantity(900, 1100), 1000, 0.05, 0.1, 2024)
    assert (p.answer, p.earliest) == (YES, 2024)


def test_parity_takes_percentages_and_open_bounds():
    a = parity_year(money(1000), money(171), read("10", "exact", "%"), read("20", "exact", "%"),
                    2024)  # fmt: skip
    assert a.answer is YES and a.earliest < 2044.3 < a.latest
    assert parity_year(money(1000), money(0, 171), 0.1, 0.2, 2024).answer is CANNOT_TELL
    assert parity_year(money(1000, INF), money(171), 0.1, 0.2, 2024).answer is CANNOT_TELL
    assert parity_year(1000, 171, 0.1, Quantity(0.2, INF), 2024).earliest == 2024
    with pytest.raises(ValueError, match="-100%"):
        parity_year(1000, 171, -1, 0.2, 2024)


@given(levels, levels, growths, growths)
def test_parity_holds_every_value(leader, follower, g_leader, g_follower):
    p = parity_year(*[Quantity(x[0], x[2]) for x in (leader, follower, g_leader, g_follower)], 0.0)
    distance = math.log(leader[1] / follower[1])
    closing = math.log1p(g_follower[1]) - math.log1p(g_leader[1])
    assume(abs(closing) > 1e-9 and abs(distance) > 1e-9)
    if distance <= 0:
        true = 0.0
    else:
        true = distance / closing if closing > 0 else INF
    assert p.earliest <= true * (1 + 1e-6) and true <= p.latest * (1 + 1e-6)
    assert p.answer is CANNOT_TELL or (p.answer is YES) == (true < INF)


@given(levels, levels, growths, growths)
def test_parity_is_no_wider_than_its_corners(leader, follower, g_leader, g_follower):
    p = parity_year(*[Quantity(x[0], x[2]) for x in (leader, follower, g_leader, g_follower)], 0.0)
    if p.answer is YES and leader[0] > follower[2] * 1.001:
        slow = math.log1p(g_follower[0]) - math.log1p(g_leader[2])
        fast = math.log1p(g_follower[2]) - math.log1p(g_leader[0])
        assume(slow > 1e-6)
        assert p.latest == pytest.approx(math.log(leader[2] / follower[0]) / slow, rel=1e-6)
        assert p.earliest == pytest.approx(math.log(leader[0] / follower[2]) / fast, rel=1e-6)
