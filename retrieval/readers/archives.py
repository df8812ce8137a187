"""Zip archives of transcripts, notes and tables: a folder that came as one file.

Nothing is unpacked to disk. An archive with a name that points out of it, with a password, with too many
or too large files, or that swells beyond all measure, is refused whole before anything of it is read.
"""

import re
import zipfile
from collections import Counter
from functools import cached_property
from pathlib import Path, PurePosixPath

from retrieval.errors import UnreadableSource
from retrieval.readers.files import MOST_BYTES
from retrieval.readers.parts import open_parts, read_part

ARCHIVES = (".zip",)
MOST_FILES = 10_000
MOST_UNPACKED = 2_000_000_000
REMEDY = "Unpack it, and import the folder with what you need"
OUTSIDE = re.compile(r"^(?:[A-Za-z]:|[/\\])|(?:^|[/\\])\.\.(?:[/\\]|$)")
# What systems put beside the files of an archive.
LITTER = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
SORTED = {"notes", "transcripts", "interviews"}


class Archive:
    """The files of a zip, by name. Raises UnreadableSource for an archive that may not be opened."""

    def __init__(self, path: Path, where: str, called: str = "a zip archive", remedy: str = REMEDY):
        self.path, self.where, self.called, self.remedy = path, where, called, remedy

    @property
    def names(self) -> list[str]:
        """The files in it, sorted; the one folder that holds all of them is left out of their names."""
        return sorted(self._members)

    def read(self, name: str, where: str) -> bytes:
        """The bytes of a file in it."""
        return read_part(self._opened, self._members[name], where, self.remedy)

    def close(self) -> None:
        if "_opened" in self.__dict__:
            self._opened.close()

    @cached_property
    def _opened(self) -> zipfile.ZipFile:
        return open_parts(self.path, self.where, self.called, self.remedy, MOST_UNPACKED)

    @cached_property
    def _members(self) -> dict[str, str]:
        """The name in the archive of each file, by the name it is known by."""
        parts = [part for part in self._opened.infolist() if not part.is_dir() and not _is_litter(part.filename)]
        for part in parts:
            self._refuse(part)
        if not parts:
            raise UnreadableSource(self.where, "the archive is empty", "Check that it is the right file")
        if len(parts) > MOST_FILES:
            raise UnreadableSource(self.where, f"the archive holds more than {MOST_FILES} files", self.remedy)
        top = _common_folder([part.filename for part in parts])
        found = {part.filename.removeprefix(top): part.filename for part in parts}
        twice = [name for name, count in Counter(part.filename for part in parts).items() if count > 1]
        if twice:
            raise UnreadableSource(self.where, f"the archive holds two files called {twice[0]}", self.remedy)
        return found

    def _refuse(self, part: zipfile.ZipInfo) -> None:
        if OUTSIDE.search(part.filename) or "\x00" in part.filename:
            raise UnreadableSource(self.where, f"its entry “{part.filename}” points out of the archive", self.remedy)
        if part.file_size > MOST_BYTES:
            raise UnreadableSource(self.where, f"its file {part.filename} is larger than 300 MB", self.remedy)


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.casefold() in LITTER or part.startswith("._") for part in parts)


def _common_folder(names: list[str]) -> str:
    """`interviews/` where all files lie in it; a folder that says what its files are stays in their names."""
    tops = {name.split("/", 1)[0] if "/" in name else "" for name in names}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top and top.casefold() not in SORTED else ""
