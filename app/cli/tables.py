"""How a tree, a cast, a persona and a run look in the terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table

from app.cli.output import add_row, printable, say, show_table
from app.models.cast import Cast
from app.models.claim import Citation, Claim, Status
from app.models.field import Level, fields_of
from app.models.persona import CustomerPersona, MicroPersona, NegativePersona, Persona
from app.models.run import Account, Run
from app.models.segment import Lift, Segment, SegmentTree

# How the reason begins where a person put somebody into a segment.
PLACED = ("placed", "locked")


def segment_table(tree: SegmentTree) -> Table:
    """The tree, each segment under what it is a part of; below it the long tail and who is in no segment."""
    table = Table("Segment", "Tail", "People", "Set apart by", title=f"{len(tree.macros)} macro segments")
    for one in tree.segments:
        indent = "  " * (one.depth - 1) + ("└ " if one.depth > 1 else "")
        add_row(table, f"{indent}{one.name}", str(one.tail), _members(one), "; ".join(_set_apart(one)))
    for left in tree.uncovered:
        add_row(table, "(in no segment)", "", left.participant_id, left.why)
    return table


def _members(one: Segment) -> str:
    """The people; after those whom somebody placed, by whom."""
    placed = {m.participant_id: f" ({m.why})" for m in one.members if " by " in m.why and m.why.split()[0] in PLACED}
    return ", ".join(f"{person}{placed.get(person, '')}" for person in one.participant_ids)


def _set_apart(one: Segment) -> list[str]:
    """What was wished to part by, then the two strongest themes with their lift."""
    given = [f"{p.name} {p.operator} {p.value}".strip() for p in one.definition if p.kind == "code"]
    themes = [predicate.name for predicate in one.definition if predicate.kind == "theme"]
    return given + [f"{name} {lift_of(need)}" for name, need in zip(themes[:2], one.distinctive_needs, strict=False)]


def lift_of(lift: Lift) -> str:
    """`× 3.7 (0.8 to 17.6), may be luck`: the ratio, its interval, and whether that includes 1."""
    if lift.low is None or lift.high is None:
        return f"× {lift.lift:.1f}"
    return f"× {lift.lift:.1f} ({lift.low:.1f} to {lift.high:.1f})" + (", may be luck" if lift.may_be_luck else "")


def tell_cast(cast: Cast, written: Sequence[Path]) -> None:
    """The cast as a table, what was refused, and where the files are."""
    show_table(cast_table(cast))
    for refusal in cast.refused:
        say(f"No persona for “{refusal.name}”: {refusal.reason} {refusal.ask_next}")
    for note in cast.segments.notes:
        say(note)
    heard, covered = len(cast.participants), len(cast.covered)
    left = ", ".join(f"{one.participant_id} ({one.why})" for one in cast.segments.uncovered)
    say(f"Core personas stand for {covered} of {heard} participants." + (f" In no segment: {left}." if left else ""))
    for path in written:
        say(f"Written: {path}")


def cast_table(cast: Cast) -> Table:
    table = Table("Persona", "People", "Claims", "Quotes", "No evidence yet", title=printable(cast.study.name))
    stale = {one.persona_id for one in cast.stale}
    for persona in _in_order(cast):
        add_row(table, *_row(persona, stale=persona.id in stale))
    return table


def _in_order(cast: Cast) -> Iterator[Persona]:
    """Each core persona with its micro personas, then those beside the tree."""
    for macro in cast.macros:
        yield macro
        yield from cast.micros_of(macro)
    yield from cast.beside


def _row(persona: Persona, *, stale: bool) -> tuple[str, ...]:
    grounded = persona.grounded_claims()
    quotes = {citation.evidence_id for claim in grounded for citation in claim.citations}
    gaps = sum(claim.status is Status.NO_EVIDENCE for claim in persona.claims())
    indent = "  └ " if isinstance(persona, MicroPersona) else ""
    kind = "" if persona.kind in (Level.MACRO, Level.MICRO) else f" ({persona.kind})"
    name = f"{indent}{persona.name}{kind}{' (stale)' if stale else ''}"
    return name, str(persona.sample.n), str(len(grounded)), str(len(quotes)), f"{gaps} fields"


def persona_table(persona: Persona) -> Table:
    """Every field with its claims, k of n and the first quote."""
    table = Table(
        "Field", "Claim", "k of n", "In their words", title=printable(persona.name), caption=printable(persona.summary)
    )
    for difference in persona.differs_from_core if isinstance(persona, MicroPersona) else []:
        text, support, words = _claim(difference.claim)
        lift = difference.lift
        rest = f"{support}; rest {lift.rest_k} of {lift.rest_n}; {lift_of(lift)}"
        add_row(table, "Differs from the core", text, rest, words)
    for pair in persona.contrast if isinstance(persona, MicroPersona) else []:
        add_row(
            table, f"Same title, different reality: {pair.role}", pair.ours.text, "", quoted(pair.ours.supporting[0])
        )
        add_row(table, "", pair.theirs.text, "", quoted(pair.theirs.supporting[0]))
    for field in fields_of(persona.kind):
        for claim in persona.field(field.id):
            add_row(table, field.label, *_claim(claim))
    for label, text in _beside_claims(persona):
        add_row(table, label, text, "", "")
    return table


def _beside_claims(persona: Persona) -> list[tuple[str, str]]:
    """What customer and negative personas hold beside claims: tests, the rule, notes about the people."""
    rows = [("Stage", persona.lifecycle_stage)] if isinstance(persona, CustomerPersona) else []
    if isinstance(persona, NegativePersona):
        rows = [("Test", f"{one.field} {one.operator} {one.value}") for one in persona.disqualifiers]
        rows.append(("Suppression rule", persona.suppression_rule.text))
    notes = persona.notes if isinstance(persona, CustomerPersona | NegativePersona) else []
    return rows + [("Note, as context", f"{n.source_name} ({', '.join(n.participants)})") for n in notes]


def _claim(claim: Claim) -> tuple[str, str, str]:
    if claim.gap:
        return f"No evidence yet (found {claim.gap.found}, needed {claim.gap.needed})", "", claim.gap.ask_next
    first = claim.supporting[0]
    return claim.text, f"{claim.support.k} of {claim.support.n}", quoted(first)


def quoted(citation: Citation) -> str:
    """The words, who said them, and who coded them where a person did."""
    coder = f", coded by {citation.coded_by}" if citation.coded_by else ""
    return f"“{citation.text}” [{citation.participant_id}{coder}]"


def tell_run(run: Run) -> None:
    steps = ", ".join(f"{step.step} {step.seconds:.1f} s" for step in run.steps)
    total = sum(step.seconds for step in run.steps)
    say(f"Engine {run.provenance.engine}: {total:.1f} s ({steps}); peak memory {run.peak_memory_mb:.0f} MB.")
    if run.account:
        _tell_account(run.account)


def tell_forecast(engine: str, forecast: Account | None) -> None:
    """What a run would ask of a language model, by step."""
    if forecast is None:
        return say(f"Engine {engine}: no language model is asked, and nothing is spent.")
    say(f"Engine {engine} would be asked about {forecast.calls} times; answers it gave before cost nothing again.")
    return _tell_account(forecast)


def _tell_account(account: Account) -> None:
    table = Table("Step", "Calls", "From memory", "Tokens in", "Tokens out", "Cost")
    for one in account.steps:
        numbers = (one.calls, one.cached, one.input_tokens, one.output_tokens)
        add_row(table, one.step, *map(str, numbers), _money(one.cost, account))
    show_table(table)
    say(f"{account.calls} calls, {account.tokens} tokens, cost {_money(account.cost, account)}.")
    if account.dropped:
        say(f"Not counted: {'; '.join(f'{reason}: {count}' for reason, count in account.dropped.items())}.")
    if account.findings:
        sources = len({one.source_id for one in account.findings})
        say(f"{len(account.findings)} sentences in {sources} sources give orders to their reader. None was followed.")


def _money(cost: float | None, account: Account) -> str:
    return "unknown" if cost is None else f"{cost:.4f} {account.currency}".strip()
