"""participants.csv: what is read, and which mistakes are named with their line. All examples are invented."""

from pathlib import Path

import pytest

from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent
from retrieval.readers.participants import ParticipantsTable, read_participants

GOOD = (
    "Participant,file,role,consent,interviewer,speaker\n"
    "P01,transcripts/P01.txt,Head of IT,research+marketing,Dana,\n"
    "\n"
    'P02,transcripts/P02.vtt,"Manager, plant\nand more",Research,,Sam\n'
    "P03,,Driver,withdrawn,,\n"
)


def read(tmp_path: Path, text: str | bytes) -> ParticipantsTable:
    path = tmp_path / "participants.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_participants(path)


def test_rows_become_participants_with_attributes_and_consent(tmp_path: Path) -> None:
    table = read(tmp_path, GOOD)
    assert [(row.participant.id, row.line) for row in table.rows] == [("P01", 2), ("P02", 4), ("P03", 6)]
    assert table.participants[1].attributes == {"role": "Manager, plant\nand more"}
    assert [p.consent for p in table.participants] == [Consent.MARKETING, Consent.RESEARCH, Consent.WITHDRAWN]
    assert (table.rows[0].interviewer, table.rows[1].speaker) == ("Dana", "Sam")
    assert [row.participant.id for row in table.withdrawn] == ["P03"]


@pytest.mark.parametrize(
    "text",
    [GOOD.replace(",", ";").replace('"Manager; plant', '"Manager, plant'), GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD],
    ids=["semicolons", "windows line ends", "byte order mark"],
)
def test_tables_of_other_programs_read_the_same(tmp_path: Path, text: str) -> None:
    assert [row.participant.id for row in read(tmp_path, text).rows] == ["P01", "P02", "P03"]


@pytest.mark.parametrize(
    ("name", "ids"),
    [("transcripts/P01.txt", ["P01"]), ("elsewhere/P02.vtt", ["P02"]), ("p03.json", ["P03"]), ("P04.txt", [])],
    ids=["by path", "by file name", "by the id that names the file", "in no row"],
)
def test_a_transcript_finds_its_row(tmp_path: Path, name: str, ids: list[str]) -> None:
    assert [row.participant.id for row in read(tmp_path, GOOD).rows_for(name)] == ids


def test_two_people_of_one_file_are_told_apart_by_their_labels(tmp_path: Path) -> None:
    table = read(tmp_path, "participant,file,speaker\nP01,a.txt,Sam\nP02,a.txt,Ida\n")
    assert table.labels_for("a.txt") == {"Sam": "P01", "Ida": "P02"}


def test_a_table_without_consent_means_research(tmp_path: Path) -> None:
    assert read(tmp_path, "participant\nP01\n").participants[0].consent is Consent.RESEARCH


def test_a_row_whose_file_is_missing_is_named(tmp_path: Path) -> None:
    table = read(tmp_path, GOOD)
    table.check_files(["transcripts/P01.txt", "transcripts/P02.vtt"])
    with pytest.raises(UnreadableSource, match=r"line 4: the file “transcripts/P02.vtt” of P02 is not there"):
        table.check_files(["transcripts/P01.txt"])


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        pytest.param("", "empty", None, id="empty"),
        pytest.param("id,role\nP01,x\n", "column participant is missing", 1, id="no participant column"),
        pytest.param("participant,role\n", "names no participant", None, id="no rows"),
        pytest.param("participant,role\n,x\n", "row names no participant", 2, id="no id"),
        pytest.param("participant,role\nP01,a,b\n", "3 cells, but there are 2", 2, id="a cell too many"),
        pytest.param("participant\nP01\n\np01\n", "already stands in line 2", 4, id="an id twice"),
        pytest.param("participant,a,a\nP01,1,2\n", "column a stands there twice", 1, id="a column twice"),
        pytest.param("participant,consent\nP01,yes\n", "consent “yes” is not known", 2, id="unknown consent"),
        pytest.param("participant,consent\nP01,research\nP02,\n", "consent is not filled in", 3, id="no consent"),
        pytest.param('participant,role\nP01,"a\n', "row cannot be read", 2, id="a quote never closed"),
        pytest.param(b"PK\x03\x04", "binary", None, id="a spreadsheet"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path: Path, text: str | bytes, words: str, line: int | None) -> None:
    with pytest.raises(UnreadableSource, match=words) as refusal:
        read(tmp_path, text)
    assert refusal.value.line == line
