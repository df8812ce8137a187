"""Grounding: a drafted sentence becomes a claim only if every id it cites resolves to words that exist.

A citation holds when its evidence is known, its quote slices back from the source with the same digest,
and it was spoken by a participant of the segment. What does not hold is dropped; a claim left without a
supporting citation is dropped whole.
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
    against = _resolve([one for one in draft.against_ids if one not in draft.evidence_ids], segment, material)
    citations = [cite(one, Stance.SUPPORTS) for one in supporting] + [cite(one, Stance.CONTRADICTS) for one in against]
    return Claim(
        id=stable_id("cl", segment.id, field, *draft.evidence_ids),
        field=field,
        text=draft.text,
        status=Status.OBSERVED,
        citations=citations,
        support=Support(k=len({one.participant_id for one in supporting}), n=len(segment.members)),
        confidence=_confidence(supporting, material.code_of(draft.theme_id)),
        coder=supporting[0].coder,
        theme_id=draft.theme_id,
    )


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


def cite(evidence: Evidence, stance: Stance) -> Citation:
    """The evidence as a citation; it must stand."""
    return Citation(**evidence.quote.model_dump(), evidence_id=evidence.id, stance=stance)


def _confidence(supporting: Sequence[Evidence], code: str | None) -> float:
    """The mean of the coder's confidence over the supporting evidence."""
    values = [one.codes.get(code, UNKNOWN_CONFIDENCE) if code else UNKNOWN_CONFIDENCE for one in supporting]
    return round(sum(values) / len(values), 3)
