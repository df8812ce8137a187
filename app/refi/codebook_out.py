"""Codebook, going out: codes as REFI-QDA has them, in a `.qdc` or in a project.

A code goes out under its label. What the standard has no place for (where its borders run, examples, the fields it
feeds, its id) stands in the description, a paragraph each, for people and for whoever reads it back; its subcodes are
codes below it. Themes are no codes: they are found anew by every run, and go out as a note.
"""

from lxml import etree

from app import __version__
from app.models.codebook import Code, Codebook
from app.playbook.words import family
from app.refi.names import code_guid, guid, legal
from app.refi.structure import CODEBOOK, NAMESPACES, tag

ORIGIN = f"Dramatis {__version__}"
# One for each colour family of the playbook, grey first; tools show marks in them on white.
COLOURS = ("#6b7280", "#c2410c", "#b91c1c", "#a16207", "#15803d", "#1d4ed8", "#7e22ce", "#0f766e", "#be185d")
INCLUDE, EXCLUDE, EXAMPLE, FEEDS, OWN_ID = "Include", "Exclude", "Example", "Feeds", "Code id"


def codebook_qdc(codebook: Codebook) -> bytes:
    """The codebook as a `.qdc`; equal codebooks give equal bytes."""
    root = etree.Element(tag(CODEBOOK, "CodeBook"), {"origin": ORIGIN}, nsmap={None: NAMESPACES[CODEBOOK]})
    add_codes(root, codebook, CODEBOOK)
    return as_xml(root)


def add_codes(parent: "etree._Element", codebook: Codebook, kind: str) -> None:
    """The codes as a list below `parent`, in the names of a codebook or of a project."""
    codes = etree.SubElement(parent, tag(kind, "Codes"))
    for code in codebook.codes:
        colour = COLOURS[family(code.id)]
        own = _add(codes, kind, code_guid(code.id), code.label, colour)
        etree.SubElement(own, tag(kind, "Description")).text = legal(describe(code))
        for subcode in code.subcodes:
            _add(own, kind, subcode_guid(code.id, subcode), subcode, colour)


def subcode_guid(code_id: str, subcode: str) -> str:
    """A subcode's GUID: the same in every study."""
    return guid("subcode", code_id, subcode)


def describe(code: Code) -> str:
    """All that is known of the code but its label, in paragraphs."""
    parts = [(INCLUDE, code.include), (EXCLUDE, code.exclude), *((EXAMPLE, one) for one in code.examples)]
    parts += [(FEEDS, ", ".join(code.feeds)), (OWN_ID, code.id)]
    return "\n\n".join([code.definition, *(f"{word}: {text}" for word, text in parts if text)])


def as_xml(root: "etree._Element") -> bytes:
    """The document as a file's bytes."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _add(parent: "etree._Element", kind: str, guid: str, name: str, colour: str) -> "etree._Element":
    told = {"guid": guid, "name": legal(name), "isCodable": "true", "color": colour}
    return etree.SubElement(parent, tag(kind, "Code"), told)
