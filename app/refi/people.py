"""People of a project: its cases as participants, and its texts as sources they are heard in.

A text is read as the same text from a file would be: its labels say who speaks, and a label that is a case's name is
that case. Where one case is about one text, and about no other, it is its participant whatever the label; a case of
many texts may be a company, and two people must not become one. Where nobody is named the text is a note, so that no
word of it counts as anybody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from app.refi.beside import Beside, SourceRecord
from app.refi.cases_out import CONSENT, KIND
from app.refi.project import Case, Project, Text
from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent, Participant, SourceKind, sha256
from retrieval.readers import Entry, read_bytes
from retrieval.readers.participants import ParticipantRow, ParticipantsTable, consent_of
from retrieval.readers.roles import Casting

# Rows by participant, each with whether its consent is told.
Rows = dict[str, tuple[ParticipantRow, bool]]
# From what allows most to what allows least.
LEAST = [Consent.MARKETING, Consent.RESEARCH, Consent.WITHDRAWN]
# Endings under which a plain text is read as one.
PLAIN = (".txt", ".text", ".md")


@dataclass
class People:
    """`entries` are the sources by the GUID of their text, `table` who takes part as a participants table would say,
    `told` the ids of those whose consent the project says."""

    entries: dict[str, Entry] = field(default_factory=dict)
    table: ParticipantsTable = field(default_factory=lambda: ParticipantsTable("", []))
    told: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def people_of(project: Project, beside: Beside | None) -> People:
    """The sources and participants of a project; UnreadableSource, with the line, for a consent that is not known."""
    found = People()
    names: set[str] = set()
    for text in project.texts:
        name = _free_name(text.name, names)
        entry = _as_it_was(text, beside) or _read(text, name, _about(project.cases, text), found.remarks)
        if entry:
            found.entries[text.guid] = entry
            names.add(entry.source.name)
    rows: Rows = {}
    for case in _persons(project.cases, found):
        _add(rows, case, project.where)
    for text in project.texts:
        _add_values(rows, text, found.entries.get(text.guid), project.where)
    found.table = ParticipantsTable(project.where, [row for row, _ in rows.values()])
    found.told = {name for name, (_, told) in rows.items() if told}
    return found


def _about(cases: Sequence[Case], text: Text) -> list[Case]:
    return [case for case in cases if case.name and text.guid in case.sources]


def _as_it_was(text: Text, beside: Beside | None) -> Entry | None:
    """The source as it was stored where the project was written; None where it was not, or its text is another."""
    record = next((one for one in beside.sources if one.name == text.name), None) if beside else None
    words = text.raw.decode("utf-8", "replace")
    if record is None or sha256(words) != record.text_sha256 or not _is_sound(record, words):
        return None
    source = record.source(words)
    # Its own bytes are kept where they are the plain text; other files did not come along.
    return Entry(source, text.raw if sha256(words) == record.content_sha256 else None)


def _is_sound(record: SourceRecord, text: str) -> bool:
    """Whether what is said of the source can be true of the text."""
    ends = [0, *(turn.end for turn in record.turns)]
    ordered = all(before <= turn.start for before, turn in zip(ends, record.turns, strict=False))
    labels = {speaker.label for speaker in record.speakers}
    numbered = [turn.index for turn in record.turns] == list(range(len(record.turns)))
    digest = len(record.content_sha256) == 64 and all(sign in "0123456789abcdef" for sign in record.content_sha256)
    spoken = {turn.speaker for turn in record.turns} <= labels
    return ordered and ends[-1] <= len(text) and numbered and digest and spoken


def _read(text: Text, name: str, about: Sequence[Case], remarks: list[str]) -> Entry | None:
    """The text as a source; None, with a remark, where it is none."""
    kind = SourceKind.NOTE if text.values.get(KIND) == SourceKind.NOTE else SourceKind.INTERVIEW
    alone = about[0].name if len(about) == 1 and len(about[0].sources) == 1 else None
    casting = Casting(participant_id=alone, labels={case.name: case.name for case in about})
    try:
        return Entry(read_bytes(text.raw, name, kind=kind, casting=casting), text.raw)
    except UnreadableSource as error:
        if kind is SourceKind.NOTE:
            remarks.append(f"{text.name}: {error.reason}")
            return None
        as_note = _read(replace(text, values={KIND: SourceKind.NOTE.value}), name, (), remarks)
        if as_note:
            remarks.append(f"{text.name}: taken as a note, since {error.reason}")
        return as_note


def _free_name(name: str, taken: set[str]) -> str:
    """A name with an ending under which plain text is read, and that no other text of the project has."""
    path = PurePosixPath(name.replace("\\", "/"))
    plain = name if path.suffix.lower() in PLAIN else f"{name}.txt"
    if plain not in taken:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return next(one for n in range(2, len(taken) + 3) if (one := f"{stem} ({n}){dot}{ending}") not in taken)


def _persons(cases: Sequence[Case], found: People) -> list[Case]:
    """The cases that are heard in a source; the others are told of."""
    heard = {person for entry in found.entries.values() for person in entry.source.participant_ids}
    for case in cases:
        if case.name not in heard and not _withdrew(case):
            found.remarks.append(f"case “{case.name}”: nobody of that name is heard in a source")
    return [case for case in cases if case.name and (case.name in heard or _withdrew(case))]


def _withdrew(case: Case) -> bool:
    return _consent(case.values).strip().casefold() == Consent.WITHDRAWN


def _add(rows: Rows, case: Case, where: str) -> None:
    """What the case tells, added to what others of its name tell; the consent that allows least counts."""
    said = _consent(case.values)
    consent = consent_of(said, case.line, where) if said else Consent.RESEARCH
    row = ParticipantRow(Participant(id=case.name, attributes=_attributes(case.values), consent=consent), case.line)
    known, told = rows.get(case.name, (row, False))
    both = [one.participant.consent for one, is_told in ((known, told), (row, bool(said))) if is_told]
    consent = max(both, key=LEAST.index, default=Consent.RESEARCH)
    attributes = {**row.participant.attributes, **known.participant.attributes}
    person = Participant(id=case.name, attributes=attributes, consent=consent)
    rows[case.name] = (replace(known, participant=person), told or bool(said))


def _add_values(rows: Rows, text: Text, entry: Entry | None, where: str) -> None:
    """What a document's own variables say goes for the one who is heard in it, where it is one."""
    values = {name: value for name, value in text.values.items() if name != KIND}
    heard = entry.source.participant_ids if entry else []
    if values and len(heard) == 1:
        _add(rows, Case(text.guid, heard[0], text.line, values, [text.guid]), where)


def _consent(values: Mapping[str, str]) -> str:
    return next((value for name, value in values.items() if name.casefold() == CONSENT), "")


def _attributes(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name.casefold() not in (CONSENT, KIND)}
