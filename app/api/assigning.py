"""Assigning: personas for contacts of a CRM, with the reasons. Nothing of what is sent is kept."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Query, Response, UploadFile
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from app.access.action import Action
from app.access.permission import may
from app.activation.contacts import open_contacts
from app.activation.filing import write_assignments
from app.activation.loading import load_rule_book
from app.api.context import Bench, Study
from app.api.problems import responses
from app.api.uploaded import name_of
from app.briefs.rules import load_rules
from app.models.assignment import Assignment, RuleBook

router = APIRouter(prefix="/studies/{study}", tags=["contacts"])
EITHER: dict[str, Any] = {"content": {"text/csv": {}}, "model": list[Assignment]}
MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@router.get(
    "/segment-rules",
    dependencies=[may(Action.ASSIGN)],
    summary="The rules that contacts are assigned by",
    responses=responses(404, 409),
)
def segment_rules(bench: Bench, study: Study) -> RuleBook:
    return load_rule_book(bench, study)


@router.post(
    "/assignments",
    dependencies=[may(Action.ASSIGN)],
    summary="Assign contacts to personas",
    responses={**responses(400, 404, 409, 413, 422), 200: EITHER},
    response_class=Response,
)
def assign(
    bench: Bench,
    study: Study,
    file: Annotated[UploadFile, File(description="A table of contacts: .csv, .tsv or .xlsx.")],
    kind: Annotated[Literal["json", "csv"], Query(alias="as", description="How to answer.")] = "json",
) -> FileResponse:
    """One answer for each row, in their order."""
    return assigned(load_rule_book(bench, study), file, kind, f"{study}-contacts.{kind}")


def assigned(book: RuleBook, file: UploadFile, kind: Literal["json", "csv"], name: str) -> FileResponse:
    """The answer as a file that is gone once it was sent. BadInput and UnreadableSource for what cannot be used."""
    folder = TemporaryDirectory(prefix="dramatis-")
    try:
        contacts = open_contacts(_kept(file, Path(folder.name)), name_of(file), book.fields)
        path = Path(folder.name) / f"answer.{kind}"
        write_assignments(book, contacts, path, kind, load_rules().first_offer)
    except BaseException:
        folder.cleanup()
        raise
    gone = BackgroundTask(folder.cleanup)
    return FileResponse(path, media_type=MEDIA[kind], filename=name if kind == "csv" else None, background=gone)


def _kept(file: UploadFile, folder: Path) -> Path:
    path = folder / "sent"
    with path.open("wb") as written:
        while piece := file.file.read(1 << 20):
            written.write(piece)
    return path
