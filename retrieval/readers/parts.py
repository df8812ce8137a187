"""Zip archives that come from strangers: what may be opened, and how much of it.

Word, OpenDocument and Excel files are zips too. A zip bomb is small on disk and endless in memory, so
sizes are checked against what the directory says, and again while unpacking, since it may lie.
"""

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from retrieval.errors import UnreadableSource

# A transcript of a day is under a megabyte; what unpacks to more than this is a trap.
MOST_UNPACKED = 200_000_000
# XML of real documents packs 5 to 40 times; only large parts are suspected.
MOST_RATIO = 500
SUSPECT = 5_000_000
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def open_parts(
    source: Path | bytes, where: str, called: str, remedy: str, most: int = MOST_UNPACKED
) -> zipfile.ZipFile:
    """The archive. Raises UnreadableSource for what is no zip (“this is not `called`”), locked or a bomb.

    `most` is how many bytes its parts may unpack to in all; what is streamed may be larger.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except OSError as fault:
        raise UnreadableSource(where, f"the file cannot be opened ({fault.strerror})", "Check the path") from None
    except DAMAGE:
        raise UnreadableSource(where, f"this is not {called}, whatever its name says", remedy) from None
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSource(where, "it is locked with a password", "Save it without one and import that file")
    if sum(part.file_size for part in parts) > most or any(map(_is_bomb, parts)):
        raise UnreadableSource(where, "it unpacks to far more than a document of its size can hold", remedy)
    return archive


def read_part(archive: zipfile.ZipFile, name: str, where: str, remedy: str) -> bytes:
    """One part unpacked, never more than its directory entry says. Raises UnreadableSource where it is damaged."""
    try:
        part = archive.getinfo(name)
        with archive.open(part) as opened:
            return opened.read(part.file_size)
    except DAMAGE:
        raise UnreadableSource(where, f"its part {name} is damaged or missing", remedy) from None


def parse_xml(raw: bytes, where: str, remedy: str) -> "etree._Element":
    """The root of an XML part. Entities are not resolved and nothing is fetched; a part with its own is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSource(where, "its XML is damaged", remedy) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSource(where, "its XML brings entities of its own, which no document needs", remedy)
    return root


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SUSPECT and part.file_size > MOST_RATIO * max(1, part.compress_size)
