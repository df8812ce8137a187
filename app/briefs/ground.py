"""Ground: a study as briefs see it, loaded once for as many as are written; and the subject of a brief.

A micro persona's brief may lean on claims of its core persona that one of its own people voiced, and on what customers
of the same group say. It never leans on what a person rejected, or on a field without evidence.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.briefs.rules import BriefRules, load_rules
from app.errors import BadInput, NotFound
from app.models.buying_centre import BuyingCentre
from app.models.cast import Cast
from app.models.claim import Claim
from app.models.field import Level, fields_of
from app.models.persona import CustomerPersona, MicroPersona, NegativePersona, Persona
from app.playbook.quotes import is_shown
from app.playbook.words import TRADE, WORK, first
from app.support.words import stem, tokens
from app.synthesis.buying.buying_centre import find_buying_centre, find_buying_centres
from app.synthesis.casting import cast_of, find_persona
from app.synthesis.material import Material, load_material
from app.synthesis.releasing import published_personas
from app.workbench import Workbench
from retrieval.evidence import Consent, Participant

STAKES = "table_stakes"
GROUP = "group"


@dataclass(frozen=True)
class Subject:
    """Whom a brief is for. `own` are their claims, what sets them apart first; `lent` claims of others that bear on
    them, each with the name of the persona it is of; `stakes` what is not to be sold."""

    id: str
    name: str
    kind: str
    version: int
    members: Sequence[str]
    own: Sequence[Claim]
    stakes: Sequence[Claim] = ()
    lent: dict[str, tuple[str, Claim]] = field(default_factory=dict)
    gaps: Sequence[Claim] = ()

    @cached_property
    def pool(self) -> dict[str, Claim]:
        """Everything that may be cited, by id."""
        lent = {id: claim for id, (_, claim) in self.lent.items()}
        return lent | {one.id: one for one in (*self.stakes, *self.own)}

    def of(self, claim_id: str) -> str:
        """The persona a claim is of where it is another's, else nothing."""
        own = {one.id for one in (*self.own, *self.stakes)}
        return self.lent[claim_id][0] if claim_id in self.lent and claim_id not in own else ""


@dataclass(frozen=True)
class Ground:
    bench: Workbench
    material: Material
    cast: Cast
    published: dict[str, Persona]
    rules: BriefRules

    @property
    def study_id(self) -> str:
        return self.cast.study.id

    @cached_property
    def people(self) -> dict[str, Participant]:
        return self.material.person_by_id

    @cached_property
    def cleared(self) -> frozenset[str]:
        """Who may be quoted in marketing."""
        return frozenset(one.id for one in self.material.participants if one.consent is Consent.MARKETING)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {spec.id: spec.label for level in Level for spec in fields_of(level)} | {STAKES: "Table stakes"}

    @cached_property
    def word_users(self) -> Counter[str]:
        """Stem → how many participants use it in what is evidence of anything."""
        said: dict[str, set[str]] = {}
        for one in self.material.evidence:
            said.setdefault(one.participant_id, set()).update(stem(word) for word in tokens(one.extent.text))
        return Counter(root for roots in said.values() for root in roots)

    def label(self, field_id: str) -> str:
        return self.labels.get(field_id, field_id.replace("_", " ").capitalize())

    def personas(self, *, published: bool = False) -> list[Persona]:
        """The personas as they stand, or those that were published, in their published version."""
        return list(self.published.values()) if published else self.cast.personas

    def subject(self, wanted: str, *, published: bool = False) -> Subject:
        """The persona, by id or a part of its name, else the buying centre of the account; NotFound, or BadInput for
        a negative persona."""
        known = self.cast.model_copy(update={"personas": self.personas(published=published)})
        try:
            return self.subject_of(find_persona(known, wanted), published=published)
        except NotFound as error:
            if published:
                raise
            return group_subject(self._centre(wanted, error))

    def _centre(self, account: str, otherwise: NotFound) -> BuyingCentre:
        accounts = {one.attributes.get("account", "").lower() for one in self.material.participants} - {""}
        if account.lower() not in accounts and not account.startswith("bc_"):
            raise otherwise
        centres = find_buying_centres(self.bench, self.material, self.cast.personas)
        by_id = next((one for one in centres if one.id == account), None)
        return by_id or find_buying_centre(self.cast.model_copy(update={"buying_centres": centres}), account)

    def subject_of(self, persona: Persona, *, published: bool = False) -> Subject:
        """BadInput for a negative persona."""
        if isinstance(persona, NegativePersona):
            raise BadInput(
                f"“{persona.name}” is a poor fit, so nothing is written to win them. Its rule says whom to leave out: "
                "see the persona. Choose another for a brief."
            )
        claims = [claim for claim in persona.claims() if is_shown(claim)]
        lent = self._lent(persona, self.personas(published=published))
        return Subject(
            id=persona.id,
            name=persona.name,
            kind=persona.kind,
            version=persona.version,
            members=persona.sample.participants,
            own=_own(persona, claims),
            stakes=_stakes(claims, [claim for _, claim in lent.values()]),
            lent={id: pair for id, pair in lent.items() if pair[1].field != STAKES},
            gaps=[claim for claim in persona.claims() if claim.gap],
        )

    def _lent(self, persona: Persona, known: Sequence[Persona]) -> dict[str, tuple[str, Claim]]:
        """What the core says that one of these people voiced too, and what customers among them say."""
        own = {claim.id for claim in persona.claims()}
        themes = {claim.theme_id for claim in persona.grounded_claims()}
        found: dict[str, tuple[str, Claim]] = {}
        for other in known:
            core = isinstance(persona, MicroPersona) and other.id == persona.parent_macro_id
            bought = isinstance(other, CustomerPersona) and other.linked_persona_id in _family(persona)
            for claim in other.claims() if core or bought else []:
                voiced = bought or claim.field == STAKES or _voiced_by(claim, persona.sample.participants)
                fresh = claim.id not in own and claim.theme_id not in themes
                if is_shown(claim) and voiced and fresh:
                    found[claim.id] = (other.name, claim)
        return found

    @cached_property
    def all_industries(self) -> list[str]:
        """Those that anybody heard works in."""
        return self.industries([one.id for one in self.cast.participants])

    def older(self, subject: Subject) -> int:
        """The subject's version where it is not the persona's current one; 0 where it is."""
        now = next((one.version for one in self.cast.personas if one.id == subject.id), subject.version)
        return subject.version if subject.version != now else 0

    def industry_of(self, person_id: str) -> str:
        person = self.people.get(person_id)
        return first(person, TRADE) if person else ""

    def in_industry(self, people: Sequence[str], industry: str) -> list[str]:
        """Those among the people whose attributes say that industry."""
        return [one for one in people if self.industry_of(one).lower() == industry.strip().lower()]

    def roles(self, people: Sequence[str]) -> list[str]:
        """What they do, each once, without who does it."""
        said = (first(self.people[one], WORK) for one in people if one in self.people)
        return list(dict.fromkeys(text for text in said if text))

    def industries(self, people: Sequence[str]) -> list[str]:
        return sorted({text for one in people if (text := self.industry_of(one))})


