"""E-mail messages. All examples are invented."""

import pytest

from retrieval.errors import UnreadableSource
from retrieval.evidence import SourceKind
from retrieval.readers import read_bytes
from retrieval.readers.mail import read_eml

HEAD = b"From: Dana Doe <dana@house.example>\r\nTo: sam@house.example\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nThey want\r\na caf\xe9.\r\n"
MIXED = HEAD + (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    b"<p>They want <i>more</i>.</p><img src='http://tracker.example/x.png'>\r\n--b\r\n"
    b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=offer.pdf\r\n\r\nx\r\n--b--\r\n"
)


def test_a_message_is_a_note_of_its_words_under_its_head() -> None:
    source = read_bytes(PLAIN, "a.eml", kind=SourceKind.NOTE)
    head = "Subject: Café\nFrom: Dana Doe <dana@house.example>\nTo: sam@house.example"
    assert source.text == f"{head}\n\nThey want\na café."
    assert [turn.of(source.text) for turn in source.turns] == ["They want\na café."]


def test_the_text_of_a_page_is_read_and_attachments_are_named() -> None:
    reading = read_eml(MIXED, "a.eml")
    assert reading.text.endswith("\n\nThey want more.")
    assert reading.repairs == ["attachments were not read: offer.pdf"]


def test_the_plain_part_is_preferred() -> None:
    both = HEAD + (
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlain.\n"
        b"--b\nContent-Type: text/html\n\n<p>Rich.</p>\n--b--\n"
    )
    assert read_eml(both, "a.eml").text.endswith("\n\nPlain.")


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"", "empty"), (b"Dear Sam,\n\nplain words.", "no e-mail message"), (HEAD + b"\r\n", "no words")],
    ids=["no bytes", "no head", "only a head"],
)
def test_other_files_are_refused(raw: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_eml(raw, "a.eml")


def test_an_endless_head_takes_no_time() -> None:
    raw = b"Subject: " + b"=?utf-8?q?a?= <" * 40_000 + b"\n\nWords.\n"
    assert read_eml(raw, "a.eml").text.endswith("Words.")
