"""Versions: a redraft that says something else is a new version; one that says the same is not."""

from collections.abc import Mapping, Sequence

from app.errors import NotFound
from app.models.claim import Citation, Claim
from app.models.persona import Persona
from app.models.version import ChangedClaim, Delta
from app.workbench import Workbench


def numbered(personas: Sequence[Persona], versions: Sequence[Persona]) -> list[Persona]:
    """The personas with their version numbers; `versions` are those kept so far, oldest first."""
    latest = {one.id: one for one in versions}
    return [_numbered(one, latest) for one in personas]


def _numbered(one: Persona, latest: Mapping[str, Persona]) -> Persona:
    before = latest.get(one.id)
    if before is None:
        return one
    same = one.model_copy(update={"version": before.version})
    return same if same == before else one.model_copy(update={"version": before.version + 1})


def versions_of(bench: Workbench, study_id: str, persona_id: str) -> list[Persona]:
    """Every kept version of the persona, oldest first; NotFound where there is none."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        found = tx.results.versions(study_id, persona_id)
        known = sorted({one.id for one in tx.results.versions(study_id)})
    if not found:
        raise NotFound("persona", persona_id, f"Ids are {', '.join(known)}" if known else "None yet")
    return found


def delta(before: Persona, after: Persona) -> Delta:
    """What changed from one version to another, claim by claim and quote by quote."""
    old, new = before.grounded_claims(), after.grounded_claims()
    pairs = _pairs(old, new)
    matched = {id(claim) for pair in pairs for claim in pair}
    quoted, quotes = _quotes(old), _quotes(new)
    return Delta(
        before=before.version,
        after=after.version,
        added=[claim for claim in new if id(claim) not in matched],
        removed=[claim for claim in old if id(claim) not in matched],
        changed=[ChangedClaim(before=one, after=other) for one, other in pairs if one != other],
        gained=[quote for key, quote in quotes.items() if key not in quoted],
        lost=[quote for key, quote in quoted.items() if key not in quotes],
    )


def _pairs(old: Sequence[Claim], new: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Claims of one field that are the same claim: by id, else by the words, else by the most quotes they share."""
    pairs: list[tuple[Claim, Claim]] = []
    left, free = list(old), list(new)
    for alike in (_same_id, _same_words, _shared):
        scored = [(alike(one, other), one, other) for one in left for other in free if one.field == other.field]
        for score, one, other in sorted(scored, key=lambda row: -row[0]):
            if score and _holds(left, one) and _holds(free, other):
                pairs.append((one, other))
                left = [claim for claim in left if claim is not one]
                free = [claim for claim in free if claim is not other]
    return pairs


def _same_id(one: Claim, other: Claim) -> int:
    return int(one.id == other.id)


def _same_words(one: Claim, other: Claim) -> int:
    return int(one.text == other.text)


def _shared(one: Claim, other: Claim) -> int:
    return len({c.evidence_id for c in one.supporting} & {c.evidence_id for c in other.supporting})


def _holds(claims: Sequence[Claim], one: Claim) -> bool:
    return any(claim is one for claim in claims)


def _quotes(claims: Sequence[Claim]) -> dict[str, Citation]:
    return {citation.evidence_id: citation for claim in claims for citation in claim.citations}
