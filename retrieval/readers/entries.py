"""Rows of tables as sources: each note and each sheet of answers on its own, with whoever gave it.

A row's source is named `FILE/ID` (`tickets.csv/4711`), so that a row that moved is the same and a row
that changed replaces itself. The table itself is not kept beside its rows: erasing one person must not
need it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.evidence import Consent, Participant, Role, Source, SourceKind, Speaker, Turn, stable_id
from retrieval.readers.columns import Field
from retrieval.readers.participants import consent_of
from retrieval.readers.reading import AUTHOR, Reading, Utterance, compose, storable
from retrieval.readers.tables import Record, Table, TableKind

QUESTION = "Question"
# What stands above a note's words, in this order.
HEAD = (Field.ACCOUNT, Field.PARTICIPANT, Field.DATE, Field.AUTHOR)
MOST_ID = 80


@dataclass(frozen=True)
class Entry:
    """A source; for a file also its bytes, which are kept, for a survey's row also who answered it.

    `consent_told` says that the table has a column for the participant's consent.
    """

    source: Source
    raw: bytes | None = None
    participant: Participant | None = None
    consent_told: bool = False


def table_entries(table: Table) -> Iterator[Entry]:
    """The rows of a survey or of notes, one at a time; none for a table of companies.

    Raises UnreadableSource, with the line, as `Table.records` does and for an unknown consent.
    """
    seen: set[int] = set()
    for record in table.records():
        if TableKind.SURVEY in table.kinds:
            entry = _survey_entry(table, record, _own_name(table, record, seen))
        elif TableKind.NOTES in table.kinds and record.get(Field.NOTE):
            entry = _note_entry(table, record, _own_name(table, record, seen))
        else:
            continue
        if entry:
            yield entry


def check_table(table: Table) -> None:
    """Read every row once, so that nothing is imported of a table that breaks in the middle.

    Raises UnreadableSource as `table_entries` does.
    """
    for _ in table_entries(table):
        pass


def withdrawn_in(table: Table) -> set[str]:
    """The participants whose consent a row of the table withdraws."""
    fields = {column.field for column in table.columns}
    if Field.CONSENT not in fields:
        return set()
    records = (record for record in table.records() if record.get(Field.CONSENT))
    return {
        person_id(table, record)
        for record in records
        if consent_of(record.get(Field.CONSENT), record.line, table.name) is Consent.WITHDRAWN
    }


def person_id(table: Table, record: Record) -> str:
    """The id of who answered: the table's own, else one made of the table's name and the row."""
    own = record.get(Field.PARTICIPANT)
    return own or f"{table.stem}-{record.get(Field.ID) or record.line}"


def _own_name(table: Table, record: Record, seen: set[int]) -> str:
    """The row's id, or its line where it has none; a second row of one id is told apart by its line."""
    participant = record.get(Field.PARTICIPANT) if TableKind.SURVEY in table.kinds else ""
    known = " ".join((participant or record.get(Field.ID)).replace("/", "-").split())[:MOST_ID]
    name = known or f"row {record.line}"
    if hash(name) in seen:
        name = f"{name} (row {record.line})"
    seen.add(hash(name))
    return f"{table.name}/{name}"


def _survey_entry(table: Table, record: Record, name: str) -> Entry | None:
    who = person_id(table, record)
    answers = [*record.answers, *_remark(table, record)]
    pieces = [piece for question, answer in answers for piece in _asked(question, answer, who)]
    if not pieces:
        return None
    reading = compose(pieces, joint="\n")
    speakers = [
        Speaker(label=QUESTION, role=Role.INTERVIEWER),
        Speaker(label=storable(who), role=Role.PARTICIPANT, participant_id=storable(who)),
    ]
    told = any(column.field is Field.CONSENT for column in table.columns)
    consent = Consent.RESEARCH
    if told:
        consent = consent_of(record.get(Field.CONSENT), record.line, table.name)
    attributes = {**({"account": record.get(Field.ACCOUNT)} if record.get(Field.ACCOUNT) else {}), **record.attributes}
    source = _source(name, SourceKind.INTERVIEW, reading, speakers, _raw(table, name, record))
    return Entry(source, None, Participant(id=storable(who), attributes=attributes, consent=consent), told)


def _asked(question: str, answer: str, who: str) -> list[Utterance]:
    return [Utterance(QUESTION, " ".join(question.split())), Utterance(who, answer)]


def _remark(table: Table, record: Record) -> list[tuple[str, str]]:
    """A column of comments beside a survey's questions is one more answer, under its own name."""
    names = [column.header for column in table.columns if column.field is Field.NOTE]
    return [(names[0], record.get(Field.NOTE))] if names and record.get(Field.NOTE) else []


def _note_entry(table: Table, record: Record, name: str) -> Entry:
    facts = [(field.value.capitalize(), record.get(field)) for field in HEAD if record.get(field)]
    facts += list(record.attributes.items())
    head = "\n".join(f"{label}: {' '.join(value.split())}" for label, value in facts)
    words = "\n\n".join(filter(None, (record.get(Field.TITLE), record.get(Field.NOTE))))
    text = storable(f"{head}\n\n{words}" if head else words)
    turn = Turn(index=0, speaker=AUTHOR, start=len(text) - len(words), end=len(text))
    author = Speaker(label=AUTHOR, role=Role.AUTHOR)
    return Entry(_source(name, SourceKind.NOTE, Reading(text, [turn]), [author], _raw(table, name, record)))


def _source(name: str, kind: SourceKind, reading: Reading, speakers: list[Speaker], raw: bytes) -> Source:
    digest = hashlib.sha256(raw).hexdigest()
    return Source(
        id=stable_id("src", digest), name=name, kind=kind, text=reading.text, content_sha256=digest,
        turns=reading.turns, speakers=speakers,
    )  # fmt: skip


def _raw(table: Table, name: str, record: Record) -> bytes:
    """What a row's identity is made of: its cells under its own id, so that a renamed table holds the same rows.

    Rows without an id are named by table and line: two of them may hold the same words. What names or
    reaches a person is no part of it.
    """
    own = record.get(Field.ID) or record.get(Field.PARTICIPANT)
    left_out = (Field.PERSON, Field.PERSONAL, Field.IGNORE, Field.ATTRIBUTE, Field.QUESTION)
    cells = {field.value: value for field, value in record.values.items() if field not in left_out}
    row = {
        "row": name.removeprefix(f"{table.name}/") if own else name,
        "cells": cells,
        "attributes": dict(record.attributes),
        "answers": list(record.answers),
    }
    return json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
