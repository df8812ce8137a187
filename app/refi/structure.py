"""Structure: the two schemas, and XML that comes in.

The schemas in `data/refi` say in our own words what the standard allows. What we write must keep them to the letter.
What others write may have its elements in another order, and lists that are empty: tools do that, and nothing is
lost by it. Everything else they must keep too, so that a broken file is refused with the line, before anything of it
is used.
"""

from functools import cache

from lxml import etree

from app import DATA
from retrieval.errors import UnreadableSource

CODEBOOK, PROJECT = "codebook", "project"
NAMESPACES = {CODEBOOK: "urn:QDA-XML:codebook:1.0", PROJECT: "urn:QDA-XML:project:1.0"}
XSD = "{http://www.w3.org/2001/XMLSchema}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
REMEDY = "Export it again from the tool it comes from, in the format REFI-QDA 1.5"
# The XML of ten thousand coded pages; more fills the memory to no use.
MOST_BYTES = 100_000_000
# A message of the validator may repeat what people said; it is cut.
MOST_SAID = 200


def parse(raw: bytes, where: str, kind: str) -> "etree._Element":
    """The root of a codebook's or a project's XML, checked against its structure.

    Nothing is fetched and no entity is resolved. Raises UnreadableSource, with the line, for whatever cannot be used.
    """
    if len(raw) > MOST_BYTES:
        raise UnreadableSource(where, "its XML is larger than 100 MB", "Export fewer documents at a time")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableSource(where, "its XML is damaged", REMEDY, fault.lineno or None) from None
    except ValueError:
        raise UnreadableSource(where, "its XML is damaged", REMEDY) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSource(where, "its XML brings entities of its own, which no project needs", REMEDY)
    _check(root, where, kind)
    return root


def faults(root: "etree._Element", kind: str) -> list[str]:
    """What the structure, to the letter, has against a document of ours; empty where nothing is wrong."""
    schema = _schema(kind, strict=True)
    return [] if schema.validate(root) else [f"line {one.line}: {one.message}" for one in schema.error_log]


def tag(kind: str, name: str) -> str:
    """An element's name with its namespace."""
    return f"{{{NAMESPACES[kind]}}}{name}"


def local(element: "etree._Element") -> str:
    """An element's name without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _check(root: "etree._Element", where: str, kind: str) -> None:
    if root.tag != tag(kind, _ROOTS[kind]):
        raise UnreadableSource(where, f"this is no REFI-QDA {kind}: it begins with <{local(root)[:40]}>", REMEDY)
    for name in [one for one in root.attrib if str(one).startswith(XSI)]:
        del root.attrib[name]
    schema = _schema(kind, strict=False)
    if schema.validate(root):
        return
    first = schema.error_log[0]
    reason = first.message.replace(f"{{{NAMESPACES[kind]}}}", "").rstrip(".")[:MOST_SAID]
    raise UnreadableSource(where, f"its XML is not as the standard has it: {reason}", REMEDY, first.line)


_ROOTS = {CODEBOOK: "CodeBook", PROJECT: "Project"}


@cache
def _schema(kind: str, *, strict: bool) -> "etree.XMLSchema":
    document = etree.parse(DATA / "refi" / f"{kind}.xsd")
    if not strict:
        for sequence in list(document.iter(f"{XSD}sequence")):
            _any_order(sequence)
    return etree.XMLSchema(document)


def _any_order(sequence: "etree._Element") -> None:
    """Let the parts come in any order, as often as they like, or not at all."""
    sequence.tag = f"{XSD}choice"
    sequence.set("minOccurs", "0")
    sequence.set("maxOccurs", "unbounded")
    for part in sequence:
        part.attrib.pop("minOccurs", None)
        part.attrib.pop("maxOccurs", None)
