"""Participants: what they agreed to, who speaks in a transcript, and erasure."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import Field, StringConstraints

from app.access.action import Action
from app.access.permission import may
from app.api.context import Bench, Study
from app.api.problems import responses
from app.api.sources import SourceSummary
from app.errors import NotFound
from app.intake.consent import set_consent
from app.intake.erasure import erase_participant, erase_source, preview_erasure, preview_removal
from app.intake.speakers import SpeakerIs, correct_speakers, speakers_of
from app.models.base import Model
from app.models.erasure import ErasurePreview, Receipt
from retrieval.evidence import Consent, Participant, Source

router = APIRouter(prefix="/studies/{study}", tags=["participants"])
Person = Annotated[str, Path(description="Their id.", max_length=200)]
SourceId = Annotated[str, Path(description="Its id.", max_length=64)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class NewConsent(Model):
    """What the participant agreed to. Withdrawal is `DELETE` on the participant."""

    consent: Literal["research", "research+marketing"]


class Speakers(Model):
    """Label of the transcript → what it is. Labels left out stay as they are."""

    speakers: dict[Label, SpeakerIs] = Field(
        max_length=100,
        examples=[{"Dana": {"part": "participant", "who": "P07"}, "Host": {"part": "interviewer", "who": ""}}],
    )


class Reread(Model):
    """The source as it was read anew, and what became of codes people gave."""

    source: SourceSummary
    speakers: dict[str, SpeakerIs]
    notes: list[str]


@router.put(
    "/participants/{participant}/consent", dependencies=[may(Action.IMPORT)], summary="Change what they agreed to",
    responses=responses(404),
)  # fmt: skip
def consent(bench: Bench, study: Study, participant: Person, new: NewConsent) -> Participant:
    """It holds until a participants table is imported that says otherwise."""
    return set_consent(bench, study, participant, Consent(new.consent))


@router.get(
    "/participants/{participant}/erasure", dependencies=[may(Action.ERASE)], summary="What would go with them",
    responses=responses(404),
)  # fmt: skip
def before_erasing(bench: Bench, study: Study, participant: Person) -> ErasurePreview:
    """Changes nothing. Counts and names, no words."""
    return preview_erasure(bench, study, participant)


@router.delete(
    "/participants/{participant}", dependencies=[may(Action.ERASE)], summary="Erase a participant",
    responses=responses(404),
)  # fmt: skip
def erase(bench: Bench, study: Study, participant: Person) -> Receipt:
    """Their sources, notes about them, evidence, vectors, kept files, and whatever was drafted, in every version. What
    stays is a digest of the id, so that a later import leaves them out. It cannot be undone."""
    return erase_participant(bench, study, participant)


@router.get(
    "/sources/{source}/erasure", dependencies=[may(Action.ERASE)], summary="What would go with a source",
    responses=responses(404),
)  # fmt: skip
def before_removing(bench: Bench, study: Study, source: SourceId) -> ErasurePreview:
    return preview_removal(bench, study, source)


@router.delete(
    "/sources/{source}", dependencies=[may(Action.ERASE)], summary="Remove a source", responses=responses(404)
)
def remove(bench: Bench, study: Study, source: SourceId) -> Receipt:
    """With people who are heard in no other, and whatever was drafted, in every version. It cannot be undone."""
    return erase_source(bench, study, source)


@router.get(
    "/sources/{source}/speakers", dependencies=[may(Action.IMPORT)], summary="Who speaks in a source",
    responses=responses(404),
)  # fmt: skip
def speakers(bench: Bench, study: Study, source: SourceId) -> Speakers:
    return Speakers(speakers=speakers_of(_source(bench, study, source)))


@router.put(
    "/sources/{source}/speakers", dependencies=[may(Action.IMPORT)], summary="Correct who speaks in a source",
    responses=responses(404),
)  # fmt: skip
def correct(bench: Bench, study: Study, source: SourceId, told: Speakers) -> Reread:
    """It is read anew from its kept original; codes people gave stay where their words are still a participant's.
    What was drafted is put aside until the next run."""
    after, report = correct_speakers(bench, study, source, told.speakers)
    return Reread(
        source=SourceSummary.of(after, None), speakers=speakers_of(after), notes=report.codings + report.changes
    )


def _source(bench: Bench, study: Study, wanted: str) -> Source:
    with bench.store.transaction() as tx:
        found = tx.sources.get(study, wanted)
    if found is None:
        raise NotFound("source", wanted, f"List them at /api/v1/studies/{study}/sources")
    return found
