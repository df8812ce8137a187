"""The files of an embedded Chroma, after collections were deleted: it leaves their folders and free pages behind."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = "chroma.sqlite3"
SECONDS_TO_WAIT = 10.0


def throw_away_orphans(folder: Path) -> None:
    """Remove the folders of segments that are no more, and write the database without its free pages."""
    database = folder / DATABASE
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=SECONDS_TO_WAIT, isolation_level=None)) as rows:
        known = {row[0] for row in rows.execute("SELECT id FROM segments")}
        for path in folder.iterdir():
            if path.is_dir() and path.name not in known:
                shutil.rmtree(path, ignore_errors=True)
        rows.execute("VACUUM")
