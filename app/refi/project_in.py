"""Project, coming in: what a package says, read and checked whole before anything of it is used.

References must lead somewhere, and no GUID may stand for two things of a kind. What a study cannot hold is counted and
told. Tools put a variable's value on a case or on its document; both are read. NVivo gives a case and a code the same
GUID where a stretch of text is by somebody: such a code is none.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from lxml import etree

from app.models.codebook import Codebook
from app.refi.codebook_in import ReadCodes, read_codes
from app.refi.names import plain_guid
from app.refi.package import Package
from app.refi.project import Case, Given, Project, Selection, Text
from app.refi.structure import PROJECT, REMEDY, local, parse
from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import as_written

UNNAMED = "unnamed coder"
# What has no place in a study, under the words for it; counted wherever it stands.
NOT_TAKEN = {
    "PictureSource": "pictures", "PDFSource": "PDF documents", "AudioSource": "recordings", "VideoSource": "films",
    "Note": "notes and memos", "Link": "links", "Set": "sets", "Graph": "maps",
}  # fmt: skip
UNIQUE = ("User", "Code", "Variable", "Case", "TextSource", "Note", "Set")


def read_project(package: Package, known: Codebook, feeds: Collection[str]) -> Project:
    """The project in a package; UnreadableSource, with the line, for whatever makes it unusable."""
    raw = package.project()
    return _Reader(package, parse(raw, package.where, PROJECT), known, feeds).project(sha256(raw).hexdigest())


@dataclass(frozen=True)
class _Reader:
    package: Package
    root: "etree._Element"
    known: Codebook
    feeds: Collection[str]

    def project(self, digest: str) -> Project:
        self._refuse_twins()
        left_out: list[str] = []
        texts = [text for one in self._all("TextSource") if (text := self._text(one, left_out))]
        left_out += [*self.codes.remarks, *self._not_taken()]
        origin = self.root.get("origin", "")
        return Project(self.package.where, origin, digest, self.codes, texts, self._cases(), left_out)

    @cached_property
    def users(self) -> Mapping[str, str]:
        return {self._guid(one): one.get("name") or one.get("id") or UNNAMED for one in self._all("User")}

    @cached_property
    def variables(self) -> Mapping[str, str]:
        return {self._guid(one): one.get("name", "") for one in self._all("Variable")}

    @cached_property
    def codes(self) -> ReadCodes:
        listed = next(self._all("Codes"), None)
        used = {self._target(ref) for one in self._all("Coding") for ref in _children(one, "CodeRef")}
        cases = {self._guid(one) for one in self._all("Case")}
        return read_codes(listed, self.known, self.feeds, self.package.where, used=used, but=cases)

    def _text(self, element: "etree._Element", left_out: list[str]) -> Text | None:
        name = element.get("name", "").strip() or "Document without a name"
        raw = self._plain_text(element)
        if not raw.strip():
            why = "its text is empty" if raw or element.get("plainTextPath") else "it has no plain text"
            left_out.append(f"{name}: {why}")
            return None
        described = sum(bool((one.text or "").strip()) for one in element.iter() if local(one) == "Description")
        coded_whole = sum(1 for _ in _children(element, "Coding"))
        left_out += [f"{name}: descriptions left out: {described}"] if described else []
        left_out += [f"{name}: codes on the document as a whole left out: {coded_whole}"] if coded_whole else []
        return Text(
            guid=self._guid(element),
            name=name,
            line=element.sourceline or 0,
            raw=raw,
            written=as_written(raw, name),
            selections=[self._selection(one) for one in _children(element, "PlainTextSelection")],
            values=self._values(element),
        )

    def _plain_text(self, element: "etree._Element") -> bytes:
        inside = next(_children(element, "PlainTextContent"), None)
        if inside is not None and inside.text:
            return str(inside.text).encode("utf-8")
        path = element.get("plainTextPath")
        return self.package.text(path) if path else b""

    def _selection(self, element: "etree._Element") -> Selection:
        start, end = self._place(element, "startPosition"), self._place(element, "endPosition")
        given = [one for coding in _children(element, "Coding") for one in self._given(coding, element)]
        return Selection(start, end, element.get("name", ""), element.sourceline or 0, given)

    def _place(self, element: "etree._Element", name: str) -> int:
        try:
            return int(element.get(name, ""))
        except ValueError:
            raise self._fault(element, f"the {name} of a selection cannot be read") from None

    def _given(self, coding: "etree._Element", selection: "etree._Element") -> Iterator[Given]:
        user = coding.get("creatingUser") or selection.get("creatingUser")
        name = self.users.get(self._plain(user, coding)) if user else UNNAMED
        if name is None:
            raise self._fault(coding, "a coding is by a user who is not among the users")
        references = [self._target(one) for one in _children(coding, "CodeRef")]
        if not references:
            raise self._fault(coding, "a coding says no code")
        for one in references:
            if one in self.codes.by_guid:
                yield Given(self.codes.by_guid[one], name)
            elif one not in self.codes.cases:
                raise self._fault(coding, "a coding is with a code that is not in the codebook")

    def _cases(self) -> list[Case]:
        """The cases with their sources: those they name, those of their selections, and those coded with them."""
        of_selection = {
            self._guid(one): self._guid(source)
            for source in self._all("TextSource")
            for one in _children(source, "PlainTextSelection")
        }
        by_code: dict[str, list[str]] = {}
        for source in self._all("TextSource"):
            for ref in source.iter():
                if local(ref) == "CodeRef" and self._target(ref) in self.codes.cases:
                    by_code.setdefault(self._target(ref), []).append(self._guid(source))
        return [self._case(one, of_selection, by_code) for one in self._all("Case")]

    def _case(
        self, element: "etree._Element", of_selection: Mapping[str, str], by_code: Mapping[str, list[str]]
    ) -> Case:
        own = self._guid(element)
        sources = [self._target(one) for one in _children(element, "SourceRef")]
        sources += [of_selection.get(self._target(one), "") for one in _children(element, "SelectionRef")]
        sources += by_code.get(own, [])
        name = element.get("name", "").strip()
        return Case(own, name, element.sourceline or 0, self._values(element), [*dict.fromkeys(filter(None, sources))])

    def _values(self, element: "etree._Element") -> dict[str, str]:
        """What the variables say of a case or source, by their names."""
        values = {}
        for one in _children(element, "VariableValue"):
            reference = next(_children(one, "VariableRef"), None)
            variable = self.variables.get(self._target(reference)) if reference is not None else None
            if variable is None:
                raise self._fault(one, "a value is of a variable that is not among the variables")
            said = next((part.text for part in one if local(part).endswith("Value")), None)
            if said and said.strip():
                values[variable.strip()] = said
        return values

    def _not_taken(self) -> list[str]:
        found = Counter(local(one) for one in self.root.iter())
        return [f"{word}: {found[name]}" for name, word in NOT_TAKEN.items() if found[name]]

    def _refuse_twins(self) -> None:
        for kind in UNIQUE:
            seen: set[str] = set()
            for one in self._all(kind):
                own = self._guid(one)
                if own in seen:
                    raise self._fault(one, f"two elements <{kind}> have the same GUID")
                seen.add(own)

    def _all(self, name: str) -> Iterator["etree._Element"]:
        return (one for one in self.root.iter() if local(one) == name)

    def _guid(self, element: "etree._Element") -> str:
        return self._plain(element.get("guid"), element)

    def _target(self, element: "etree._Element") -> str:
        return self._plain(element.get("targetGUID"), element)

    def _plain(self, written: str | None, element: "etree._Element") -> str:
        try:
            return plain_guid(written or "")
        except ValueError:
            raise self._fault(element, f"<{local(element)}> has no GUID that can be read") from None

    def _fault(self, element: "etree._Element", reason: str) -> UnreadableSource:
        return UnreadableSource(self.package.where, reason, REMEDY, element.sourceline)


def _children(element: "etree._Element", name: str) -> Iterator["etree._Element"]:
    return (one for one in element if local(one) == name)
