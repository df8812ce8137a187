"""Choosing: which claims prove a point at this stage, for this reader, in this industry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.briefs.ground import GROUP, Ground, Subject
from app.briefs.rules import FormatRule, IntentRule, StageRule
from app.errors import InsufficientEvidence
from app.models.brief import BriefRequest, Format, Intent
from app.models.claim import Claim
from app.models.field import Level

# A brief with more proof points is read by nobody; with fewer own ones, claims of the core stand in.
MOST_PROOF, ENOUGH_PROOF = 6, 3
# Claims that feed one of the smaller parts.
MOST_LINES = 4
# Cosine from which a claim speaks of what an objection speaks of. Measured on flowline: below, what is found together
# shares a word and no subject. It errs on the side of silence, because product can be asked.
SAME_SUBJECT = 0.5


@dataclass(frozen=True)
class Choice:
    """A request with everything that follows from it. `speaking` are the people of the industry, or all."""

    request: BriefRequest
    subject: Subject
    stage: StageRule
    intent: Intent
    intent_rule: IntentRule
    format: Format
    format_rule: FormatRule
    industry: str
    speaking: Sequence[str]
    proof: Sequence[Claim]

    @property
    def narrowed(self) -> bool:
        return bool(self.industry) and len(self.speaking) < len(self.subject.members)


def choose(ground: Ground, request: BriefRequest) -> Choice:
    """NotFound for an unknown persona, BadInput for a negative one, InsufficientEvidence where nothing proves a
    point."""
    rules, subject = ground.rules, ground.subject(request.persona, published=request.published)
    stage = rules.stages[request.stage]
    intent = request.intent or stage.intent
    format = request.format or (Format.JOB_AD if subject.kind == Level.CANDIDATE else Format.BLOG)
    industry = _known_industry(ground, request.industry)
    own = ground.in_industry(subject.members, industry) if industry else []
    speaking = own or list(subject.members)
    proof = proof_points(ground, subject, [*stage.proof, *rules.intents[intent].proof], set(own))
    if not proof:
        raise InsufficientEvidence(f"a brief for “{subject.name}”", 0, 1, _ask(ground, subject))
    return Choice(request, subject, stage, intent, rules.intents[intent], format, rules.formats[format], industry,
                  speaking, proof)  # fmt: skip


def proof_points(ground: Ground, subject: Subject, fields: Sequence[str], preferred: set[str]) -> list[Claim]:
    """The claims that prove a point, best first: those of the industry's people, then by field, then by how many said
    it. Where the group's own are few, the core's that one of them voiced stand in."""
    place = {name: rank for rank, name in reversed(list(enumerate(fields)))}

    def worth(claim: Claim) -> tuple[bool, int, int, float]:
        in_industry = any(one.participant_id in preferred for one in claim.supporting)
        return not in_industry, place.get(claim.field, len(fields)), -claim.support.k, -claim.confidence

    own = sorted(subject.own, key=worth)[:MOST_PROOF]
    if len(own) >= ENOUGH_PROOF or not subject.lent or subject.kind == GROUP:
        return own
    return [*own, *sorted((claim for _, claim in subject.lent.values()), key=worth)[: ENOUGH_PROOF - len(own)]]


def of_fields(subject: Subject, fields: Iterable[str], most: int = MOST_LINES) -> list[Claim]:
    """Claims of these fields, the group's own before those lent, in the order of the fields."""
    place = {name: rank for rank, name in enumerate(fields)}
    lent = [claim for _, claim in subject.lent.values()]
    found = [claim for claim in (*subject.own, *lent) if claim.field in place]
    own = {claim.id for claim in subject.own}
    return sorted(found, key=lambda claim: (claim.id not in own, place[claim.field]))[:most]


def answers_to(ground: Ground, subject: Subject, objections: Sequence[Claim]) -> dict[str, list[Claim]]:
    """For each objection the claims that speak of the same and are no objection themselves, nearest first."""
    bearing = of_fields(subject, ground.rules.fields["answers"], most=len(subject.pool))
    if not objections or not bearing:
        return {}
    embed = ground.bench.embedder.encode
    near = embed([one.text for one in objections]) @ embed([one.text for one in bearing]).T
    found: dict[str, list[Claim]] = {}
    for row, objection in enumerate(objections):
        order = np.argsort(-near[row], kind="stable")
        close = [bearing[int(at)] for at in order if near[row][int(at)] >= SAME_SUBJECT]
        found[objection.id] = [one for one in close if one.theme_id != objection.theme_id][:2]
    return found


def flags(choice: Choice) -> list[str]:
    """Choices worth a second look."""
    request, subject, found = choice.request, choice.subject, list[str]()
    kinds = {"macro": "core persona", "micro": "micro persona", "customer": "customer persona",
             "candidate": "candidate persona", "group": "buying centre"}  # fmt: skip
    article = "an" if kinds[subject.kind][0] in "aeiou" else "a"
    if subject.kind == Level.CUSTOMER:
        found.append("A customer persona: these people have bought. Write to keep or to widen, not to win.")
    elif subject.kind != Level.CANDIDATE and subject.kind not in choice.stage.levels:
        wanted = "a core persona" if request.stage == "top" else "a micro persona"
        place = f"the {request.stage} of the funnel"
        found.append(f"{article.capitalize()} {kinds[subject.kind]} at {place}: {wanted} is the usual choice there.")
    if choice.intent is not choice.stage.intent:
        found.append(f"{choice.intent.capitalize()} intent at the {request.stage} of the funnel: "
                     f"{choice.stage.intent} is usual.")  # fmt: skip
    if (choice.format is Format.JOB_AD) != (subject.kind == Level.CANDIDATE):
        found.append(f"A {choice.format_rule.label.lower()} for {article} {kinds[subject.kind]}.")
    if choice.industry and not choice.narrowed and not _all_in(choice):
        found.append(
            f"Nobody heard for this persona works in {choice.industry}: words and proof are of all industries."
        )
    if any(subject.of(claim.id) for claim in choice.proof):
        found.append("Some proof points are the core persona's; at least one person of this group said them too.")
    return found


def _all_in(choice: Choice) -> bool:
    return bool(choice.industry) and list(choice.speaking) != list(choice.subject.members)


def _known_industry(ground: Ground, wanted: str) -> str:
    """The industry as the participants' table spells it, where it does."""
    bare = " ".join(wanted.split())
    known = {ground.industry_of(one.id).lower(): ground.industry_of(one.id) for one in ground.material.participants}
    return known.get(bare.lower(), bare)


def _ask(ground: Ground, subject: Subject) -> str:
    asks = [claim.gap.ask_next for claim in subject.gaps if claim.gap]
    return asks[0] if asks else "Interview more of these people, or accept claims that were rejected."
