"""Problems: every error as problem+json (RFC 9457), by the one table in `app.errors`."""

import logging
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from app.errors import EXPECTED, InsufficientEvidence, http_status
from app.models.base import Model

log = logging.getLogger("dramatis.api")

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"


class Problem(Model):
    """What went wrong and what to do about it."""

    type: str = Field(description="The kind of problem, for programs.", examples=["not-found"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(
        description="One sentence for people: what, where, what to do.",
        examples=["There is no study called “autumn”. Known studies: flowline."],
    )
    found: int | None = Field(None, description="Where evidence is too little: how much there is.")
    needed: int | None = Field(None, description="Where evidence is too little: how much it takes.")
    ask_next: str | None = Field(None, description="Where evidence is too little: the question to ask.")
    errors: list[str] = Field([], description="Where the request does not fit: what is wrong in it, and where.")


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error shapes of a route, for its description."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": SCHEMA}}}
        for status in statuses
    }


class Stopped(HTTPException):
    """An expected error while the body is still read, where any other kind would be taken for a broken body."""

    def __init__(self, error: Exception):
        self.error, self.problem = error, problem_for(error)
        super().__init__(self.problem.status)


SCHEMA = {"$ref": "#/components/schemas/Problem"}


def add_problem_handlers(app: FastAPI) -> None:
    """Answer errors of the API as problems; other pages of the app are left to their own handlers."""
    for kind in EXPECTED:
        app.add_exception_handler(kind, _expected)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _plain)


def as_problem(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    content = problem.model_dump(exclude_defaults=True)
    return JSONResponse(content, problem.status, headers=headers, media_type=MEDIA_TYPE)


def problem_for(error: Exception) -> Problem:
    """The problem an expected error is."""
    status = http_status(error)
    short = (
        {"found": error.found, "needed": error.needed, "ask_next": error.ask_next}
        if isinstance(error, InsufficientEvidence)
        else {}
    )
    return Problem.model_validate(
        {"type": _kebab(type(error).__name__), "title": HTTPStatus(status).phrase, "status": status}
        | {"detail": str(error)}
        | short
    )


def _expected(request: Request, error: Exception) -> JSONResponse:
    problem = problem_for(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("%s %s: %s", request.method, request.scope["route"].path, problem.type)
    return as_problem(problem)


def _unfit(request: Request, error: Exception) -> JSONResponse:
    """What was sent does not fit its description. Names the places and the rules, and never repeats what was sent."""
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong]
    detail = f"The request does not fit: {told[0]}." if told else "The request does not fit."
    return as_problem(
        Problem(type="unfit-request", title="Unprocessable Content", status=422, detail=detail, errors=told)
    )


def _plain(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, Stopped):
        return as_problem(error.problem)
    status = error.status_code if isinstance(error, HTTPException) else 500
    phrase = HTTPStatus(status).phrase
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    detail = f"{phrase}: {request.method} {request.url.path}. See /api/v1/openapi.json for what there is."
    return as_problem(Problem(type=_kebab(phrase), title=phrase, status=status, detail=detail), headers)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|\s+", "-", name).lower()
