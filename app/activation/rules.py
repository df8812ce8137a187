"""Rules: a study's rule book: the segments' conditions, the questions only a conversation answers, and the bars.

    book = rule_book(cast, asks)
    cases = cases_of(cast)            # what the book was learnt from: for trying it

Equal casts give equal books.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.activation.fields import field_of, who_somebody_is
from app.activation.learning import SMALL, Ground, learn
from app.activation.questions import Asks
from app.activation.scoring import prior_of
from app.activation.trying import Groups, sure_bar
from app.models.assignment import Bar, Level, RuleBook, SegmentRules, Suppression, Test
from app.models.cast import Cast
from app.models.field import Level as Kind
from app.models.negative_persona import NegativePersona
from app.models.segment import Segment
from retrieval.evidence import Participant

SOURCE = (
    "participants.csv and CRM attributes of the participants; log-likelihood ratios with half a person added to each "
    "count; the bar by leaving out each participant with their colleagues"
)


@dataclass(frozen=True)
class Case:
    """Segments to be told from each other, with what they are learnt from."""

    parent_id: str | None
    segments: Sequence[Segment]
    ground: Ground
    groups: Groups


def cases_of(cast: Cast) -> list[Case]:
    """The macro segments, and under each macro segment its micro segments where there are two or more."""
    known = {one.id: one for one in cast.participants}
    ground = Ground({one: _values(known[one]) for one in _heard(cast)})
    account = {one.id: one.attributes.get("account", "") for one in cast.participants}
    macros = cast.segments.macros
    inside = [(macro, _micros(cast, macro)) for macro in macros]
    cases = [Case(None, macros, ground, _groups(macros, list(ground.people), account))] if len(macros) > 1 else []
    return cases + [
        Case(macro.id, micros, ground, _groups(micros, macro.participant_ids, account))
        for macro, micros in inside
        if len(micros) > 1
    ]


def rule_book(cast: Cast, asks: Asks) -> RuleBook:
    """The book of a study's segments; `asks` are the questions that tell them apart."""
    cases = cases_of(cast)
    return RuleBook(
        study_id=cast.study.id,
        study=cast.study.name,
        source=SOURCE,
        levels=[_level(case, cast, asks) for case in cases],
        suppression=list(suppressions(cast)),
        left_out=cases[0].ground.left_out if cases else {},
    )


def _heard(cast: Cast) -> list[str]:
    """Everybody in a segment or known to be in none, by id."""
    placed = {person for one in cast.segments.macros for person in one.participant_ids}
    return sorted(placed | {one.participant_id for one in cast.segments.uncovered})


def _values(person: Participant) -> dict[str, str]:
    named = ((field_of(header), value) for header, value in person.attributes.items())
    return {field: value for field, value in named if field}


def _micros(cast: Cast, macro: Segment) -> list[Segment]:
    return [one for one in cast.segments.children(macro.id) if one in cast.segments.drafted]


def _groups(segments: Sequence[Segment], people: Sequence[str], account: dict[str, str]) -> Groups:
    members = {one.id: one.participant_ids for one in segments}
    placed = {person for own in members.values() for person in own}
    return Groups(members, [one for one in people if one not in placed], account)


def _level(case: Case, cast: Cast, asks: Asks) -> Level:
    bar = sure_bar(case.ground, case.groups)
    segments = [_segment(one, case, cast, asks, bar) for one in case.segments]
    return Level(parent_id=case.parent_id, bar=bar, segments=segments)


def _segment(one: Segment, case: Case, cast: Cast, asks: Asks, bar: Bar) -> SegmentRules:
    others = case.groups.beside(one.id)
    drawn = {persona.segment_id: persona.id for persona in cast.personas if persona.kind in (Kind.MACRO, Kind.MICRO)}
    return SegmentRules(
        segment_id=one.id, persona_id=drawn.get(one.id), name=one.name,
        level="micro" if case.parent_id else "macro", parent_id=case.parent_id, members=len(one.members),
        others=len(others), prior=prior_of(len(one.members), len(others)),
        conditions=learn(case.ground, one.participant_ids, others),
        ask=asks.get(one.id, []),
        caution=_caution(len(one.members), bar),
    )  # fmt: skip


def _caution(members: int, bar: Bar) -> str:
    small = f"Learnt from {members} people." if members < SMALL else ""
    none = "Attributes alone do not tell it from the others: nobody is assigned. Ask." if bar.confidence is None else ""
    return " ".join(one for one in (small, none) if one)


def suppressions(cast: Cast) -> Iterator[Suppression]:
    """The rules of negative personas, but none that has a test on a protected attribute."""
    for persona in cast.personas:
        if not isinstance(persona, NegativePersona):
            continue
        tests = [Test(field=one.field, operator=one.operator, value=one.value) for one in persona.disqualifiers]
        if any(who_somebody_is(f"{one.field.replace('_', ' ')} {one.value}") for one in tests):
            continue
        yield Suppression(persona_id=persona.id, name=persona.name, k=persona.suppression_rule.k, tests=tests,
                          review_due=persona.review_due)  # fmt: skip
