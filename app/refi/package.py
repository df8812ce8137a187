"""Package: a `.qdpx`, which is a zip of `project.qde`, its texts in `Sources/` and, where we wrote it, `dramatis.json`.

Other tools pass over a file they do not know. Packages that come in are strangers' zips: see
`retrieval.readers.archives` for what is refused before anything of them is read.
"""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from app.packing import zipped
from retrieval.errors import UnreadableSource
from retrieval.readers.archives import Archive

PROJECT, BESIDE = "project.qde", "dramatis.json"
INTERNAL = "internal://"
REMEDY = "Export the project again from the tool it comes from, as REFI-QDA project (.qdpx)"


def pack(project: bytes, beside: bytes, texts: Mapping[str, str]) -> bytes:
    """The package; `texts` are the plain texts by file name."""
    sources = ((f"Sources/{name}", text.encode("utf-8")) for name, text in texts.items())
    return zipped([(PROJECT, project), (BESIDE, beside), *sources])


class Package:
    """A package that came in. Raises UnreadableSource for a zip that may not be opened, and one without a project."""

    def __init__(self, path: Path, where: str):
        self.where = where
        self._archive = Archive(path, where, "a REFI-QDA project", REMEDY)

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def project(self) -> bytes:
        """`project.qde`, or the one file with that ending."""
        found = [name for name in self._archive.names if name.lower().endswith(".qde") and "/" not in name]
        if len(found) != 1:
            reason = "the package holds no project.qde" if not found else "the package holds several projects"
            raise UnreadableSource(self.where, reason, REMEDY)
        return self._archive.read(found[0], self.where)

    def beside(self) -> bytes | None:
        """What we wrote beside the project; None in packages of other tools."""
        return self._archive.read(BESIDE, self.where) if BESIDE in self._archive.names else None

    def text(self, reference: str) -> bytes:
        """The file that an `internal://` path means: the one at that path, in the package or in its folder of sources,
        else the one of that name. Tools call the folder `Sources` or `sources`; case does not count.

        Raises UnreadableSource where it lies outside of the package, is not there, or may be one of several.
        """
        if not reference.casefold().startswith(INTERNAL):
            reason = f"a text lies outside of the package, at “{reference[:80]}”"
            raise UnreadableSource(self.where, reason, "Export the project with its sources inside")
        wanted = PurePosixPath(reference[len(INTERNAL) :].lstrip("/").casefold())
        paths = {one: PurePosixPath(one.casefold()) for one in self._archive.names}
        within = [one for one, path in paths.items() if path in (wanted, PurePosixPath("sources") / wanted)]
        found = within or [one for one, path in paths.items() if path.name == wanted.name]
        if len(found) != 1:
            why = "is in the package more than once" if found else "is not in the package"
            raise UnreadableSource(self.where, f"the text “{wanted.name[:80]}” {why}", REMEDY)
        return self._archive.read(found[0], self.where)
