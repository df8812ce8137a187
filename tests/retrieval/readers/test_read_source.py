"""A file in, a Source out: on the sample studies, on notes, and on files that cannot be read."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from retrieval.errors import UnreadableSource
from retrieval.evidence import Role, Source, SourceKind
from retrieval.readers import AUTHOR, FORMATS, read_participants, read_source

HERE = Path(__file__).parent
SAMPLE = HERE.parents[2] / "data" / "sample"
FLOWLINE = SAMPLE / "flowline"
PLANTED = json.loads((HERE / "files" / "flowline_statements.json").read_text("utf-8"))
INTERVIEWS = sorted((FLOWLINE / "transcripts").iterdir())
REAL = sorted((SAMPLE / "ai_at_work" / "transcripts").iterdir())


def read_interview(path: Path) -> Source:
    name = f"transcripts/{path.name}"
    row = read_participants(FLOWLINE / "participants.csv").rows_for(name)[0]
    return read_source(path, name=name, participant_id=row.participant.id)


def assert_sound(source: Source) -> None:
    """What holds for every source: turns in order, apart, trimmed, spoken by a known speaker."""
    assert [turn.index for turn in source.turns] == list(range(len(source.turns)))
    assert all(one.end <= other.start for one, other in pairwise(source.turns))
    for turn in source.turns:
        words = turn.of(source.text)
        assert words and words == words.strip()
        assert source.speaker(turn.speaker)


@pytest.mark.parametrize("path", INTERVIEWS, ids=lambda path: path.name)
def test_every_planted_statement_stands_in_a_turn_of_its_participant(path: Path) -> None:
    source = read_interview(path)
    planted = [entry["quote"] for entry in PLANTED if Path(entry["file"]).name == path.name]
    spoken = [turn.of(source.text) for turn, who in source.participant_turns() if who == path.stem]
    assert planted
    assert [quote for quote in planted if not any(quote in words for words in spoken)] == []


@pytest.mark.parametrize("path", INTERVIEWS + REAL, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_sample_interviews_have_one_interviewer_and_one_participant(path: Path) -> None:
    source = read_source(path)
    assert_sound(source)
    assert source.participant_ids == [path.stem]
    assert [speaker.role for speaker in source.speakers].count(Role.INTERVIEWER) == 1
    assert [one for one in source.repairs if not one.startswith("comments (NOTE)")] == []


@pytest.mark.parametrize("path", sorted((FLOWLINE / "notes").iterdir()), ids=lambda path: path.name)
def test_a_note_is_the_speech_of_its_author_and_of_no_participant(path: Path) -> None:
    source = read_source(path, kind=SourceKind.NOTE)
    assert [(speaker.label, speaker.role) for speaker in source.speakers] == [(AUTHOR, Role.AUTHOR)]
    assert source.participant_ids == [] and list(source.participant_turns()) == []
    assert source.turns[0].of(source.text) == source.text.strip()
    with pytest.raises(UnreadableSource):
        read_source(path)


def test_the_same_bytes_are_the_same_source_under_any_name(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, second):
        path.write_text("Dana: Why?\nP01: So.\n", "utf-8")
    assert read_source(first).id == read_source(second).id
    second.write_text("Dana: Why?\nP01: No.\n", "utf-8")
    assert read_source(first).id != read_source(second).id


def test_the_digest_is_of_the_original_bytes(tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.txt", tmp_path / "b.txt"
    plain.write_bytes(b"Dana: Why?\nP01: So.\n")
    marked.write_bytes(b"\xef\xbb\xbfDana: Why?\r\nP01: So.\r\n")
    one, other = read_source(plain), read_source(marked)
    assert one.text == other.text and one.content_sha256 != other.content_sha256


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        pytest.param("a.pages", b"Dana: Why?", r"\.pages cannot be read.*\.md, \.vtt", id="an unknown ending"),
        pytest.param("transcript", b"Dana: Why?", "without an ending", id="no ending"),
        pytest.param("a.txt", b"", "empty", id="empty"),
        pytest.param("a.md", b"\x89PNG\r\n\x1a\n", "binary", id="a picture"),
        pytest.param("a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "Rename it to .vtt", id="subtitles as text"),
        pytest.param("a.docx", b"PK\x05\x06" + bytes(18), "renamed", id="an empty zip"),
    ],
)
def test_files_that_cannot_be_read_say_why(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UnreadableSource, match=words) as refusal:
        read_source(tmp_path / name)
    assert str(refusal.value).startswith(name) and str(refusal.value).endswith(".")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"calls/a\.txt: there is no such file"):
        read_source(tmp_path / "a.txt", name="calls/a.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(UnreadableSource, match="cannot be opened"):
        read_source(tmp_path / "a.txt")


def test_every_format_refuses_an_empty_file(tmp_path: Path) -> None:
    for suffix in FORMATS:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(b"")
        with pytest.raises(UnreadableSource, match="empty"):
            read_source(path)
