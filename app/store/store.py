"""Store: one database, the nouns kept in it, and transactions over them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from app.store.accounts import AccountRows
from app.store.audit_log import AuditLogRows
from app.store.briefs import BriefRows
from app.store.codebooks import CodebookRows
from app.store.codings import CodingRows
from app.store.evidence import EvidenceRows
from app.store.excerpts import ExcerptRows
from app.store.outcomes import OutcomeRows
from app.store.participants import ParticipantRows
from app.store.publications import PublicationRows
from app.store.remembered import Remembered
from app.store.reshapings import ReshapingRows
from app.store.results import ResultRows
from app.store.reviews import ReviewRows
from app.store.sessions import SessionRows
from app.store.sources import SourceRows
from app.store.studies import StudyRows
from app.store.tokens import TokenRows
from app.store.users import UserRows
from app.store.withdrawals import WithdrawalRows


class Transaction:
    """Everything that can be read or written together; it all holds or none of it does."""

    def __init__(self, connection: Connection):
        self.studies = StudyRows(connection)
        self.participants = ParticipantRows(connection)
        self.withdrawals = WithdrawalRows(connection)
        self.sources = SourceRows(connection)
        self.accounts = AccountRows(connection)
        self.excerpts = ExcerptRows(connection)
        self.evidence = EvidenceRows(connection)
        self.codings = CodingRows(connection)
        self.codebooks = CodebookRows(connection)
        self.reshapings = ReshapingRows(connection)
        self.results = ResultRows(connection)
        self.reviews = ReviewRows(connection)
        self.users = UserRows(connection)
        self.sessions = SessionRows(connection)
        self.tokens = TokenRows(connection)
        self.audit_log = AuditLogRows(connection)
        self.publications = PublicationRows(connection)
        self.briefs = BriefRows(connection)
        self.outcomes = OutcomeRows(connection)


class Store:
    def __init__(self, engine: Engine):
        self.engine = engine
        self.remembered = Remembered(engine)

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[Transaction]:
        """Commits at the end of the block; rolls back where it raises. With `alone` nobody else writes from its
        beginning on: for what is written only where something that was read still holds."""
        with self.engine.begin() as connection:
            if alone:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield Transaction(connection)

    def scrub(self) -> bool:
        """Leave nothing of deleted rows in the file: the word index is written anew, free pages go, the journal is
        emptied. False where a reader kept the journal from being emptied."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("INSERT INTO excerpt_text(excerpt_text) VALUES ('rebuild')"))
            connection.execute(text("INSERT INTO excerpt_text(excerpt_text) VALUES ('optimize')"))
            connection.execute(text("VACUUM"))
            busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
        return not busy

    def close(self) -> None:
        self.remembered.close()
        self.engine.dispose()