def load_ground(bench: Workbench, study_id: str) -> Ground:
    """NotFound where there is no such study."""
    bench = bench.for_study(study_id)
    material = load_material(bench, study_id)
    return ground_of(bench, material, cast_of(bench, material))


def ground_of(bench: Workbench, material: Material, cast: Cast) -> Ground:
    """The ground of a study that is loaded already."""
    with bench.store.transaction() as tx:
        published = {one.id: one for one in published_personas(tx, material.study.id)}
    return Ground(bench, material, cast, published, load_rules())


def _own(persona: Persona, claims: Sequence[Claim]) -> list[Claim]:
    """Each thing said once, differences of a micro persona first, table stakes left out."""
    apart = [one.claim for one in persona.differs_from_core] if isinstance(persona, MicroPersona) else []
    granted = {claim.theme_id for claim in claims if claim.field == STAKES and claim.theme_id}
    ordered = [*(one for one in apart if is_shown(one)), *claims]
    told: dict[str, Claim] = {}
    for claim in ordered:
        if claim.field != STAKES and claim.theme_id not in granted:
            told.setdefault(claim.theme_id or claim.id, claim)
    return list(told.values())


def _stakes(own: Sequence[Claim], lent: Sequence[Claim]) -> list[Claim]:
    told: dict[str, Claim] = {}
    for claim in (*own, *lent):
        if claim.field == STAKES:
            told.setdefault(claim.theme_id or claim.id, claim)
    return list(told.values())


def _family(persona: Persona) -> set[str | None]:
    return {persona.id, persona.parent_macro_id} if isinstance(persona, MicroPersona) else {persona.id}


def _voiced_by(claim: Claim, people: Sequence[str]) -> bool:
    return any(one.participant_id in people for one in claim.supporting)


def group_subject(centre: BuyingCentre) -> Subject:
    """A buying centre: its points are its common ground, because what is tuned to one of them may split the rest; what
    single members doubt is to be answered, and proves nothing."""
    common = [claim for claim in centre.common_ground if is_shown(claim)]
    doubts = {
        claim.id: (one.title or one.participant_id, claim)
        for one in centre.members
        for claim in (*one.objections, *one.success_criteria, *one.veto)
        if is_shown(claim)
    }
    return Subject(
        id=centre.id, name=f"buying group at {centre.account}", kind=GROUP, version=1, members=centre.participant_ids,
        own=common, lent=doubts, gaps=[claim for claim in centre.claims() if claim.gap],
    )  # fmt: skip
