"""Mentions: who of an account is meant by a name, a role or a department, and how far a passage goes."""

import pytest
from small_study import evidence_in, source_of

from app.models.buying_cues import load_buying_cues
from app.models.study import Study
from app.synthesis.buying.mentions import Directory, passages
from app.synthesis.buying.statements import Account, Statement
from app.synthesis.material import Material
from retrieval.embeddings import MiniLM
from retrieval.evidence import Participant

ROLES = {"P1": "Head of sales", "P2": "Sales analyst", "P3": "Procurement manager", "P4": "IT engineer"}


def directory(embedder: MiniLM, *said: str) -> tuple[Account, Directory]:
    """An account in which P1 says the sentences; P2 is called Yuki in the transcript."""
    people = [Participant(id=one, attributes={"role": role}) for one, role in ROLES.items()]
    mine, hers = source_of("P1", *said), source_of("P2", "I count what is left.")
    named = hers.model_copy(
        update={
            "speakers": [
                one.model_copy(update={"label": "Yuki"}) if one.participant_id else one for one in hers.speakers
            ],
            "turns": [one.model_copy(update={"speaker": "Yuki"}) if one.index else one for one in hers.turns],
        }
    )
    material = Material(Study(id="s", name="S"), people, [mine, named], [], [], None)
    statements = [Statement(evidence_in(mine, sentence), 1) for sentence in said]
    account = Account("Acme", people, statements, embedder)
    return account, Directory(account, material, load_buying_cues())


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
