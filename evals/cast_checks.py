"""Checks of a finished cast against the sources it was made from, one sentence per fault.

They trust nothing that a cast says about itself: quotes are cut anew from the stored text, speakers
are looked up anew, and claims are counted even where a model was built around its validators.
"""

import json
from collections.abc import Iterator, Mapping

from jsonschema import Draft202012Validator

from app.models.cast import Cast
from app.models.claim import Citation, Claim, Stance, Status
from app.models.persona import MicroPersona, Persona
from retrieval.evidence import Consent, Role, Source, SourceKind, sha256


def every_claim(persona: Persona) -> Iterator[Claim]:
    """All claims of a persona, those of its contrast pairs included."""
    yield from persona.claims()
    if isinstance(persona, MicroPersona):
        for pair in persona.contrast:
            yield from (pair.ours, pair.theirs)


def schema_faults(cast: Cast) -> list[str]:
    """Where the cast's JSON breaks the published schema of a cast."""
    schema = Cast.model_json_schema(mode="serialization")
    written = json.loads(cast.model_dump_json(warnings=False))
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(written)]


def citation_fault(citation: Citation, sources: Mapping[str, Source], withdrawn: set[str]) -> str | None:
    """What is wrong with a citation; None where it is the words of the person it names."""
    source = sources.get(citation.source_id)
    if source is None:
        return "no such source"
    if citation.participant_id in withdrawn:
        return "the participant has withdrawn"
    return _span_fault(citation, source) or _speaker_fault(citation, source)


def _span_fault(citation: Citation, source: Source) -> str | None:
    cut = source.text[citation.start : citation.end]
    if not cut.strip():
        return "cites no words"
    if cut != citation.text:
        return "the words are not those of the source at this place"
    if sha256(cut) != citation.sha256:
        return "the hash is not that of the words"
    return None


def _speaker_fault(citation: Citation, source: Source) -> str | None:
    turn = source.turn_at(citation.start)
    if source.kind is not SourceKind.INTERVIEW or turn is None or citation.end > turn.end:
        return "not inside one turn of an interview"
    speaker = source.speaker(turn.speaker)
    if speaker.role is Role.INTERVIEWER:
        return "spoken by the interviewer"
    if speaker.role is not Role.PARTICIPANT or speaker.participant_id != citation.participant_id:
        return "spoken by somebody else"
    return None


def claim_fault(claim: Claim) -> str | None:
    """What is wrong with a claim's standing: it must cite somebody who supports it, or admit the gap."""
    supporting = [c for c in claim.citations if c.stance is Stance.SUPPORTS]
    if claim.status is Status.NO_EVIDENCE:
        return "says “no evidence” without a gap, or cites" if claim.gap is None or claim.citations else None
    return None if supporting else "cites nobody who supports it"


def support_fault(claim: Claim) -> str | None:
    """What is wrong with “k of n”: k is exactly the people cited, and no more than were asked."""
    people = {c.participant_id for c in claim.citations if c.stance is Stance.SUPPORTS}
    if claim.support.k > claim.support.n:
        return f"{claim.support.k} of {claim.support.n} participants"
    if claim.support.k != len(people):
        return f"cites {len(people)} people and claims {claim.support.k}"
    return None


def parent_fault(micro: MicroPersona, cast: Cast) -> str | None:
    """What is wrong with a micro persona's place: exactly one macro, agreed on by both sides."""
    listing = [macro.id for macro in cast.macros if micro.id in macro.micro_ids]
    if micro.parent_macro_id not in {macro.id for macro in cast.macros}:
        return "its macro persona does not exist"
    return None if listing == [micro.parent_macro_id] else f"listed by {len(listing)} macro personas or by another"


def withdrawn(cast: Cast) -> set[str]:
    return {person.id for person in cast.participants if person.consent is Consent.WITHDRAWN}
