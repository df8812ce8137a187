"""The advice section: what to do first, which micro personas pay off and why, with the words it rests on."""

from collections.abc import Iterable, Mapping, Sequence

from app.models.claim import Citation
from app.models.evidence import Evidence
from app.models.payoff import Finding, Judgement, Payoff
from app.models.strategy import Strategy
from app.playbook.advice_view import AdviceView, JudgementView, PatternView, PayoffView, SignalView
from app.playbook.personas import PersonaDesk
from app.playbook.quotes import Use
from app.strategy.words import figure, ranged

ANCHOR = "advice"
# The words a judgement is shown with; the others are in `dramatis strategy --json`.
QUOTES = 2


def advice_citations(strategy: Strategy | None) -> Iterable[Citation]:
    """Every citation the section shows."""
    for payoff in strategy.payoffs if strategy else []:
        for judgement in payoff.judgements:
            yield from _shown(judgement)


def advice(desk: PersonaDesk, strategy: Strategy, evidence: Sequence[Evidence]) -> AdviceView:
    """The section; `evidence` says under which code a quote is marked in the transcripts.

    Raises what `QuoteDesk.quote` raises where a quote does not hold."""
    crm, told = strategy.crm, " ".join(strategy.first_steps)
    codes = {one.id: max(one.firm, key=one.codes.__getitem__) for one in evidence if one.firm}
    return AdviceView(
        steps=strategy.first_steps,
        payoffs=[_payoff(desk, one, codes) for one in strategy.payoffs],
        how_many=[one for one in strategy.coverage.sentences[1:] if one not in told],
        crm=crm.sentences if crm else [],
        patterns=[
            PatternView(one.name, one.accounts, ranged(one.value), ranged(one.days_to_close),
                        ranged(one.conversion, share=True), one.caution)
            for one in (crm.by_label if crm else [])
        ],
        signals=[
            SignalView(one.question, one.listen_for, one.segment, one.k, one.n, one.rest_k, one.rest_n)
            for one in strategy.signals[:6]
        ],
        saturation=strategy.saturation.sentences,
        readiness=[(one.what, one.ok, one.figure, one.remedy) for one in strategy.readiness],
    )  # fmt: skip


def _payoff(desk: PersonaDesk, payoff: Payoff, codes: Mapping[str, str]) -> PayoffView:
    writer = desk.writers[payoff.persona_id]
    return PayoffView(
        ref=writer.ref,
        href="#" + writer.persona_anchor,
        name=payoff.name,
        call=payoff.call.value,
        start=payoff.call.value == "start",
        why=payoff.why,
        value=_value(payoff),
        basis=payoff.worth.basis,
        effort=payoff.effort.level,
        reasons=payoff.effort.reasons,
        judgements=[_judgement(desk, writer.ref, one, codes) for one in _told(payoff)],
    )


def _told(payoff: Payoff) -> list[Judgement]:
    """All conditions, and the scenarios that are met."""
    return payoff.conditions + [one for one in payoff.scenarios if one.finding is Finding.MET]


def _judgement(desk: PersonaDesk, ref: str, one: Judgement, codes: Mapping[str, str]) -> JudgementView:
    uses = [(shown, Use(ref, f"#{ANCHOR}", codes.get(shown.evidence_id, "context"))) for shown in _shown(one)]
    quotes = [desk.quotes.quote(shown, use) for shown, use in uses]
    return JudgementView(one.label, one.finding.value, one.finding is Finding.MET, one.why, quotes, one.ask)


def _shown(one: Judgement) -> list[Citation]:
    return one.citations[:QUOTES] if one.finding is Finding.MET else []


def _value(payoff: Payoff) -> str:
    worth = payoff.worth
    if worth.amount is None:
        return f"{worth.people} people heard"
    days = f", {figure(worth.days_to_close)} days to close" if worth.days_to_close is not None else ""
    return f"{figure(worth.amount)}{days}"
