"""PDF transcripts, made here. All examples are invented."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from evals.bench.sample_files import pdf
from retrieval.errors import UnreadableSource
from retrieval.readers.pdf import read_pdf

PAGES = [
    ["Flowline study - confidential", "", "Dana: What do you do all day long in", "the plant?", "P01: I run the pro-",
     "cess from start to end, and it is a long-", "term job.", "", "Page 1 of 3"],
    ["Flowline study - confidential", "Which is why I stay, more or less, until the", "end of the day.",
     "Dana: And then?",
     "P01: Home. A long-term plan.", "Page 2 of 3"],
    ["Flowline study - confidential", "Dana: Thanks.", "P01: Bye.", "Page 3 of 3"],
]  # fmt: skip


def test_pages_become_turns_without_heads_numbers_and_broken_lines() -> None:
    reading = read_pdf(pdf(PAGES), "a.pdf")
    assert [(turn.speaker, turn.of(reading.text)) for turn in reading.turns] == [
        ("Dana", "What do you do all day long in the plant?"),
        ("P01", "I run the process from start to end, and it is a long-term job.\n"
                "Which is why I stay, more or less, until the end of the day."),
        ("Dana", "And then?"), ("P01", "Home. A long-term plan."), ("Dana", "Thanks."), ("P01", "Bye."),
    ]  # fmt: skip


def test_what_was_left_out_is_said() -> None:
    left, joined = read_pdf(pdf(PAGES), "a.pdf").repairs
    assert "“Flowline study - confidential” (3 times)" in left and "page numbers (3 times)" in left
    assert joined == "3 pages were put together and broken lines joined"


def test_names_on_lines_of_their_own_are_no_running_heads() -> None:
    pages = [["DANA", "What do you do?", "SAM", "I run it.", "DANA", "And then?", "SAM", "Home.", "1"],
             ["And more.", "DANA", "So?", "SAM", "Yes.", "2"]]  # fmt: skip
    reading = read_pdf(pdf(pages), "a.pdf")
    assert [turn.speaker for turn in reading.turns] == ["DANA", "SAM", "DANA", "SAM", "DANA", "SAM"]
    assert reading.turns[3].of(reading.text) == "Home.\nAnd more."


def test_one_page_without_a_number_stays_whole() -> None:
    reading = read_pdf(pdf([["Dana: How many?", "P01: Two.", "Dana: And now?", "P01: 7"]]), "a.pdf")
    assert reading.text.endswith("P01: 7") and reading.repairs == []


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PAGES))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"Dana: Why?", "not a PDF"),
        (b"%PDF-1.7\nrubbish", "damaged"),
        (pdf([[], []]), "pictures of pages"),
        (locked(), "locked with a password"),
    ],
    ids=["no bytes", "plain text", "only the beginning", "scanned", "a password"],
)
def test_other_files_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_pdf(raw, "a.pdf")
