"""Segments: the tree, and one of its nodes. What people decide about them is in `shaping`."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.access.action import Action
from app.access.permission import may
from app.api.context import Bench, Study
from app.api.etags import answer
from app.api.problems import responses
from app.errors import NotFound
from app.models.segment import Segment, SegmentTree

router = APIRouter(prefix="/studies/{study}", tags=["segments"])


@router.get(
    "/segments",
    dependencies=[may(Action.READ_STUDY)],
    summary="The segment tree",
    responses=responses(404),
    response_model=SegmentTree,
)
def segments(request: Request, bench: Bench, study: Study) -> Response:
    return answer(request, _tree(bench, study))


@router.get(
    "/segments/{segment}",
    dependencies=[may(Action.READ_STUDY)],
    summary="A segment",
    responses=responses(404),
    response_model=Segment,
)
def segment(
    request: Request, bench: Bench, study: Study, segment: Annotated[str, Path(description="Its id.", max_length=64)]
) -> Response:
    found = _tree(bench, study).get(segment)
    if found is None:
        raise NotFound("segment", segment, f"See the tree at /api/v1/studies/{study}/segments")
    return answer(request, found)


def _tree(bench: Bench, study: str) -> SegmentTree:
    with bench.store.transaction() as tx:
        return tx.results.tree(study) or SegmentTree(segments=[], method="not segmented yet")
