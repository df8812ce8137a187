"""The playbook's small words: what a reader sees for a share, a time, a chance, a list of people."""

import pytest

from app.models.codebook import load_codebook
from app.playbook.personas import letters
from app.playbook.words import CODES, clock, count, describe, families, family, kind, label, listed, luck, percent
from retrieval.evidence import Participant


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.875, "88 %"), (0, "0 %"), (1, "100 %"), (0.4449, "44 %")],
    ids=["rounds half up", "nobody", "everybody", "rounds down"],
)
def test_a_share_is_a_whole_percentage(share: float, words: str) -> None:
    assert percent(share).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "00:00"), (157.9, "02:37"), (3757, "1:02:37")],
    ids=["the beginning", "minutes", "past the hour"],
)
def test_a_time_is_read_off_a_clock(seconds: float, words: str) -> None:
    assert clock(seconds) == words


@pytest.mark.parametrize(
    ("chance", "words"),
    [(1 / 84, "1 in 84"), (0.7, "more likely than not"), (1e-7, "less than 1 in 10,000"), (0.5, "1 in 2")],
    ids=["small", "large", "tiny", "even"],
)
def test_a_chance_is_told_as_odds(chance: float, words: str) -> None:
    assert luck(chance) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["P1"], "P1"), (["P1", "P2"], "P1 and P2"), (["P1", "P2", "P3"], "P1, P2 and P3")],
    ids=["nobody", "one", "two", "three"],
)
def test_people_are_listed_as_one_would_say_it(names: list[str], words: str) -> None:
    assert listed(names) == words


def test_a_long_list_counts_the_rest() -> None:
    assert listed([f"P{n}" for n in range(1, 8)]) == "P1, P2, P3 and 4 others"


def test_a_noun_agrees_with_its_figure() -> None:
    assert [count(1, "theme"), count(2, "theme"), count(0, "person", "people")] == [
        "1\xa0theme",
        "2\xa0themes",
        "0\xa0people",
    ]


def test_a_participant_is_described_by_work_and_trade_only() -> None:
    person = Participant(
        id="P1", attributes={"Job title": "Buyer", "Industry": "Glass", "account": "A", "email": "b@c"}
    )
    assert describe(person) == "Buyer, Glass"
    assert describe(Participant(id="P2", attributes={"account": "A", "role": "Not stated"})) == ""


def test_people_are_counted_by_the_kind_of_work_where_it_is_known() -> None:
    assert kind(Participant(id="P1", attributes={"role": "Freight agent", "role_family": "Sales"})) == "Sales"
    assert kind(Participant(id="P2", attributes={"role": "Freight agent"})) == "Freight agent"


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ")])
def test_micro_personas_are_lettered(index: int, name: str) -> None:
    assert letters(index) == name


def test_every_code_of_the_codebook_has_a_colour_and_a_label() -> None:
    assert set(load_codebook().ids) == set(CODES)
    assert {number for number, _ in families()} == set(range(9))


def test_an_unknown_code_is_grey_and_goes_by_its_id() -> None:
    assert (family("wild_guess"), label("wild_guess")) == (0, "Wild guess")
