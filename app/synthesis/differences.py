"""Differences: the claims that set a micro persona apart from the rest of its core."""

from collections.abc import Sequence
from typing import NamedTuple

from app.engines.base import FieldBrief
from app.errors import InsufficientEvidence
from app.models.codebook import Codebook
from app.models.field import FieldSpec
from app.models.persona import Difference
from app.models.segment import Lift, Segment
from app.synthesis.filling import Drafts
from app.synthesis.grounding import ground_claims
from app.synthesis.hearing import Hearing
from app.synthesis.lift import distinctive
from app.synthesis.material import Material
from app.workbench import Workbench

# A micro persona is a parent plus at least this many supported differences, or it is refused.
MIN_DIFFERENCES = 3
# More than this many no longer describe, they list.
MOST_DIFFERENCES = 7


class Candidate(NamedTuple):
    """A theme said more often here than in the rest of the core, and the brief to word it by."""

    lift: Lift
    brief: FieldBrief


def candidates(bench: Workbench, hearing: Hearing, parent: Segment) -> list[Candidate]:
    """Themes voiced by two or more here and by a smaller share of the rest of the core, least likely luck first."""
    rest = [one for one in parent.participant_ids if one not in hearing.segment.participant_ids]
    lifts = distinctive(hearing.material.themes, hearing.segment.participant_ids, rest)
    return [one for lift in lifts if (one := _candidate(bench, hearing, lift))]


def find_differences(
    drafts: Drafts, hearing: Hearing, parent: Segment, candidates: Sequence[Candidate]
) -> list[Difference]:
    """The candidates that hold as claims.

    Raises InsufficientEvidence where fewer than three hold: then this is not a persona of its own.
    """
    found = [one for candidate in candidates if (one := _difference(drafts, hearing, candidate))]
    if len(found) < MIN_DIFFERENCES:
        remedy = f"Ask what sets them apart from other people in “{parent.name}”, or join them with another group."
        about = f"differences of “{hearing.segment.name}” from “{parent.name}”"
        raise InsufficientEvidence(about, len(found), MIN_DIFFERENCES, remedy)
    return found[:MOST_DIFFERENCES]


def differentiator(differences: Sequence[Difference], codebook: Codebook, material: Material) -> str:
    """The axis it differs on: what the strongest difference is about, and how."""
    claim = differences[0].claim
    code = material.code_of(claim.theme_id)
    return f"{codebook[code].label}: {claim.text}" if code else claim.text


def _candidate(bench: Workbench, hearing: Hearing, lift: Lift) -> Candidate | None:
    theme = next(one for one in hearing.material.themes if one.id == lift.theme_id)
    heard, field = hearing.heard(theme), field_of(bench.fields, theme.code)
    if heard is None or field is None:
        return None
    return Candidate(lift, FieldBrief(field=field, audience=hearing.audience, heard=[heard]))


def _difference(drafts: Drafts, hearing: Hearing, candidate: Candidate) -> Difference | None:
    brief = candidate.brief
    claims = ground_claims(drafts.of(brief), brief.field.id, hearing.segment, hearing.material)
    return Difference(claim=claims[0], lift=candidate.lift) if claims else None


def field_of(fields: Sequence[FieldSpec], code: str) -> FieldSpec | None:
    """The first field that the code feeds."""
    return next((field for field in fields if code in field.codes), None)
