"""Codebook, coming in: the codes of a `.qdc` or of a project, as codes of a study.

A code of ours is known by its GUID. A code of another tool becomes one of the study's, under an id made from its
name, unless the study has one of that name already. A tree of codes becomes a list: our codes stand side by side, and
a code says in its definition what it was a part of. What cannot be coded with (a folder of codes) is left out.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from app.models.codebook import Code, Codebook, faults
from app.refi.codebook_out import EXAMPLE, EXCLUDE, FEEDS, INCLUDE, OWN_ID, subcode_guid
from app.refi.names import code_guid, plain_guid
from app.refi.structure import CODEBOOK, REMEDY, local, parse
from retrieval.errors import UnreadableSource
from retrieval.readers.files import load

PART = re.compile(rf"({INCLUDE}|{EXCLUDE}|{EXAMPLE}|{FEEDS}|{OWN_ID}): (.*)", re.DOTALL)
NO_DEFINITION = "No definition came with this code."
MOST_ID = 60


@dataclass(frozen=True)
class ReadCodes:
    """`codes` in the order of the file, `by_guid` which code each GUID means, `ours` whether all are codes that we
    wrote, `remarks` what became of the rest; `cases` are GUIDs that stand for somebody, and for no code."""

    codes: list[Code]
    by_guid: dict[str, str]
    ours: bool
    remarks: list[str]
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Found:
    """A code as the file has it; `path` are the names above it."""

    guid: str
    name: str
    description: str
    codable: bool
    path: tuple[str, ...]
    subcodes: list[str]


def read_qdc(path: Path, known: Codebook, feeds: Collection[str]) -> ReadCodes:
    """The codes of a `.qdc`; UnreadableSource, with the line, where it cannot be used."""
    root = parse(load(path, path.name), path.name, CODEBOOK)
    listed = next((one for one in root if local(one) == "Codes"), None)
    read = read_codes(listed, known, feeds, path.name)
    if not read.codes:
        raise UnreadableSource(path.name, "it holds no code that can be coded with", REMEDY)
    sets = sum(local(one) == "Set" for one in root.iter())
    return replace(read, remarks=[*read.remarks, f"sets of codes left out: {sets}"]) if sets else read


def read_codes(
    listed: "etree._Element | None",
    known: Codebook,
    feeds: Collection[str],
    where: str,
    *,
    used: Collection[str] = (),
    but: Collection[str] = (),
) -> ReadCodes:
    """The codes below a `Codes` element; `known` is the study's codebook, `feeds` the fields that codes can feed.

    `used` are GUIDs that something is coded with, whatever the codebook says of them, `but` those that are no codes.
    Raises UnreadableSource for a GUID given twice and for codes that would be taken for each other.
    """
    listing = list(_walk(listed, (), where, set())) if listed is not None else []
    found = [one for one in listing if one.guid not in but]
    wanted = [one for one in found if one.codable or one.guid in used]
    taken = {code.id for code in known.codes}
    by_name = {code.label.casefold(): code for code in known.codes} | {code.id: code for code in known.codes}
    codes: dict[str, Code] = {}
    by_guid: dict[str, str] = {}
    for one in wanted:
        code = _ours(one, feeds) or by_name.get(one.name.strip().casefold()) or _foreign(one, {*taken, *codes})
        codes.setdefault(code.id, code)
        by_guid |= {one.guid: code.id, **{subcode_guid(code.id, name): code.id for name in one.subcodes}}
    for fault in faults(list(codes.values())):
        raise UnreadableSource(where, fault.problem, "Correct the codebook there, and export it again")
    folders = len(found) - len(wanted)
    nested = sum(bool(one.path) for one in wanted)
    remarks = [f"folders of codes, which cannot be coded with, left out: {folders}"] if folders else []
    remarks += [f"codes that stood below another stand side by side here: {nested}"] if nested else []
    ours = bool(wanted) and all(_ours(one, feeds) for one in wanted)
    return ReadCodes(list(codes.values()), by_guid, ours, remarks, frozenset(but))


def _walk(parent: "etree._Element", path: tuple[str, ...], where: str, seen: set[str]) -> Iterator[_Found]:
    """Every code below `parent`, from top to bottom; our own subcodes are a part of their code."""
    for element in parent:
        if local(element) != "Code":
            continue
        one = _found(element, path)
        if one.guid in seen:
            raise UnreadableSource(where, "two codes have the same GUID", REMEDY, element.sourceline)
        seen.add(one.guid)
        yield one
        if not one.subcodes:
            yield from _walk(element, (*path, one.name) if one.codable else path, where, seen)


def _found(element: "etree._Element", path: tuple[str, ...]) -> _Found:
    described = next((one.text or "" for one in element if local(one) == "Description"), "")
    codable = element.get("isCodable", "") in ("true", "1")
    own = plain_guid(element.get("guid", ""))
    return _Found(own, element.get("name", ""), described.strip(), codable, path, _subcodes(element, described))


def _subcodes(element: "etree._Element", described: str) -> list[str]:
    """The names of the codes below, where all are subcodes as we write them; else none."""
    code_id = "".join(_parts(described)[OWN_ID][-1:])
    below = [one for one in element if local(one) == "Code"]
    names = [one.get("name", "") for one in below]
    written = [subcode_guid(code_id, name) for name in names]
    return names if written == [plain_guid(one.get("guid", "")) for one in below] else []


def _ours(one: _Found, feeds: Collection[str]) -> Code | None:
    """The code as we wrote it; None where somebody else did."""
    parts = _parts(one.description)
    code_id = parts[OWN_ID][-1] if parts[OWN_ID] else ""
    if one.guid != code_guid(code_id):
        return None
    return Code(
        id=code_id,
        label=one.name,
        definition=parts[""][0] or NO_DEFINITION,
        include="\n\n".join(parts[INCLUDE]),
        exclude="\n\n".join(parts[EXCLUDE]),
        subcodes=one.subcodes,
        examples=parts[EXAMPLE],
        feeds=[feed for feed in ", ".join(parts[FEEDS]).split(", ") if feed in feeds],
    )


def _foreign(one: _Found, taken: Collection[str]) -> Code:
    part_of = f"Part of: {' › '.join(one.path)}." if one.path else ""
    definition = "\n\n".join(filter(None, [one.description, part_of])) or NO_DEFINITION
    label = one.name.strip() or "Code without a name"
    return Code(id=_free_id(label, taken), label=label, definition=definition)


def _free_id(name: str, taken: Collection[str]) -> str:
    """An id from the name, with a number where another code has it: "Prix élevé!" → `prix_eleve`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:MOST_ID]
    stem = stem if re.match("[a-z]", stem) else f"code_{stem}".strip("_")
    if stem not in taken:
        return stem
    return next(f"{stem}_{number}" for number in range(2, len(taken) + 3) if f"{stem}_{number}" not in taken)


def _parts(description: str) -> dict[str, list[str]]:
    """The paragraphs of a description by what they say; the definition under the empty name."""
    parts: dict[str, list[str]] = {name: [] for name in (INCLUDE, EXCLUDE, EXAMPLE, FEEDS, OWN_ID)}
    definition: list[str] = []
    for paragraph in description.split("\n\n"):
        found = PART.fullmatch(paragraph)
        parts[found[1]].append(found[2]) if found else definition.append(paragraph)
    return {**parts, "": ["\n\n".join(definition)]}
