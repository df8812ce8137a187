"""Bytes to text: what is understood, and what is refused rather than guessed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import as_written, decode

FRENCH = "Dana: Où ça ?\nHélène: À côté, “déjà vu”.\n"
RUSSIAN = "Интервьюер: Здравствуйте, как дела?\nАнна: Хорошо, спасибо большое. Мы работаем каждый день.\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_a_western_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), "P01.txt") == FRENCH


def test_another_script_without_a_mark_is_recognised_by_its_letters() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "P01.txt") == RUSSIAN


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_one_newline(line_end: str) -> None:
    assert decode(f"a{line_end}b{line_end}{line_end}c".encode(), "P01.txt") == "a\nb\n\nc"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b" \n\r\n\t", "empty", id="only white space"),
        pytest.param(b"\xef\xbb\xbf", "empty", id="only a byte order mark"),
        pytest.param(b"%PDF-1.7 ...", "binary", id="a PDF"),
        pytest.param(b"PK\x03\x04word", "binary", id="a zip"),
        pytest.param(b"Dana: hi\x00\x00\x01\x02\x03", "binary", id="zero bytes"),
        pytest.param(bytes(range(1, 32)) * 4, "binary", id="control characters"),
        pytest.param(bytes(range(128, 256)) * 4, "no text encoding", id="every high byte"),
        pytest.param(b"\xff\xfeD\x00a\x00n", "no text encoding", id="UTF-16 cut off in a letter"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        decode(raw, "P01.txt")


def test_damaged_utf8_is_refused_with_its_line_instead_of_read_as_something_else() -> None:
    raw = "Dana: Où ça ?\nHélène: À côté.\n".encode() + b"Dana: \xc3\x28"
    with pytest.raises(UnreadableSource) as refusal:
        decode(raw, "P01.txt")
    assert refusal.value.line == 3


# Letters that a binary format could begin with, too.
BINARY_LOOKS = ("RIFF", "ID3", "GIF8", "OggS", "fLaC", "%PDF-", "\ufeff")


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_changed(text: str) -> None:
    assume(text.strip() and not text.startswith(BINARY_LOOKS) and text[4:8] != "ftyp")
    assert decode(text.encode(), "P01.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_as_written_keeps_its_line_ends_and_says_whether_it_has_a_mark(encoding: str) -> None:
    raw = "one\r\ntwo\rthree\n🏭".encode(encoding)
    mark = "" if encoding == "utf-8" else "\ufeff"
    assert as_written(raw, "a.txt") == f"{mark}one\r\ntwo\rthree\n🏭"
    assert decode(raw, "a.txt") == "one\ntwo\nthree\n🏭"
