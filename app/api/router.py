"""The router of REST /api/v1, and what an app that mounts it needs besides."""

from fastapi import APIRouter, FastAPI

from app.api import (
    advice,
    assigning,
    briefs,
    evidence,
    exports,
    jobs,
    outcomes,
    participants,
    people,
    personas,
    segments,
    shaping,
    sources,
    studies,
)
from app.api.limits import LimitedBodies, limit_of
from app.api.problems import Problem, add_problem_handlers, as_problem, problem_for, responses
from app.settings import Settings

VERSION = "/api/v1"

router = APIRouter(prefix=VERSION, responses=responses(400, 409, 422))
# Shaping stands first: its addresses would pass for those of a segment or theme called “decisions”.
for room in (
    shaping, studies, sources, participants, evidence, segments, personas, advice, assigning, briefs, outcomes, jobs,
    exports, people,
):  # fmt: skip
    router.include_router(room.router)


def mount_api(app: FastAPI, settings: Settings) -> None:
    """Put the API into an app whose state holds `bench` and `desk`."""
    app.include_router(router)
    add_problem_handlers(app)
    app.add_middleware(
        LimitedBodies, limit=limit_of(settings), refuse=lambda error: as_problem(problem_for(error)), prefix=VERSION
    )
    _describe(app)


def _describe(app: FastAPI) -> None:
    """Add the shape of problems to the description, which names it for every error."""
    described = app.openapi

    def openapi() -> dict[str, object]:
        schema = described()
        shapes = schema.setdefault("components", {}).setdefault("schemas", {})
        shapes.setdefault("Problem", Problem.model_json_schema(ref_template="#/components/schemas/{model}"))
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
