"""Results, coming in: personas of a package without what rests on its word alone.

Anybody can write into a package, and write its digest anew. So nobody has decided about a claim that comes in, nobody
answers for its persona, and how many people say it is counted from the citations, of those the persona listened to.
The sentences are taken as they stand, like those of a draft: proposed, until somebody here has read them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.models.claim import Citation, Claim, Review, Status, Support
from app.models.evidence import Evidence
from app.models.field import Level
from app.models.persona import ContrastPair, Persona
from app.models.persona_base import Backed
from app.models.review import ClaimReview
from retrieval.evidence import Source, SourceKind

Group = frozenset[str]


@dataclass(frozen=True)
class Arriving:
    """`heard` are the people of the study's interviews, `coders` the people who coded each piece of evidence."""

    personas: Sequence[Persona]
    heard: Group
    coders: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, personas: Sequence[Persona], sources: Iterable[Source], evidence: Iterable[Evidence]) -> "Arriving":
        """`sources` and `evidence` as they are stored here."""
        interviews = [one for one in sources if one.kind is SourceKind.INTERVIEW]
        heard = frozenset(person for one in interviews for person in one.participant_ids)
        return cls(personas, heard, {one.id: _signatures(one.people.values()) for one in evidence})

    def counts(self) -> bool:
        """Whether every persona listened to people who are heard here, and every claim is said by some of them."""
        listened = all(self._group(one) and self._group(one) <= self.heard for one in self.personas)
        return listened and all(
            claim.status is Status.NO_EVIDENCE or _said_by(claim) <= group
            for one in self.personas
            for claim, group in [*((claim, self._group(one)) for claim in one.claims()), *self._contrasted(one)]
        )

    def proposed(self) -> list[Persona]:
        """The personas, each claim counted anew and decided about by nobody."""
        return [self._proposed(one) for one in self.personas]

    def _proposed(self, persona: Persona) -> Persona:
        own = self._group(persona)
        fields = {name: getattr(persona, name) for name in type(persona).model_fields}
        lists = {name: [self._item(one, own) for one in value] for name, value in fields.items() if _is_list(value)}
        return persona.model_copy(update={**lists, "owner": None, "review_due": None})

    def _item(self, item: object, own: Group) -> object:
        if isinstance(item, Claim):
            return self._claim(item, own)
        if isinstance(item, Backed):
            return item.model_copy(update={"claim": self._claim(item.claim, own)})
        if isinstance(item, ContrastPair):
            theirs = self._claim(item.theirs, self._group_of(item.their_persona_id))
            return item.model_copy(update={"ours": self._claim(item.ours, own), "theirs": theirs})
        return item

    def _claim(self, claim: Claim, group: Group) -> Claim:
        support = Support(k=len(_said_by(claim)), n=len(group))
        cited = [self._cited(one) for one in claim.citations]
        return claim.model_copy(update={"review": Review(), "support": support, "citations": cited})

    def _cited(self, citation: Citation) -> Citation:
        """Without the name of somebody who did not code the words here."""
        known = citation.coded_by in self.coders.get(citation.evidence_id, ())
        return citation if known or not citation.coded_by else citation.model_copy(update={"coded_by": ""})

    def _contrasted(self, persona: Persona) -> list[tuple[Claim, Group]]:
        pairs: list[ContrastPair] = getattr(persona, "contrast", [])
        theirs = [(pair.theirs, self._group_of(pair.their_persona_id)) for pair in pairs]
        return [*((pair.ours, self._group(persona)) for pair in pairs), *theirs]

    def _group_of(self, persona_id: str) -> Group:
        return next((self._group(one) for one in self.personas if one.id == persona_id), frozenset())

    def _group(self, persona: Persona) -> Group:
        """Of whom its claims say how many: a poor fit is looked for among everybody."""
        return self.heard if persona.kind is Level.NEGATIVE else frozenset(persona.sample.participants)


def not_taken_over(reviews: Sequence[ClaimReview]) -> list[str]:
    """A line of the report that says whose decisions about claims are to be made here anew; none where there are
    none."""
    by = Counter(one.review.by or "nobody named" for one in reviews)
    listed = ", ".join(f"{name} ({count})" for name, count in sorted(by.items()))
    return [f"decisions about claims, which are to be made here anew: {by.total()}, by {listed}"] if by else []


def _said_by(claim: Claim) -> frozenset[str]:
    return frozenset(one.participant_id for one in claim.supporting)


def _signatures(people: Collection[str]) -> set[str]:
    """How a citation may name those who coded its words: one of them, or all."""
    return {*people, ", ".join(sorted(set(people)))}


def _is_list(value: object) -> bool:
    return isinstance(value, list)
