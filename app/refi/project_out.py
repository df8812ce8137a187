"""Project, going out: a study as `project.qde` in a `.qdpx`.

Texts go out with "\\n" for every line end, in UTF-8 without a byte order mark, and places count code points: so does
the standard. Whoever withdrew or was erased is in no store, and so in no project.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256

from lxml import etree

from app.refi.cases_out import add_cases, add_variables, kind_value
from app.refi.codebook_out import ORIGIN, add_codes, as_xml
from app.refi.names import code_guid, guid, legal
from app.refi.notes_out import add_notes, add_sets, study_note
from app.refi.package import INTERNAL, pack
from app.refi.structure import NAMESPACES, PROJECT, tag
from app.refi.whole import Coded, Whole
from retrieval.evidence import Source

# When a word was coded is not known here. Some readers cannot do without a date, so theirs is the first there is.
NO_DATE = "1970-01-01T00:00:00Z"
MOST_NAME = 60


def project_qdpx(whole: Whole) -> bytes:
    """The study as a package; equal studies give equal bytes."""
    project = project_qde(whole)
    texts = {f"{whole.guid('source', one.id)}.txt": one.text for one in whole.sources}
    return pack(project, whole.beside.for_project(sha256(project).hexdigest()), texts)


def project_qde(whole: Whole) -> bytes:
    """The study as `project.qde`."""
    told = {"name": legal(whole.material.study.name), "origin": ORIGIN}
    root = etree.Element(tag(PROJECT, "Project"), told, nsmap={None: NAMESPACES[PROJECT]})
    _add_users(root, whole.users)
    if whole.codebook.codes:
        add_codes(etree.SubElement(root, tag(PROJECT, "CodeBook")), whole.codebook, PROJECT)
    add_variables(root, whole)
    add_cases(root, whole)
    if whole.sources:
        _add_sources(root, whole)
    add_notes(root, whole)
    add_sets(root, whole)
    etree.SubElement(root, tag(PROJECT, "Description")).text = legal(study_note(whole))
    return as_xml(root)


def _add_users(root: "etree._Element", users: Sequence[str]) -> None:
    if users:
        listed = etree.SubElement(root, tag(PROJECT, "Users"))
        for name in users:
            etree.SubElement(listed, tag(PROJECT, "User"), guid=guid("user", name), name=legal(name))


def _add_sources(root: "etree._Element", whole: Whole) -> None:
    sources = etree.SubElement(root, tag(PROJECT, "Sources"))
    for source in whole.sources:
        own = whole.guid("source", source.id)
        told = {"guid": own, "name": legal(source.name), "plainTextPath": f"{INTERNAL}{own}.txt"}
        element = etree.SubElement(sources, tag(PROJECT, "TextSource"), told)
        for (start, end), coded in _by_place(whole.codings.get(source.id, [])).items():
            _add_selection(element, whole, source, start, end, coded)
        kind_value(element, whole, source)


def _by_place(coded: Sequence[Coded]) -> Mapping[tuple[int, int], list[Coded]]:
    places: dict[tuple[int, int], list[Coded]] = defaultdict(list)
    for one in coded:
        places[one.start, one.end].append(one)
    return places


def _add_selection(
    parent: "etree._Element", whole: Whole, source: Source, start: int, end: int, coded: Sequence[Coded]
) -> None:
    """The words with a coding for each code of each coder; named for how they begin, as tools do."""
    told = {
        "guid": whole.guid("selection", source.id, start, end),
        "name": legal(_shortened(source.text[start:end])),
        "startPosition": str(start),
        "endPosition": str(end),
        **_by(coded[0].user),
    }
    selection = etree.SubElement(parent, tag(PROJECT, "PlainTextSelection"), told)
    for one in coded:
        own = whole.guid("coding", source.id, start, end, one.code, one.user)
        coding = etree.SubElement(selection, tag(PROJECT, "Coding"), {"guid": own, **_by(one.user)})
        etree.SubElement(coding, tag(PROJECT, "CodeRef"), targetGUID=code_guid(one.code))


def _by(user: str) -> dict[str, str]:
    return {"creatingUser": guid("user", user), "creationDateTime": NO_DATE}


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= MOST_NAME else f"{plain[:MOST_NAME].rstrip()}…"
