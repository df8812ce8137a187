"""CRM: what a CRM's tables measure of accounts, kept for the strategy without a name.

An account is stored under an id made from its name, so that a participant's account finds its figures and nobody
can read who the companies are. The account of somebody who withdrew is left out where nobody who takes part
is at it; a digest of it is remembered with the withdrawal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.store.store import Transaction
from app.workbench import Workbench
from retrieval.evidence import stable_id
from retrieval.readers import Table
from retrieval.readers.measures import AccountFigures, read_figures
from retrieval.readers.names import key

ACCOUNT = "account"


def account_id(study_id: str, name: str) -> str:
    """The id an account is stored under, however its name is spelled."""
    return stable_id("ac", study_id, key(name))


def keep_accounts(bench: Workbench, study_id: str, table: Table) -> int:
    """Store the table's figures in the place of those it brought before; how many accounts there are.

    Raises UnreadableSource, with the line, for a row that cannot be read; then nothing of the table changes.
    """
    with bench.store.transaction() as tx:
        return tx.accounts.replace(study_id, table.name, figures_of(tx, study_id, table))


def figures_of(tx: Transaction, study_id: str, table: Table) -> Iterator[AccountFigures]:
    """The table's figures under ids of accounts, without those of people who withdrew."""
    closed = tx.withdrawals.all(study_id) - _accounts_taking_part(tx, study_id)
    for figures in read_figures(table):
        one = account_id(study_id, figures.account)
        if one not in closed:
            yield replace(figures, account=one)


def forget_accounts(tx: Transaction, study_id: str, names: Iterable[str]) -> None:
    """Remove the accounts of people who withdrew, and remember to leave them out."""
    gone = sorted({account_id(study_id, name) for name in names})
    tx.withdrawals.add(study_id, gone)
    tx.accounts.delete(study_id, gone)


def _accounts_taking_part(tx: Transaction, study_id: str) -> set[str]:
    named = (person.attributes.get(ACCOUNT, "") for person in tx.participants.all(study_id))
    return {account_id(study_id, name) for name in named if name}
