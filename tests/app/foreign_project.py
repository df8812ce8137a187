"""REFI-QDA projects as other tools write them, small and invented: what differs from tool to tool is an argument."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

TALK = (
    "Interviewer: What do you do?\n\n"
    "P01: I run the warehouse 🏭 and count every pallet twice.\n\n"
    "Interviewer: Why?\n\n"
    "P01: The scanner loses them. I do not trust it.\n"
)
WORDS = "The scanner loses them."


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, name))


@dataclass(frozen=True)
class Marked:
    """Words of a text coded by somebody; `start`, `end` as the tool counts."""

    start: int
    end: int
    code: str = "Distrust"
    user: str = "Ana"
    name: str = ""


@dataclass(frozen=True)
class Document:
    """`raw` are the bytes of the plain text file; None puts `inside` into the XML."""

    name: str
    raw: bytes | None
    marked: Sequence[Marked] = ()
    inside: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Foreign:
    """A project. `codes` are names with their descriptions, `cases` names with values and the names of documents;
    `more` is XML put after the sources, `braces` writes GUIDs in capitals and braces."""

    documents: Sequence[Document] = ()
    origin: str = "Some tool 1.0"
    codes: Mapping[str, str] = field(default_factory=lambda: {"Distrust": "Does not rely on it."})
    users: Sequence[str] = ("Ana", "Ben")
    cases: Mapping[str, tuple[Mapping[str, str], Sequence[str]]] = field(default_factory=dict)
    more: str = ""
    folder: str = "Sources"
    braces: bool = False

    def write(self, path: Path) -> Path:
        with ZipFile(path, "w") as packed:
            packed.writestr("project.qde", self.xml())
            for one in self.documents:
                if one.raw is not None:
                    packed.writestr(f"{self.folder}/{guid(one.name)}.txt", one.raw)
        return path

    def xml(self) -> str:
        names = sorted({name for values, _ in self.cases.values() for name in values})
        names = sorted({*names, *(name for one in self.documents for name in one.values)})
        return "\n".join([
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<Project xmlns="urn:QDA-XML:project:1.0" name="A project" origin={quoteattr(self.origin)}>',
            _listed("Users", [f"<User guid={self.id(one)} name={quoteattr(one)}/>" for one in self.users]),
            _listed("CodeBook", [_listed("Codes", [self.code(*one) for one in self.codes.items()])][: len(self.codes)]),
            _listed("Variables", [
                f'<Variable guid={self.id(f"v {one}")} name={quoteattr(one)} typeOfVariable="Text"/>' for one in names
            ]),
            _listed("Cases", [self.case(name, *one) for name, one in self.cases.items()]),
            _listed("Sources", [self.document(one) for one in self.documents]),
            self.more,
            "</Project>",
        ])  # fmt: skip

    def id(self, name: str) -> str:
        return quoteattr(f"{{{guid(name).upper()}}}" if self.braces else guid(name))

    def code(self, name: str, description: str) -> str:
        told = f'guid={self.id(f"c {name}")} name={quoteattr(name)} isCodable="true"'
        return f"<Code {told}><Description>{description}</Description></Code>"

    def case(self, name: str, values: Mapping[str, str], documents: Sequence[str]) -> str:
        parts = [*self.values(values), *(f"<SourceRef targetGUID={self.id(one)}/>" for one in documents)]
        return f"<Case guid={self.id(f'case {name}')} name={quoteattr(name)}>{''.join(parts)}</Case>"

    def values(self, values: Mapping[str, str]) -> list[str]:
        return [
            f"<VariableValue><VariableRef targetGUID={self.id(f'v {name}')}/><TextValue>{value}</TextValue>"
            "</VariableValue>"
            for name, value in values.items()
        ]

    def document(self, one: Document) -> str:
        path = "" if one.raw is None else f' plainTextPath="internal://{guid(one.name)}.txt"'
        inside = f"<PlainTextContent>{one.inside}</PlainTextContent>" if one.raw is None else ""
        marked = [self.selection(one.name, number, each) for number, each in enumerate(one.marked)]
        told = f"guid={self.id(one.name)} name={quoteattr(one.name)}{path}"
        return f"<TextSource {told}>{inside}{''.join(marked)}{''.join(self.values(one.values))}</TextSource>"

    def selection(self, name: str, number: int, one: Marked) -> str:
        told = f'startPosition="{one.start}" endPosition="{one.end}" name={quoteattr(one.name)}'
        by = f"creatingUser={self.id(one.user)}"
        code = f"<CodeRef targetGUID={self.id(f'c {one.code}')}/>"
        coding = f"<Coding guid={self.id(f'coding {name} {number}')} {by}>{code}</Coding>"
        return f"<PlainTextSelection guid={self.id(f'sel {name} {number}')} {by} {told}>{coding}</PlainTextSelection>"


def said(name: str = "P01", text: str = TALK, words: str = WORDS, **marked: str) -> Document:
    """A document with the words coded in it, as a tool that counts code points and "\\n" writes it."""
    start = text.index(words)
    return Document(name, text.encode(), [Marked(start, start + len(words), **marked)])


def _listed(name: str, parts: Sequence[str]) -> str:
    return f"<{name}>{''.join(parts)}</{name}>" if parts else ""
