"""segment-rules.json: the rules by which a CRM can tell segments, as far as it can. No words that anybody said."""

import json

from app.activation.loading import load_rule_book
from app.activation.rules import rule_book, suppressions
from app.errors import InsufficientEvidence
from app.exports.outgoing import Outgoing
from app.models.assignment import RuleBook


def segment_rules(out: Outgoing) -> str:
    return json.dumps(book_of(out).model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def book_of(out: Outgoing) -> RuleBook:
    """The rule book that contacts are assigned by, with the poor fits as they go out; without levels where there are
    no two segments to tell apart."""
    try:
        book = load_rule_book(out.bench, out.study_id)
    except InsufficientEvidence:
        return rule_book(out.cast, {})
    return book.model_copy(update={"suppression": list(suppressions(out.cast))})
