"""Personas: read them, review their claims, publish them, follow their versions."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field, StringConstraints

from app.access.action import Action
from app.access.permission import You, may
from app.access.principal import Principal
from app.access.published import must_see, seen
from app.api.context import Bench, Study
from app.api.etags import IfMatch, answer, must_match, tag_of
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.errors import NotFound
from app.models.base import Model
from app.models.cast import Refusal
from app.models.claim import ReviewState
from app.models.field import Level
from app.models.persona import Persona
from app.models.publication import Publication
from app.models.version import Delta
from app.synthesis.releasing import publications, publish_persona, take_back_persona
from app.synthesis.reviewing import get_persona, list_personas, review_claim
from app.synthesis.versions import delta, versions_of

router = APIRouter(prefix="/studies/{study}", tags=["personas"])
PersonaId = Annotated[str, Path(alias="persona", description="The persona's id.", max_length=64)]
ClaimId = Annotated[str, Path(alias="claim", description="The claim's id.", max_length=64)]


class PersonaSummary(Model):
    """A persona as listed."""

    id: str
    kind: Level
    name: str
    summary: str
    version: int
    segment_id: str
    coverage: float
    participants: int
    claims: int = Field(description="Claims that rest on quotes.")

    @classmethod
    def of(cls, one: Persona) -> "PersonaSummary":
        return cls(
            id=one.id,
            kind=one.kind,
            name=one.name,
            summary=one.summary,
            version=one.version,
            segment_id=one.segment_id,
            coverage=one.coverage,
            participants=one.sample.n,
            claims=len(one.grounded_claims()),
        )


class PersonaShown(Model):
    """A persona with all its claims."""

    persona: Persona


class Decided(Model):
    """What a person decides about a claim."""

    state: ReviewState = Field(description="`proposed` takes a decision back.", examples=["accepted"])
    text: Annotated[str, StringConstraints(max_length=1000)] | None = Field(
        None, description="The new words of an edit."
    )


class PublishedVersion(Model):
    """Which version those who write from the persona get to see."""

    version: int | None = Field(None, ge=1, le=10**9, description="Where not given, the newest.", examples=[2])
    owner: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="Who answers for it; where not given, as before."
    )
    review_due: date | None = Field(None, description="When to look at it again; where not given, as before.")


@router.get(
    "/personas", dependencies=[may(Action.READ_PERSONAS)], summary="List the personas", responses=responses(404)
)
def personas(bench: Bench, study: Study, piece: Wanted, you: You) -> Page[PersonaSummary]:
    """Writers see those that were published."""
    current = list_personas(bench, study)
    with bench.store.transaction() as tx:
        found = seen(tx, study, you.sight, current)
    return piece.of(found, lambda one: one.id, PersonaSummary.of)


@router.get(
    "/refusals",
    dependencies=[may(Action.READ_STUDY)],
    summary="Segments that got no persona, and why",
    responses=responses(404),
)
def refusals(bench: Bench, study: Study, piece: Wanted) -> Page[Refusal]:
    with bench.store.transaction() as tx:
        found = tx.results.refusals(study)
    return piece.of(found, lambda one: f"{one.segment_id}/{one.name}", lambda one: one)


@router.get(
    "/personas/{persona}",
    dependencies=[may(Action.READ_PERSONAS)],
    summary="A persona",
    responses=responses(404),
    response_model=PersonaShown,
)
def persona(request: Request, bench: Bench, study: Study, persona_id: PersonaId, you: You) -> Response:
    """With what people decided about its claims; for writers as it was published."""
    found = _published(bench, study, persona_id, you) or get_persona(bench, study, persona_id)
    return answer(request, PersonaShown(persona=found))


@router.put(
    "/personas/{persona}/claims/{claim}/review", dependencies=[may(Action.REVIEW)],
    summary="Accept, edit or reject a claim",
    responses=responses(400, 404, 412), response_model=PersonaShown,
)  # fmt: skip
def review(
    bench: Bench,
    you: You,
    study: Study,
    persona_id: PersonaId,
    claim_id: ClaimId,
    decided: Decided,
    response: Response,
    if_match: IfMatch = None,
) -> PersonaShown:
    """It holds for every later draft that makes the same claim. Answers with the persona as it is then."""
    before = get_persona(bench, study, persona_id)
    must_match(if_match, PersonaShown(persona=before))
    # Whoever decides between the two is not overwritten.
    marks = {one.id: one.review.mark for one in before.claims()} if if_match is not None else {}
    found = review_claim(
        bench, study, persona_id, claim_id, decided.state, by=you.name, text=decided.text, seen=marks.get(claim_id)
    )
    shown = PersonaShown(persona=found)
    response.headers["ETag"] = tag_of(shown)
    return shown


@router.get(
    "/personas/{persona}/versions",
    dependencies=[may(Action.READ_PERSONAS)],
    summary="Every version, oldest first",
    responses=responses(404),
)
def versions(bench: Bench, study: Study, persona_id: PersonaId, piece: Wanted, you: You) -> Page[PersonaSummary]:
    """Writers see the one that was published."""
    return piece.of(_versions(bench, study, persona_id, you), lambda one: str(one.version), PersonaSummary.of)


@router.get(
    "/personas/{persona}/versions/{number}", dependencies=[may(Action.READ_PERSONAS)],
    summary="One version, as it was drafted", responses=responses(404),
    response_model=PersonaShown,
)  # fmt: skip
def version(
    request: Request, bench: Bench, study: Study, persona_id: PersonaId, you: You,
    number: Annotated[int, Path(ge=1, le=10**9)],
) -> Response:  # fmt: skip
    return answer(request, PersonaShown(persona=_version(_versions(bench, study, persona_id, you), number)))


@router.get(
    "/personas/{persona}/diff",
    dependencies=[may(Action.READ_PERSONAS)],
    summary="What one version changed",
    responses=responses(404),
)
def diff(
    bench: Bench,
    study: Study,
    persona_id: PersonaId,
    you: You,
    before: Annotated[int, Query(ge=1, le=10**9, description="The earlier version.")],
    after: Annotated[int, Query(ge=1, le=10**9, description="The later version.")],
) -> Delta:
    kept = _versions(bench, study, persona_id, you)
    return delta(_version(kept, before), _version(kept, after))


@router.get(
    "/publications",
    dependencies=[may(Action.REVIEW)],
    summary="What is published, and in which version",
    responses=responses(404),
)
def published(bench: Bench, study: Study, piece: Wanted) -> Page[Publication]:
    return piece.of(list(publications(bench, study).values()), lambda one: one.persona_id, lambda one: one)


@router.put(
    "/personas/{persona}/publication",
    dependencies=[may(Action.PUBLISH)],
    summary="Publish a persona to those who write",
    responses=responses(404),
)
def publish(bench: Bench, you: You, study: Study, persona_id: PersonaId, wanted: PublishedVersion) -> Publication:
    """Writers then see this version, without the claims that were rejected; it takes the place of an earlier one."""
    return publish_persona(
        bench, study, persona_id, by=you.name, version=wanted.version, owner=wanted.owner, review_due=wanted.review_due
    )


@router.delete(
    "/personas/{persona}/publication",
    dependencies=[may(Action.PUBLISH)],
    status_code=204,
    summary="Take a published persona back",
    responses=responses(404),
)
def take_back(bench: Bench, study: Study, persona_id: PersonaId) -> None:
    """Writers see it no more. Taking back what is not published changes nothing."""
    take_back_persona(bench, study, persona_id)


def _published(bench: Bench, study: str, persona_id: str, you: Principal) -> Persona | None:
    """The persona as a writer sees it; None for whoever sees all."""
    with bench.store.transaction() as tx:
        return must_see(tx, study, you.sight, persona_id)


def _versions(bench: Bench, study: str, persona_id: str, you: Principal) -> list[Persona]:
    """All that are kept; for a writer the one that was published."""
    published = _published(bench, study, persona_id, you)
    return [published] if published else versions_of(bench, study, persona_id)


def _version(kept: list[Persona], number: int) -> Persona:
    known = {one.version: one for one in kept}
    if number not in known:
        raise NotFound("version", str(number), f"Versions are {', '.join(map(str, known))}")
    return known[number]
