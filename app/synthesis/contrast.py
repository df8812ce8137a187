"""Contrast: same title, different reality. Two people of one role, in two micro segments of one core, think otherwise.

A pair is shown where both declared the same or nearly the same role and both are firmly quoted under one code, each
with words that lie nearer to what their own micro segment says than to what the other says: so the two speak
for their groups, and not for themselves. Opposite verdicts on one subject go before all others. Where nothing
fits there is no pair.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from app.engines.base import DraftClaim, Profile
from app.engines.clarity import clarity
from app.engines.naming import ROLE_ATTRIBUTES, role_text
from app.engines.stance import disagree
from app.engines.voice import third_person
from app.engines.wording import CLEAR_ENOUGH
from app.models.claim import Claim
from app.models.evidence import Evidence
from app.models.persona import ContrastPair, MicroPersona, Persona
from app.synthesis.differences import field_of
from app.synthesis.grounding import ground_claims
from app.synthesis.hearing import StudyHearing
from app.workbench import Workbench
from retrieval.embedder import Embedder

# Cosine from which two declared roles are one. “Operations manager” comes to .79 with “Marketing operations manager”
# and to .71 with “Plant operations manager”.
SAME_ROLE = 0.75
# Codes that say how somebody thinks and decides. In what they do not say (where they work, what others think) two
# people of like mind may differ.
LOGIC = (
    "decision_logic", "motivation", "stressor", "objection", "aptitude", "behavior", "expectation", "success_criterion",
    "pain_point", "budget",
)  # fmt: skip
# How many of the nearest sentences say how near a group is; and how much nearer one's own has to be (cosines).
NEAREST, NEARER = 3, 0.02
# Cosine of meaning from which two sentences may be on one subject; centred vectors of a study have a mean of 0.
ONE_SUBJECT = 0.1


class Voice(NamedTuple):
    """A sentence of somebody, its code, and how much nearer it is to their own group than to the other (cosines)."""

    evidence: Evidence
    code: str
    typical: float


class Found(NamedTuple):
    """Two voices in contrast; `opposed` where their verdicts on one subject are."""

    ours: Voice
    theirs: Voice
    opposed: bool

    @property
    def rank(self) -> tuple[bool, float, str, str]:
        """Opposite verdicts first, then where both speak most for their own."""
        weaker = min(self.ours.typical, self.theirs.typical)
        return not self.opposed, -round(weaker, 6), self.ours.evidence.id, self.theirs.evidence.id


def add_contrasts(bench: Workbench, study: StudyHearing, personas: Sequence[Persona]) -> list[Persona]:
    """The personas, each micro persona with its clearest contrast to every other of its core."""
    micros = [one for one in personas if isinstance(one, MicroPersona)]
    desk = ContrastDesk(bench, study)
    return [
        one.model_copy(update={"contrast": list(desk.pairs(one, micros))}) if isinstance(one, MicroPersona) else one
        for one in personas
    ]


class Roles:
    """What each participant declared of their role, and whether two of them are the same."""

    def __init__(self, profiles: Sequence[Profile], embedder: Embedder):
        self.of = {one.participant.id: _title(one) for one in profiles}
        spelled = {_title(one): role_text(one) for one in profiles if _title(one)}
        vectors = embedder.encode(list(spelled.values()))
        self.likeness = vectors @ vectors.T
        self.rows = {title: row for row, title in enumerate(spelled)}

    def same(self, one: str, other: str) -> bool:
        """Whether two participants declared the same role or nearly so."""
        mine, yours = self.of.get(one, ""), self.of.get(other, "")
        if not mine or not yours:
            return False
        same_words = sorted(mine.casefold().split()) == sorted(yours.casefold().split())
        return same_words or float(self.likeness[self.rows[mine], self.rows[yours]]) >= SAME_ROLE

    def shared(self, one: str, other: str) -> str:
        """How the two are titled: “Head of IT”, or “Head of IT / IT director”."""
        return " / ".join(dict.fromkeys([self.of[one], self.of[other]]))


class ContrastDesk:
    """What contrasts of one study are looked for with."""

    def __init__(self, bench: Workbench, study: StudyHearing):
        self.bench, self.study, self.material = bench, study, study.material
        self.roles = Roles(study.material.profiles(), bench.embedder)
        self._heard: dict[tuple[str, str, str], list[Voice]] = {}
        self._firm: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(self.material.evidence):
            if one.firm:
                self._firm[one.participant_id].append(row)

    def pairs(self, micro: MicroPersona, micros: Sequence[MicroPersona]) -> Iterator[ContrastPair]:
        for other in micros:
            if other.id != micro.id and other.parent_macro_id == micro.parent_macro_id:
                found = min(self._found(micro, other), key=lambda one: one.rank, default=None)
                if found and (pair := self._pair(found, micro, other)):
                    yield pair

    def _found(self, micro: MicroPersona, other: MicroPersona) -> Iterator[Found]:
        for one, two in product(micro.sample.participants, other.sample.participants):
            if self.roles.same(one, two):
                voices = product(self._voices(one, micro, other), self._voices(two, other, micro))
                for ours, theirs in voices:
                    if ours.code == theirs.code:
                        yield Found(ours, theirs, self._opposed(ours.evidence, theirs.evidence))

    def _voices(self, person: str, own: MicroPersona, others: MicroPersona) -> list[Voice]:
        """What the person firmly says that is nearer to their own people than to the others; found once."""
        key = person, own.id, others.id
        if key not in self._heard:
            self._heard[key] = self._listen(person, own, others)
        return self._heard[key]

    def _listen(self, person: str, own: MicroPersona, others: MicroPersona) -> list[Voice]:
        mates = [who for who in own.sample.participants if who != person]
        said = [one for row in self._firm[person] if set((one := self.material.evidence[row]).firm) & set(LOGIC)]
        found = []
        for one in said:
            typical = self._nearness(one, mates) - self._nearness(one, others.sample.participants)
            if typical >= NEARER and clarity(one.quote.text) >= CLEAR_ENOUGH:
                found += [Voice(one, code, typical) for code in one.firm if code in LOGIC]
        return found

    def _nearness(self, one: Evidence, people: Sequence[str]) -> float:
        """The mean cosine to the nearest sentences that the people firmly said."""
        rows = sorted(row for person in people for row in self._firm[person])
        cosines = self.study.meanings[rows] @ self.study.meanings[self.material.row_by_id[one.id]]
        return float(np.sort(cosines)[-NEAREST:].mean()) if rows else 0.0

    def _opposed(self, one: Evidence, other: Evidence) -> bool:
        rows = self.material.row_by_id[one.id], self.material.row_by_id[other.id]
        near = float(self.study.meanings[rows[0]] @ self.study.meanings[rows[1]]) >= ONE_SUBJECT
        return near and disagree(one, other)

    def _pair(self, found: Found, micro: MicroPersona, other: MicroPersona) -> ContrastPair | None:
        ours, theirs = self._claim(found.ours, micro), self._claim(found.theirs, other)
        if ours is None or theirs is None:
            return None
        role = self.roles.shared(found.ours.evidence.participant_id, found.theirs.evidence.participant_id)
        return ContrastPair(role=role, ours=ours, theirs=theirs, their_persona_id=other.id)

    def _claim(self, voice: Voice, micro: MicroPersona) -> Claim | None:
        """The voice as a claim of one person: in a contrast two people speak, not two groups."""
        field, tree = field_of(self.bench.fields, voice.code), self.material.tree
        segment = tree.get(micro.segment_id) if tree else None
        if field is None or segment is None:
            return None
        quote = voice.evidence.quote
        draft = DraftClaim(text=third_person(quote.text), evidence_ids=[voice.evidence.id])
        return next(iter(ground_claims([draft], field.id, segment, self.material)), None)


def _title(profile: Profile) -> str:
    """The first thing declared of a role."""
    declared = (profile.participant.attributes.get(name, "").strip() for name in ROLE_ATTRIBUTES)
    return next(filter(None, declared), "")
