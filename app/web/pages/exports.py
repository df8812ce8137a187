"""Exports: every file the study can be had as, made when it is asked for; and the job that writes them all."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.access.action import Action
from app.access.permission import may
from app.api.exports import download, offered
from app.exports.finding import BUNDLE
from app.models.job import JobKind
from app.web.front import FrontDep, Ours, RoomDep
from app.web.kept_pages import FLEETING
from app.web.pages.jobs import fleeting, to_job
from app.web.shelves import shelves

router = APIRouter(prefix="/studies/{study_id}/exports")


@router.get("", dependencies=[may(Action.TAKE_AWAY)])
def exports(front: FrontDep, room: RoomDep) -> HTMLResponse:
    files = offered(front.bench, room.study_id, front.you)
    bundle = next((one.kept for one in files if one.name == BUNDLE), None)
    laid = shelves(files, personas=bool(room.cast.personas))
    return fleeting(front.show_in(room, "exports.html.j2", here="exports", shelves=laid, bundle=bundle))


@router.post("", dependencies=[may(Action.EXPORT), Ours])
def export(front: FrontDep, study_id: str) -> RedirectResponse:
    return to_job(front.desk.start(JobKind.EXPORT, study_id, by=front.you.name))


@router.get("/{name}", dependencies=[may(Action.TAKE_AWAY)])
def exported(front: FrontDep, study_id: str, name: str) -> Response:
    front.bench.study(study_id)
    answer = download(front.bench, study_id, name, front.you)
    answer.headers[FLEETING] = "it is a file"
    return answer
