"""Ways to damage a file, drawn by a seeded die: the same seed damages the same files in the same way."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping

MOST_BYTES = 2_000_000
# Pieces that mean something to a reader, put where they do not belong.
TOKENS = (
    b"-->", b"<v ", b"</v>", b"\n\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t",
    b"{", b"}", b"[", b"]", b"(", b")", b"\\", b"\\u-55357?", b"\\ud800", b"\\par ", b"null", b"1e999", b"-1",
    b"NaN", b"**", b":", b"99:99:99.999", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#xD800;", b"WEBVTT", b"NOTE",
    b"Interviewer:", b"Q. ", b"Content-Type: multipart/mixed\n", b"%PDF-1.7", b"endobj", b"stream",
    b"/Length 999999999", b"P01\n", b"=?utf-8?q?=?=", b"charset=utf-7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0",
    b"<row r='9999999'>", b"t='s'", "\u202e".encode(), "\u0301".encode(), "\U0001f600".encode(),
)  # fmt: skip

Damage = Callable[[bytes, random.Random], bytes]


def mutate(raw: bytes, dice: random.Random, others: Mapping[str, bytes]) -> bytes:
    """`raw` damaged one to four times; now and then in a part of a zip, which bytes from outside rarely reach."""
    if raw.startswith(b"PK") and dice.random() < 0.7:
        return _in_part(raw, dice)
    if dice.random() < 0.05:
        other = dice.choice(list(others.values()))
        raw = raw[: dice.randrange(len(raw) + 1)] + other[dice.randrange(len(other) + 1) :]
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        raw = dice.choice(DAMAGES)(raw, dice)[:MOST_BYTES]
    return raw


def _flip(raw: bytes, dice: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.randint(1, 8) if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(raw: bytes, dice: random.Random) -> bytes:
    start, end = _slice(raw, dice)
    return raw[:start] + raw[end:]


def _double(raw: bytes, dice: random.Random) -> bytes:
    start, end = _slice(raw, dice)
    return raw[:end] + raw[start:end] * dice.choice((1, 2, 50)) + raw[end:]


def _truncate(raw: bytes, dice: random.Random) -> bytes:
    return raw[: dice.randrange(len(raw) + 1)]


def _insert(raw: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(raw) + 1)
    return raw[:place] + dice.choice(TOKENS) * dice.choice((1, 1, 1, 3, 2_000)) + raw[place:]


def _noise(raw: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(raw) + 1)
    return raw[:place] + dice.randbytes(dice.randint(1, 40)) + raw[place:]


def _shuffle(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def _slice(raw: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(raw) + 1)
    return start, min(len(raw), start + dice.randint(1, 200))


DAMAGES: tuple[Damage, ...] = (_flip, _cut, _double, _truncate, _insert, _insert, _noise, _shuffle)


def _in_part(raw: bytes, dice: random.Random) -> bytes:
    """The same zip with one part damaged and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {part.filename: archive.read(part) for part in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, ValueError):
        return _flip(raw, dice)
    chosen = dice.choice(list(parts))
    parts[chosen] = dice.choice(DAMAGES)(parts[chosen], dice)[:MOST_BYTES]
    if dice.random() < 0.05:
        parts[dice.choice(("../out.txt", "/abs.txt", "a\\..\\b.txt"))] = b"out"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
