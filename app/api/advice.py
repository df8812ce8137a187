"""Advice: who decides together at an account, and what to do with the personas as they stand."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.access.action import Action
from app.access.permission import may
from app.api.context import Bench, Study
from app.api.etags import answer
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.models.buying_centre import BuyingCentre
from app.models.strategy import Strategy
from app.strategy.advise import advise
from app.synthesis.buying.buying_centre import find_buying_centre
from app.synthesis.casting import load_cast

router = APIRouter(prefix="/studies/{study}")


@router.get(
    "/buying-centres",
    dependencies=[may(Action.READ_STUDY)],
    summary="Who decides together",
    tags=["buying centres"],
    responses=responses(404),
)
def buying_centres(bench: Bench, study: Study, piece: Wanted) -> Page[BuyingCentre]:
    return piece.of(load_cast(bench, study).buying_centres, lambda one: one.account, lambda one: one)


@router.get(
    "/buying-centres/{account}", dependencies=[may(Action.READ_STUDY)],
    summary="One account's buying centre", tags=["buying centres"],
    responses=responses(404, 409), response_model=BuyingCentre,
)  # fmt: skip
def buying_centre(
    request: Request, bench: Bench, study: Study, account: Annotated[str, Path(description="Its name.", max_length=200)]
) -> Response:
    return answer(request, find_buying_centre(load_cast(bench, study), account))


@router.get(
    "/strategy", dependencies=[may(Action.READ_STUDY)],
    summary="Advice on the personas as they stand", tags=["strategy"], responses=responses(404, 409),
    response_model=Strategy,
)  # fmt: skip
def strategy(request: Request, bench: Bench, study: Study) -> Response:
    return answer(request, advise(bench, study))
