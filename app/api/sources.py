"""Sources and participants: files in, transcripts out."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Request, Response, UploadFile
from pydantic import Field

from app.access.action import Action
from app.access.permission import You, may
from app.access.veil import may_be_opened, must_open
from app.api.context import Bench, Desk, OpenPeople, Study
from app.api.etags import answer
from app.api.limits import limit_of
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.api.studies import IdempotencyKey
from app.errors import BadInput, NotFound
from app.intake.uploads import UploadWishes, find_upload, keep_upload
from app.models.base import Model
from app.models.job import Job, JobKind
from retrieval.evidence import Participant, Source, SourceKind

router = APIRouter(prefix="/studies/{study}", tags=["sources"])
Pairs = Annotated[list[str], Form(description="`LEFT=RIGHT`; may be given again.", max_length=200)]


class SourceSummary(Model):
    """A source without its text."""

    id: str
    name: str
    kind: SourceKind
    participants: list[str]
    turns: int
    characters: int
    readable: bool = Field(True, description="Whether you may read it: for marketing, all in it must have agreed.")

    @classmethod
    def of(cls, source: Source, open_people: frozenset[str] | None) -> "SourceSummary":
        return cls(
            id=source.id,
            name=source.name,
            kind=source.kind,
            participants=source.participant_ids,
            turns=len(source.turns),
            characters=len(source.text),
            readable=open_people is None or may_be_opened(source, open_people),
        )


class UploadReport(Model):
    """What became of each file; all lists are empty until they are imported."""

    id: str
    imported: bool
    outcomes: dict[str, list[str]]


@router.get("/sources", dependencies=[may(Action.READ_SOURCES)], summary="List the sources", responses=responses(404))
def sources(bench: Bench, study: Study, piece: Wanted, open_people: OpenPeople) -> Page[SourceSummary]:
    with bench.store.transaction() as tx:
        found = [SourceSummary.of(one, open_people) for one in tx.sources.each(study)]
    return piece.of(found, lambda one: one.id, lambda one: one)


@router.post(
    "/sources",
    dependencies=[may(Action.IMPORT)],
    status_code=202,
    summary="Send files to be imported",
    responses=responses(400, 404, 413),
)
def send(
    bench: Bench,
    desk: Desk,
    study: Study,
    response: Response,
    you: You,
    files: Annotated[list[UploadFile], File(description="Transcripts, notes, tables, zips, .qdpx.", max_length=5000)],
    kind: Annotated[SourceKind | None, Form(description="What they are, where it cannot be told.")] = None,
    interviewer: Annotated[str | None, Form(description="The interviewer's label.", max_length=200)] = None,
    same: Pairs = [],  # noqa: B006  (FastAPI copies it)
    columns: Pairs = [],  # noqa: B006
    idempotency_key: IdempotencyKey = None,
) -> Job:
    """They are written to disk as they come and imported by a job; follow it, then read the upload's report."""
    wishes = UploadWishes(kind=kind, interviewer=interviewer, same=_pairs(same), columns=_pairs(columns))
    sent = ((one.filename or "", one.file) for one in files)
    upload = keep_upload(bench.settings, study, sent, wishes, limit_of(bench.settings))
    key = {"key": idempotency_key} if idempotency_key else {}
    job = desk.start(JobKind.INGEST, study, by=you.name, upload=upload.id, **key)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return job


@router.get(
    "/uploads/{upload}",
    dependencies=[may(Action.IMPORT)],
    summary="What became of the files of an upload",
    responses=responses(404),
)
def upload(
    bench: Bench, study: Study, upload: Annotated[str, Path(description="A job's `result.upload`.", max_length=64)]
) -> UploadReport:
    told = find_upload(bench.settings, study, upload).report()
    return UploadReport(id=upload, imported=told is not None, outcomes=told or {})


@router.get(
    "/sources/{source}",
    dependencies=[may(Action.READ_SOURCES)],
    summary="One source with its words",
    responses=responses(403, 404),
    response_model=Source,
)
def source(
    request: Request, bench: Bench, study: Study, open_people: OpenPeople,
    source: Annotated[str, Path(description="Its id.", max_length=64)],
) -> Response:  # fmt: skip
    """Offsets of turns, quotes and sentences count the code points of `text`."""
    with bench.store.transaction() as tx:
        found = tx.sources.get(study, source)
    if found is None:
        raise NotFound("source", source, f"List them at /api/v1/studies/{study}/sources")
    must_open(found, open_people)
    return answer(request, found)


@router.get(
    "/participants", dependencies=[may(Action.READ_SOURCES)], summary="List the participants", responses=responses(404)
)
def participants(bench: Bench, study: Study, piece: Wanted, you: You) -> Page[Participant]:
    """What the table says of them (`attributes`) is for whoever may import it."""
    with bench.store.transaction() as tx:
        found = tx.participants.all(study)
    if not you.may(Action.IMPORT):
        found = [one.model_copy(update={"attributes": {}}) for one in found]
    return piece.of(found, lambda one: one.id, lambda one: one)


def _pairs(given: list[str]) -> dict[str, str]:
    """The last equals sign parts the two, since questions hold some."""
    pairs = {}
    for one in given:
        left, sign, right = (part.strip() for part in one.rpartition("="))
        if not (left and sign and right):
            raise BadInput("Pairs are written LEFT=RIGHT. Correct what was given as `same` or `columns`.")
        pairs[left] = right
    return pairs
