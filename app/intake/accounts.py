"""Accounts: what a CRM's tables say of the participants and of the companies they work for.

Only participants of the study gain attributes; what participants.csv says of them stays as it is. Beside the
figures of `app.intake.crm` nothing else of a CRM is stored: no names of companies or people, no addresses.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.store.store import Transaction
from retrieval.evidence import Participant
from retrieval.readers import Table
from retrieval.readers.crm import read_accounts, read_contacts

ACCOUNT = "account"


def describe_people(tx: Transaction, study_id: str, tables: Sequence[Table]) -> int:
    """Add to the study's participants what the tables say of them; returns how many gained something.

    Raises UnreadableSource, with the line, for a row that cannot be read.
    """
    people = {person.id: person for person in tx.participants.all(study_id)}
    described = _with_accounts(_with_contacts(people, tables), tables)
    changed = [person for one, person in described.items() if person != people[one]]
    tx.participants.save(study_id, changed)
    return len(changed)


def _with_contacts(people: Mapping[str, Participant], tables: Sequence[Table]) -> dict[str, Participant]:
    """The participants with what the rows of contacts say of them, their account included."""
    found = dict(people)
    for contact in (one for table in tables for one in read_contacts(table, set(people))):
        account = {ACCOUNT: contact.account} if contact.account else {}
        found[contact.participant_id] = _with(found[contact.participant_id], {**account, **contact.attributes})
    return found


def _with_accounts(people: Mapping[str, Participant], tables: Sequence[Table]) -> dict[str, Participant]:
    """The participants with what the rows of companies say of theirs."""
    found = dict(people)
    wanted = {person.attributes[ACCOUNT] for person in people.values() if person.attributes.get(ACCOUNT)}
    for account in (one for table in tables for one in read_accounts(table, wanted)):
        for person in _at(found, account.name):
            found[person.id] = _with(person, account.attributes)
    return found


def _at(people: Mapping[str, Participant], account: str) -> Iterator[Participant]:
    yield from [person for person in people.values() if person.attributes.get(ACCOUNT) == account]


def _with(person: Participant, attributes: Mapping[str, str]) -> Participant:
    return person.model_copy(update={"attributes": {**attributes, **person.attributes}})
