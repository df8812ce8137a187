"""The files of an embedded Chroma, after collections were deleted: it leaves their folders, free pages, and what lay in
memory where a file was not filled yet."""

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

DATABASE = "chroma.sqlite3"
SECONDS_TO_WAIT = 10.0
VECTORS, HEADER = "data_level0.bin", "header.bin"
# How a header begins (hnswlib's own order, version 1 of Chroma's): version, first offset, room for how many, how many
# there are, bytes of each.
LAYOUT, VERSION = struct.Struct("<iQQQQ"), 1


def throw_away_orphans(folder: Path) -> None:
    """Remove the folders of segments that are no more, write the database without its free pages, and blank what the
    other folders hold by chance."""
    database = folder / DATABASE
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=SECONDS_TO_WAIT, isolation_level=None)) as rows:
        known = {row[0] for row in rows.execute("SELECT id FROM segments")}
        for path in folder.iterdir():
            if path.is_dir() and path.name not in known:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_dir():
                blank_unused(path)
        rows.execute("VACUUM")


def blank_unused(segment: Path) -> None:
    """Write zeros where no vector is yet: the file is made in its full length from memory nobody cleared, which may
    hold what people said. A file of another layout is left as it is."""
    header, vectors = segment / HEADER, segment / VECTORS
    if not (header.exists() and vectors.exists()):
        return
    found = header.read_bytes()[: LAYOUT.size]
    if len(found) < LAYOUT.size:
        return
    version, first, room, there, each = LAYOUT.unpack(found)
    size = vectors.stat().st_size
    if version != VERSION or first != 0 or room * each != size or there > room:
        return
    with vectors.open("r+b") as file:
        file.seek(there * each)
        file.write(bytes(size - there * each))
