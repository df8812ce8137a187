"""What is learnt from participants, whatever their table holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.activation.fields import who_somebody_is
from app.activation.learning import Ground, learn
from app.models.assignment import Condition

MEMBERS, OTHERS = ["m1", "m2", "m3", "m4"], ["o1", "o2", "o3", "o4"]
PEOPLE = {one: {"role": "Head of IT", "industry": "Food"} for one in MEMBERS} | {
    one: {"role": "Buyer", "industry": "Food"} for one in OTHERS
}


def learnt(people: dict[str, dict[str, str]]) -> list[Condition]:
    return learn(Ground(people), MEMBERS, OTHERS)


def test_only_what_parts_members_from_others_is_learnt() -> None:
    (found,) = learnt(PEOPLE)
    assert (found.field, found.operator, found.value) == ("role", "=", "head of it")
    assert (found.k, found.n, found.rest_k, found.rest_n) == (4, 4, 0, 4)
    assert (found.precision, found.recall) == (1, 1)
    assert found.weight > 0 > found.against
    assert found.caution, "four people prove little"


def test_nothing_is_learnt_of_one_person() -> None:
    assert learn(Ground(PEOPLE), ["m1"], OTHERS) == []


def test_a_bound_is_a_round_step_not_a_figure_of_the_study() -> None:
    people = {one: {"organisation_size": "1437"} for one in MEMBERS} | {
        one: {"organisation_size": "33"} for one in OTHERS
    }
    (found,) = learnt(people)
    assert (found.operator, found.value) in {(">=", str(step)) for step in (50, 100, 200, 500, 1000)}


VALUES = st.sampled_from(
    ["woman", "man", "Muslim", "35", "Logistics", "a@b.example", "pregnant", "young lead", "x", ""]
)
FIELDS = st.sampled_from(["age", "gender", "faith", "role", "first_name", "industry", "nationality", "notes", "family"])
TABLE = st.lists(st.dictionaries(FIELDS, VALUES), min_size=8, max_size=8)


@given(TABLE)
@settings(max_examples=60, deadline=None)
def test_protected_attributes_never_appear_whatever_the_table_holds(rows: list[dict[str, str]]) -> None:
    for found in learnt(dict(zip([*MEMBERS, *OTHERS], rows, strict=True))):
        assert not who_somebody_is(f"{found.field.replace('_', ' ')} {found.value}")
        assert "@" not in found.value and found.field != "first_name"


@given(st.permutations([*MEMBERS, *OTHERS]))
@settings(max_examples=20, deadline=None)
def test_the_order_of_people_does_not_matter(order: list[str]) -> None:
    shuffled = Ground({one: PEOPLE[one] for one in order})
    assert learn(shuffled, [one for one in order if one in MEMBERS], OTHERS) == learnt(PEOPLE)
