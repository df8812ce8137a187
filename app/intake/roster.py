"""Roster: who takes part, as the participants table says, and who has withdrawn.

The rows of people who withdrew are held in memory while a batch is read, to keep their files and the
notes about them out; they are never stored.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from retrieval.evidence import Participant, sha256
from retrieval.readers.participants import ParticipantRow, ParticipantsTable, read_participants


@dataclass(frozen=True)
class Roster:
    """`table` is what this batch brought, `known` who was imported before, `earlier` digests of who withdrew."""

    study_id: str
    table: ParticipantsTable = field(default_factory=lambda: ParticipantsTable("participants.csv", []))
    folder: Path = Path()
    known: dict[str, Participant] = field(default_factory=dict)
    earlier: frozenset[str] = frozenset()

    @property
    def digests(self) -> set[str]:
        """Of everybody who withdrew, now or earlier."""
        return {self._digest(row.participant.id) for row in self.table.withdrawn} | self.earlier

    def has_withdrawn(self, person: str) -> bool:
        """Whether the participant withdrew, in this table or an earlier one; case does not count."""
        return self._digest(person) in self.digests

    def _digest(self, person: str) -> str:
        return sha256(f"{self.study_id}/{person.casefold()}")

    @property
    def taking_part(self) -> dict[str, Participant]:
        """Participants of the table and of earlier imports, by id, less those who withdrew."""
        listed = {person.id: person for person in self.table.participants}
        return {one: person for one, person in {**self.known, **listed}.items() if not self.has_withdrawn(one)}

    def speaks_of_withdrawn(self, text: str) -> bool:
        """Whether a note names somebody who withdrew: by id, or by an account nobody else is at."""
        return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in self._withdrawn_names())

    def unheard(self, heard: set[str]) -> list[ParticipantRow]:
        """Rows of people who are in no imported file, and whose file does not lie beside the table either."""
        missing = [row for row in self.table.rows if row.participant.id in self.taking_part.keys() - heard]
        return [row for row in missing if not (row.file and (self.folder / row.file).exists())]

    def _withdrawn_names(self) -> Iterator[str]:
        shared = {person.attributes.get("account", "") for person in self.taking_part.values()}
        for row in self.table.withdrawn:
            yield row.participant.id
            account = row.participant.attributes.get("account", "")
            if account and account not in shared:
                yield account


def load_roster(study_id: str, path: Path | None, known: Iterable[Participant], earlier: Iterable[str]) -> Roster:
    """The roster of a batch; raises UnreadableSource where the table cannot be read."""
    before = {person.id: person for person in known}
    roster = Roster(study_id, known=before, earlier=frozenset(earlier))
    return replace(roster, table=read_participants(path), folder=path.parent) if path else roster
