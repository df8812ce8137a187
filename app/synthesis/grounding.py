"""Grounding: a drafted sentence becomes a claim only if every id it cites resolves to words that exist.

A citation holds when its evidence is known, its quote slices back from the source with the same digest,
and it was spoken by a participant of the segment. What does not hold is dropped; a claim left without a
supporting citation is dropped whole. Whoever in the segment voices a theme that counters the claim's own is cited
against it, whatever the engine said.
"""

from collections.abc import Sequence

from app.engines.base import DraftClaim
from app.models.claim import Citation, Claim, Stance, Status, Support
from app.models.evidence import Evidence
from app.models.segment import Segment
from app.synthesis.material import Material
from retrieval.evidence import Role, Source, sha256, stable_id

# How sure we are that somebody who was quoted means what the code says, at the least.
UNKNOWN_CONFIDENCE = 0.5


def ground_claims(drafts: Sequence[DraftClaim], field: str, segment: Segment, material: Material) -> list[Claim]:
    """The drafts that hold, as claims of the field with k of n people of the segment."""
    claims = (_ground(draft, field, segment, material) for draft in drafts)
    return [claim for claim in claims if claim]


def _ground(draft: DraftClaim, field: str, segment: Segment, material: Material) -> Claim | None:
    supporting = _resolve(draft.evidence_ids, segment, material)
    if not supporting:
        return None
    against = _against(draft, segment, material)
    code = material.code_of(draft.theme_id)
    citations = [cite(one, Stance.SUPPORTS, code) for one in supporting] + [
        cite(one, Stance.CONTRADICTS, code) for one in against
    ]
    return Claim(
        id=stable_id("cl", segment.id, field, *draft.evidence_ids),
        field=field,
        text=draft.text,
        status=Status.OBSERVED,
        citations=citations,
        support=Support(k=len({one.participant_id for one in supporting}), n=len(segment.members)),
        confidence=_confidence(supporting, code),
        coder=_coders(supporting, code),
        theme_id=draft.theme_id,
    )


def _against(draft: DraftClaim, segment: Segment, material: Material) -> list[Evidence]:
    """What the engine found against the claim, then what counter-themes say: the clearest of each person."""
    ids = [*draft.against_ids, *(one.id for one in material.countering(draft.theme_id))]
    found = _resolve([one for one in ids if one not in draft.evidence_ids], segment, material)
    first = {one.participant_id: one for one in reversed(found)}
    return [one for one in found if first[one.participant_id] is one or one.id in draft.against_ids]


def _resolve(ids: Sequence[str], segment: Segment, material: Material) -> list[Evidence]:
    found = [material.by_id[one] for one in dict.fromkeys(ids) if one in material.by_id]
    return [one for one in found if one.participant_id in segment.participant_ids and stands(one, material)]


def stands(evidence: Evidence, material: Material) -> bool:
    """Whether the quote is word for word in its source, spoken by the participant it is credited to."""
    quote = evidence.quote
    source = material.source_by_id.get(quote.source_id)
    if source is None or source.text[quote.start : quote.end] != quote.text or sha256(quote.text) != quote.sha256:
        return False
    return _spoken_by(source, quote.start, quote.participant_id)


def _spoken_by(source: Source, start: int, participant_id: str) -> bool:
    turn = source.turn_at(start)
    if turn is None:
        return False
    speaker = source.speaker(turn.speaker)
    return speaker.role is Role.PARTICIPANT and speaker.participant_id == participant_id


def cite(evidence: Evidence, stance: Stance, code: str | None = None) -> Citation:
    """The evidence as a citation, which names the people who gave the code; it must stand."""
    quote = evidence.quote.model_dump()
    return Citation(**quote, evidence_id=evidence.id, stance=stance, coded_by=_person(evidence, stance, code))


def _person(evidence: Evidence, stance: Stance, code: str | None) -> str:
    """Who coded the quote, where people did: under the claim's code, or, speaking against it, under any."""
    if stance is Stance.SUPPORTS and code is not None:
        return evidence.people.get(code, "")
    return ", ".join(sorted(set(evidence.people.values())))


def _coders(supporting: Sequence[Evidence], code: str | None) -> str:
    """Everybody who coded what the claim rests on: `ana, local`."""
    return ", ".join(sorted({one.coder_of(code) if code else one.coder for one in supporting}))


def _confidence(supporting: Sequence[Evidence], code: str | None) -> float:
    """The mean of the coder's confidence over the supporting evidence."""
    values = [one.codes.get(code, UNKNOWN_CONFIDENCE) if code else UNKNOWN_CONFIDENCE for one in supporting]
    return round(sum(values) / len(values), 3)
