"""Pictures: what is drawn is what was counted."""

from hypothesis import given
from hypothesis import strategies as st

from app.models.saturation import Saturation, Step
from app.web.pictures import PLOT_FLOOR, PLOT_TOP, WIDTH, coverage_row, saturation_curve


@given(n=st.integers(1, 400), data=st.data())
def test_a_pip_a_person_and_none_beyond_the_frame(n: int, data: st.DataObject) -> None:
    covered = data.draw(st.integers(0, n))
    row = coverage_row(covered, n, 0.8)
    assert len(row.pips) == n
    assert sum(on for _, on in row.pips) == covered
    assert row.pips[-1][0] + row.pip <= WIDTH + 0.5
    assert row.line == 352.0


@given(new=st.lists(st.integers(0, 60), min_size=2, max_size=120).filter(any))
def test_the_curve_rises_inside_the_frame_and_ends_at_all_themes(new: list[int]) -> None:
    picture = saturation_curve(_saturation(new))
    assert picture is not None and picture.total == sum(new)
    heights = [float(point.split()[1]) for point in picture.path[1:].split("L")]
    assert heights == sorted(heights, reverse=True)
    assert all(PLOT_TOP - 0.1 <= y <= PLOT_FLOOR + 0.1 for y in heights)
    assert heights[-1] == PLOT_TOP
    assert len(picture.bars) == sum(one > 0 for one in new)
    assert all(PLOT_TOP < y < PLOT_FLOOR for y, _ in picture.grid)
    assert str(sum(new)) in picture.alt and len(picture.grid) <= 5


def test_one_interview_is_no_curve() -> None:
    assert saturation_curve(_saturation([3])) is None


def _saturation(new: list[int]) -> Saturation:
    steps = [
        Step(source=f"P{place}", new=one, total=sum(new[: place + 1]), confirmed=0, average_new=0)
        for place, one in enumerate(new)
    ]
    return Saturation(base_size=4, run_length=2, threshold=0.05, base_themes=1, steps=steps, orders=1, sentences=[])
