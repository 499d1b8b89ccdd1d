"""Measures of an order, against what they mean counted out."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.ranker.evaluation import Measures, at_random, measure, top_count

H, P = True, False  # hidden, published


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([4, 3, 2, 1], [H, H, P, P], Measures(1, 1, 1)),
        ([1, 2, 3, 4], [H, H, P, P], Measures(0, (1 / 3 + 2 / 4) / 2, 0)),
        ([4, 3, 2, 1], [H, P, H, P], Measures(3 / 4, (1 + 2 / 3) / 2, 1)),
        ([7, 7, 7, 7], [H, P, P, P], Measures(1 / 2, 1 / 4, 1 / 4)),
        ([2, 2, 1, 1], [H, P, H, P], Measures(1 / 2, 1 / 2, 1 / 2)),
    ],
)
def test_measures(scores, labels, expected):
    found = measure(scores, labels)
    assert found.auc == pytest.approx(expected.auc)
    assert found.average_precision == pytest.approx(expected.average_precision)
    assert found.top == pytest.approx(expected.top)


ROWS = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=2, max_size=6)


@given(ROWS.filter(lambda rows: len({label for _, label in rows}) == 2))
def test_equal_scores_count_as_the_average_of_their_orders(rows):
    scores, labels = zip(*rows, strict=True)
    found = measure(scores, labels)
    wins = [
        (high > low) + (high == low) / 2
        for high, hidden in rows
        for low, other in rows
        if hidden and not other
    ]
    assert found.auc == pytest.approx(sum(wins) / len(wins))
    orders = [
        order
        for order in permutations(rows)
        if all(a[0] >= b[0] for a, b in pairwise(order))
    ]
    firsts = [order[0][1] for order in orders]  # a tenth of six texts is one
    assert found.top == pytest.approx(sum(firsts) / len(firsts))


def test_chance_is_what_equal_scores_give():
    labels = [H] * 3 + [P] * 17
    assert measure([1] * 20, labels) == at_random(labels) == Measures(0.5, 0.15, 0.15)


@pytest.mark.parametrize("labels", [[], [H, H], [P]])
def test_one_label_cannot_be_measured(labels):
    with pytest.raises(ValueError, match="both labels"):
        measure([1.0] * len(labels), labels)


@pytest.mark.parametrize(("total", "top"), [(1, 1), (10, 1), (11, 2), (100, 10)])
def test_a_tenth(total, top):
    assert top_count(total) == top
