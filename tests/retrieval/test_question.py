"""Questions taken apart. All of them are invented."""

import pytest

from retrieval.question import main_clause, telling_words, words_of


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("What did they say when they talked about the price?", "What did they say"),
        ("Who objected to the plan, while the others agreed?", "Who objected to the plan"),
        ("What was bought During the winter and when?", "What was bought"),
        ("When is it due?", "When is it due?"),
        ("Why, when it rained?", "Why, when it rained?"),
        ("What happens whenever it rains?", "What happens whenever it rains?"),
        ("", ""),
    ],
    ids=[
        "when",
        "a comma before while",
        "capital, first of two",
        "begins with when",
        "little left",
        "whenever",
        "empty",
    ],
)
def test_the_main_clause_ends_where_the_place_to_look_begins(question: str, clause: str) -> None:
    assert main_clause(question) == clause


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("What did the team think about the price of batteries?", ["price", "batteries"]),
        ("Summarize the discussion", ["summarize", "the", "discussion"]),
        ("Was kostet der Strom?", ["kostet", "der", "strom"]),
        ("?!", []),
    ],
    ids=["function words and words of asking go", "nothing telling: all stay", "another language", "marks only"],
)
def test_telling_words_say_what_it_is_about(question: str, telling: list[str]) -> None:
    assert telling_words(question) == telling


def test_names_of_who_speaks_are_left_out() -> None:
    assert telling_words("What does Dana Smith fear?", {"Dana Smith", "P02"}) == ["fear"]
    assert telling_words("Dana?", {"Dana"}) == ["dana"]


def test_words_are_lower_case_without_marks() -> None:
    assert words_of("Größe: “S”, 3.5 €!") == ["größe", "s", "3", "5"]
