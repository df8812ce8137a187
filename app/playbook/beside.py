"""Personas that stand beside the segment tree: customers, candidates and poor fits."""

from app.models.persona import CandidatePersona, CustomerPersona, NegativePersona
from app.playbook.claims import ClaimWriter, gaps
from app.playbook.personas import PersonaDesk, cautions
from app.playbook.view import BesideView, TestView
from app.playbook.words import percent

KINDS = {"customer": "Customer persona", "candidate": "Candidate persona", "negative": "Negative persona: a poor fit"}


def beside_view(desk: PersonaDesk, persona: CustomerPersona | CandidatePersona | NegativePersona) -> BesideView:
    writer, specs = desk.writers[persona.id], desk.fields_beside(persona.kind)
    return BesideView(
        anchor=writer.persona_anchor,
        ref=writer.ref,
        kind=KINDS[persona.kind],
        name=persona.name,
        summary=persona.summary,
        n=persona.sample.n,
        share=percent(persona.coverage),
        pills=pills(persona),
        people=[desk.quotes.person(person) for person in persona.sample.participants],
        cautions=cautions(persona, desk.cast),
        fields=writer.fields(desk.orders[persona.id].fields),
        gaps=gaps(persona, specs),
        tests=tests(writer, persona) if isinstance(persona, NegativePersona) else [],
        rule=persona.suppression_rule.text if isinstance(persona, NegativePersona) else "",
        linked=None if isinstance(persona, NegativePersona) else linked(desk, persona),
        notes=[] if isinstance(persona, CandidatePersona) else notes(persona),
        level=str(persona.kind),
    )


def pills(persona: CustomerPersona | CandidatePersona | NegativePersona) -> list[str]:
    if isinstance(persona, CustomerPersona):
        return [persona.lifecycle_stage]
    return ["provisional"] if isinstance(persona, NegativePersona) and persona.provisional else []


def tests(writer: ClaimWriter, persona: NegativePersona) -> list[TestView]:
    """Each disqualifier as a test over a record, with the claim that holds it up."""
    rows = []
    for test in persona.disqualifiers:
        ref, anchor = writer.name(test.claim)
        text = f"{test.field} {test.operator} {test.value}"
        rows.append(TestView(text, test.inferred, test.claim.text, ref, f"#{anchor}"))
    return rows


def linked(desk: PersonaDesk, persona: CustomerPersona | CandidatePersona) -> tuple[str, str] | None:
    """The persona of the same people, by name and place."""
    found = next((one for one in desk.cast.personas if one.id == persona.linked_persona_id), None)
    return (found.name, f"#{desk.writers[found.id].persona_anchor}") if found else None


def notes(persona: CustomerPersona | NegativePersona) -> list[tuple[str, str]]:
    """The notes about these people: by name, whom they are about, and what of the poor fit they speak of too."""
    rows = []
    for note in persona.notes:
        about = f"about {', '.join(note.participants)}"
        rows.append((note.source_name, f"{about}; speaks of {', '.join(note.says)}" if note.says else about))
    return rows
