"""Loading: a study's rule book, as it stands now."""

from app.activation.questions import find_asks
from app.activation.rules import rule_book
from app.errors import InsufficientEvidence
from app.models.assignment import RuleBook
from app.strategy.grounds import load_grounds
from app.workbench import Workbench


def load_rule_book(bench: Workbench, study_id: str) -> RuleBook:
    """Made once for each state of the database, as fixing the bars takes seconds.

    NotFound where there is no such study, InsufficientEvidence where it has no two segments to tell apart."""
    return bench.store.remembered.get(("rule book", study_id), lambda: _load(bench, study_id))


def _load(bench: Workbench, study_id: str) -> RuleBook:
    grounds = load_grounds(bench.for_study(study_id), study_id)
    book = rule_book(grounds.cast, find_asks(grounds))
    if not book.levels:
        found = len(grounds.cast.segments.macros)
        raise InsufficientEvidence("assigning contacts", found, 2, "Two macro segments are needed: run the study first")
    return book
