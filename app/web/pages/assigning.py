"""Assign contacts: a table in, a persona or none for each row with the reasons; shown, or taken away as CSV.

Nothing is kept: who wants both sends the table twice, or takes what is shown from the page itself.
"""

from base64 import b64encode
from itertools import islice
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import HTMLResponse, Response

from app.access.action import Action
from app.access.permission import may
from app.activation.assigning import Assigner
from app.activation.contacts import open_contacts
from app.activation.loading import load_rule_book
from app.activation.tally import Tally, limits
from app.activation.writing import as_csv, persona_of
from app.api.assigning import assigned
from app.api.uploaded import name_of
from app.briefs.rules import load_rules
from app.errors import BadInput
from app.models.assignment import Assignment, RuleBook
from app.web.front import Front, FrontDep, Ours, RoomDep
from app.web.kept_pages import FLEETING

router = APIRouter()
PAGE = "/studies/{study_id}/assign"
# Rows that a page shows, and that it holds for taking away.
SHOWN, HELD = 100, 2000


@router.get(PAGE, dependencies=[may(Action.ASSIGN)])
def assign(front: FrontDep, room: RoomDep) -> HTMLResponse:
    book = (
        load_rule_book(front.bench, room.study_id) if len(room.cast.segments.macros) > 1 and room.cast.macros else None
    )
    return front.show_in(
        room, "assign.html.j2", here="assign", book=book, limits=limits(book) if book else [], rows=None
    )


@router.post(PAGE, dependencies=[may(Action.ASSIGN), Ours])
def answered(
    front: FrontDep,
    room: RoomDep,
    file: Annotated[UploadFile | None, File()] = None,
    kind: Annotated[Literal["page", "csv"], Form(alias="as")] = "page",
) -> Response:
    if file is None or not file.filename:
        raise BadInput("No file was chosen. Choose a table of contacts (.csv, .tsv or .xlsx), then assign them.")
    book = load_rule_book(front.bench, room.study_id)
    if kind == "csv":
        answer: Response = assigned(book, file, "csv", f"{room.study_id}-contacts.csv")
    else:
        answer = _page(front, room, book, file)
    answer.headers[FLEETING] = "contacts are personal data"
    return answer


def _page(front: Front, room: RoomDep, book: RuleBook, file: UploadFile) -> HTMLResponse:
    contacts, tally = open_contacts(file.file.read(), name_of(file), book.fields), Tally()
    found = tally.counted(map(Assigner(book).assign, contacts.rows()))
    held = list(islice(found, HELD))
    for _ in found:  # the rest is counted only
        pass
    table = "".join(as_csv(held, contacts.keys, load_rules().first_offer)) if tally.rows == len(held) else ""
    return front.show_in(
        room, "assign.html.j2", here="assign", book=book, limits=limits(book), told=tally.sentences(book),
        columns=sorted(contacts.columns.items()), rows=[_row(one) for one in held[:SHOWN]], count=tally.rows,
        table=b64encode(table.encode()).decode(), name=f"{room.study_id}-contacts.csv",
    )  # fmt: skip


def _row(one: Assignment) -> dict[str, object]:
    key = next(iter(one.keys.values()), "")
    return {"line": one.line, "key": key, "persona": persona_of(one), "one": one}
