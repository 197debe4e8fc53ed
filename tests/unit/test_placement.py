"""Bubbles and labels keep clear of each other and near their places, the same way every time."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.plots.placement import Circle, Rectangle, apart, place_labels, spread

FRAME = Rectangle(0.0, 0.0, 300.0, 300.0)


def gap_between(a, b):
    return math.dist(a[:2], b[:2]) - a.radius - b.radius


def test_bubbles_that_do_not_touch_stay_where_they_are():
    circles = [Circle(50.0, 50.0, 10.0), Circle(80.0, 50.0, 10.0)]
    assert apart(circles, 1.0) == circles


def test_two_equal_bubbles_on_one_spot_part_alike():
    one, other = apart([Circle(50.0, 50.0, 10.0), Circle(50.0, 50.0, 10.0)], 2.0)
    assert gap_between(one, other) == pytest.approx(2.0, abs=0.01)
    middle = ((one.x + other.x) / 2.0, (one.y + other.y) / 2.0)
    assert middle == pytest.approx((50.0, 50.0), abs=0.1)


def test_a_small_bubble_gives_way_to_a_large_one():
    large, small = apart([Circle(50.0, 50.0, 20.0), Circle(55.0, 50.0, 2.0)], 1.0)
    assert math.dist(large[:2], (50.0, 50.0)) < 0.1 * math.dist(small[:2], (55.0, 50.0))


@given(
    st.lists(
        st.tuples(st.floats(100.0, 200.0), st.floats(100.0, 200.0), st.floats(2.0, 9.0)),
        min_size=1,
        max_size=12,
    )
)
def test_no_bubble_hides_another_whatever_their_places(spots):
    circles = apart([Circle(*spot) for spot in spots], 1.0)
    assert all(gap_between(a, b) > -0.05 for a, b in combinations(circles, 2))
    assert [circle.radius for circle in circles] == [radius for _, _, radius in spots]


def test_a_label_with_room_lies_right_of_its_bubble_without_a_line():
    (label,) = place_labels([Circle(100.0, 100.0, 5.0)], [(30.0, 8.0)], FRAME, [])
    assert label.leader is None
    assert label.box.left - 105.0 == pytest.approx(2.2)  # the nearest gap
    assert (label.box.bottom, label.box.top) == pytest.approx((96.0, 104.0))


def test_a_label_without_room_on_the_right_goes_elsewhere():
    taken = [Rectangle(104.0, 90.0, 200.0, 110.0)]
    (label,) = place_labels([Circle(100.0, 100.0, 5.0)], [(30.0, 8.0)], FRAME, taken)
    assert not label.box.overlaps(taken[0])
    assert label.box.right < 104.0 or label.box.bottom > 110.0 or label.box.top < 90.0


def test_a_label_stays_within_the_frame():
    (label,) = place_labels([Circle(297.0, 150.0, 3.0)], [(40.0, 8.0)], FRAME, [])
    assert FRAME.holds(label.box)


@given(
    st.lists(
        st.tuples(st.floats(40.0, 260.0), st.floats(40.0, 260.0), st.floats(2.0, 6.0)),
        min_size=2,
        max_size=10,
    )
)
def test_labels_hide_neither_bubbles_nor_each_other_where_there_is_room(spots):
    circles = apart([Circle(*spot) for spot in spots], 1.0)
    labels = place_labels(circles, [(20.0, 7.0)] * len(circles), FRAME, [])
    assert not [pair for pair in combinations(labels, 2) if pair[0].box.overlaps(pair[1].box)]
    assert not [1 for label in labels for circle in circles if label.box.touches(circle)]


def test_a_line_leads_from_the_rim_of_the_bubble_to_its_label():
    circle = Circle(100.0, 100.0, 5.0)
    around = [Circle(100.0 + 14.0 * math.cos(a), 100.0 + 14.0 * math.sin(a), 4.0) for a in range(6)]
    (label, *_) = place_labels([circle, *around], [(20.0, 7.0)], FRAME, [])
    start, end = label.leader
    assert math.dist(start, (100.0, 100.0)) == pytest.approx(5.0)
    assert label.box.wider(0.01).holds(Rectangle(*end, *end))


@given(st.lists(st.floats(-100.0, 100.0), min_size=1, max_size=8), st.floats(0.1, 20.0))
def test_spread_values_keep_their_gap_order_and_mean(values, gap):
    found = spread(values, gap)
    order = sorted(range(len(values)), key=lambda place: values[place])
    steps = [found[b] - found[a] for a, b in zip(order, order[1:], strict=False)]
    assert all(step >= gap - 1e-9 for step in steps)
    assert sum(found) == pytest.approx(sum(values), abs=1e-6)


def test_values_far_apart_are_not_moved():
    assert spread([30.0, 10.0, 20.0], 5.0) == [30.0, 10.0, 20.0]
