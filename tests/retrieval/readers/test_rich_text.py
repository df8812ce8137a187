"""Rich text, written here by hand. All examples are invented."""

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers.rich_text import read_rtf

HEAD = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\header Study 4}\f0 "


def test_paragraphs_become_turns_with_every_sign() -> None:
    raw = HEAD + rb"{\b Dana:} Why \'e9t\'e9?\par P01: So \u-10179?\u-8704? \u8220?yes\u8221?.\par}"
    reading = read_rtf(raw, "a.rtf")
    assert reading.text == "Dana: Why été?\n\nP01: So 😀 “yes”."
    assert [turn.speaker for turn in reading.turns] == ["Dana", "P01"]


def test_rows_of_a_table_are_labelled_lines() -> None:
    rows = rb"\trowd Dana\cell Why?\cell\row \trowd P01\cell So.\cell\row"
    assert [turn.speaker for turn in read_rtf(HEAD + rows + b"}", "a.rtf").turns] == ["Dana", "P01"]


def test_pictures_do_not_count() -> None:
    picture = rb"{\pict\pngblip " + b"0123456789abcdef" * 200_000 + b"}"
    assert read_rtf(HEAD + picture + rb"Dana: Why?\par P01: So.}", "a.rtf").text == "Dana: Why?\n\nP01: So."


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"Dana: Why?", "not rich text"),
        (HEAD + b"}", "holds no text"),
        (HEAD + b"word " * 400_000 + b"}", "too large"),
    ],
    ids=["no bytes", "plain text", "no words", "two megabytes of words"],
)
def test_other_files_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_rtf(raw, "a.rtf")
