"""The search by words over excerpts: BM25 by SQLite's FTS5, among all excerpts of a study or among some."""

import json
import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, text

from retrieval.index import Hit

# bm25() is smaller for better matches; ids are filtered by a JSON list, so that one statement serves all. The plus
# keeps FTS5 from being asked once for each row.
AMONG_FEW = text(
    "SELECT excerpt.id, -bm25(excerpt_text) AS score FROM excerpt_text "
    "JOIN excerpt ON excerpt.rowid = excerpt_text.rowid "
    "WHERE excerpt_text MATCH :words AND +excerpt_text.rowid IN ("
    "SELECT excerpt.rowid FROM excerpt WHERE study_id = :study_id AND id IN (SELECT value FROM json_each(:within))) "
    "ORDER BY score DESC, excerpt.id LIMIT :limit"
)
# The best of all studies, best first: which study's they are is looked up for those alone that are read.
BEST_FIRST = text(
    "SELECT excerpt.id, best.score, excerpt.study_id = :study_id FROM ("
    "SELECT rowid, -bm25(excerpt_text) AS score FROM excerpt_text WHERE excerpt_text MATCH :words "
    "ORDER BY score DESC LIMIT :most) AS best CROSS JOIN excerpt ON excerpt.rowid = best.rowid"
)
# Up to so many ids are looked up; among more, the best of all excerpts are read until enough of them are wanted.
FEW = 3000
# First so many of the best, which is little to sort; then all that match, which SQLite writes as -1.
MOST = (2000, -1)
AT_ONCE = 200


def search_words(
    connection: Connection, study_id: str, query: str, limit: int, within: Collection[str] | None = None
) -> list[Hit]:
    """Excerpts sharing words with `query`, best first, equals in the order of ids, among the ids `within`."""
    words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query.lower()))
    if not words:
        return []
    values: dict[str, Any] = {"study_id": study_id, "words": words}
    if within is not None and len(within) < FEW:
        values |= {"within": json.dumps(sorted(within)), "limit": limit}
        return [Hit(*row) for row in connection.execute(AMONG_FEW, values)]
    found = (_best(connection, values | {"most": most}, limit, within) for most in MOST)
    return next(hits for hits in found if hits is not None)


def _best(
    connection: Connection, values: dict[str, Any], limit: int, within: Collection[str] | None
) -> list[Hit] | None:
    """The `limit` best; None where the `most` that were read cannot tell."""
    kept: list[Hit] = []
    read = 0
    for rows in connection.execute(BEST_FIRST, values).partitions(AT_ONCE):
        read += len(rows)
        kept += [Hit(one, score) for one, score, ours in rows if ours and (within is None or one in within)]
        # Equals of the last may still come.
        if len(kept) >= limit and rows[-1][1] < kept[limit - 1].score:
            return _first(kept, limit)
    return None if (len(kept) < limit and values["most"] != MOST[-1]) or read == values["most"] else _first(kept, limit)


def _first(hits: list[Hit], limit: int) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]
