"""Kappa and its interval, against what they mean rather than how they are computed."""

from fractions import Fraction
from math import isfinite, sqrt

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from moderation.second_looks.kappa import Crossed

COUNTS = st.tuples(*[st.integers(0, 400)] * 4)


def pairs_of(counts):
    """Each text's two judgements."""
    kinds = [(True, True), (True, False), (False, True), (False, False)]
    return [
        kind for kind, count in zip(kinds, counts, strict=True) for _ in range(count)
    ]


def kappa_of(pairs):
    """As Cohen writes it, over every way to pair any first with any second judgement."""
    alike = Fraction(sum(a == b for a, b in pairs), len(pairs))
    firsts = {value: sum(a == value for a, _b in pairs) for value in (True, False)}
    seconds = {value: sum(b == value for _a, b in pairs) for value in (True, False)}
    matching = sum(firsts[value] * seconds[value] for value in (True, False))
    by_chance = Fraction(matching, len(pairs) ** 2)
    return (alike - by_chance) / (1 - by_chance)


def smooth_kappa(shares):
    both, first_only, second_only, neither = (s / sum(shares) for s in shares)
    first, second = both + first_only, both + second_only
    by_chance = first * second + (1 - first) * (1 - second)
    return (both + neither - by_chance) / (1 - by_chance)


def standard_error(counts):
    """By the delta method: from the slopes of kappa in each share, exactly taken.

    Slopes are differences of fractions over a tiny step, so that nothing is rounded.
    """
    count = sum(counts)
    shares = [Fraction(c, count) for c in counts]
    step = Fraction(1, 10**12)
    slopes = []
    for place in range(4):
        more = [s + step * (n == place) for n, s in enumerate(shares)]
        slopes.append((smooth_kappa(more) - smooth_kappa(shares)) / step)
    mean = sum(s * slope for s, slope in zip(shares, slopes, strict=True))
    squares = sum(s * slope**2 for s, slope in zip(shares, slopes, strict=True))
    return sqrt((squares - mean**2) / count)


@given(COUNTS)
@example((0, 0, 0, 0))
@example((7, 0, 0, 0))
@example((5, 5, 0, 0))
@example((0, 0, 6, 6))
@example((5, 0, 0, 5))
@example((0, 5, 5, 0))
def test_kappa_is_cohen_s(counts):
    crossed = Crossed(*counts)
    pairs = pairs_of(counts)
    constant = len({a for a, _b in pairs}) < 2 or len({b for _a, b in pairs}) < 2
    if constant:
        assert crossed.kappa is None
        assert crossed.kappa_interval is None
    else:
        assert crossed.kappa == pytest.approx(float(kappa_of(pairs)), abs=1e-9)


@given(COUNTS)
def test_nothing_is_ever_undefined(counts):
    crossed = Crossed(*counts)
    figures = [crossed.share, crossed.kappa]
    for interval in (crossed.interval, crossed.kappa_interval):
        figures += interval or ()
        if interval:
            assert interval[0] <= interval[1]
    assert all(figure is None or isfinite(figure) for figure in figures)
    assert crossed.kappa is None or -1 <= crossed.kappa <= 1


@given(COUNTS)
def test_the_interval_is_that_of_the_delta_method(counts):
    crossed = Crossed(*counts)
    assume(crossed.kappa_interval is not None)
    error = 1.959964 * standard_error(counts)
    low, high = crossed.kappa_interval
    assert low == pytest.approx(max(-1, crossed.kappa - error), abs=1e-5)
    assert high == pytest.approx(min(1, crossed.kappa + error), abs=1e-5)


@given(COUNTS)
def test_it_does_not_matter_who_was_first(counts):
    both, first_only, second_only, neither = counts
    one, other = Crossed(*counts), Crossed(both, second_only, first_only, neither)
    assert one.kappa == pytest.approx(other.kappa)
    assert one.share == other.share


@given(COUNTS)
def test_nor_what_is_called_yes(counts):
    one, other = Crossed(*counts), Crossed(*reversed(counts))
    assert one.kappa == pytest.approx(other.kappa)


def test_a_textbook_s_table():
    """Twenty and fifteen alike of fifty: https://en.wikipedia.org/wiki/Cohen%27s_kappa."""
    crossed = Crossed(20, 5, 10, 15)
    assert crossed.share == pytest.approx(0.7)
    assert crossed.kappa == pytest.approx(0.4)
    assert crossed.kappa_interval == pytest.approx((0.1511, 0.6489), abs=1e-3)


@pytest.mark.parametrize("counts", [(10, 0, 0, 30), (0, 10, 10, 0)])
def test_no_interval_where_the_formula_knows_no_error(counts):
    crossed = Crossed(*counts)
    assert crossed.kappa in (1.0, -1.0)
    assert crossed.kappa_interval is None
    assert crossed.interval is not None
