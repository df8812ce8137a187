"""The matrix: personas × stages × industries, what of it is written, what can be, and on how much evidence."""

from collections.abc import Mapping, Sequence
from itertools import product

from app.briefs.choosing import ENOUGH_PROOF, proof_points
from app.briefs.ground import Ground
from app.errors import BadInput, NotFound
from app.models.base import Model
from app.models.brief import Brief, BriefRequest, Format, Intent, Stage, brief_id
from app.models.field import Level
from app.models.persona import Persona
from retrieval.evidence import stable_id

# No industry, in a job's record.
ANY = "any"
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
    id = brief_id(ground.study_id, persona.id, stage, rule.intent, industry, chosen, ground.older(subject))
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


def job_ids(ground: Ground, wanted: Sequence[BriefRequest]) -> dict[str, str]:
    """A matrix as a job's record holds it: ids and words of ours only, what is empty left out. BadInput for an industry
    in which nobody works."""
    industries = dict.fromkeys(one.industry for one in wanted)
    known = {one.lower() for one in ground.all_industries} | {""}
    if strange := [one for one in industries if one.strip().lower() not in known]:
        listed = ", ".join(ground.all_industries) or "none are known"
        raise BadInput(f"Nobody heard works in {strange[0]}. Industries: {listed}.")
    formats = {str(one.format) for one in wanted if one.format}
    named = {
        "persona": ",".join(dict.fromkeys(one.persona for one in wanted)),
        "stage": ",".join(dict.fromkeys(one.stage for one in wanted)),
        "industry": ",".join(digest_of(one) if one else ANY for one in industries),
        "format": next(iter(formats), ""),
        "published": "yes" if any(one.published for one in wanted) else "",
    }
    return {name: value for name, value in named.items() if value}


def matrix_of(ground: Ground, ids: Mapping[str, str]) -> list[BriefRequest]:
    """The matrix that the ids of a job stand for: lists with commas between, empty for all. An industry is known by the
    digest of its name, so that nothing a table holds stands in a record."""
    known = {digest_of(one): one for one in ground.all_industries}
    return matrix(
        ground,
        personas=_listed(ids.get("persona", "")),
        stages=[Stage(one) for one in _listed(ids.get("stage", ""))],
        industries=[known.get(one, "") for one in _listed(ids.get("industry", ""))],
        format=Format(ids["format"]) if ids.get("format") else None,
        published=bool(ids.get("published")),
    )


def digest_of(industry: str) -> str:
    """An industry as a job's record knows it."""
    return stable_id("ind", industry.strip().lower())


def _listed(given: str) -> list[str]:
    return [one for one in given.split(",") if one]
