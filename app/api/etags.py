"""ETags: a digest of what is answered. Who has it already is not sent it again; who changes what somebody else has
changed meanwhile is told."""

from hashlib import sha256
from typing import Annotated

from fastapi import Header, Request, Response
from pydantic import BaseModel

from app.errors import Changed

IfMatch = Annotated[
    str | None, Header(description="The ETag you have read; refused with 412 where things have changed since.")
]


def tag_of(shown: BaseModel) -> str:
    return f'"{sha256(shown.model_dump_json().encode()).hexdigest()[:32]}"'


def answer(request: Request, shown: BaseModel, status: int = 200) -> Response:
    """`shown` as JSON with its ETag; 304 without a body where the reader has it."""
    body = shown.model_dump_json()
    headers = {"ETag": tag_of(shown), "Cache-Control": "private, no-cache"}
    if request.method == "GET" and _names(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type="application/json")


def must_match(if_match: str | None, shown: BaseModel) -> None:
    """Changed where the reader wants to change something else than what is there."""
    if if_match is not None and not _names(if_match, tag_of(shown)):
        raise Changed("It was changed since you read it. Read it again, then repeat what you want to change.")


def _names(header: str | None, tag: str) -> bool:
    given = [one.strip().removeprefix("W/") for one in (header or "").split(",")]
    return tag in given or "*" in given
