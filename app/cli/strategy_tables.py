"""How a strategy looks in the terminal: what to do first, then why."""

from collections.abc import Callable, Sequence

from rich.table import Table

from app.cli.output import add_row, printable, show_table
from app.models.claim import Citation, Stance
from app.models.crm import CrmPatterns, Pattern
from app.models.payoff import Finding, Judgement, Payoff
from app.models.strategy import Strategy
from app.strategy.words import figure, listed, percent, ranged

MOST_QUESTIONS = 8
MOST_SIGNALS = 8
LONGEST_QUOTE = 160
MARKS = {Finding.MET: "met", Finding.NOT_MET: "not met", Finding.NOT_EVALUABLE: "not evaluable"}


def tell_strategy(strategy: Strategy) -> None:
    """Section by section, in the order a marketer wants them; those without content are left out."""
    line(f"Strategy · {strategy.study}")
    section("What to do first", [f"{i}. {step}" for i, step in enumerate(strategy.first_steps, 1)])
    _tell_payoffs(strategy.payoffs)
    section("How many personas", _how_many(strategy))
    if strategy.crm:
        _tell_crm(strategy.crm)
    _tell_table("How to tell them apart", _signals, strategy)
    _tell_table("What to ask next", _questions, strategy)
    section("Saturation", [" ".join(strategy.saturation.sentences), _curve(strategy)])
    _tell_table("Who was listened to", _diversity, strategy)
    _tell_table("Ready to use?", _readiness, strategy)


def section(title: str, lines: Sequence[str]) -> None:
    line(f"\n{title.upper()}")
    for one in lines:
        line(one)


def line(text: str) -> None:
    from rich.console import Console

    Console(markup=False, highlight=False, emoji=False).print(printable(text))


def _tell_table(title: str, make: Callable[[Strategy], Table], strategy: Strategy) -> None:
    table = make(strategy)
    if table.row_count:
        line(f"\n{title.upper()}")
        show_table(table)


def _tell_payoffs(payoffs: Sequence[Payoff]) -> None:
    if not payoffs:
        return
    line("\nWHICH MICRO PERSONAS PAY OFF")
    table = Table("", "Micro persona", "Conditions", "Value", "Effort (inferred)", "Call")
    for one in payoffs:
        conditions = f"{len(one.met)} of {len(one.conditions)} met"
        add_row(table, str(one.rank), one.name, conditions, _value(one), _effort(one), one.call.value)
    show_table(table)
    for one in payoffs:
        line(f"\n{one.rank}. {one.name}: {one.call.value}. {one.why}.")
        line(f"   Value: {one.worth.basis}.")
        for judgement in one.judgements:
            _tell_judgement(judgement)


def _value(payoff: Payoff) -> str:
    worth = payoff.worth
    if worth.amount is None:
        return f"{worth.people} people, {worth.intensity} pieces each"
    days = f"; {figure(worth.days_to_close)} days" if worth.days_to_close is not None else ""
    return f"{figure(worth.amount)}{days}"


def _effort(payoff: Payoff) -> str:
    reasons = "; ".join(payoff.effort.reasons)
    return f"{payoff.effort.level}: {reasons}" if reasons else payoff.effort.level


def _tell_judgement(one: Judgement) -> None:
    """A condition with its quotes; a scenario with them only where it is met."""
    if one.kind == "scenario" and one.finding is Finding.NOT_EVALUABLE:
        return
    kind = "scenario " if one.kind == "scenario" else ""
    line(f"   - {kind}{one.label}: {MARKS[one.finding]}. {one.why}.")
    shown = one.citations if one.finding is Finding.MET else one.citations[:1]
    for citation in shown:
        line(f"       {_quote(citation)}")


def _quote(citation: Citation) -> str:
    words = " ".join(citation.text.split())
    cut = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rsplit(' ', 1)[0]} […]"
    against = " speaks against it" if citation.stance is Stance.CONTRADICTS else ""
    return f"“{cut}” [{citation.participant_id}{against}]"


def _how_many(strategy: Strategy) -> list[str]:
    coverage = strategy.coverage
    left = [f"Uncovered: {one.participant_id}. {one.why}" for one in coverage.uncovered]
    merges = [f"Merge? “{one.name}” into “{one.into_name}”: {one.why}" for one in strategy.merges]
    return [
        *coverage.sentences,
        *left,
        *(merges or ["No core persona is really a micro of another."] * (coverage.cores > 1)),
    ]


def _tell_crm(crm: CrmPatterns) -> None:
    section(f"What the CRM says ({crm.accounts:,} accounts)", crm.sentences)
    show_table(_patterns("Sales' own labels", crm.by_label))
    if crm.by_segment:
        show_table(_patterns("Our segments, by participants' accounts", crm.by_segment))


def _patterns(title: str, patterns: Sequence[Pattern]) -> Table:
    table = Table("Group", "Accounts", "Value of won", "Days to close", "Won of closed", "Uses most", "Read with care",
                  title=printable(title))  # fmt: skip
    for one in patterns:
        uses = ", ".join(f"{asset.name} {asset.k}/{asset.n}" for asset in one.assets[:2])
        labels = listed([f"{name} {n}" for name, n in one.labels.items()])
        care = "; ".join(part for part in (one.caution, f"sales says: {labels}" if labels else "") if part)
        add_row(table, one.name, f"{one.accounts:,}", ranged(one.value), ranged(one.days_to_close),
                ranged(one.conversion, share=True), uses, care)  # fmt: skip
    return table


def _signals(strategy: Strategy) -> Table:
    table = Table("Ask", "Listen for", "Then more likely", "Here", "Elsewhere", "By luck")
    for one in strategy.signals[:MOST_SIGNALS]:
        add_row(table, f"“{one.question}”", one.listen_for, one.segment, f"{one.k} of {one.n}",
                f"{one.rest_k} of {one.rest_n}", f"{one.by_luck:.2f}")  # fmt: skip
    return table


def _questions(strategy: Strategy) -> Table:
    table = Table("About", "Ask", "Whom", "Why")
    for one in strategy.questions[:MOST_QUESTIONS]:
        add_row(table, one.about, f"“{one.question}”", ", ".join(one.ask), one.why)
    return table


def _curve(strategy: Strategy) -> str:
    """New themes an interview, as one row of figures."""
    return "New themes an interview: " + " ".join(str(step.new) for step in strategy.saturation.steps)


def _diversity(strategy: Strategy) -> Table:
    table = Table("Recorded", "Values", "Largest, or range", "Missing", "Attention")
    for one in strategy.diversity:
        most = f"{one.largest} ({percent(one.largest_share)})" if one.largest else "each their own"
        missing = f"{one.missing} of {one.n}"
        add_row(table, one.name, str(one.distinct), one.range or most, missing, one.attention)
    return table


def _readiness(strategy: Strategy) -> Table:
    table = Table("Check", "", "Figure", "What to do")
    for one in strategy.readiness:
        add_row(table, one.what, "ok" if one.ok else "attention", one.figure, one.remedy)
    return table
