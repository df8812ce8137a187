"""Readiness: what the steps of a run have to work with, and what they lack."""

from dataclasses import dataclass

from app.errors import InsufficientEvidence
from app.models.job import JobKind
from app.models.run import Account
from app.playbook.words import count
from app.synthesis.casting import forecast_study
from app.web.rooms import Room
from app.workbench import Workbench
from retrieval.evidence import SourceKind

NO_INTERVIEW = "No interview has been added yet."
# Below this there is nothing to compare: a micro persona needs two people, and so does a theme.
FEW = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be done alone; `lacks` says what has to come first, and is empty where nothing does."""

    kind: JobKind
    name: str
    does: str
    has: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """`lacks` keeps a run from starting, `caution` does not."""

    lacks: str
    caution: str
    steps: list[Step]


def readiness(room: Room) -> Readiness:
    interviews = sum(source.kind is SourceKind.INTERVIEW for source in room.cast.sources)
    people, evidence = len(room.cast.participants), len(room.material.evidence)
    tree, cast = room.cast.segments.segments, room.cast
    few = f"Only {count(people, 'person', 'people')} spoke so far: personas of so few are thin."
    return Readiness(
        lacks="" if interviews else NO_INTERVIEW,
        caution=few if interviews and people < FEW else "",
        steps=[
            Step(JobKind.CODE, "Code", "Reads every interview and says what each sentence is evidence of.",
                 count(interviews, "interview"), "" if interviews else NO_INTERVIEW),
            Step(JobKind.SEGMENT, "Themes and segments", "Finds what several people mean alike, and who goes together.",
                 f"{evidence:,} pieces of evidence", "" if evidence else "Nothing has been coded yet."),
            Step(JobKind.DRAFT, "Draft", "Writes the personas, every sentence with its quotes.",
                 f"{count(len(cast.themes), 'theme')}, {count(len(tree), 'segment')}",
                 "" if tree else "There are no segments yet."),
        ],
    )  # fmt: skip


def forecast_of(bench: Workbench, study_id: str) -> Account | None:
    """About what a run will ask of a language model; None where it asks none, or there is nothing to read."""
    if bench.settings.reader == "local":
        return None
    try:
        return forecast_study(bench, study_id)
    except InsufficientEvidence:
        return None
