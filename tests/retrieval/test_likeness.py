"""The price of a difference between two wordings. All examples are invented."""

import pytest

from retrieval.likeness import CONTENT, SMALL, TYPO, WEIGHTY, Likeness, nearest

SAID = ["we", "signed", "the", "contract", "in", "march", "because", "the", "old", "printer", "never", "worked"]


def cost(words: str) -> float:
    found = nearest(words.split(), SAID)
    assert found
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
