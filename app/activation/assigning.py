"""Assigning: a persona and a micro persona, or none, for each contact, with the reasons in words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.activation.contacts import Contact
from app.activation.scoring import Definition, Score, best
from app.activation.testing import Values, holds
from app.models.assignment import Assignment, Condition, Level, Placed, RuleBook, SegmentRules, Suppression, Test

# CRMs hold few kinds of contacts: what was told of the last ones is told again without being worked out.
KINDS = 20_000
SIGNS = {"=": "is", "!=": "is not", ">=": "is at least", "<=": "is at most", "contains": "contains"}


class Assigner:
    """Assigns contacts by a rule book. It remembers kinds of contacts (values of fields) only, and only while it
    lives."""

    def __init__(self, book: RuleBook):
        self.book = book
        self._levels = {level.parent_id: level for level in book.levels}
        self._kind = lru_cache(KINDS)(self._judge)

    def assign(self, contact: Contact) -> Assignment:
        judged = self._kind(tuple(sorted(contact.values.items())))
        return judged.model_copy(update={"line": contact.line, "keys": dict(contact.keys)})

    def _judge(self, given: tuple[tuple[str, str], ...]) -> Assignment:
        values = dict(given)
        macro, micro = self._placed(None, values), Placed()
        if macro.segment_id:
            micro = self._placed(macro.segment_id, values)
        level = self._levels.get(macro.segment_id if macro.segment_id else None)
        undecided = level if level and not (micro.segment_id if macro.segment_id else macro.segment_id) else None
        return Assignment(
            line=0, macro=macro, micro=micro, missing=_missing(self._levels.get(None), values),
            ask=_question(undecided), suppressed=_suppressed(self.book.suppression, values),
        )  # fmt: skip

    def _placed(self, parent_id: str | None, values: Values) -> Placed:
        level = self._levels.get(parent_id)
        if level is None:
            return Placed(why=["There is nothing to tell apart here: fewer than two segments."])
        score = best([Definition(one.segment_id, one.prior, one.conditions) for one in level.segments], values)
        rules = {one.segment_id: one for one in level.segments}
        if score is None:
            return Placed(why=["Nothing known of this contact speaks for one segment above the others."])
        found = rules[score.id]
        if level.bar.confidence is None or score.confidence < level.bar.confidence:
            return Placed(confidence=score.confidence, why=_why_not(level, score, found))
        return Placed(segment_id=found.segment_id, persona_id=found.persona_id, name=found.name,
                      confidence=score.confidence, why=[reason(one) for one in score.held])  # fmt: skip


def reason(condition: Condition) -> str:
    """“role contains “head”: 5 of 6 in this segment, 1 of 10 others”."""
    counted = f"{condition.k} of {condition.n} in this segment, {condition.rest_k} of {condition.rest_n} others"
    return f"{in_words(condition)}: {counted}"


def in_words(test: Test) -> str:
    return f"{test.field.replace('_', ' ')} {SIGNS[test.operator]} “{test.value}”"


def _why_not(level: Level, score: Score, found: SegmentRules) -> list[str]:
    nearest = f"Nearest is {found.name} ({score.confidence:.0%})"
    if level.bar.confidence is None:
        told = "no confidence told this study's own participants apart better than naming the largest segment would"
        return [f"{nearest}, but {told}."]
    return [
        f"{nearest}, below the {level.bar.confidence:.0%} from which this study's own participants were told apart."
    ]


def _missing(level: Level | None, values: Mapping[str, str]) -> list[str]:
    """Fields that some macro segment's rule tests and the contact lacks."""
    tested = [one.field for rules in (level.segments if level else []) for one in rules.conditions]
    return [field for field in dict.fromkeys(tested) if field not in values]


def _question(level: Level | None) -> str:
    """The question that tells the level's segments apart best."""
    asks = [ask for one in (level.segments if level else []) for ask in one.ask]
    asks.sort(key=lambda one: (-(one.k / one.n - one.rest_k / max(one.rest_n, 1)), one.question))
    return asks[0].question if asks else ""


def _suppressed(rules: Sequence[Suppression], values: Values) -> str:
    """Which rule holds, and by which tests."""
    for rule in rules:
        held = [test for test in rule.tests if holds(test, values)]
        if len(held) >= rule.k:
            tests = "; ".join(in_words(test) for test in held)
            return f"{rule.name}: {len(held)} of {len(rule.tests)} tests hold, {rule.k} are enough ({tests})"
    return ""
