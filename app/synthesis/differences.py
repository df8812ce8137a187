"""Differences: the claims that set a micro persona apart from the rest of its core."""

from collections.abc import Sequence

from app.engines.base import FieldBrief
from app.errors import InsufficientEvidence
from app.models.codebook import Codebook
from app.models.field import FieldSpec
from app.models.persona import Difference
from app.models.segment import Lift, Segment
from app.synthesis.grounding import ground_claims
from app.synthesis.hearing import Hearing
from app.synthesis.lift import distinctive
from app.synthesis.material import Material
from app.workbench import Workbench

# A micro persona is a parent plus at least this many supported differences, or it is refused.
MIN_DIFFERENCES = 3
# More than this many no longer describe, they list.
MOST_DIFFERENCES = 7


def find_differences(bench: Workbench, hearing: Hearing, parent: Segment) -> list[Difference]:
    """Themes voiced by two or more here and by a smaller share of the rest of the core, least likely luck first.

    Raises InsufficientEvidence where fewer than three hold: then this is not a persona of its own.
    """
    rest = [one for one in parent.participant_ids if one not in hearing.segment.participant_ids]
    lifts = distinctive(hearing.material.themes, hearing.segment.participant_ids, rest)
    found = [one for lift in lifts if (one := _difference(bench, hearing, lift))]
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


def _difference(bench: Workbench, hearing: Hearing, lift: Lift) -> Difference | None:
    theme = next(one for one in hearing.material.themes if one.id == lift.theme_id)
    heard = hearing.heard(theme)
    field = field_of(bench.fields, theme.code)
    if heard is None or field is None:
        return None
    brief = FieldBrief(field=field, n=len(hearing.segment.members), heard=[heard])
    claims = ground_claims(bench.engine.draft(brief), field.id, hearing.segment, hearing.material)
    return Difference(claim=claims[0], lift=lift) if claims else None


def field_of(fields: Sequence[FieldSpec], code: str) -> FieldSpec | None:
    """The first field that the code feeds."""
    return next((field for field in fields if code in field.codes), None)
