"""How a tree, a cast, a persona and a run look in the terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table

from app.cli.output import add_row, printable, say, show_table
from app.models.cast import Cast
from app.models.claim import Citation, Claim, Status
from app.models.field import Level, fields_of
from app.models.persona import CustomerPersona, MicroPersona, NegativePersona, Persona
from app.models.run import Run
from app.models.segment import SegmentTree


def segment_table(tree: SegmentTree) -> Table:
    table = Table("Segment", "People", "Set apart by", title=f"{len(tree.macros)} macro segments")
    for one in tree.segments:
        indent = "  └ " if one.level is Level.MICRO else ""
        people = ", ".join(one.participant_ids)
        themes = [predicate.name for predicate in one.definition if predicate.kind == "theme"]
        add_row(table, f"{indent}{one.name}", people, "; ".join(themes[:2]))
    for left in tree.uncovered:
        add_row(table, "(in no segment)", left.participant_id, left.why)
    return table


def tell_cast(cast: Cast, written: Sequence[Path]) -> None:
    """The cast as a table, what was refused, and where the files are."""
    show_table(cast_table(cast))
    for refusal in cast.refused:
        say(f"No persona for “{refusal.name}”: {refusal.reason} {refusal.ask_next}")
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
