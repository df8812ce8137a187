"""Mentions: who of an account is meant by a name, a role or a department, and how far a passage goes."""

import pytest
from small_directory import directory

from app.synthesis.buying.mentions import passages
from retrieval.embeddings import MiniLM


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yuki did that.", {"P2": "name"}),
        ("There was an analyst in sales who tried.", {"P2": "role"}),
        ("Sales had picked the winner.", {"P1": "department"}),
        ("Then it went to purchasing.", {"P3": "department"}),
        ("IT won't open the port.", {"P4": "department"}),
        ("It won't open.", {}),
        ("We sell forty procurement guides.", {}),
    ],
    ids=["name", "role in two words", "shared department: its head", "department by another name", "abbreviation",
         "pronoun like an abbreviation", "department as a thing"],
)  # fmt: skip
def test_who_is_meant(embedder: MiniLM, text: str, found: dict[str, str]) -> None:
    assert directory(embedder, "Nothing to say here.")[1].mentioned(text) == found


def test_nobody_mentions_themselves_or_their_own_department(embedder: MiniLM) -> None:
    assert directory(embedder, "Nothing to say here.")[1].mentioned("Sales had picked the winner.", "P1") == {}


def test_a_passage_runs_to_the_next_colleague(embedder: MiniLM) -> None:
    said = (
        "I sell drills.",
        "Yuki wants more.",
        "She asks every day.",
        "Then it went to procurement.",
        "It sits there.",
    )
    account, found = directory(embedder, *said)
    assert [(one.about, one.rows) for one in passages(account, found)] == [("P2", (1, 2)), ("P3", (3, 4))]
