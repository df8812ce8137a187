"""Likeness: a clause of a long sentence counts as much as a sentence of its own."""

from small_study import evidence_in, source_of

from app.synthesis.buying.likeness import Clauses
from app.synthesis.buying.statements import Statement
from retrieval.embeddings import MiniLM

LONG = "I came here from the coast eleven years ago, and nothing goes live without my approval, which surprises people."


def test_a_clause_is_as_near_as_it_would_be_alone(embedder: MiniLM) -> None:
    source = source_of("P1", LONG, "Without my approval nothing goes live.", "The soup was cold.")
    rows = [LONG, "Without my approval nothing goes live.", "The soup was cold."]
    clauses = Clauses([Statement(evidence_in(source, row), 1) for row in rows], embedder)
    long, short, other = clauses.likeness(["Nothing goes live without my approval."])
    assert long > 0.8 and short > 0.8 and other < 0.3
