"""A project as a file has it: who codes, what was said, about whom, and what is coded how. Nothing is stored yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.refi.codebook_in import ReadCodes
from app.refi.codebook_out import ORIGIN
from app.refi.offsets import Counting, LineEnd, Ruler, Selected, find_way, line_ends_stored
from app.refi.structure import REMEDY
from retrieval.errors import UnreadableSource

# ATLAS.ti writes "\r\n" into its text files and counts it as one character.
KNOWN_WAYS: Mapping[str, Counting] = {"atlas": Counting(LineEnd.ONE)}


@dataclass(frozen=True)
class Given:
    """A code given by a user; `code` is an id of ours."""

    code: str
    user: str


@dataclass(frozen=True)
class Selection:
    """A stretch of a text as its tool counts it, with the line of the file it stands in."""

    start: int
    end: int
    name: str
    line: int
    given: Sequence[Given]

    @property
    def counted(self) -> Selected:
        return Selected(self.start, self.end, self.name)


@dataclass(frozen=True)
class Text:
    """A text source: `raw` are the bytes of its plain text, `written` the text in them with its own line ends, `values`
    what the variables say of it."""

    guid: str
    name: str
    line: int
    raw: bytes
    written: str
    selections: Sequence[Selection]
    values: Mapping[str, str]

    @property
    def stored(self) -> str:
        return line_ends_stored(self.written)


@dataclass(frozen=True)
class Case:
    """Somebody or something that sources are about: for us a participant."""

    guid: str
    name: str
    line: int
    values: Mapping[str, str]
    sources: Sequence[str]


@dataclass(frozen=True)
class Project:
    """`origin` is the tool that wrote it; `left_out` what of it a study cannot hold, a line each."""

    where: str
    origin: str
    digest: str
    codes: ReadCodes
    texts: Sequence[Text]
    cases: Sequence[Case]
    left_out: list[str] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Whether this version of Dramatis, or another, wrote it."""
        return self.origin.startswith(ORIGIN.split()[0])

    @property
    def way(self) -> Counting:
        """How its places are counted: as we do, or as is found out from all selections together."""
        if self.is_ours:
            return Counting()
        told = [(one.written, one.stored, [each.counted for each in one.selections]) for one in self.texts]
        prefer = next((way for tool, way in KNOWN_WAYS.items() if tool in self.origin.casefold()), None)
        return find_way(told, prefer)

    def places(self, text: Text, way: Counting) -> list[tuple[int, int, Selection]]:
        """(start, end, selection) in the stored text; UnreadableSource, with the line, for one that is not in it."""
        ruler = Ruler(text.written, way)
        found = []
        for one in text.selections:
            start, end = ruler.stored(one.start), ruler.stored(one.end)
            if start is None or end is None or start > end:
                reason = f"a selection from {one.start} to {one.end} is not in its text of {ruler.length} characters"
                raise UnreadableSource(self.where, reason, REMEDY, one.line)
            found.append((start, end, one))
        return found
