"""From where on a contact is assigned, and how that is found."""

from app.activation.learning import Ground
from app.activation.trying import Groups, Trial, at_least, bar_of, honest, leave_out, sure_bar

PEOPLE = {f"a{n}": {"role": "Head of IT"} for n in range(8)} | {f"b{n}": {"role": "Buyer"} for n in range(8)}
CLEAR = Groups({"A": [f"a{n}" for n in range(8)], "B": [f"b{n}" for n in range(8)]}, [], {})


def trials(*rights: bool) -> list[Trial]:
    return [Trial(f"p{n}", "A", "A" if right else "B", 0.9 - n / 100) for n, right in enumerate(rights)]


def test_segments_that_attributes_tell_apart_are_told_apart() -> None:
    assert all(one.right for one in honest(Ground(PEOPLE), CLEAR))


def test_attributes_that_say_nothing_assign_nobody() -> None:
    alike = Ground({one: {"role": "Buyer"} for one in PEOPLE})
    assert [one.said for one in honest(alike, CLEAR)] == [None] * 16
    assert bar_of(leave_out(alike, CLEAR), CLEAR.majority()).confidence is None


def test_colleagues_are_left_out_together() -> None:
    """Each account alone has its word; whoever knows one colleague knows the other."""
    people = {f"{s}{n}": {"industry": f"{s}{n // 2}"} for s in "ab" for n in range(8)}
    account = {f"{s}{n}": f"{s}{n // 2}" for s in "ab" for n in range(8)}
    assert all(one.said is None for one in leave_out(Ground(people), Groups(CLEAR.members, [], account)))


def test_the_bar_is_the_lowest_that_is_surely_better_than_the_largest_segment() -> None:
    found = bar_of(trials(*[True] * 10, *[False] * 6), 0.5)
    assert (found.tried, found.majority) == (16, 0.5)
    assert found.confidence is not None and at_least(found.right, found.passed) > 0.5


def test_few_or_wrong_ones_set_no_bar() -> None:
    assert bar_of(trials(True, True, True, True), 0.2).confidence is None
    assert bar_of(trials(*[True, False] * 8), 0.5).confidence is None


def test_a_bar_that_does_not_hold_of_others_assigns_nobody() -> None:
    """Five who can be told set a bar; without one of them there is none."""
    assert sure_bar(Ground(PEOPLE), CLEAR).right == 16
    heads = {one: {"role": "Head of IT" if one in ("a0", "a1", "a2", "a3", "a4") else ""} for one in CLEAR.members["A"]}
    others = {one: {"role": role} for one, role in zip(CLEAR.members["B"], "CDEFGHJK", strict=True)}
    few = Ground(heads | others)
    assert bar_of(leave_out(few, CLEAR), CLEAR.majority()).confidence is not None
    found = sure_bar(few, CLEAR)
    assert found.confidence is None and found.passed < 5
