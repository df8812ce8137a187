"""Codings of a project: where they lie, and what becomes of those that are nowhere."""

from dataclasses import replace
from pathlib import Path

from foreign_project import TALK, WORDS, Document, Foreign, Marked, guid, said

from app.models.codebook import load_codebook
from app.refi.coded import CodedWords, coded_words
from app.refi.package import Package
from app.refi.people import people_of
from app.refi.project_in import read_project


def read(tmp_path: Path, project: Foreign) -> CodedWords:
    with Package(project.write(tmp_path / "p.qdpx"), "p.qdpx") as package:
        found = read_project(package, load_codebook(), set())
    sources = {name: entry.source for name, entry in people_of(found, None).entries.items()}
    return coded_words(found, sources)


def test_white_space_around_words_is_not_coded(tmp_path: Path) -> None:
    start = TALK.index(WORDS)
    document = replace(said(), marked=[Marked(start - 1, start + len(WORDS) + 1)])
    assert [one.quote.text for one in read(tmp_path, Foreign([document])).decisions] == [WORDS]


def test_nothing_is_coded_where_only_white_space_is_marked(tmp_path: Path) -> None:
    start = TALK.index(WORDS) + len(WORDS)
    found = read(tmp_path, Foreign([replace(said(), marked=[Marked(start, start + 1)])]))
    assert found.decisions == []
    assert "codings left out, since no participant says them: 1" in found.remarks


def test_two_people_and_two_codes_on_the_same_words_stay_apart(tmp_path: Path) -> None:
    start, end = said().marked[0].start, said().marked[0].end
    marked = [Marked(start, end, code, user) for code, user in (("A", "Ana"), ("B", "Ana"), ("A", "Ben"))]
    found = read(tmp_path, Foreign([replace(said(), marked=marked)], codes={"A": "", "B": ""}))
    assert [(one.code, one.by) for one in found.decisions] == [("a", "Ana"), ("b", "Ana"), ("a", "Ben")]
    assert len({one.id for one in found.decisions}) == 3


def test_the_way_of_counting_is_told_for_other_tools_only(tmp_path: Path) -> None:
    assert read(tmp_path, Foreign([said()])).remarks == ["places counted in code points, line ends as written"]
    assert read(tmp_path, Foreign([said()], origin="Dramatis 9.9")).remarks == []


def test_a_text_that_is_read_anew_cannot_be_coded_by_place(tmp_path: Path) -> None:
    lines = "[00:01.000 --> 00:03.000]  Why is that?\n[00:03.000 --> 00:05.000]  It loses them.\n"
    document = Document("timed", lines.encode(), [Marked(lines.index("It"), lines.index("It") + 8)])
    found = read(tmp_path, Foreign([document]))
    assert found.decisions == []
    assert found.remarks[0].startswith("codings left out, since its text is put together anew")


def test_a_code_that_is_a_case_says_who_is_heard_and_is_no_code(tmp_path: Path) -> None:
    """NVivo marks a person's words with a code of the GUID of their case."""
    project = Foreign([said("talk", code="Dana")], codes={"Dana": "", "Distrust": ""}, cases={"Dana": ({}, [])})
    shared = project.xml().replace(guid("case Dana"), guid("c Dana"))
    whole = type("Shared", (Foreign,), {"xml": lambda self: shared})
    found = read(tmp_path, whole(project.documents, cases=project.cases, codes=project.codes))
    assert found.decisions == []
    with Package(tmp_path / "p.qdpx", "p.qdpx") as package:
        read_back = read_project(package, load_codebook(), set())
    assert [code.id for code in read_back.codes.codes] == ["distrust"]
    assert list(read_back.cases[0].sources) == [guid("talk")]
