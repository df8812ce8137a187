"""Next questions: for every gap an open question and whom to ask, the most useful first.

A gap is a field without evidence, a condition that could not be judged, or a segment without a persona. Whom to
ask are the people of those segments who have not spoken of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from app.models.claim import Status
from app.models.payoff import Finding, Payoff, PayoffSpec
from app.models.persona import Persona
from app.models.strategy import NextQuestion
from app.strategy.grounds import Grounds
from app.strategy.words import count
from app.synthesis.hearing import people

# More people than this in one row is a survey.
MOST_ASKED = 5


@dataclass
class _Gap:
    about: str
    question: str
    codes: Sequence[str]
    why: str
    serves: list[Persona] = field(default_factory=list)


def plan_questions(grounds: Grounds, payoffs: Sequence[Payoff], specs: Sequence[PayoffSpec]) -> list[NextQuestion]:
    """What most personas lack comes first, and of equals what could not be judged."""
    gaps = _most_needed([*_open_judgements(grounds, payoffs, specs), *_silent_fields(grounds)])
    return [*(_question(gap, grounds) for gap in gaps), *_refused(grounds)]


def _open_judgements(grounds: Grounds, payoffs: Sequence[Payoff], specs: Sequence[PayoffSpec]) -> list[_Gap]:
    personas = {one.id: one for one in grounds.cast.personas}
    gaps = []
    for spec in specs:
        lacking = [personas[payoff.persona_id] for payoff in payoffs for one in payoff.conditions
                   if one.spec_id == spec.id and one.finding is Finding.NOT_EVALUABLE]  # fmt: skip
        if lacking:
            why = f"whether it is met could not be judged for {count(len(lacking), 'micro persona')}"
            gaps.append(_Gap(spec.label, spec.ask, spec.codes, why, lacking))
    return gaps


def _silent_fields(grounds: Grounds) -> list[_Gap]:
    gaps = []
    for spec in grounds.fields:
        carrying = [one for one in grounds.cast.personas if one.kind in spec.levels]
        lacking = [one for one in carrying if any(claim.status is Status.NO_EVIDENCE for claim in one.field(spec.id))]
        if lacking:
            why = f"no evidence yet in {len(lacking)} of {count(len(carrying), 'persona')}"
            gaps.append(_Gap(spec.label, spec.ask, spec.codes, why, lacking))
    return gaps


def _most_needed(gaps: list[_Gap]) -> list[_Gap]:
    return sorted(gaps, key=lambda gap: -len(gap.serves))


def _question(gap: _Gap, grounds: Grounds) -> NextQuestion:
    group = _in_turn([persona.sample.participants for persona in reversed(gap.serves)])
    spoken = people(grounds.said_by(group, gap.codes))
    silent = [one for one in group if one not in spoken]
    return NextQuestion(
        about=gap.about,
        question=gap.question,
        ask=(silent or group)[:MOST_ASKED],
        serves=[persona.name for persona in gap.serves],
        why=gap.why if silent else f"{gap.why}: all of them touched on it, no two alike",
    )


def _in_turn(groups: Sequence[Sequence[str]]) -> list[str]:
    """One of each group, then the next of each, so that the first few are not all of one kind."""
    rows = zip_longest(*groups)
    return list(dict.fromkeys(one for row in rows for one in row if one is not None))


def _refused(grounds: Grounds) -> list[NextQuestion]:
    """For a segment without a persona: what would set it apart, asked of its members."""
    found = []
    for refusal in grounds.cast.refused:
        segment = grounds.cast.segments.get(refusal.segment_id)
        members = segment.participant_ids if segment else []
        found.append(NextQuestion(
            about=f"The segment “{refusal.name}”", question=grounds.fields[0].ask, ask=members[:MOST_ASKED], serves=[],
            why=f"it has no persona: {refusal.reason}",
        ))  # fmt: skip
    return found
