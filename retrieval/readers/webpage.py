"""Web pages (.html, .htm): the words a reader would see, a line a block.

Scripts and styles are dropped, nothing is fetched.

Parsed by lxml, which mends what browsers mend. Charset as in HTML: byte order mark, then what the page
declares, then as for plain text.
"""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import MARKS, decode
from retrieval.readers.plain import labelled
from retrieval.readers.reading import Reading, storable

DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "select", "textarea"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLOCKS = {
    "p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "header", "footer", "main", "nav", "aside", "pre", "hr", "dt", "dd", "dl", "br", "body", "form",
    "figure", "figcaption", "tbody", "thead",
}  # fmt: skip
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol"}
REMEDY = "Save the page again, or save its text as .txt"


def read_html(raw: bytes, where: str) -> Reading:
    """Read .html. Raises UnreadableSource for what is no text, and for a page without words."""
    text, hidden = page_text(_decoded(raw, where), where)
    if not text:
        raise UnreadableSource(where, "the page holds no text", "Check that it is the right file")
    reading = labelled(text)
    remark = [f"parts of the page that nobody sees were left out: {hidden}"] if hidden else []
    return Reading(reading.text, reading.turns, remark + reading.repairs)


def page_text(markup: str, where: str) -> tuple[str, int]:
    """The words of a page and how many hidden parts were left out. Raises UnreadableSource for endless nesting."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(storable(markup).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSource(where, "the page holds no text", "Check that it is the right file") from None
    if root is None:
        return "", 0
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableSource(where, "the page is nested too deeply", REMEDY)
    hidden = list(_hidden(root))
    lines = "".join(_seen(root, set(hidden))).split("\n")
    text = "\n".join(" ".join(filter(None, re.split(r"[ \r\f\v\xa0]+", line))).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip(), len(hidden)


def _decoded(raw: bytes, where: str) -> str:
    declared = None if raw.startswith(tuple(mark for mark, _ in MARKS)) else DECLARED.search(raw[:4096])
    if declared and raw.strip():
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            return raw.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
        except (LookupError, UnicodeError, AttributeError, TypeError):
            pass  # the page lies about itself, as many do; its bytes tell
    return decode(raw, where)


def _hidden(root: "etree._Element") -> Iterator["etree._Element"]:
    for element in root.iter(etree.Element):
        if "hidden" in element.attrib or HIDDEN.search(element.get("style", "")):
            yield element


def _seen(root: "etree._Element", hidden: set["etree._Element"]) -> Iterator[str]:
    """The text of the page in order, with line ends around blocks and a tab after a cell."""
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        drop = element.tag in UNSEEN or element in hidden
        if event == "start":
            unseen += drop
            if not unseen:
                yield _edge(element)
                yield _words(element, element.text)
        else:
            if not unseen:
                yield "\t" if element.tag in ("td", "th") else _edge(element) if element.tag != "br" else ""
            unseen -= drop
            if not unseen:
                yield _words(element.getparent(), element.tail)


def _edge(element: "etree._Element") -> str:
    if element.tag not in BLOCKS:
        return ""
    return "\n\n" if element.tag in SPACED else "\n"


def _words(inside: "etree._Element | None", text: str | None) -> str:
    if not text:
        return ""
    kept = inside is not None and any(one.tag == "pre" for one in (inside, *inside.iterancestors("pre")))
    return text if kept else re.sub(r"\s+", " ", text)
