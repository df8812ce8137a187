"""Rows of excerpts, and which of them are in a scope."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, Table, false, func, insert, not_, or_, select, text

from app.store.tables import coding, evidence, excerpt
from app.store.word_search import search_words
from retrieval.catalogue import split_context
from retrieval.evidence import Excerpt
from retrieval.index import Hit
from retrieval.scope import Scope

# Lists go in as JSON, so that a statement is written once and not for each length of list.
BY_ID = text(
    "SELECT text, document FROM excerpt WHERE study_id = :study_id AND id IN (SELECT value FROM json_each(:ids))"
)
# Places are (source, start, length); a row for each, in their order.
AROUND = text(
    "SELECT substr(source.text, json_extract(place.value, '$[1]') + 1, json_extract(place.value, '$[2]')) "
    "FROM json_each(:places) AS place LEFT JOIN source "
    "ON source.study_id = :study_id AND source.id = json_extract(place.value, '$[0]') ORDER BY place.key"
)
OF_PEOPLE = text(
    "SELECT id FROM excerpt WHERE study_id = :study_id AND participant_id IN (SELECT value FROM json_each(:people))"
)


class ExcerptRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def add(self, study_id: str, excerpts: Sequence[Excerpt]) -> None:
        rows = [
            {
                "study_id": study_id,
                "id": one.id,
                "source_id": one.source_id,
                "participant_id": one.participant_id,
                "kind": one.kind,
                "text": one.text,
                "document": one.model_dump_json(exclude={"text"}),
                "start": one.start,
                "end": one.end,
                "time": one.time,
            }
            for one in excerpts
        ]
        if rows:
            self.connection.execute(insert(excerpt), rows)

    def all(self, study_id: str) -> list[Excerpt]:
        rows = select(excerpt.c.text, excerpt.c.document).where(excerpt.c.study_id == study_id)
        return [_read(*row) for row in self.connection.execute(rows.order_by(excerpt.c.id))]

    def ids_of_source(self, study_id: str, source_id: str) -> list[str]:
        here = (excerpt.c.study_id == study_id, excerpt.c.source_id == source_id)
        return list(self.connection.scalars(select(excerpt.c.id).where(*here)))

    def ids_of_people(self, study_id: str, people: Sequence[str]) -> list[str]:
        """The ids of all excerpts of some participants."""
        values = {"study_id": study_id, "people": _json_list(people)}
        return list(self.connection.scalars(OF_PEOPLE, values))

    def get(self, study_id: str, ids: Sequence[str]) -> dict[str, Excerpt]:
        """The excerpts of the study among `ids`, by id; ids that are not there are left out."""
        rows = self.connection.execute(BY_ID, {"study_id": study_id, "ids": json.dumps(list(ids))})
        return {one.id: one for one in (_read(*row) for row in rows)}

    def search(self, study_id: str, query: str, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        """Excerpts sharing words with `query`, best first, among the ids `within`. Score: BM25, higher is better."""
        return search_words(self.connection, study_id, query, limit, within)

    def of_source(self, study_id: str, source_id: str) -> list[Excerpt]:
        """The source's excerpts in order."""
        here = (excerpt.c.study_id == study_id, excerpt.c.source_id == source_id)
        rows = select(excerpt.c.text, excerpt.c.document).where(*here).order_by(excerpt.c.start)
        return [_read(*row) for row in self.connection.execute(rows)]

    def within(self, study_id: str, scope: Scope, people: Collection[str] | None) -> frozenset[str]:
        """The ids of all excerpts in scope; `people` are those its consent leaves, None for everybody and notes."""
        # One string is read five times as fast as a row for each id.
        ids = select(func.aggregate_strings(excerpt.c.id, " ")).where(
            excerpt.c.study_id == study_id, *_conditions(scope, people)
        )
        return frozenset((self.connection.scalar(ids) or "").split())

    def surroundings(self, study_id: str, excerpts: Sequence[Excerpt]) -> list[tuple[str, str]]:
        """For each excerpt, what stands before and after it in its context, read from its source."""
        places = json.dumps([(one.source_id, one.around.start, one.around.end - one.around.start) for one in excerpts])
        around = self.connection.scalars(AROUND, {"study_id": study_id, "places": places})
        return [split_context(one, words or "") for one, words in zip(excerpts, around, strict=True)]


def _conditions(scope: Scope, people: Collection[str] | None) -> list[ColumnElement[bool]]:
    lists = {excerpt.c.participant_id: people, excerpt.c.source_id: scope.sources, excerpt.c.kind: scope.kinds}
    found: list[ColumnElement[bool]] = [
        column.in_(sorted(wanted)) for column, wanted in lists.items() if wanted is not None
    ]
    if scope.since is not None:
        found.append(excerpt.c.time >= scope.since)
    if scope.until is not None:
        found.append(excerpt.c.time <= scope.until)
    return found + ([_coded(scope.codes)] if scope.codes is not None else [])


def _coded(codes: Collection[str]) -> ColumnElement[bool]:
    """Holds evidence of one of the codes, by the engine or by people: a quote that begins inside the excerpt."""
    return or_(false(), *(either for code in sorted(codes) for either in (_by_engine(code), _by_people(code))))


def _by_engine(code: str) -> ColumnElement[bool]:
    end = func.json_extract(evidence.c.document, "$.quote.end")
    given = func.json_extract(evidence.c.document, f'$.codes."{code}"').is_not(None)
    return select(evidence.c.id).where(*_begins_inside(evidence), given, not_(_removed(evidence, code, end))).exists()


def _by_people(code: str) -> ColumnElement[bool]:
    given = (coding.c.code == code, coding.c.given)
    removed = _removed(coding, code, coding.c.end, coding.c.number)
    return select(coding.c.id).where(*_begins_inside(coding), *given, not_(removed)).exists()


def _begins_inside(quoted: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        quoted.c.study_id == excerpt.c.study_id,
        quoted.c.source_id == excerpt.c.source_id,
        quoted.c.start >= excerpt.c.start,
        quoted.c.start < excerpt.c.end,
    )


def _removed(
    quoted: Table, code: str, end: ColumnElement[int], number: ColumnElement[int] | None = None
) -> ColumnElement[bool]:
    """Whether a person took the code off the quoted words, later than `number`: `HumanCode.covers` in SQL."""
    off = coding.alias("off")
    both = func.min(off.c.end, end) - func.max(off.c.start, quoted.c.start)
    shorter = func.min(off.c.end - off.c.start, end - quoted.c.start)
    about = (off.c.study_id == quoted.c.study_id, off.c.source_id == quoted.c.source_id, off.c.code == code)
    later = () if number is None else (off.c.number > number,)
    return select(off.c.id).where(*about, not_(off.c.given), 2 * both >= shorter, *later).exists()


def _json_list(ids: Collection[str] | None) -> str | None:
    return None if ids is None else json.dumps(sorted(ids))


def _read(words: str, document: str) -> Excerpt:
    return Excerpt.model_validate({**json.loads(document), "text": words})
