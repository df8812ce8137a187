"""Speakers: who speaks in a transcript, corrected by hand.

The source is read anew from its kept original, so that turns, questions and excerpts are made as at the import. Codes
people gave stay where their words are still a participant's; what an engine coded and drafted there is made anew.
"""

from collections.abc import Mapping
from enum import StrEnum

from app.errors import BadInput, NotFound
from app.intake.ingest import reread
from app.intake.report import IngestReport
from app.intake.roster import digest_of
from app.models.base import Model
from app.workbench import Workbench
from retrieval.evidence import Correction, Role, Source, SourceKind

MOST_ID = 80


class Part(StrEnum):
    """What a label of a transcript is."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    SAME = "same"


class SpeakerIs(Model):
    """`who` is the participant's id, or the label of the same person; empty for who asks."""

    part: Part
    who: str = ""


def speakers_of(source: Source) -> dict[str, SpeakerIs]:
    """Every label of the transcript with what it is taken for, those that people put together included."""
    found = {
        one.label: SpeakerIs(part=Part.PARTICIPANT, who=one.participant_id or "")
        if one.role is Role.PARTICIPANT
        else SpeakerIs(part=Part.INTERVIEWER)
        for one in source.speakers
    }
    same = source.correction.same if source.correction else {}
    return found | {label: SpeakerIs(part=Part.SAME, who=other) for label, other in same.items()}


def correct_speakers(
    bench: Workbench, study_id: str, source_id: str, told: Mapping[str, SpeakerIs]
) -> tuple[Source, IngestReport]:
    """The source read anew with what was told of its labels, and what became of it; labels not told of stay.

    Raises NotFound for what is not there, BadInput where the words of nobody would be left, an id is missing or has
    withdrawn, or the original was not kept.
    """
    bench.study(study_id)
    with bench.store.transaction() as tx:
        source, withdrawn = tx.sources.get(study_id, source_id), tx.withdrawals.all(study_id)
    if source is None:
        raise NotFound("source", source_id, "It may have been replaced by a newer version, or removed")
    if source.kind is not SourceKind.INTERVIEW:
        raise BadInput(f"{source.name} is a note: nobody is asked in it, and none of it is evidence.")
    before = speakers_of(source)
    parts = before | _checked(before, told)
    if parts == before:
        return source, IngestReport(unchanged=[source.name])
    said = _correction(source, parts)
    for one in said.people.values():
        if digest_of(study_id, one) in withdrawn:
            raise BadInput("Somebody of this id withdrew consent. Give another id, or remove the source.")
    report = reread(bench, study_id, source, said)
    with bench.store.transaction() as tx:
        after = tx.sources.named(study_id, source.name)
    if after is None or report.refused:
        raise BadInput(f"{source.name} could not be read so: {'; '.join(map(str, report.refused))}")
    return after, report


def _checked(known: Mapping[str, SpeakerIs], told: Mapping[str, SpeakerIs]) -> dict[str, SpeakerIs]:
    """What was told, where each of it can be meant."""
    for label, one in told.items():
        if label not in known:
            raise NotFound("speaker", label, f"Speakers are {', '.join(known)}")
        if one.part is Part.SAME and (one.who not in known or one.who == label):
            raise BadInput(
                f"Say whose other label “{label}” is: {', '.join(other for other in known if other != label)}."
            )
        if one.part is Part.PARTICIPANT and not 0 < len(one.who.strip()) <= MOST_ID:
            raise BadInput(f"Say which participant “{label}” is: an id of at most {MOST_ID} characters, such as P07.")
    return dict(told)


def _correction(source: Source, parts: Mapping[str, SpeakerIs]) -> Correction:
    same = {label: one.who for label, one in parts.items() if one.part is Part.SAME}
    if any(other in same for other in same.values()):
        raise BadInput("A label cannot be another spelling of one that is itself another's. Point both at the third.")
    people = {label: one.who.strip() for label, one in parts.items() if one.part is not Part.SAME}
    if len(people) < 2:
        raise BadInput(f"{source.name} would have one speaker left. An interview needs somebody who asks or answers.")
    if not any(people.values()):
        raise BadInput(f"In {source.name} somebody must answer. Say who the participant is.")
    return Correction(same=same, people=people)
