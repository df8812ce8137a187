"""Outcomes: what became of what was written. They rank briefs, and hold nobody's words."""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from pydantic import Field

from app.access.action import Action
from app.access.permission import You, may
from app.access.published import seen
from app.api.context import Bench, Study
from app.api.paging import Page, Wanted
from app.api.problems import responses
from app.api.uploaded import name_of
from app.models.base import Model
from app.models.crm import Estimate
from app.models.outcome import Outcome
from app.outcomes.keeping import clear_outcomes, import_outcomes, list_outcomes
from app.strategy.estimates import share_of
from app.synthesis.reviewing import personas_of

router = APIRouter(prefix="/studies/{study}/outcomes", tags=["outcomes"])


class OutcomeShown(Model):
    """An outcome with its rate."""

    id: str
    outcome: Outcome
    rate: Estimate | None = Field(description="Conversions of impressions, with Wilson's 95 % interval.")


class OutcomesImported(Model):
    """`replaced` of the `rows` took the place of earlier ones."""

    rows: int
    replaced: int


@router.get("", dependencies=[may(Action.READ_PERSONAS)], summary="List the outcomes", responses=responses(404))
def outcomes(bench: Bench, study: Study, you: You, piece: Wanted) -> Page[OutcomeShown]:
    """By persona, stage, asset and period; of personas that you see."""
    with bench.store.transaction() as tx:
        known = {one.id for one in seen(tx, study, you.sight, personas_of(tx, study))}
    found = [one for one in list_outcomes(bench, study) if one.persona_id in known]
    return piece.of(found, lambda one: one.id, _shown)


@router.post(
    "", dependencies=[may(Action.RECORD_OUTCOMES)], status_code=201, summary="Import a table of outcomes",
    responses=responses(400, 404, 413),
)  # fmt: skip
def import_table(
    bench: Bench,
    study: Study,
    file: Annotated[
        UploadFile,
        File(description="A .csv, .tsv, .xlsx or .json table: asset, persona, stage, impressions, conversions."),
    ],
) -> OutcomesImported:
    """All of it or nothing; what is wrong is told by line. The same rows again take the place of the earlier."""
    done = import_outcomes(bench, study, file.file.read(), name_of(file))
    return OutcomesImported(rows=done.rows, replaced=done.replaced)


@router.delete(
    "", dependencies=[may(Action.RECORD_OUTCOMES)], status_code=204, summary="Remove all outcomes",
    responses=responses(404),
)  # fmt: skip
def clear(bench: Bench, study: Study) -> None:
    """Personas and briefs stay."""
    clear_outcomes(bench, study)


def _shown(one: Outcome) -> OutcomeShown:
    return OutcomeShown(id=one.id, outcome=one, rate=share_of(one.conversions, one.impressions))
