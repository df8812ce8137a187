"""Comparing: two versions of a persona, claim by claim: which words, quotes and people came and went."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from app.models.claim import Citation, Claim
from app.models.persona import Persona
from app.models.publication import Publication
from app.models.review import ClaimReview
from app.models.version import ChangedClaim, Delta
from app.synthesis.versions import delta


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version and what it changed from the one before; `published` where it is the one that writers see."""

    version: int
    people: int
    claims: int
    changed: str
    published: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A claim before and after, either of which may be missing. `pieces` are (kind, words): same, gone or new."""

    field: str
    before: Claim | None
    after: Claim | None
    pieces: list[tuple[str, str]]
    gained: list[Citation]
    lost: list[Citation]
    decided: ClaimReview | None


def rows(kept: Sequence[Persona], public: Publication | None) -> list[VersionRow]:
    """Newest first."""
    changes = ["the first draft", *(_summed(delta(one, other)) for one, other in pairwise(kept))]
    return [
        VersionRow(
            one.version, one.sample.n, len(one.grounded_claims()), words, bool(public and public.version == one.version)
        )
        for one, words in zip(reversed(kept), reversed(changes), strict=True)
    ]


def _summed(change: Delta) -> str:
    counts: dict[str, Sequence[object]] = {"added": change.added, "changed": change.changed, "removed": change.removed}
    told = [f"{len(found)} {word}" for word, found in counts.items() if found]
    return ", ".join(told) or "name, summary or people"


def changes(found: Delta, decided: dict[str, ClaimReview]) -> dict[str, list[Change]]:
    """Heading → what stands under it; only headings under which anything stands."""
    grouped = {
        "Said otherwise": [_changed(one, decided) for one in found.changed],
        "Added": [_change(None, one, decided) for one in found.added],
        "Removed": [_change(one, None, decided) for one in found.removed],
    }
    return {heading: some for heading, some in grouped.items() if some}


def _changed(one: ChangedClaim, decided: dict[str, ClaimReview]) -> Change:
    return _change(one.before, one.after, decided)


def _change(before: Claim | None, after: Claim | None, decided: dict[str, ClaimReview]) -> Change:
    claim = after or before
    assert claim is not None  # noqa: S101 (one of the two is always there)
    old, new = (_quotes(one) for one in (before, after))
    known = [decided.get(one.id) for one in (after, before) if one]
    return Change(
        field=claim.field.replace("_", " ").capitalize(),
        before=before,
        after=after,
        pieces=words(before.text if before else "", after.text if after else ""),
        gained=[quote for key, quote in new.items() if key not in old],
        lost=[quote for key, quote in old.items() if key not in new],
        decided=next(filter(None, known), None),
    )


def _quotes(claim: Claim | None) -> dict[str, Citation]:
    return {one.evidence_id: one for one in claim.citations} if claim else {}


def words(before: str, after: str) -> list[tuple[str, str]]:
    """Both texts in one, word by word: `("same", "They")`, `("gone", "count")`, `("new", "check")`."""
    old, new = before.split(), after.split()
    found: list[tuple[str, str]] = []
    for what, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", " ".join(old[i:j])))
        else:
            found += [(kind, " ".join(some)) for kind, some in (("gone", old[i:j]), ("new", new[k:m])) if some]
    return found
