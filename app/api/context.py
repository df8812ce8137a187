"""Context: the workbench and the job desk that a request is answered with. Whoever makes the app puts them into its
state as `bench` and `desk`."""

from typing import Annotated, cast

from fastapi import Depends, Path, Request

from app.access.permission import You
from app.access.veil import open_to
from app.jobs.desk import JobDesk
from app.workbench import Workbench


def _bench(request: Request) -> Workbench:
    return cast(Workbench, request.app.state.bench)


def _desk(request: Request) -> JobDesk:
    return cast(JobDesk, request.app.state.desk)


Bench = Annotated[Workbench, Depends(_bench)]
Desk = Annotated[JobDesk, Depends(_desk)]
StudyId = Annotated[str, Path(alias="study", description="The study's id.", examples=["flowline"], max_length=64)]


def studied(study: StudyId, bench: Bench) -> str:
    """The id of a study that exists; NotFound otherwise."""
    return bench.study(study).id


Study = Annotated[str, Depends(studied)]


def _open_people(study: StudyId, bench: Bench, you: You) -> frozenset[str] | None:
    with bench.store.transaction() as tx:
        return open_to(tx, study, you.sight)


OpenPeople = Annotated[frozenset[str] | None, Depends(_open_people)]
"""Whose words whoever asks may see; None for everybody's."""
