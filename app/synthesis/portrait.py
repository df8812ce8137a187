"""Portrait: the few sentences around a persona's claims: summary, sample, and what to read with care."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.models.claim import Claim, Status
from app.models.persona import Difference, Sample
from app.models.segment import Segment
from app.synthesis.material import Material

# A group below this size can be read, but not generalised from.
SMALL = 5
# The fields a reader wants first.
LEADING = ("motivations", "stressors", "pain_points", "decision_logic", "objections", "usage_pattern", "tech_comfort")
SENTENCES = 3


def summary(
    segment: Segment, material: Material, content: Mapping[str, Any], differences: Sequence[Difference] = ()
) -> str:
    """Who they are in one sentence, and their best supported claims; nothing that is not a claim below."""
    leading = [difference.claim for difference in differences] or _leading(content)
    said = " ".join(claim.text for claim in leading[:SENTENCES])
    return f"{_who(segment, material)} {said}".strip()


def _leading(content: Mapping[str, Any]) -> list[Claim]:
    firsts = [content[name][0] for name in LEADING if content.get(name)]
    grounded = [claim for claim in firsts if claim.status is not Status.NO_EVIDENCE]
    return sorted(grounded, key=lambda claim: -claim.support.k)


def _who(segment: Segment, material: Material) -> str:
    people = [material.person_by_id[one] for one in segment.participant_ids]
    roles = Counter(person.attributes.get("role", "") for person in people)
    named = [role for role, _ in roles.most_common(3) if role]
    listed = f", among them {listing([_lower(role) for role in named])}" if named else ""
    return f"{len(people)} of {len(material.interviewed)} people{listed}."


def listing(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _lower(role: str) -> str:
    """The role inside a sentence; abbreviations keep their capitals."""
    first = role.split()[0]
    return role if len(first) > 1 and first[1].isupper() else role[:1].lower() + role[1:]


def sample(segment: Segment, material: Material) -> Sample:
    people = set(segment.participant_ids)
    sources = [source.id for source in material.sources if people & set(source.participant_ids)]
    return Sample(n=len(people), participants=sorted(people), sources=sources, gaps=_sample_gaps(segment, material))


def _sample_gaps(segment: Segment, material: Material) -> list[str]:
    people = [material.person_by_id[one] for one in segment.participant_ids]
    attributes = {name for person in material.participants for name in person.attributes}
    gaps = [f"{name.replace('_', ' ')} not recorded" for name in ("industry", "region") if name not in attributes]
    if not any("customer" in person.attributes.get("customer_status", "") for person in people):
        gaps.append("no customers among them, as far as is recorded")
    return gaps


def bias_flags(segment: Segment, material: Material, content: Mapping[str, Any]) -> list[str]:
    """What a careful reader should know before relying on the persona."""
    flags = ["Chosen sample, not a random one: shares are shares of the people interviewed, not of a market."]
    if material.tree and material.tree.demographic:
        flags.append(f"Segmented by a demographic attribute at the user's wish ({material.tree.demographic}): that "
                     "people differ in it does not show that it is why they think differently.")  # fmt: skip
    if len(segment.members) < SMALL:
        flags.append(f"Rests on {len(segment.members)} people: read as a lead to follow, not as a finding.")
    if quiet := _quiet(segment, content):
        flags.append(f"Little is quoted from {listing(quiet)}.")
    return flags


def _quiet(segment: Segment, content: Mapping[str, Any]) -> list[str]:
    """Members who speak in fewer than two claims."""
    claims = [
        claim for value in content.values() if isinstance(value, list) for claim in value if isinstance(claim, Claim)
    ]
    spoken = Counter(person for claim in claims for person in {one.participant_id for one in claim.supporting})
    return [one for one in segment.participant_ids if spoken[one] < 2]
