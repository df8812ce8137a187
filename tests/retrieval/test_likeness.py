"""The price of a difference between two wordings. All examples are invented."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.concordance import Concordance
from retrieval.likeness import CONTENT, MOST_COST, SMALL, TYPO, WEIGHTY, Likeness, align
from retrieval.likeness import nearest as nearest_in
from retrieval.wording import BARRIER

SAID = ["we", "signed", "the", "contract", "in", "march", "because", "the", "old", "printer", "never", "worked"]


def nearest(quote: list[str], words: list[str]) -> Likeness | None:
    return nearest_in(quote, Concordance(words))


def cost(words: str) -> float:
    found = align(words.split(), SAID, most=inf)
    assert found, "the words can be aligned at some price"
    return found.cost


@pytest.mark.parametrize(
    ("words", "price"),
    [
        pytest.param("signed the contract in march because", 0.0, id="the same words"),
        pytest.param("signed the contarct in march because", TYPO, id="letters swapped"),
        pytest.param("signed contract in march because", SMALL, id="a small word dropped"),
        pytest.param("signed the contract in a march because", SMALL, id="a small word added"),
        pytest.param("signed the contract in april because", 2 * CONTENT, id="a content word changed"),
        pytest.param("signed the whole contract in march because", CONTENT, id="a content word added"),
        pytest.param("because the two old printer never worked", WEIGHTY, id="a number added"),
        pytest.param("because the old printer ever worked", WEIGHTY, id="a negation one letter away"),
    ],
)
def test_every_difference_has_its_price(words: str, price: float) -> None:
    assert cost(words) == price


def test_the_passage_found_is_the_one_that_stands_there() -> None:
    found = nearest(["the", "old", "printr", "never", "worked"], SAID)
    assert found and SAID[found.first : found.last] == ["the", "old", "printer", "never", "worked"]


@pytest.mark.parametrize(
    "quote",
    ["because the old printer worked", "ever worked because the old printer", "do open the contract"],
    ids=["a negation dropped", "an end in front", "a first word that is not there"],
)
def test_a_negation_is_never_stepped_round(quote: str) -> None:
    words = ["i", "don't", "open", "the", "contract", "because", "the", "old", "printer", "never", "worked"]
    found = nearest(quote.split(), words)
    assert found is None or not found.near


def test_letters_swapped_in_a_number_are_a_slip() -> None:
    found = nearest(["we", "hung", "foutreen", "boxes", "on", "it"], ["we", "hung", "fourteen", "boxes", "on", "it"])
    assert found and found.near


def test_nothing_is_worth_a_look_where_few_words_are_shared() -> None:
    assert nearest(["purple", "elephants", "rarely", "dance", "in", "the", "kitchen"], SAID) is None
    assert nearest(["signed"], []) is None


@pytest.mark.parametrize(
    ("price", "words", "near"),
    [(0.0, 3, True), (0.0, 2, False), (2.0, 10, True), (2.5, 10, False), (2.5, 40, True), (3.0, 40, False)],
    ids=[
        "three words",
        "two words",
        "a fifth",
        "more than a fifth",
        "five small words of many",
        "a word out and one in",
    ],
)
def test_near_has_a_limit(price: float, words: int, near: bool) -> None:
    assert Likeness(0, words, price, words).near is near


TALK = st.lists(st.sampled_from(["we", "pay", "for", "the", "tool", "tolo", "not", "june", "two", "2"]), max_size=14)


@given(TALK.filter(bool), TALK)
def test_giving_up_early_changes_no_answer(quote: list[str], words: list[str]) -> None:
    thorough, quick = align(quote, words, most=inf), align(quote, words)
    assert quick == (thorough if thorough and thorough.cost <= MOST_COST else None)


@pytest.mark.parametrize(
    "quote",
    [
        "their contract was signed in march because the printer",
        "signed the contract harbour",
        "the harbour contract in march because the old printer",
        "harbour we signed the contract in march",
        "we signed the contract in march because the old harbour actually",
    ],
    ids=["another person", "at the end", "in a word's place", "in front", "before a small word at the end"],
)
def test_a_changed_word_is_not_hidden_at_an_end(quote: str) -> None:
    words = [
        "we",
        "signed",
        "my",
        "contract",
        "in",
        "march",
        "because",
        "the",
        "old",
        "printer",
        "never",
        "worked",
        "actually",
    ]
    assert nearest(quote.split(), words) is None


def test_a_stammer_left_out_costs_little() -> None:
    said = ["and", "our", "our", "vendors", "promised", "promised", "us", "three", "three", "things", "last", "year"]
    found = nearest(["our", "vendors", "promised", "us", "three", "things", "last", "year"], said)
    assert found and (found.first, found.cost) == (2, 2 * SMALL)


def test_a_barrier_is_never_passed_and_no_number() -> None:
    words = ["we", "tried", "the", "tool", BARRIER, "then", "we", "stopped", "using", "it"]
    assert nearest(["we", "tried", "the", "tool", "then", "we", "stopped"], words) is None
    found = nearest(["than", "we", "stopped", "using", "it"], words)
    assert found and (found.first, found.last) == (5, 10)
