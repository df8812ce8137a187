"""A document is cut into statements, quotations with their speakers, and what nobody can check."""

import pytest

from app.audit.pieces import Piece, cut

CLAIM = "Finance signs whatever costs more than a van."
WAIT = "They wait for months."
TERM = "They call it “the long wait” in jest."


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param(f"{CLAIM} They wait for months.", [Piece(CLAIM), Piece("They wait for months.")], id="sentences"),
        pytest.param("Finance signs whatever\ncosts more than a van.", [Piece(CLAIM)], id="a wrapped paragraph"),
        pytest.param(f"- {CLAIM}\n- **They** wait for months.", [Piece(CLAIM), Piece(WAIT)], id="list"),
        pytest.param("## What she needs", [Piece("What she needs", checkable=False)], id="heading"),
        pytest.param("**Age:** 47", [Piece("Age: 47", checkable=False)], id="age"),
        pytest.param("![Greta at work](greta.jpg)", [Piece("Greta at work", checkable=False)], id="caption"),
        pytest.param("Goals", [Piece("Goals", checkable=False)], id="label alone"),
        pytest.param("> We wait for months.\n> — P02", [Piece("We wait for months.", True, "P02")], id="block quote"),
        pytest.param('> "We wait for months." (P02)', [Piece("We wait for months.", True, "P02")], id="marked"),
        pytest.param("> We wait for months.", [Piece("We wait for months.", True)], id="nobody's quote"),
        pytest.param("“We wait for months.” — P02", [Piece("We wait for months.", True, "P02")], id="quote on a line"),
        pytest.param("P02: “We wait for months.”", [Piece("We wait for months.", True, "P02")], id="speaker before"),
        pytest.param(
            f"{CLAIM} “We wait for many months.”", [Piece(CLAIM), Piece("We wait for many months.", True)],
            id="quote in a paragraph",
        ),
        pytest.param(TERM, [Piece(TERM)], id="a term"),
        pytest.param(f"| Budget | {CLAIM} |\n|---|---|", [Piece(f"Budget: {CLAIM}")], id="table"),
        pytest.param("---\n\n***", [], id="rules"),
    ],
)  # fmt: skip
def test_a_document_is_cut(text: str, pieces: list[Piece]) -> None:
    assert cut(text) == pieces


def test_a_label_before_a_statement_is_no_part_of_the_claim() -> None:
    assert Piece(f"Budget: {CLAIM}").claim == CLAIM
    assert Piece(CLAIM).claim == CLAIM
