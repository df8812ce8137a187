"""Opening the database: pragmas on every connection, migrations on every start."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import BadInput
from app.store.store import Store

MIGRATIONS = Path(__file__).parent / "migrations"


def open_store(database: Path) -> Store:
    """The store at `database`, created and migrated where needed. BadInput where the file is no database of ours."""
    database.parent.mkdir(parents=True, exist_ok=True)
    engine = connect(f"sqlite+pysqlite:///{database}")
    try:
        migrate(engine)
    except DatabaseError as error:
        engine.dispose()
        raise BadInput(
            f"{database} is not a database of Dramatis, or is damaged. Restore it or move it away."
        ) from error
    return Store(engine)


def connect(url: str) -> Engine:
    """An engine whose connections enforce foreign keys and write ahead, so that readers never wait."""
    engine = create_engine(url)
    event.listen(engine, "connect", _pragmas)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; does nothing where it is there already."""
    if _revision(engine) == newest_revision():
        return
    # Alembic takes a third of a second to load, and nearly every start finds the schema in place.
    from alembic import command
    from alembic.config import Config

    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def newest_revision() -> str:
    """The number that the newest migration's file name begins with, which is its revision."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor: Any = connection.cursor()
    # secure_delete: what people take back is overwritten, not only unlinked.
    for pragma in (
        "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=10000", "secure_delete=ON"
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
