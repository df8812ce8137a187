"""The store: the truth of every study, in SQLite. Everything else can be rebuilt from it.

`tables` the schema, `database` opening and migrating, one file a noun for the queries, and `Store`,
which holds them together. Only this package imports SQLAlchemy.
"""

from app.store.database import open_store
from app.store.store import Store

__all__ = ["Store", "open_store"]
