"""What the user said about the files of an import, and what they said before.

A word about a transcript's speakers (`--interviewer`, `--same`) is kept with the source it held for, so
that the next import of that file, changed or not, needs no telling again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.intake.batch import Intake
from app.intake.roster import Roster
from retrieval.evidence import Correction, Role, Source, SourceKind
from retrieval.readers import Casting
from retrieval.readers.names import key


@dataclass(frozen=True)
class Wishes:
    """`same` maps a label to the label of the same person; `columns` a table's column to what it means.

    `exactly` is all that holds about the speakers of a file, in the place of what was said before.
    """

    kind: SourceKind | None = None
    interviewer: str | None = None
    same: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    exactly: Correction | None = None


def casting_for(intake: Intake, roster: Roster, said: Correction) -> Casting:
    """What is known about a file's speakers: by the user's word, else by the participants table."""
    rows = roster.table.rows_for(intake.name)
    return Casting(
        interviewer=said.interviewer or next((row.interviewer for row in rows if row.interviewer), None),
        participant_id=rows[0].participant.id if len(rows) == 1 else None,
        labels=roster.table.labels_for(intake.name),
        same=said.same,
        people=said.people,
    )


def said_about(wishes: Wishes, earlier: Correction | None) -> Correction:
    """Today's word before an earlier one."""
    if wishes.exactly is not None:
        return wishes.exactly
    before = earlier or Correction()
    people = {} if wishes.interviewer else before.people
    return Correction(
        interviewer=wishes.interviewer or before.interviewer, same={**before.same, **wishes.same}, people=people
    )


def corrected(source: Source, said: Correction) -> Source:
    """The source with as much of what was said as holds for it."""
    asking = [speaker.label for speaker in source.speakers if speaker.role is Role.INTERVIEWER]
    labels = {key(speaker.label) for speaker in source.speakers}
    interviewer = said.interviewer if any(_is(said.interviewer, label) for label in asking) else None
    same = {one: other for one, other in said.same.items() if key(one) not in labels and key(other) in labels}
    people = {one: who for one, who in said.people.items() if key(one) in labels}
    if not (interviewer or same or people):
        return source
    correction = Correction(interviewer=interviewer, same=same, people=people)
    return source.model_copy(update={"correction": correction})


def _is(name: str | None, label: str) -> bool:
    return bool(name) and (key(label) == key(name or "") or key(label).startswith(f"{key(name or '')} "))
