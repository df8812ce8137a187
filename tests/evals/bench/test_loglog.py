"""Charts: a power is a straight line, and the file is well-formed."""

import pytest
from lxml import etree

from evals.bench.loglog import Axis, draw


def test_an_axis_ends_at_whole_powers_of_ten() -> None:
    axis = Axis([30, 4_000], 0, 300)
    assert axis.decades() == [10, 100, 1000, 10_000]
    assert [axis.at(value) for value in axis.decades()] == pytest.approx([0, 100, 200, 300])


def test_an_axis_of_one_value_has_some_length() -> None:
    assert Axis([100], 0, 10).decades() == [100, 1000]


def test_a_power_is_a_straight_line() -> None:
    svg = etree.fromstring(draw({"a & b": {"square": [(1, 1), (10, 100), (100, 10_000)]}}, "words"))
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in svg.iter("{*}circle")]
    (x0, y0), (x1, y1), (x2, y2) = dots
    assert (x2 - x1, y2 - y1) == pytest.approx((x1 - x0, y1 - y0), abs=0.2)
    assert y2 < y0
    assert "a & b" in [text.text for text in svg.iter("{*}text")]


def test_panels_stand_in_two_columns() -> None:
    line = {"one": [(1.0, 2.0), (10.0, 3.0)]}
    svg = etree.fromstring(draw({"first": line, "second": line, "third": line}, "words"))
    places = [group.get("transform") for group in svg.iter("{*}g")]
    assert places == ["translate(0,0)", "translate(420,0)", "translate(0,260)"]
