"""E-mail (.eml): its head and its words; attachments are named and not read.

The stored text begins with subject, sender, receiver and date; the words begin at `body`. The plain
part is taken where there is one, else the text of the HTML part. Nothing is fetched.
"""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import decode
from retrieval.readers.plain import labelled
from retrieval.readers.reading import Reading, storable
from retrieval.readers.webpage import page_text

HEAD = ("Subject", "From", "To", "Date")
# The email package takes quadratic time over a head; two hundred addresses fit into this.
LONGEST_HEAD = 8_000
KNOWN = (*HEAD, "MIME-Version", "Received", "Message-ID", "Content-Type")
REMEDY = "Save the message again as .eml, or save its text as .txt"
# What the email package lets through on malformed heads and bodies, beside its own errors.
FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError, email.errors.MessageError)


class Bounded(email.policy.EmailPolicy):
    """The default policy, with heads of bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEAD]


def read_eml(raw: bytes, where: str) -> Reading:
    """Read .eml. Raises UnreadableSource for what is no message, and for a message without words."""
    if not raw.strip():
        raise UnreadableSource(where, "the file is empty", REMEDY)
    try:
        message = cast("EmailMessage", BytesParser(policy=Bounded()).parsebytes(raw))  # what this policy makes
        head = storable("\n".join(_head(message)))
        words, repairs = _words(message, where)
        repairs += _attachments(message)
    except FAULTS:
        raise UnreadableSource(where, "the message is damaged", REMEDY) from None
    if not any(name in message for name in KNOWN):
        raise UnreadableSource(where, "this is no e-mail message, whatever its name says", REMEDY)
    if not words:
        raise UnreadableSource(where, "the message holds no words", "Check that it is the right file")
    text = f"{head}\n\n{words}" if head else words
    return Reading(text, labelled(text).turns, repairs, body=len(text) - len(words))


def _head(message: EmailMessage) -> Iterator[str]:
    for name in HEAD:
        value = " ".join(str(message.get(name, "")).split())
        if value:
            yield f"{name}: {value}"


def _words(message: EmailMessage, where: str) -> tuple[str, list[str]]:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "", []
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    if not raw.strip():
        return "", []
    text = _decoded(raw, part.get_content_charset(), where)
    if part.get_content_subtype() == "html":
        seen, hidden = page_text(text, where)
        return seen, [f"parts of the message that nobody sees were left out: {hidden}"] if hidden else []
    return "\n".join(line.rstrip() for line in storable(text).split("\n")).strip(), []


def _decoded(raw: bytes, charset: str | None, where: str) -> str:
    try:
        text = raw.decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        text = decode(raw, where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _attachments(message: EmailMessage) -> list[str]:
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    shown = ", ".join(" ".join(storable(str(name)).split())[:80] for name in names)
    return [f"attachments were not read: {shown}"] if names else []
