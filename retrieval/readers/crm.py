"""Companies and contacts from a CRM's table, as far as they say something about a study's participants.

    for account in read_accounts(table, {"Fjordlast"}): account.name, account.attributes
    for contact in read_contacts(table, {"P01"}):       contact.participant_id, contact.attributes

Only rows about known people are kept, so a table of any length takes no memory. Names, addresses and
whatever else reaches a person never become attributes.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from retrieval.readers.columns import Field
from retrieval.readers.names import key
from retrieval.readers.tables import Record, Table

# Longer values are texts, and no attribute to group people by.
MOST_VALUE = 200


@dataclass(frozen=True)
class Account:
    """A company, under the name the CRM gives it."""

    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Contact:
    """A person of a company, by the id that participants.csv knows them by."""

    participant_id: str
    account: str
    attributes: Mapping[str, str]


def read_accounts(table: Table, wanted: Set[str]) -> Iterator[Account]:
    """The accounts among `wanted`, however their names are spelled; rows of contacts describe no account."""
    spelled = {key(name): name for name in wanted}
    for record in table.records():
        name = spelled.get(key(record.get(Field.ACCOUNT)))
        if name and not record.get(Field.PARTICIPANT) and not record.get(Field.PERSON):
            yield Account(name, _attributes(record))


def read_contacts(table: Table, wanted: Set[str]) -> Iterator[Contact]:
    """The contacts whose id is a participant's among `wanted`."""
    spelled = {key(name): name for name in wanted}
    for record in table.records():
        person = spelled.get(key(record.get(Field.PARTICIPANT)))
        if person:
            yield Contact(person, record.get(Field.ACCOUNT), _attributes(record))


def _attributes(record: Record) -> dict[str, str]:
    return {name: value for name, value in record.attributes.items() if len(value) <= MOST_VALUE}
