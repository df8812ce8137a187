"""segment-rules.json: the rules by which a CRM can tell segments, as far as it can. No words that anybody said."""

import json

from app.activation.questions import find_asks
from app.activation.rules import rule_book
from app.exports.outgoing import Outgoing
from app.models.assignment import RuleBook
from app.strategy.grounds import Grounds


def segment_rules(out: Outgoing) -> str:
    return json.dumps(book_of(out).model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def book_of(out: Outgoing) -> RuleBook:
    """The rule book; without levels where there is no persona."""
    if not out.cast.macros:
        return rule_book(out.cast, {})
    bench = out.bench.for_study(out.study_id)
    return rule_book(out.cast, find_asks(Grounds(out.cast, out.material, bench.fields, bench.embedder, [])))
