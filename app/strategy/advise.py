"""Advise: the strategy of a study from top to bottom.

grounds → CRM → coverage → merging → payoff → signals → questions → saturation → diversity → readiness
→ first steps, which only repeat in order what the rest has found
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.intake.crm import figures_of
from app.models.crm import CrmPatterns
from app.models.payoff import Call, Payoff, load_payoff
from app.models.strategy import Check, Coverage, Merge, NextQuestion, Strategy
from app.strategy.coverage import judge_coverage
from app.strategy.crm_patterns import find_patterns
from app.strategy.diversity import measure_diversity
from app.strategy.grounds import Grounds, load_grounds
from app.strategy.merging import propose_merges
from app.strategy.next_questions import plan_questions
from app.strategy.payoff import judge_payoffs
from app.strategy.readiness import check_readiness
from app.strategy.saturation import measure_saturation
from app.strategy.signals import find_signals
from app.strategy.words import listed
from app.workbench import Workbench
from retrieval.errors import UnreadableSource
from retrieval.readers import TableKind, open_tables

NAME_COLUMNS = "Name a column account and one of lifetime_value, days_to_close, stage, assigned_segment or the like"


def advise(bench: Workbench, study_id: str, crm: Path | None = None) -> Strategy:
    """The advice on the personas as they stand; `crm` is read in the place of what ingest kept.

    Raises NotFound for an unknown study, InsufficientEvidence where there are no personas, UnreadableSource for a CRM
    table that cannot be used.
    """
    grounds = load_grounds(bench, study_id)
    specs = load_payoff()
    patterns = _patterns(bench, grounds, crm)
    coverage = judge_coverage(grounds, patterns)
    merges = propose_merges(grounds)
    payoffs = judge_payoffs(grounds, specs, patterns)
    questions = plan_questions(grounds, payoffs, specs)
    saturation = measure_saturation(grounds)
    readiness = check_readiness(grounds, coverage, saturation)
    return Strategy(
        study_id=study_id,
        study=grounds.cast.study.name,
        first_steps=_first_steps(coverage, merges, payoffs, questions, readiness),
        coverage=coverage,
        merges=merges,
        payoffs=payoffs,
        crm=patterns,
        signals=find_signals(grounds),
        questions=questions,
        saturation=saturation,
        diversity=measure_diversity(grounds),
        readiness=readiness,
    )


def _patterns(bench: Workbench, grounds: Grounds, crm: Path | None) -> CrmPatterns | None:
    study_id = grounds.cast.study.id
    with bench.store.transaction() as tx:
        if crm is None:
            return find_patterns(grounds, tx.accounts.each(study_id))
        tables = [one for one in open_tables(crm) if TableKind.CRM in one.kinds]
        found = find_patterns(grounds, (one for table in tables for one in figures_of(tx, study_id, table)))
    if found is None:
        raise UnreadableSource(crm.name, "it holds no figures of accounts", NAME_COLUMNS, 1)
    return found


def _first_steps(
    coverage: Coverage, merges: Sequence[Merge], payoffs: Sequence[Payoff], questions: Sequence[NextQuestion],
    readiness: Sequence[Check],
) -> list[str]:  # fmt: skip
    """What to do, in order: merge, start, wait, ask, mend."""
    merging = [f"Merge “{one.name}” into “{one.into_name}” as a micro persona: {one.why}" for one in merges]
    return [*merging, *_calls(payoffs), *_cover(coverage), *_ask(questions), *_attend(readiness)]


def _calls(payoffs: Sequence[Payoff]) -> Iterator[str]:
    for call, opening in (
        (Call.START, "Start with"),
        (Call.BUYING_CENTRE, "Serve only within buying centres"),
        (Call.LATER, "Leave for later"),
    ):
        named = [f"“{one.name}” ({_reason(one)})" for one in payoffs if one.call is call]
        if named:
            yield f"{opening} {listed(named, most=len(named))}."
    if not any(one.call is Call.START for one in payoffs):
        yield "Work with the core personas for now: no micro persona has shown yet that it pays off."


def _reason(payoff: Payoff) -> str:
    met = f"{len(payoff.met)} of {len(payoff.conditions)} conditions met"
    return f"{met}, {payoff.worth.people} people heard"


def _cover(coverage: Coverage) -> Iterator[str]:
    if coverage.share < coverage.enough or coverage.verdict != "as usual":
        yield " ".join(coverage.sentences[1:])


def _ask(questions: Sequence[NextQuestion]) -> Iterator[str]:
    if questions:
        first = questions[0]
        yield f"Ask {listed(first.ask, most=6)} next: “{first.question}” ({first.about.lower()}: {first.why})."


def _attend(readiness: Sequence[Check]) -> Iterator[str]:
    open_checks = [f"{one.what.lower()} ({one.figure})" for one in readiness if not one.ok]
    if open_checks:
        yield f"Before the personas go out, see to {listed(open_checks, most=len(open_checks))}."
