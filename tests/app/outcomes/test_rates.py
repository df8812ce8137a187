"""Rates: Wilson's interval is shown, and a rate of few impressions is drawn towards that of the study."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.brief import Stage
from app.outcomes.rates import Prior, Tally, measure, prior_of

from .invented import outcome


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    n = draw(st.integers(0, 5000))
    return Tally(draw(st.integers(0, n)), n)


@given(st.lists(tallies(), min_size=1, max_size=12))
def test_a_drawn_rate_lies_between_the_studys_and_its_own(found: list[Tally]) -> None:
    prior = prior_of(found)
    for one in found:
        low, high = sorted((prior.mean, one.rate if one.n else prior.mean))
        assert low - 1e-12 <= prior.drawn(one) <= high + 1e-12


@given(st.lists(tallies(), min_size=1, max_size=12), st.integers(1, 5000), st.data())
def test_of_equal_impressions_more_conversions_never_come_lower(
    found: list[Tally], n: int, data: st.DataObject
) -> None:
    few, many = sorted(data.draw(st.tuples(st.integers(0, n), st.integers(0, n))))
    prior = prior_of(found)
    assert prior.drawn(Tally(few, n)) <= prior.drawn(Tally(many, n)) + 1e-12


@given(st.floats(0, 1), st.floats(1, 1000), st.floats(0, 1))
def test_the_more_impressions_the_nearer_to_its_own_rate(mean: float, weight: float, rate: float) -> None:
    prior = Prior(mean, weight)
    few, many = (abs(prior.drawn(Tally(round(rate * n), n)) - round(rate * n) / n) for n in (10, 100_000))
    assert many <= few + 0.01


def test_the_prior_is_fitted_by_moments() -> None:
    """Cells of 1,000 at 3.2 % and 4.8 %: alike = (S − pq) / (pq (2,000 − 1,000 − 1)), weight = 1/alike − 1."""
    prior = prior_of([Tally(32, 1000), Tally(48, 1000)])
    spread = 0.04 * 0.96
    alike = (2 * 1000 * 0.008**2 - spread) / (spread * 999)
    assert prior.mean == pytest.approx(0.04)
    assert prior.weight == pytest.approx(1 / alike - 1)


def test_the_study_counts_for_ten_conversions_at_least() -> None:
    assert prior_of([Tally(100, 10_000), Tally(900, 10_000)]).weight == pytest.approx(10 / 0.05)


def test_where_cells_differ_by_luck_alone_they_are_taken_for_the_same() -> None:
    prior = prior_of([Tally(5, 100), Tally(5, 100), Tally(6, 100)])
    assert prior.weight == 300


@pytest.mark.parametrize("found", [[], [Tally()], [Tally(0, 50), Tally(0, 90)], [Tally(9, 9), Tally(1, 1)]])
def test_nothing_or_all_converted_is_no_defect(found: list[Tally]) -> None:
    prior = prior_of(found)
    assert 0 <= prior.drawn(Tally(1, 2)) <= 1


def test_each_persona_and_stage_is_measured_over_its_assets() -> None:
    found = measure([
        outcome("pe_2", 1, 10, Stage.BOTTOM), outcome("pe_1", 3, 100), outcome("pe_1", 1, 60, asset="Post"),
        outcome("pe_1", 2, 40, period="May"), outcome("pe_2", 0, 0, Stage.TOP),
    ])  # fmt: skip
    assert [(one.persona_id, one.stage, one.assets, one.impressions, one.conversions) for one in found] == [
        ("pe_1", "top", 2, 200, 6), ("pe_2", "top", 1, 0, 0), ("pe_2", "bottom", 1, 10, 1),
    ]  # fmt: skip
    rate = found[0].rate
    assert rate and rate.low and rate.high and (rate.value, found[1].rate) == (0.03, None)
    # Wilson's interval for 6 of 200.
    assert (rate.low, rate.high) == (0.0138, 0.0639)
