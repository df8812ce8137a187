"""Contrast: same title, different reality. Two people of one role, in two micro segments of one core, think otherwise.

A pair is shown where both declared the same or nearly the same role, each stands behind a claim of their micro
persona that the other micro persona does not make, on one code, and the two say opposite things: of one subject with
opposite verdicts, or else of subjects that lie on opposite sides of what the study says. Claims that set a micro
persona apart from its core go before others. Where nothing fits there is no pair.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from app.engines.base import Profile
from app.engines.naming import ROLE_ATTRIBUTES, role_text
from app.engines.stance import disagree
from app.models.claim import Citation, Claim
from app.models.persona import ContrastPair, MicroPersona, Persona
from app.synthesis.hearing import StudyHearing
from app.workbench import Workbench

# Cosine from which two declared roles are one: "Head of IT" and "IT director" come to .8, "Head of IT" and "Events
# manager" to .3.
SAME_ROLE = 0.75
# Codes that say how somebody thinks and decides. What they do not say (a headcount, a boss's opinion) may differ
# between two people of like mind.
LOGIC = (
    "decision_logic", "motivation", "stressor", "objection", "aptitude", "behavior", "expectation", "success_criterion",
    "pain_point", "budget",
)  # fmt: skip
# Cosine of meaning under which two sentences are about different things: centred vectors of a study's sentences have a
# mean of 0.
FAR = 0.0


class Voice(NamedTuple):
    """Somebody behind a claim; `sets_apart` where it is one of the differences from the core."""

    micro: MicroPersona
    claim: Claim
    citation: Citation
    code: str
    sets_apart: bool


class Found(NamedTuple):
    """Two voices in contrast; `opposed` where their verdicts are, and how alike their subjects (a cosine)."""

    ours: Voice
    theirs: Voice
    opposed: bool
    likeness: float

    @property
    def rank(self) -> tuple[bool, int, float, str, str]:
        """The clearest first: opposite verdicts on the nearest subjects, then the farthest subjects."""
        ids = self.ours.citation.evidence_id, self.theirs.citation.evidence_id
        distinctive = self.ours.sets_apart + self.theirs.sets_apart
        return not self.opposed, -distinctive, -self.likeness if self.opposed else self.likeness, *ids


def add_contrasts(bench: Workbench, study: StudyHearing, personas: Sequence[Persona]) -> list[Persona]:
    """The personas, each micro persona with its clearest contrast to every other of its core."""
    micros = [one for one in personas if isinstance(one, MicroPersona)]
    roles = Roles(bench, study)
    return [
        one.model_copy(update={"contrast": list(_pairs(one, micros, roles, study))})
        if isinstance(one, MicroPersona)
        else one
        for one in personas
    ]


class Roles:
    """What each participant declared of their role, and whether two of them are the same."""

    def __init__(self, bench: Workbench, study: StudyHearing):
        profiles = study.material.profiles()
        self.of = {one.participant.id: _title(one) for one in profiles}
        spelled = {_title(one): role_text(one) for one in profiles if _title(one)}
        vectors = bench.embedder.encode(list(spelled.values()))
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


def _title(profile: Profile) -> str:
    """The first thing declared of a role."""
    declared = (profile.participant.attributes.get(name, "").strip() for name in ROLE_ATTRIBUTES)
    return next(filter(None, declared), "")


def _pairs(
    micro: MicroPersona, micros: Sequence[MicroPersona], roles: Roles, study: StudyHearing
) -> Iterator[ContrastPair]:
    for other in micros:
        if other.id != micro.id and other.parent_macro_id == micro.parent_macro_id:
            found = [one for one in _candidates(micro, other, roles, study) if one.opposed or one.likeness < FAR]
            if found:
                yield _pair(min(found, key=lambda one: one.rank), roles)


def _candidates(micro: MicroPersona, other: MicroPersona, roles: Roles, study: StudyHearing) -> Iterator[Found]:
    shared = {one.theme_id for one in micro.grounded_claims()} & {one.theme_id for one in other.grounded_claims()}
    for ours, theirs in product(_voices(micro, study), _voices(other, study)):
        if ours.claim.theme_id not in shared and theirs.claim.theme_id not in shared:
            people = ours.citation.participant_id, theirs.citation.participant_id
            if ours.code == theirs.code and people[0] != people[1] and roles.same(*people):
                yield _found(ours, theirs, study)


def _found(ours: Voice, theirs: Voice, study: StudyHearing) -> Found:
    material = study.material
    one, other = material.by_id[ours.citation.evidence_id], material.by_id[theirs.citation.evidence_id]
    rows = material.row_by_id[one.id], material.row_by_id[other.id]
    likeness = round(float(study.meanings[rows[0]] @ study.meanings[rows[1]]), 6)
    return Found(ours, theirs, likeness >= FAR and disagree(one, other), likeness)


def _voices(micro: MicroPersona, study: StudyHearing) -> list[Voice]:
    """Everybody quoted in the persona's claims under codes that say how they think, its differences first."""
    apart = [difference.claim for difference in micro.differs_from_core]
    told = {claim.theme_id for claim in apart}
    others = {claim.theme_id: claim for claim in reversed(micro.grounded_claims()) if claim.field != "table_stakes"}
    found = []
    for claim in [*apart, *(claim for theme, claim in others.items() if theme not in told)]:
        code = study.material.code_of(claim.theme_id)
        if code in LOGIC:
            found += [Voice(micro, claim, one, str(code), claim.theme_id in told) for one in claim.supporting]
    return found


def _pair(found: Found, roles: Roles) -> ContrastPair:
    ours, theirs = found.ours, found.theirs
    return ContrastPair(
        role=roles.shared(ours.citation.participant_id, theirs.citation.participant_id),
        ours=_voiced_first(ours),
        theirs=_voiced_first(theirs),
        their_persona_id=theirs.micro.id,
    )


def _voiced_first(voice: Voice) -> Claim:
    """The claim with the citation of the person of that title in front, where it is read."""
    rest = [one for one in voice.claim.citations if one.evidence_id != voice.citation.evidence_id]
    return voice.claim.model_copy(update={"citations": [voice.citation, *rest]})
