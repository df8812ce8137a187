"""Rows of accounts: what a CRM measures of them. The account itself is an id made from its name, never the name."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select

from app.store.tables import account
from retrieval.readers.measures import AccountFigures, Outcome

# Rows written in one statement: a CRM may hold a million.
CHUNK = 5000
LISTED = "\n"


class AccountRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def replace(self, study_id: str, table_name: str, rows: Iterable[AccountFigures]) -> int:
        """Put the rows, whose `account` is an id, in the place of all that came from the table; how many there are."""
        here = (account.c.study_id == study_id, account.c.table_name == table_name)
        self.connection.execute(delete(account).where(*here))
        waiting, kept = iter(rows), 0
        while chunk := [_row(study_id, table_name, one) for one in islice(waiting, CHUNK)]:
            self.connection.execute(insert(account), chunk)
            kept += len(chunk)
        return kept

    def each(self, study_id: str) -> Iterator[AccountFigures]:
        """The study's accounts by table and line, one at a time."""
        columns = [column for column in account.c if column.name not in ("study_id", "table_name")]
        rows = select(*columns).where(account.c.study_id == study_id).order_by(account.c.table_name, account.c.line)
        for row in self.connection.execute(rows.execution_options(yield_per=CHUNK)):
            line, account_id, label, value, days, outcome, assets, visits, demo, rfp = row
            listed = tuple(assets.split(LISTED)) if assets else ()
            settled = Outcome(outcome) if outcome else None
            yield AccountFigures(line, account_id, label, value, days, settled, listed, visits, demo, rfp)

    def count(self, study_id: str) -> int:
        here = select(func.count()).select_from(account).where(account.c.study_id == study_id)
        return self.connection.scalar(here) or 0

    def delete(self, study_id: str, account_ids: Sequence[str]) -> None:
        here = (account.c.study_id == study_id, account.c.account_id.in_(account_ids))
        self.connection.execute(delete(account).where(*here))


def _row(study_id: str, table_name: str, one: AccountFigures) -> dict[str, object]:
    return {
        "study_id": study_id,
        "table_name": table_name,
        "line": one.line,
        "account_id": one.account,
        "label": one.label,
        "value": one.value,
        "days": one.days,
        "outcome": one.outcome.value if one.outcome else None,
        "assets": LISTED.join(one.assets),
        "visits": one.visits,
        "demo": one.demo,
        "rfp": one.rfp,
    }
