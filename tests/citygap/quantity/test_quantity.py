"""Quantity keeps its promises: the truth stays inside, words are honest, scopes do not mix."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from citygap.quantity import units as units_module
from citygap.quantity.interval import EXACT_EXPONENT
from citygap.quantity.quantity import (
    UNITS,
    Answer,
    NotComparable,
    Quantity,
    Unit,
    UnitMismatch,
    exactly,
    greatest,
    hull,
    intersect,
    least,
    merged,
    read,
    reading_rules,
    register_units,
)
from citygap.quantity.reading_rules import BOUNDS
from citygap.quantity.rounding import exact_as_shown, in_full

settings.register_profile("citygap", deadline=None, max_examples=150)
settings.load_profile("citygap")

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL
INF = math.inf


def bounds(q):
    return q.low, q.high


def core(low, high, unit="1e8 CNY", **fields):
    return Quantity(low, high, unit, **{"scope": "core", "period": "2024"} | fields)


# ------------------------------------------------------------------------------------ strategies

numbers = st.one_of(
    st.floats(-1e6, 1e6),
    st.integers(-1000, 1000).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
)
magnitudes = st.one_of(st.floats(1e-3, 1e6), st.integers(1, 1000).map(float))


@st.composite
def cases(draw, values=numbers, open_ends=True):
    """A quantity and a number inside it."""
    low, inside, high = sorted(draw(st.tuples(values, values, values)))
    if open_ends and draw(st.integers(0, 7)) == 0:
        low = -INF if draw(st.booleans()) else low
        high = INF if draw(st.booleans()) else high
    return Quantity(low, high), inside


def holds(q, exact):
    """Whether an exact fraction lies inside, compared without rounding."""
    return (q.low == -INF or Fraction(q.low) <= exact) and (
        q.high == INF or exact <= Fraction(q.high)
    )


# ----------------------------------------------------------------------------------- arithmetic


@given(cases(), cases())
def test_sums_differences_and_products_hold_the_exact_result(left, right):
    (a, x), (b, y) = left, right
    assert holds(a + b, Fraction(x) + Fraction(y))
    assert holds(a - b, Fraction(x) - Fraction(y))
    assert holds(a * b, Fraction(x) * Fraction(y))
    assert holds(-a, -Fraction(x))


@given(cases(), cases())
def test_quotients_hold_the_exact_result_or_refuse_an_interval_around_zero(left, right):
    (a, x), (b, y) = left, right
    if b.low < 0 < b.high or b.low == b.high == 0:
        with pytest.raises(ZeroDivisionError, match="around zero"):
            _ = a / b
    else:
        assume(y != 0)
        assert holds(a / b, Fraction(x) / Fraction(y))


@given(cases(st.one_of(st.floats(-1e3, 1e3), st.integers(-9, 9).map(float))), st.integers(0, 9))
def test_whole_powers_hold_the_exact_result(case, exponent):
    q, x = case
    assert holds(q**exponent, Fraction(x) ** exponent)


@given(cases(magnitudes), st.integers(-9, -1))
def test_negative_powers_hold_the_exact_result(case, exponent):
    q, x = case
    assume(q.low >= 0)
    assert holds(q**exponent, Fraction(x) ** exponent)


@given(cases(magnitudes, open_ends=False), st.integers(1, 6))
def test_roots_hold_the_true_root(case, n):
    q, x = case
    root = q ** (1 / n)
    # x ** (1 / n) lies between the ends if x lies between their n-th powers; 1 / n is itself
    # rounded, for which a part in 10 ** 12 is room enough.
    slack = Fraction(1, 10**12)
    assert Fraction(root.low) ** n * (1 - slack) <= Fraction(x) <= Fraction(root.high) ** n * (
        1 + slack
    )


@given(cases(st.floats(-30, 30), open_ends=False))
def test_logarithm_undoes_the_exponential(case):
    q, x = case
    back = q.exp().log()
    assert back.low <= x <= back.high
    assert q.exp().low <= math.exp(x) <= q.exp().high


@given(cases(magnitudes))
def test_logarithms_hold_the_library_value(case):
    q, x = case
    assume(q.low >= 0)
    assert q.log().low <= math.log(x) <= q.log().high


@given(cases(), st.one_of(st.integers(-50, 50), st.fractions(-9, 9)))
def test_plain_numbers_scale_and_shift(case, k):
    q, x = case
    assert holds(q * k, Fraction(x) * k)
    assert holds(k * q, Fraction(x) * k)
    assert holds(q + k, Fraction(x) + k)
    assert holds(k - q, k - Fraction(x))
    if k:
        assert holds(q / k, Fraction(x) / k)


def test_whole_numbers_stay_whole():
    total = sum([read("764", "exact", "count"), read("815", "exact", "count")])
    assert bounds(total) == (1579.0, 1579.0)
    assert str(total) == "1,579"


def test_results_that_are_not_floats_are_rounded_outward_by_one_step():
    third = exactly(1) / exactly(3)
    assert third.low < third.high == math.nextafter(third.low, 1)
    assert Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)


def test_powers_by_hand():
    assert bounds(Quantity(-2, 3) ** 2) == (0, 9)
    assert bounds(Quantity(-3, -2) ** 2) == (4, 9)
    assert bounds(Quantity(-2, 3) ** 3) == (-8, 27)
    assert bounds(Quantity(2, 4) ** -1) == (0.25, 0.5)
    assert bounds(Quantity(-2, INF) ** 2) == (0, INF)
    assert bounds(Quantity(5, 6) ** 0) == (1, 1)
    with pytest.raises(ValueError, match="no real power"):
        _ = Quantity(-1, 2) ** 0.5
    big = Quantity(1.5, 2) ** (EXACT_EXPONENT + 1)
    assert holds(big, Fraction(7, 4) ** (EXACT_EXPONENT + 1))


def test_open_bounds_go_through_arithmetic():
    some = Quantity(22, INF)
    assert bounds(some + 1) == (23, INF)
    assert bounds(-some) == (-INF, -22)
    assert bounds(some * 0) == (0, 0), "a finite number times 0, however large it may be"
    assert bounds(1 / some) == (0, pytest.approx(1 / 22))
    assert bounds(some / some) == (0, INF)
    assert bounds(Quantity(1, 2) / Quantity(0, 4)) == (0.25, INF)
    assert bounds(Quantity(1, 2) / Quantity(-4, 0)) == (-INF, -0.25)
    assert bounds(Quantity(0, 1).log()) == (-INF, 0)


def test_overflow_opens_the_bound_and_never_loses_the_number():
    q = exactly(1e300) * exactly(1e300)
    assert q.low == np.finfo(float).max and q.high == INF
    assert bounds(exactly(1e300) ** 1.5)[1] == INF


def test_numpy_scalars_work_on_both_sides():
    q = core(2, 3)
    assert bounds(np.float64(2) * q) == bounds(q * np.int64(2)) == (4, 6)
    assert isinstance(np.float64(2) * q, Quantity)
    assert (np.float64(1) < exactly(2)) is YES


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="a bound is a number"):
        Quantity(math.nan, 1)
    with pytest.raises(ValueError, match="must not be above"):
        Quantity(2, 1)
    with pytest.raises(ValueError, match="must not be above"):
        Quantity(INF, INF)
    with pytest.raises(ValueError, match="confidence"):
        Quantity(1, 2, confidence="certain")
    with pytest.raises(TypeError):
        _ = core(1, 2) + "3"
    with pytest.raises(ValueError, match="finite"):
        exactly(INF)


# ------------------------------------------------------------------------------------ provenance


def test_sources_confidence_and_caveats_travel():
    a = core(1, 2, sources=("a", "b"), rows=("r1",), caveat="first", place="chongqing")
    b = core(3, 4, sources=("b", "c"), rows=("r2",), confidence="low", forecast=True,
             caveat="second", period="2023", place="chengdu")  # fmt: skip
    q = a / b
    assert q.sources == ("a", "b", "c")
    assert q.rows == ("r1", "r2")
    assert q.confidence == "low"
    assert q.forecast
    assert q.caveat == "first; second"
    assert q.period == "2023 to 2024"
    assert q.place == "chongqing, chengdu"
    assert (q.unit, q.scope, q.published) == ("ratio", "", "")
    assert (q + q).caveat == "first; second", "nothing is said twice"


def test_merged_gathers_what_a_function_of_its_own_rests_on():
    q = merged((1, 2), "ratio", core(1, 2, sources=("a",)), core(3, 4, sources=("b",)),
               made_by="test")  # fmt: skip
    assert (q.sources, q.made_by, q.period) == (("a", "b"), "test", "2024")


# ------------------------------------------------------------------------------------------ units


def test_units_of_one_dimension_convert_and_others_raise():
    q = core(4500, 4600)
    assert bounds(q.to("1e12 CNY")) == pytest.approx((0.45, 0.46))
    assert q.to("1e8 CNY") is q
    with pytest.raises(UnitMismatch, match="two dimensions"):
        q.to("1e9 USD")
    with pytest.raises(UnitMismatch, match="not a registered unit"):
        q.to("florin")


@given(cases(magnitudes, open_ends=False), st.sampled_from(["1e12 CNY", "1e4 CNY", "CNY"]))
def test_conversion_there_and_back_holds_the_original(case, unit):
    q = core(*bounds(case[0]))
    back = q.to(unit).to(q.unit)
    assert back.low <= q.low and q.high <= back.high
    assert back.high - back.low == pytest.approx(q.high - q.low, abs=1e-14 * q.high)


def test_sums_are_in_the_unit_of_the_left():
    q = core(1, 1, "1e12 CNY") + core(5, 5, "1e8 CNY")
    assert q.unit == "1e12 CNY" and bounds(q) == pytest.approx((1.0005, 1.0005))
    with pytest.raises(UnitMismatch, match="cannot add"):
        _ = core(1, 1) + core(1, 1, "count")


def test_ratios_of_one_dimension_are_pure_and_others_name_their_unit():
    assert bounds(core(1, 1, "1e12 CNY") / core(1, 1)) == (10000, 10000)
    per_firm = core(90, 90) / core(30, 30, "count")
    assert (per_firm.unit, per_firm.low) == ("1e8 CNY/count", 3)
    back = per_firm * core(30, 30, "count")
    assert (back.unit, back.low) == ("1e8 CNY", 90)
    area = core(2, 2, "km") * core(3, 3, "ms")
    assert area.unit == "km*ms"
    assert (area / core(3, 3, "ms")).unit == "km"
    assert (core(2, 2, "km") ** 2).unit == "km^2"
    assert (1 / core(2, 2, "km") * core(2, 2, "km")).unit == "ratio"


def test_equal_units_need_no_registry():
    a, b = Quantity(1, 2, "florin", "core"), Quantity(4, 4, "florin", "core")
    assert bounds(a + b) == (5, 6)
    assert bounds(a / b) == (0.25, 0.5)
    assert (a < b) is YES


def test_percentages_are_pure_numbers():
    ten = read("10", "exact", "%")
    assert bounds(1 + ten) == pytest.approx((1.095, 1.105))
    assert bounds(ten + 1) == (109.5, 110.5) and (ten + 1).unit == "%"
    assert (2 * ten).unit == "%"
    assert bounds(core(200, 200) * exactly(10, "%")) == pytest.approx((20, 20))
    assert (ten < 0.2) is YES
    assert bounds(exactly(10, "%") ** 2) == (pytest.approx(0.01), pytest.approx(0.01))


def test_a_bare_number_has_no_unit_but_zero_goes_with_all():
    q = core(1, 2)
    with pytest.raises(UnitMismatch, match="cannot add"):
        _ = q + 5
    with pytest.raises(UnitMismatch, match="cannot compare"):
        _ = q < 5
    assert (q > 0) is YES
    assert bounds(sum([q, q])) == (2, 4)
    with pytest.raises(UnitMismatch, match="logarithm"):
        q.log()


def test_units_register_from_rows_and_guard_the_pure_number():
    before = dict(UNITS)
    try:
        register_units([
            {"unit": "1e6 ducats", "name_en": "million ducats", "dimension": "ducats",
             "factor": "1000000", "countable": "false"},
            Unit("ducat", "ducats", "ducats", 1.0, True),
        ])  # fmt: skip
        assert bounds(Quantity(2, 3, "1e6 ducats").to("ducat")) == (2e6, 3e6)
        assert read("5", "exact", "ducat").low == 5
        with pytest.raises(UnitMismatch, match="must be 'ratio'"):
            register_units([Unit("%", "percent", "share", 0.01)])
        with pytest.raises(ValueError, match="positive"):
            Unit("x", "", "x", 0.0)
    finally:
        UNITS.clear()
        UNITS.update(before)


def test_built_in_units_are_consistent():
    assert all(key == unit.unit for key, unit in UNITS.items())
    assert units_module.factor_between("EFLOPS", "PFLOPS") == 1000


# ----------------------------------------------------------------------------------------- scopes


def test_figures_of_different_scope_do_not_mix():
    a, b = core(171, 171), core(800, 1053, scope="industry")
    for mix in (
        lambda: a + b,
        lambda: a - b,
        lambda: a / b,
        lambda: a < b,
        lambda: a >= b,
        lambda: a.same_as(b),
        lambda: hull(a, b),
        lambda: a / core(3, 3, "count", scope="firms"),
        lambda: exactly(1, "%", scope="x") / exactly(1, "%", scope="y"),
    ):
        with pytest.raises(NotComparable) as error:
            mix()
        assert "because" in str(error.value), "the message says what to do"
    with pytest.raises(NotComparable, match="'core' and 'industry'"):
        _ = a / b


def test_a_reason_lets_scopes_mix_and_stays_with_the_result():
    a, b = core(171, 171), core(800, 1053, scope="industry")
    q = a.ratio(b, because="the press divides them")
    assert bounds(q) == (pytest.approx(171 / 1053), pytest.approx(171 / 800))
    assert q.caveat == "across scopes (core; industry): the press divides them"
    assert "the press divides them" in q.title()
    assert a.plus(b, because="x").scope == "core"
    assert a.minus(b, because="x").high == -629
    assert a.ratio(core(2, 2), because="not needed").caveat == ""
    with pytest.raises(ValueError, match="say why"):
        a.across("industry", because=" ")
    assert (a.across("industry", because="same filing") < b) is YES


def test_pure_numbers_combine_with_any_scope():
    q = core(100, 100) * Quantity(0.1, 0.2) + core(1, 1)
    assert (q.scope, bounds(q)) == ("core", (pytest.approx(11), pytest.approx(21)))
    assert (core(1, 1) * exactly(0.5, scope="survey")).scope == "core * survey"


# ------------------------------------------------------------------------------------ comparisons


@given(cases(), cases())
def test_comparisons_are_true_of_every_number_inside(left, right):
    (a, x), (b, y) = left, right
    for answer, truth in [(a < b, x < y), (a <= b, x <= y), (a > b, x > y), (a >= b, x >= y)]:
        assert answer is CANNOT_TELL or answer is (YES if truth else NO)
    same = a.same_as(b)
    assert same is CANNOT_TELL or same is (YES if x == y else NO)


@given(cases(open_ends=False), cases(open_ends=False))
def test_cannot_tell_means_that_both_answers_are_possible(left, right):
    (a, _), (b, _) = left, right
    pairs = [(x, y) for x in bounds(a) for y in bounds(b)]
    if (a < b) is CANNOT_TELL:
        assert {x < y for x, y in pairs} == {True, False}
    if (a <= b) is CANNOT_TELL:
        assert {x <= y for x, y in pairs} == {True, False}


def test_units_do_not_blur_a_comparison():
    assert core(1, 1, "1e12 CNY").same_as(core(10000, 10000)) is YES
    assert core(10000, 10000).same_as(core(1, 1, "1e12 CNY")) is YES
    assert (core(3, 3, "1e12 CNY") <= core(30000, 30000)) is YES


def test_comparisons_by_hand():
    over, nearly = read("4500", "over", "1e8 CNY"), read("4500", "nearly", "1e8 CNY")
    assert (nearly <= over) is YES
    assert (nearly < over) is CANNOT_TELL, "both ranges are taken with their ends"
    assert (over < exactly(4600, "1e8 CNY")) is CANNOT_TELL
    assert (over < exactly(4601, "1e8 CNY")) is YES
    assert exactly(3).same_as(3) is YES
    assert exactly(3).same_as(4) is NO
    assert Quantity(2, 4).same_as(3) is CANNOT_TELL


def test_answers_read_as_words_and_refuse_to_be_guessed():
    assert [str(a) for a in Answer] == ["yes", "no", "cannot tell"]
    assert bool(YES) is True and bool(NO) is False
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(CANNOT_TELL)
    assert ~YES is NO and ~CANNOT_TELL is CANNOT_TELL
    assert YES & CANNOT_TELL is CANNOT_TELL and NO & CANNOT_TELL is NO
    assert YES | CANNOT_TELL is YES and NO | CANNOT_TELL is CANNOT_TELL


def test_hull_intersection_least_and_greatest():
    a, b = core(1, 5, sources=("a",)), core(4, 9, sources=("b",))
    assert bounds(hull(a, b)) == (1, 9) and hull(a, b).sources == ("a", "b")
    assert bounds(intersect(a, b)) == (4, 5)
    assert bounds(least(a, b)) == (1, 5)
    assert bounds(greatest(a, b)) == (4, 9)
    assert hull(a) is a
    assert bounds(hull(core(1, 1, "1e12 CNY"), core(2, 2))) == pytest.approx((0.0002, 1))
    with pytest.raises(ValueError, match="contradict"):
        intersect(a, core(6, 7))
    with pytest.raises(ValueError, match="nothing to join"):
        hull()


# ----------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [
        ("4500", "over", (4500, 4600)),
        ("3500", "nearly", (3400, 3500)),
        ("700", "nearly", (650, 700)),  # a round number hides more than one step
        ("0.9", "nearly", (0.85, 0.9)),
        ("1000", "nearly", (500, 1000)),
        ("830", "about", (825, 835)),
        ("171", "exact", (170.5, 171.5)),
        ("5.0", "exact", (4.95, 5.05)),
        ("12000", "exact", (11999.5, 12000.5)),
        ("22", "at_least", (22, INF)),
        ("20", "at_most", (0, 20)),
        ("15", "under", (0, 15)),
        ("4500", "expected", (4450, 4550)),
        ("95", "over", (95, 96)),
        ("2", "over", (2, 2.1)),
        ("-16.0", "exact", (-16.05, -15.95)),
        ("-16", "under", (-INF, -16)),
        ("0", "exact", (0, 0.5)),
        ("0.043", "about", (0.0425, 0.0435)),
    ],
)
def test_readings_by_hand(value, bound, expected):
    assert bounds(read(value, bound, "1e8 CNY")) == pytest.approx(expected)


def test_counts_are_whole():
    assert bounds(read("764", "exact", "count")) == (764, 764)
    assert bounds(read("764", "exact", "1e8 CNY", countable=True)) == (764, 764)
    assert bounds(read("3", "over", "count")) == (3, 4), "the next count, not 3.1"
    assert bounds(read("16.5", "exact", "1e4 count")) == (16.45, 16.55)


def test_ranges_have_two_ends():
    q = read("800", "range", "1e8 CNY", high="1053")
    assert (bounds(q), str(q)) == ((799.5, 1053.5), "800 to 1,053")
    with pytest.raises(ValueError, match="reversed"):
        read("10", "range", "%", high="9")
    with pytest.raises(ValueError, match="upper end"):
        read("10", "range", "%")
    with pytest.raises(ValueError, match="upper end"):
        read("10", "over", "%", high="12")


@given(
    st.decimals("0.001", "1e7", places=3).map(lambda d: f"{d:f}"),
    st.sampled_from([b for b in BOUNDS if b != "range"]),
    st.booleans(),
)
def test_readings_hold_the_printed_number_and_widen_with_the_rules(value, bound, countable):
    q = read(value, bound, "1e8 CNY", countable=countable)
    assert float(value) in q
    with reading_rules(width=5):
        wide = read(value, bound, "1e8 CNY", countable=countable)
    assert wide.low <= q.low and q.high <= wide.high
    assert wide.published == q.published
    assert q.forecast == (bound == "expected")
    assert q.low >= 0


def test_reading_rules_hold_only_inside_the_block():
    with reading_rules(width=2) as rules:
        assert rules.width == 2
        assert bounds(read("4500", "over", "%")) == (4500, 4700)
        assert bounds(read("171", "exact", "%")) == (170, 172)
        with reading_rules(digit=3):
            assert bounds(read("4500", "over", "%")) == (4500, 4520)
    assert bounds(read("4500", "over", "%")) == (4500, 4600)
    with pytest.raises(ValueError, match="positive"), reading_rules(width=0):
        pass


@pytest.mark.parametrize("value", ["", "many", "12,000", "nan", "inf", math.nan, None])
def test_what_is_not_a_number_is_not_read(value):
    with pytest.raises(ValueError, match="not a (finite )?number"):
        read(value, "exact", "count")


def test_unknown_words_are_not_read():
    with pytest.raises(ValueError, match="bound 'roughly' is not one of"):
        read("5", "roughly", "count")


def test_a_float_says_nothing_of_its_zeros():
    assert read(171.0, "exact", "1e8 CNY").published == "171"
    assert bounds(read(171.5, "exact", "1e8 CNY")) == (171.45, 171.55)


# ------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("value", "bound", "text"),
    [
        ("4500", "over", "over 4,500"),
        ("3500", "nearly", "nearly 3,500"),
        ("830", "about", "about 830"),
        ("171", "exact", "171"),
        ("22", "at_least", "at least 22"),
        ("20", "at_most", "at most 20"),
        ("3", "under", "under 3"),
        ("4500", "expected", "expected 4,500"),
        ("1898.60", "exact", "1,898.60"),
    ],
)
def test_published_figures_are_shown_as_printed(value, bound, text):
    q = read(value, bound, "1e8 CNY")
    assert str(q) == text
    assert q.across("x", because="y").text() == text
    assert (q + q).published == ""


def test_per_cent_signs_follow_the_number():
    assert str(read("95", "over", "%")) == "over 95%"
    assert Quantity(0.16, 0.22).text(percent=True) == "16 to 22%"
    assert f"{Quantity(0.16, 0.22):%}" == "16 to 22%"
    assert Quantity(22, INF, "%").text() == "at least 22%"
    with pytest.raises(UnitMismatch):
        core(1, 2).text(percent=True)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (26.31, 26.33, "26.3"),
        (0.2184, 0.2201, "0.22"),
        (3.765, 3.765, "3.76"),
        (5.85, 6.19, "5.8 to 6.2"),
        (0.1624, 0.2138, "0.16 to 0.22"),
        (22, INF, "at least 22"),
        (-INF, 5, "at most 5"),
        (-INF, INF, "unknown"),
        (4500, 4600, "4,500 to 4,600"),
        (26.02, 27.28, "26.0 to 27.3"),
        (0.0123, 45.6, "0.012 to 46"),
        (-16, -12.3, "-16 to -12"),
        (9.96, 10.4, "9.9 to 10.4"),
        (1503.5, 1504.5, "1,504"),
        (764, 764, "764"),
        (0, 0, "0"),
        (0.2, 0.2, "0.2"),
        (1 / 3, 1 / 3, "0.333"),
        (-0.5, 0.5, "-0.50 to 0.50"),
        (0.1 + 0.2, 0.4, "0.30 to 0.40"),
    ],
)
def test_computed_ranges_are_shown_in_few_honest_digits(low, high, text):
    assert str(Quantity(low, high)) == text


@pytest.mark.parametrize(("low", "high", "text"), [
    (1.87362, 1.90556, "1.9"),
    (9.8, 10.1, "10"),
    (20.4, 22.1, "20 to 23"),
    (0.157, 0.221, "0.15 to 0.23"),
    (0.98, 1.15, "0.98 to 1.2"),
    (9.1, 45.2, "9 to 46"),
    (0.43, 14.2, "0.43 to 15"),
    (-INF, 20.5, "at most 21"),
    (9.67, INF, "at least 9.6"),
    (22, INF, "at least 22"),
])
def test_running_text_and_figures_have_two_significant_digits(low, high, text):
    assert Quantity(low, high).brief() == text
    assert Quantity(low, high, "%").brief() == text + "%"


def test_what_is_counted_or_published_keeps_its_digits():
    assert Quantity(104, 118, "count").brief() == "104 to 118"
    assert read("1873", "over", "1e8 CNY").brief() == "over 1,873"
    assert Quantity(2031.2, 2034.9, "year").brief() == "2031 to 2035"


@given(cases(st.one_of(st.floats(-1e9, 1e9), st.floats(1e-9, 1)), open_ends=False))
def test_brief_ranges_hold_the_computed_ones_and_no_end_has_more_than_two_digits(case):
    q, _ = case
    noise = 1e-9 * max(abs(q.low), abs(q.high))
    shown = [Decimal(part.replace(",", "")) for part in q.brief().split(" to ")]
    whole = [each for each in shown if each == each.to_integral_value()]
    assert all(len(each.normalize().as_tuple().digits) <= 2 or each in whole for each in shown)
    if len(shown) == 2:
        assert float(shown[0]) <= q.low + noise and q.high - noise <= float(shown[1])
    elif 0 not in q:
        assert all(abs(float(shown[0]) / end - 1) <= 0.0501 for end in bounds(q))


@given(cases(st.one_of(st.floats(-1e9, 1e9), st.floats(1e-9, 1)), open_ends=False))
def test_printed_ranges_hold_the_computed_ones(case):
    q, _ = case
    noise = 1e-9 * max(abs(q.low), abs(q.high))
    printed = [float(part.replace(",", "")) for part in str(q).split(" to ")]
    if len(printed) == 2:
        assert printed[0] <= q.low + noise and q.high - noise <= printed[1]
        assert printed[1] - printed[0] <= 1.25 * (q.high - q.low) + noise or 0 in q
    else:
        for end in bounds(q):
            assert abs(printed[0] - end) <= 0.0101 * abs(end) + noise


@given(cases(st.floats(-1e9, 1e9)))
def test_every_form_parses_as_one_of_four(case):
    q, _ = case
    number = r"-?\d[\d,]*(\.\d+)?(e-?\+?\d+)?"
    assert re.fullmatch(rf"unknown|(at least |at most )?{number}|{number} to {number}", str(q))


@given(st.decimals(-9999, 9999, places=2), st.integers(-6, 6), st.integers(-6, 6))
def test_a_number_is_exact_as_shown_if_both_bounds_round_to_it(shown, below, above):
    unit = Decimal("0.01")  # sevenths of it: never half way, where rounding is a convention
    ends = sorted(float(shown + unit * each / 7) for each in (below, above))
    inside = all(abs(each) <= 3 for each in (below, above))
    assert exact_as_shown(f"{shown:,}", *ends) is inside


@pytest.mark.parametrize(
    "words, low, high, exact",
    [
        ("20.6", 20.6122, 20.6123, True),
        ("20.6%", 20.6122, 20.6123, True),
        ("20.6", 20.58, 20.66, False),
        ("17.1", 17.05, 17.15, True),  # what the printed digit leaves open, and no more
        ("17.1", 17.04, 17.15, False),
        ("1,500", 1497, 1503, True),  # two digits at least
        ("1,500", 1440, 1503, False),
        ("10,000", 9400, 10400, False),
        ("over 80", 80, 80.2, False),
        ("9 to 11", 9.1, 10.8, False),
        ("4", 4, math.inf, False),
    ],
)
def test_exact_as_shown_by_hand(words, low, high, exact):
    assert exact_as_shown(words, low, high) is exact


def test_formats():
    q = Quantity(0.1624, 0.2138)
    assert f"{q}" == "0.16 to 0.22"
    assert f"{q:.3}" == "0.162 to 0.214"
    assert f"{q:.3%}" == "16.2 to 21.4%"
    assert f"{core(4500, 4600):u}" == "4,500 to 4,600 hundred million yuan"
    with pytest.raises(ValueError, match="format 'f'"):
        format(q, "f")


def test_units_are_said_in_words():
    assert read("4500", "over", "1e8 CNY").with_unit() == "over 4,500 hundred million yuan"
    assert read("764", "exact", "count").with_unit() == "764"
    assert read("95", "over", "%").with_unit() == "over 95%"
    assert Quantity(1, 2, "florin").with_unit() == "1.0 to 2.0 florin"
    assert Quantity(1, 2, "écu").plain().isascii()


def test_years_of_the_calendar_have_no_separator_and_are_whole():
    assert str(Quantity(2031.2, 2034.9, "year")) == "2031 to 2035"
    assert str(Quantity(2031.2, INF, "year")) == "at least 2031"
    assert str(Quantity(2031.0000000001, 2031.0000000002, "year")) == "2031"


def test_html_carries_the_bounds_and_the_sources():
    q = read("171", "exact", "1e8 CNY", scope="core", period="2024", place="chongqing",
             sources=("a2025", "b2025"), confidence="medium")  # fmt: skip
    assert q.html() == (
        '<data class="quantity" value="170.5/171.5" data-low="170.5" data-high="171.5" '
        'data-unit="1e8 CNY" data-scope="core" data-period="2024" data-place="chongqing" '
        'data-sources="a2025 b2025" data-confidence="medium" '
        'title="17.05 to 17.15 billion yuan, for 2024, scope core, confidence medium, '
        'from 2 sources." data-range="17.05 to 17.15 billion yuan" '
        'data-published="171">171</data>'
    )
    assert q._repr_html_() == q.html()


def test_html_is_escaped_and_always_the_same():
    q = Quantity(1, INF, "a<b", scope='"quoted" & <tagged>', caveat="<script>", sources=("x&y",))
    page = q.html("<b>")
    assert "<script>" not in page and "<b>" not in page and "<tagged>" not in page
    assert page.count("<") == 2 and page == q.html("<b>")
    assert 'data-caveat="&lt;script&gt;"' in page
    assert 'data-high="inf"' in page


def test_the_module_docstring_is_true():
    import doctest

    import citygap.quantity.quantity

    assert doctest.testmod(citygap.quantity.quantity).failed == 0


def test_an_extreme_keeps_its_bounds_and_rests_on_all():
    from citygap.quantity.quantity import extreme

    parts = [read(v, "exact", "count", period=y, rows=[y], sources=[y])
             for v, y in (("3", "2021"), ("9", "2022"), ("5", "2023"))]  # fmt: skip
    top = extreme(max, parts)
    assert (top.bounds, top.period) == ((9, 9), "2022")
    assert set(top.rows) == {"2021", "2022", "2023"} and top.made_by == "quantity.extreme"
    assert extreme(min, parts).bounds == (3, 3)


@pytest.mark.parametrize(("low", "high", "words"), [
    (20.612244897959183, 20.612244897959187, "20.6122"),  # 1010 / 49, twice
    (26.25, 26.25, "26.25"),
    (0.161839, 0.21451, "0.161839 to 0.21451"),
])  # fmt: skip
def test_bounds_that_differ_by_noise_are_one_number(low, high, words):
    assert in_full(low, high) == words
