"""Exports: the files that a job `export` wrote, to be taken away."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import FileResponse

from app.access.action import Action
from app.access.permission import may
from app.api.context import Bench, Study
from app.api.problems import responses
from app.exports.finding import Kept, find_export, find_exports

router = APIRouter(prefix="/studies/{study}/exports", tags=["exports"])
Name = Annotated[str, Path(alias="file", description="The file's name.", examples=["study.zip"], max_length=64)]
FILES: dict[str, Any] = {"content": {kind: {} for kind in ("application/json", "text/html", "application/zip")}}


@router.get("", dependencies=[may(Action.EXPORT)], summary="List the exported files", responses=responses(404))
def exports(bench: Bench, study: Study) -> list[Kept]:
    """Empty until a job `export` has written them."""
    return find_exports(bench.settings, study)


@router.get(
    "/{file}",
    dependencies=[may(Action.EXPORT)],
    summary="Download an exported file",
    responses={**responses(404), 200: FILES},
    response_class=FileResponse,
)
def exported(bench: Bench, study: Study, name: Name) -> FileResponse:
    return download(bench, study, name)


def download(bench: Bench, study_id: str, name: str) -> FileResponse:
    """The file, to be kept under a name that says which study it is of; NotFound."""
    return FileResponse(find_export(bench.settings, study_id, name), filename=f"{study_id}-{name}")
