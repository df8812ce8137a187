"""The map of a buying centre: everybody has a seat, and conflicts join the right two."""

from hypothesis import given
from hypothesis import strategies as st

from app.playbook.buying_centres import AbsentView, CentreView, ConflictView, SeatView
from app.playbook.figures import PersonView
from app.playbook.view import QuoteView
from app.web.mapping import HEIGHT, SEAT, WIDTH, seat_map


def centre(people: int, absent: int) -> CentreView:
    ids = [f"P{number:02}" for number in range(people)]
    seats = [SeatView(PersonView(id, "", False, ""), "user", "title", "for", "", [], 0, "") for id in ids]
    quotes = [QuoteView("No.", id, "turn 1", "#q-1-0-3", False) for id in (ids[0], ids[-1])]
    conflicts = [ConflictView("b-k1-1", "They differ.", quotes, "signs")] if people > 1 else []
    missing = [AbsentView("procurement", "Who buys?", []) for _ in range(absent)]
    return CentreView("b-k1", "K1", "Account", "Whether", "", seats, conflicts, [], "", missing, [])


@given(people=st.integers(1, 8), absent=st.integers(0, 9))
def test_everybody_sits_inside_the_frame_and_apart_from_others(people: int, absent: int) -> None:
    found = seat_map(centre(people, absent))
    assert len(found.seats) == people + absent
    assert len({one.id for one in found.seats if one.id}) == people
    assert all(SEAT <= one.x <= WIDTH - SEAT and one.y - SEAT >= 0 and one.label_y < HEIGHT for one in found.seats)
    assert len({(one.x, one.y) for one in found.seats}) == len(found.seats)


def test_a_conflict_runs_between_the_two_it_is_about() -> None:
    found = seat_map(centre(3, 2))
    at = {one.id: one for one in found.seats}
    (clash,) = found.clashes
    assert clash.path.startswith(f"M{at['P00'].x} {at['P00'].y}Q")
    assert clash.path.endswith(f"{at['P02'].x} {at['P02'].y}")
    assert clash.number == 1
