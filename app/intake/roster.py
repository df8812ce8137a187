"""Roster: who takes part, as the participants table says, and who has withdrawn.

The rows of people who withdrew are held in memory while a batch is read, to keep their files and the
notes about them out; they are never stored.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.intake.batch import Intake
from retrieval.evidence import Participant, sha256
from retrieval.readers.names import key
from retrieval.readers.participants import ParticipantRow, ParticipantsTable, read_participants


def digest_of(study_id: str, person: str) -> str:
    """What is kept of somebody who withdrew: by it their id is known again, and not read. Case does not count."""
    return sha256(f"{study_id}/{person.casefold()}")


@dataclass(frozen=True)
class Roster:
    """`table` is what this batch brought, `known` who was imported before, `earlier` digests of who withdrew.

    `beside` are the files that lie with the table, `also` who withdrew by the consent column of another table.
    """

    study_id: str
    table: ParticipantsTable = field(default_factory=lambda: ParticipantsTable("participants.csv", []))
    beside: frozenset[str] = frozenset()
    known: dict[str, Participant] = field(default_factory=dict)
    earlier: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()

    @cached_property
    def digests(self) -> frozenset[str]:
        """Of everybody who withdrew, now or earlier."""
        now = {row.participant.id for row in self.table.withdrawn} | self.also
        return self.earlier | {digest_of(self.study_id, person) for person in now}

    @cached_property
    def withdrawn_accounts(self) -> frozenset[str]:
        """The accounts, as named by tables, of whoever withdrew and that nobody who takes part is at."""
        shared = {key(person.attributes.get("account", "")) for person in self.taking_part.values()}
        named = {person.attributes.get("account", "") for person in self._gone}
        return frozenset(account for account in named if account and key(account) not in shared)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The ids in the participants table."""
        return frozenset(person.id for person in self.table.participants)

    @property
    def listed_people(self) -> list[Participant]:
        """The people of the participants table who take part."""
        return [person for person in self.table.participants if not self.has_withdrawn(person.id)]

    def has_withdrawn(self, person: str) -> bool:
        """Whether the participant withdrew, in this table or an earlier one; case does not count."""
        return digest_of(self.study_id, person) in self.digests

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
        return [row for row in missing if not (row.file and row.file.replace("\\", "/") in self.beside)]

    @property
    def _gone(self) -> list[Participant]:
        """Who withdrew and of whom it is known still who they are."""
        earlier = [person for person in self.known.values() if self.has_withdrawn(person.id)]
        return [*(row.participant for row in self.table.withdrawn), *earlier]

    def _withdrawn_names(self) -> Iterator[str]:
        yield from self.also
        shared = {person.attributes.get("account", "") for person in self.taking_part.values()}
        for person in self._gone:
            yield person.id
            account = person.attributes.get("account", "")
            if account and account not in shared:
                yield account


def load_roster(study_id: str, intake: Intake | None, known: Iterable[Participant], earlier: Iterable[str]) -> Roster:
    """The roster of a batch; raises UnreadableSource where the table cannot be read."""
    before = {person.id: person for person in known}
    roster = Roster(study_id, known=before, earlier=frozenset(earlier))
    if intake is None:
        return roster
    table = read_participants(intake.content(), name=intake.name if intake.archive else intake.path.name)
    files = {row.file for row in table.rows if row.file}
    return replace(roster, table=table, beside=frozenset(file for file in files if _lies_beside(intake, file)))


def _lies_beside(intake: Intake, file: str) -> bool:
    place = file.replace("\\", "/")
    if intake.archive:
        folder = intake.member.rpartition("/")[0]
        return (f"{folder}/{place}" if folder else place) in intake.archive.names
    return (intake.path.parent / place).exists()
