"""Transcripts written as tables. All examples are invented."""

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers import read_bytes
from retrieval.readers.speech_tables import read_speech_table


@pytest.mark.parametrize(
    "text",
    [
        "Speaker;Start;End;Text\nDana;00:00:01;00:00:02;Why?\nP01;00:00:03;00:00:04;So, so.\n",
        'start,end,speaker,text\n1,2,Dana,Why?\n3,4,P01,"So, so."\n',
        "start\tend\tspeaker\ttext\n1000\t2000\tDana\tWhy?\n3000\t4000\tP01\tSo, so.\n",
    ],
    ids=["clock times", "seconds", "milliseconds"],
)
def test_rows_become_turns(text: str) -> None:
    source = read_bytes(text.encode(), "a.tsv")
    assert [(turn.speaker, turn.of(source.text), turn.time_start) for turn in source.turns] == [
        ("Dana", "Why?", 1.0), ("P01", "So, so.", 3.0),
    ]  # fmt: skip


def test_columns_can_be_named_by_the_user() -> None:
    text = b"Voice,Words\nDana,Why?\nP01,So.\n"
    source = read_bytes(text, "a.csv", columns={"Voice": "speaker", "Words": "note"})
    assert [turn.speaker for turn in source.turns] == ["Dana", "P01"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("Date,Note\n2024,Rang.\n", "no single transcript.*dramatis ingest"),
        ("start,text\nsoon,Hi\n", "line 2: the time “soon” cannot be read"),
        ("start,text\n1,\n", "no row with words"),
    ],
    ids=["no bytes", "a table of notes", "a word for a time", "no words"],
)
def test_other_tables_are_refused(text: str, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_speech_table(text.encode(), "a.csv")
