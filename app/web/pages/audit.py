"""Audit: an existing persona document held, line by line, against what people said."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import HTMLResponse

from app.access.action import Action
from app.access.permission import may
from app.audit.auditing import audit as check
from app.audit.page import WORDS, caution, summary
from app.errors import BadInput
from app.web.front import FrontDep, Ours, RoomDep
from app.web.uploads import keep_all

router = APIRouter()
LONGEST_TEXT = 100_000


@router.get("/studies/{study_id}/audit", dependencies=[may(Action.AUDIT)])
def audit(front: FrontDep, room: RoomDep) -> HTMLResponse:
    return front.show_in(room, "audit.html.j2", here="audit", report=None)


@router.post("/studies/{study_id}/audit", dependencies=[may(Action.AUDIT), Ours])
def audited(
    front: FrontDep,
    room: RoomDep,
    file: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """The report on a file or on pasted text; neither is kept."""
    with tempfile.TemporaryDirectory(prefix="dramatis-") as folder:
        report = check(front.bench, room.study_id, _document(file, text, Path(folder)))
    return front.show_in(
        room, "audit.html.j2", here="audit",
        report=report, words=WORDS, summary=summary(report), caution=caution(report),
    )  # fmt: skip


def _document(file: UploadFile | None, text: str, folder: Path) -> Path:
    if file is not None and file.filename:
        return keep_all([file], folder)[0]
    if not text.strip():
        raise BadInput("There is nothing to audit. Choose a file, or paste the persona's text.")
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"The text is longer than {LONGEST_TEXT:,} letters. Send it in parts, or as a file.")
    pasted = folder / "pasted text.md"
    pasted.write_text(text, encoding="utf-8")
    return pasted
