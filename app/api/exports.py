"""Exports: what a study can be had as, each file made when it is asked for; and the zip that a job wrote.

A file with everybody's words is for those who see everybody's; what holds only words that were given for marketing is
for all who may take files away.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from fastapi.responses import FileResponse
from pydantic import Field

from app.access.action import Action
from app.access.permission import You, may
from app.access.principal import Principal, Sight
from app.api.context import Bench, Study
from app.api.problems import responses
from app.errors import Forbidden
from app.exports.catalogue import CATALOGUE, ZIP, Export, Shelf, Words, find_in_catalogue
from app.exports.finding import BUNDLE, Kept, find_export, find_exports
from app.exports.outgoing import load_outgoing
from app.exports.writing import make_files
from app.models.base import Model
from app.workbench import Workbench

router = APIRouter(prefix="/studies/{study}/exports", tags=["exports"])
Name = Annotated[str, Path(alias="file", description="The file's name.", examples=["study.xlsx"], max_length=64)]
FILES: dict[str, Any] = {"content": {kind: {} for kind in sorted({one.media_type for one in CATALOGUE})}}


class Offered(Model):
    """A file one may have. `words` are everybody's, or quotes only of those who consented to marketing; `kept` tells
    when a job left it in the home folder, which it may not have. The zip of all stands on no shelf."""

    name: str
    title: str
    what: str
    shelf: Shelf | None
    media_type: str
    words: Words
    needs_personas: bool = False
    follows: str = Field("", description="The schema of a JSON file, as `dramatis schema` prints it.")
    kept: Kept | None = None


@router.get(
    "", dependencies=[may(Action.TAKE_AWAY)], summary="List the files a study can be had as", responses=responses(404)
)
def exports(bench: Bench, study: Study, you: You) -> list[Offered]:
    """Those you may have: with words that are not cleared for marketing only where you see everybody's."""
    return offered(bench, study, you)


@router.get(
    "/{file}",
    dependencies=[may(Action.TAKE_AWAY)],
    summary="Download a file",
    responses={**responses(403, 404, 409), 200: FILES},
    response_class=Response,
)
def exported(bench: Bench, study: Study, you: You, name: Name) -> Response:
    """Made now, of the study as it stands; `study.zip` as a job `export` wrote it."""
    return download(bench, study, name, you)


def offered(bench: Workbench, study_id: str, you: Principal) -> list[Offered]:
    """The catalogue as this person may have it, and the zip where there is one."""
    kept = {one.name: one for one in find_exports(bench.settings, study_id)}
    found = [
        Offered(name=one.name, title=one.title, what=one.what, shelf=one.shelf, media_type=one.media_type,
                words=one.words, needs_personas=one.needs_personas, follows=one.follows, kept=kept.get(one.name))
        for one in CATALOGUE if may_have(you, one)
    ]  # fmt: skip
    if BUNDLE in kept and you.sight is Sight.ALL:
        what = "Every file of the catalogue, as they were when it was written."
        found.append(Offered(name=BUNDLE, title="All files", what=what, shelf=None, media_type=ZIP, words=Words.ALL,
                             kept=kept[BUNDLE]))  # fmt: skip
    return found


def may_have(you: Principal, one: Export) -> bool:
    return you.sight is Sight.ALL or one.words is Words.CLEARED


def download(bench: Workbench, study_id: str, name: str, you: Principal) -> Response:
    """The file, to be kept under a name that says which study it is of. NotFound; Forbidden where it holds words they
    may not see; what `make_files` raises."""
    if name == BUNDLE:
        _must_have(you, name, allowed=you.sight is Sight.ALL)
        return FileResponse(find_export(bench.settings, study_id, name), filename=f"{study_id}-{name}")
    wanted = find_in_catalogue(name)
    _must_have(you, name, allowed=may_have(you, wanted))
    content = make_files(load_outgoing(bench, study_id), [wanted])[name]
    headers = {"Content-Disposition": f'attachment; filename="{study_id}-{name}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=wanted.media_type)


def _must_have(you: Principal, name: str, *, allowed: bool) -> None:
    if not allowed:
        cleared = ", ".join(one.name for one in CATALOGUE if may_have(you, one))
        rest = f"You may have: {cleared}." if cleared else "Ask a researcher."
        raise Forbidden(f"“{name}” holds words of people who agreed to research only. {rest}")
