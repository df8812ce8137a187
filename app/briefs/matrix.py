"""The matrix: personas × stages × industries, what of it is written, what can be, and on how much evidence."""

from collections.abc import Sequence
from itertools import product

from app.briefs.choosing import ENOUGH_PROOF, proof_points
from app.briefs.ground import Ground
from app.errors import NotFound
from app.models.base import Model
from app.models.brief import Brief, BriefRequest, Format, Intent, Stage, brief_id
from app.models.field import Level
from app.models.persona import Persona

# Personas that a writer may win, keep or hire. A poor fit is left alone.
WRITTEN_FOR = (Level.MACRO, Level.MICRO, Level.CUSTOMER, Level.CANDIDATE)


class Cell(Model):
    """A place in the grid. `proof` counts the claims that would prove a point, `people` those who said them; `thin`
    where the proof is less than a brief should have. `fits` says whether this kind of persona is usual at the stage."""

    persona_id: str
    stage: Stage
    industry: str
    intent: Intent
    format: Format
    brief_id: str
    written: bool
    proof: int
    people: int
    thin: bool
    fits: bool


def writable(ground: Ground, *, published: bool = False) -> list[Persona]:
    """The personas briefs can be written for, in the order of the cast."""
    return [one for one in ground.personas(published=published) if one.kind in WRITTEN_FOR]


def grid(
    ground: Ground,
    briefs: Sequence[Brief],
    industry: str = "",
    format: Format | None = None,
    *,
    published: bool = False,
) -> list[tuple[Persona, list[Cell]]]:
    """Every persona with its three cells."""
    written = {one.id for one in briefs}
    return [
        (one, [_cell(ground, one, stage, industry, format, written, published=published) for stage in Stage])
        for one in writable(ground, published=published)
    ]


def _cell(
    ground: Ground, persona: Persona, stage: Stage, industry: str, format: Format | None, written: set[str], *,
    published: bool,
) -> Cell:  # fmt: skip
    rule = ground.rules.stages[stage]
    chosen = format or (Format.JOB_AD if persona.kind is Level.CANDIDATE else Format.BLOG)
    subject = ground.subject_of(persona, published=published)
    own = set(ground.in_industry(subject.members, industry)) if industry else set()
    proof = proof_points(ground, subject, [*rule.proof, *ground.rules.intents[rule.intent].proof], own)
    people = {one.participant_id for claim in proof for one in claim.supporting}
    id = brief_id(ground.study_id, persona.id, stage, rule.intent, industry, chosen)
    return Cell(
        persona_id=persona.id, stage=stage, industry=industry, intent=rule.intent, format=chosen, brief_id=id,
        written=id in written, proof=len(proof), people=len(people), thin=len(proof) < ENOUGH_PROOF,
        fits=persona.kind in (Level.CUSTOMER, *rule.levels),
    )  # fmt: skip


def matrix(
    ground: Ground,
    *,
    personas: Sequence[str] = (),
    stages: Sequence[Stage] = (),
    industries: Sequence[str] = (),
    format: Format | None = None,
    published: bool = False,
) -> list[BriefRequest]:
    """The requests of a matrix. Personas that are not named are the micro personas, and the core personas without any;
    stages that are not named are all three. NotFound for a persona that is not there."""
    known = writable(ground, published=published)
    ids = [ground.subject(one, published=published).id for one in personas] or [one.id for one in _finest(known)]
    if not ids:
        raise NotFound("persona", "micro", "Draft personas first: run the study")
    wanted = product(ids, stages or list(Stage), industries or [""])
    return [
        BriefRequest(
            study_id=ground.study_id, persona=one, stage=stage, industry=industry, format=format, published=published
        )
        for one, stage, industry in wanted
    ]


def _finest(personas: Sequence[Persona]) -> list[Persona]:
    parents = {getattr(one, "parent_macro_id", "") for one in personas}
    return [one for one in personas if one.kind is Level.MICRO or (one.kind is Level.MACRO and one.id not in parents)]
