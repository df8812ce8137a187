"""Bytes to text.

Tried in this order: a byte order mark (UTF-8, UTF-16, UTF-32), UTF-16 without one, strict UTF-8,
Windows-1252 for Western text, and last what charset-normalizer makes of it. Line ends become "\\n".
Binary files, empty files and broken UTF-8 are refused rather than guessed at: a wrong guess would
put words into people's mouths.
"""

import codecs
import re
from typing import IO

from charset_normalizer import from_bytes

from retrieval.errors import UnreadableSource
from retrieval.readers.reading import UNREADABLE

MARK = "\ufeff"
# The longer mark first: UTF-32 little-endian begins with the mark of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of what is most often given a wrong ending: zip and Office, PDF, old Word, pictures, sound, film.
SIGNATURES = (
    b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"ID3",
    b"OggS", b"fLaC", b"\x1f\x8b", b"\x7fELF", b"\x1aE\xdf\xa3",
)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Western prose has an accent or a curly quote now and then; other scripts are mostly high bytes.
WESTERN_SHARE = 0.35
# charset-normalizer's measure of mess, 0 to 1; what it found in real text stays far below.
MESS_ALLOWED = 0.1
PIECE = 1_000_000  # bytes of a large file looked at together


def decode(raw: bytes, where: str) -> str:
    """The text of `raw`, with "\\n" line ends and no byte order mark.

    Raises UnreadableSource for an empty file, a binary file and bytes in no encoding we know.
    """
    return as_written(raw, where).removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


def as_written(raw: bytes, where: str) -> str:
    """The text of `raw` with its own line ends, and its byte order mark where it has one: for who counts in it.

    Raises UnreadableSource as `decode` does.
    """
    _refuse_empty(raw, where)
    _refuse_binary(raw, where)
    text = _decoded(raw, where).removeprefix(MARK)
    if len(CONTROL.findall(text)) > len(text) // 100:
        raise _binary(where)
    text = text.replace("\x00", UNREADABLE)
    if not text.strip():
        raise _empty(where)
    return f"{MARK}{text}" if _marked(raw) else text


def encoding_of(stream: IO[bytes], where: str) -> str:
    """The encoding of a file too large to hold, read once from start to end.

    Raises UnreadableSource as `decode` does; a stray byte far into the file may only show when it is read.
    """
    head = stream.read(PIECE)
    if not head.strip() and not stream.read(1):
        raise _empty(where)
    _refuse_binary(head, where)
    encoding = _marked(head) or _utf16_without_mark(head)
    if encoding:
        return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece = head
    while piece:
        following = stream.read(PIECE)
        try:
            decoder.decode(piece, final=not following)
        except UnicodeDecodeError:
            return _other_encoding(piece, where)
        piece = following
    return "utf-8"


def _other_encoding(piece: bytes, where: str) -> str:
    if b"\x00" in piece:
        raise _binary(where)
    # Whether the fault is a byte of another encoding or a damaged sign of UTF-8 is told as for small files.
    text = _western(piece) if not _is_mostly_utf8(piece) else None
    if text is not None:
        return "cp1252"
    best = from_bytes(piece).best() if not _is_mostly_utf8(piece) else None
    if best is None or best.chaos > MESS_ALLOWED or best.coherence == 0:
        raise _undecodable(piece, 0, where)
    return best.encoding


def _refuse_empty(raw: bytes, where: str) -> None:
    if not raw.strip():
        raise _empty(where)


def _refuse_binary(raw: bytes, where: str) -> None:
    if raw.startswith(SIGNATURES) or raw[4:8] == b"ftyp":
        raise _binary(where)


def _decoded(raw: bytes, where: str) -> str:
    encoding = _marked(raw) or _utf16_without_mark(raw)
    if encoding:
        return _strictly(raw, encoding, where)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        if b"\x00" in raw:
            raise _binary(where) from None
        if _is_mostly_utf8(raw):
            raise _undecodable(raw, fault.start, where) from None
        return _western(raw) or _guessed(raw, fault.start, where)


def _marked(raw: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if raw.startswith(mark)), None)


def _utf16_without_mark(raw: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte, nearly."""
    sample = raw[:4000]
    half = len(sample) // 2
    if half < 2 or b"\x00" not in sample:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _strictly(raw: bytes, encoding: str, where: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _undecodable(raw, fault.start, where) from None


def _is_mostly_utf8(raw: bytes) -> bool:
    """Whether multi-byte characters outnumber the stray bytes: then the file is UTF-8 with damage."""
    whole = MULTIBYTE.findall(raw)
    stray = sum(byte > 0x7F for byte in raw) - sum(map(len, whole))
    return len(whole) > stray


def _western(raw: bytes) -> str | None:
    if sum(byte > 0x7F for byte in raw) > WESTERN_SHARE * len(raw):
        return None
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _guessed(raw: bytes, fault: int, where: str) -> str:
    best = from_bytes(raw).best()
    if best is None or best.chaos > MESS_ALLOWED or best.coherence == 0:
        raise _undecodable(raw, fault, where)
    return str(best)


def _undecodable(raw: bytes, fault: int, where: str) -> UnreadableSource:
    line = raw.count(b"\n", 0, fault) + 1
    return UnreadableSource(
        where, "the bytes here are in no text encoding we know", "Save the file as UTF-8 and import it again", line
    )


def _empty(where: str) -> UnreadableSource:
    return UnreadableSource(where, "the file is empty", "Export the transcript again and import the new file")


def _binary(where: str) -> UnreadableSource:
    return UnreadableSource(
        where, "this is a binary file, not text", "Export the transcript as text (.txt, .vtt, .srt, .docx or .json)"
    )
