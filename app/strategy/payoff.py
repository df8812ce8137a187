"""Payoff: which micro personas are worth having: each judged, ranked by value against effort, two or three to start.

The rank is by (conditions met) × (place in value) ÷ (effort 1 to 3): nothing finer would be honest. A start needs half
of the conditions that could be judged, two at least. Who meets fewer although most could be judged, and decides with
others of an account, is worth having only within buying centres; all others come later.
"""

from collections.abc import Sequence

from app.models.crm import CrmPatterns
from app.models.payoff import Call, Effort, Finding, Judgement, Payoff, PayoffSpec, Worth
from app.models.persona import MicroPersona
from app.strategy.grounds import Grounds
from app.strategy.judging import Judge
from app.strategy.words import listed
from app.strategy.worth import effort_of, worth_of

# Start with two or three, then expand.
MOST_STARTS = 3
MIN_MET = 2
STEPS = {"low": 1, "medium": 2, "high": 3}


def judge_payoffs(grounds: Grounds, specs: Sequence[PayoffSpec], crm: CrmPatterns | None) -> list[Payoff]:
    """One for each micro persona, best first."""
    judge = Judge(grounds, specs)
    drafts = []
    for micro in grounds.micros:
        judgements = [judge.judge(spec, micro) for spec in specs]
        worth = worth_of(micro, grounds, crm)
        drafts.append((micro, judgements, worth, effort_of(micro, grounds.fields, worth, crm)))
    places = _places([worth for _, _, worth, _ in drafts])
    scored = [
        (-_score(draft[1], place, draft[3]), draft[0].id, draft) for draft, place in zip(drafts, places, strict=True)
    ]
    return _called([draft for _, _, draft in sorted(scored, key=lambda row: row[:2])])


def _places(worths: Sequence[Worth]) -> list[float]:
    """Each worth's place among all, in (0, 1]: by amount where all have one, else by people and intensity."""
    known = all(worth.amount is not None for worth in worths)
    keys = [(worth.amount or 0.0) if known else worth.people * worth.intensity for worth in worths]
    return [sum(other <= key for other in keys) / len(keys) for key in keys]


def _score(judgements: Sequence[Judgement], place: float, effort: Effort) -> float:
    return len(_met(judgements)) * place / STEPS[effort.level]


def _called(drafts: Sequence[tuple[MicroPersona, list[Judgement], Worth, Effort]]) -> list[Payoff]:
    payoffs: list[Payoff] = []
    for rank, (micro, judgements, worth, effort) in enumerate(drafts, 1):
        starts = sum(one.call is Call.START for one in payoffs)
        call, why = _call(judgements, effort, starts)
        payoffs.append(Payoff(
            persona_id=micro.id, name=micro.name, judgements=judgements, worth=worth, effort=effort,
            rank=rank, call=call, why=why,
        ))  # fmt: skip
    return payoffs


def _call(judgements: Sequence[Judgement], effort: Effort, starts: int) -> tuple[Call, str]:
    conditions = [one for one in judgements if one.kind == "condition"]
    met, judged = _met(judgements), [one for one in conditions if one.finding is not Finding.NOT_EVALUABLE]
    told = f"{len(met)} of {len(conditions)} conditions met" + _unjudged(len(conditions) - len(judged))
    if len(met) >= max(MIN_MET, len(judged) / 2):
        if starts < MOST_STARTS:
            return Call.START, f"{told}; effort {effort.level} (inferred)"
        return (
            Call.LATER,
            f"{told}, but {MOST_STARTS} to start with are enough; expand once they have proven themselves",
        )
    if 2 * len(judged) > len(conditions) and _others_decide(judgements):
        return Call.BUYING_CENTRE, f"{told}, and they decide together with others of their accounts: serve them there"
    missing = listed([one.label.lower() for one in conditions if one.finding is not Finding.MET])
    return Call.LATER, f"{told}; first find out about: {missing}"


def _unjudged(n: int) -> str:
    return f" ({n} not evaluable)" if n else ""


def _met(judgements: Sequence[Judgement]) -> list[Judgement]:
    return [one for one in judgements if one.kind == "condition" and one.finding is Finding.MET]


def _others_decide(judgements: Sequence[Judgement]) -> bool:
    return any(one.spec_id == "account_based" and one.finding is Finding.MET for one in judgements)
