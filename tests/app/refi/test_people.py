"""Cases as participants: whose words a text holds."""

from pathlib import Path

import pytest
from foreign_project import TALK, Document, Foreign, said

from app.models.codebook import load_codebook
from app.refi.package import Package
from app.refi.people import People, people_of
from app.refi.project_in import read_project
from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent, SourceKind

GROUP = "Moderator: Why?\n\nDana Doe: No time.\n\nBo: No money.\n\nModerator: And?\n\nDana Doe: None.\n\nBo: None.\n"


def read(tmp_path: Path, project: Foreign) -> People:
    with Package(project.write(tmp_path / "p.qdpx"), "p.qdpx") as package:
        return people_of(read_project(package, load_codebook(), set()), None)


def heard(people: People) -> dict[str, list[str]]:
    return {entry.source.name: entry.source.participant_ids for entry in people.entries.values()}


def test_a_case_of_one_text_is_who_is_heard_in_it(tmp_path: Path) -> None:
    people = read(tmp_path, Foreign([said("talk")], cases={"Dana Doe": ({"role": "lead"}, ["talk"])}))
    assert heard(people) == {"talk.txt": ["Dana Doe"]}
    assert [row.participant.attributes for row in people.table.rows] == [{"role": "lead"}]


def test_a_case_of_many_texts_never_makes_one_person_of_two(tmp_path: Path) -> None:
    """NVivo's cases may be companies and places."""
    documents = [said("a"), said("b", TALK.replace("P01", "P02"))]
    people = read(tmp_path, Foreign(documents, cases={"Acme": ({"size": "big"}, ["a", "b"])}))
    assert heard(people) == {"a.txt": ["P01"], "b.txt": ["P02"]}
    assert people.table.rows == []
    assert people.remarks == ["case “Acme”: nobody of that name is heard in a source"]


def test_in_a_group_labels_say_which_case_speaks(tmp_path: Path) -> None:
    cases = {"Dana Doe": ({"role": "lead"}, ["g"]), "Bo": ({"role": "buyer"}, ["g"])}
    people = read(tmp_path, Foreign([Document("g", GROUP.encode())], cases=cases))
    assert heard(people) == {"g.txt": ["Dana Doe", "Bo"]}
    assert {row.participant.id: row.participant.attributes for row in people.table.rows} == {
        "Dana Doe": {"role": "lead"}, "Bo": {"role": "buyer"},
    }  # fmt: skip


@pytest.mark.parametrize("case", ["research", "research+marketing", "withdrawn"])
@pytest.mark.parametrize("document", ["research", "research+marketing", "withdrawn"])
def test_of_two_consents_the_one_that_allows_less_counts(tmp_path: Path, case: str, document: str) -> None:
    one = Document("P01", TALK.encode(), values={"Consent": document})
    people = read(tmp_path, Foreign([one], cases={"P01": ({"Consent": case}, ["P01"])}))
    [row] = people.table.rows
    order = ["research+marketing", "research", "withdrawn"]
    assert row.participant.consent == max(case, document, key=order.index)
    assert people.told == {"P01"}


def test_where_no_consent_is_told_research_is_meant(tmp_path: Path) -> None:
    people = read(tmp_path, Foreign([said()], cases={"P01": ({"role": "lead"}, ["P01"])}))
    assert people.table.rows[0].participant.consent is Consent.RESEARCH
    assert people.told == set()


def test_a_consent_that_is_not_known_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"p\.qdpx, line 6: the consent “yes” is not known"):
        read(tmp_path, Foreign([said()], cases={"P01": ({"consent": "yes"}, ["P01"])}))


def test_texts_of_one_name_stay_two(tmp_path: Path) -> None:
    first, second = said("Interview.docx"), said("Interview.docx.txt", TALK.replace("P01", "P02"))
    people = read(tmp_path, Foreign([first, second]))
    assert list(heard(people)) == ["Interview.docx.txt", "Interview.docx (2).txt"]


def test_a_text_in_which_nobody_is_named_is_a_note(tmp_path: Path) -> None:
    people = read(tmp_path, Foreign([Document("memo", b"Called them. They are in a hurry.")]))
    [entry] = people.entries.values()
    assert entry.source.kind is SourceKind.NOTE
    assert people.remarks[0].startswith("memo: taken as a note, since")
    said_so = Document("memo", b"Called them.", values={"kind of source": "note"})
    assert read(tmp_path, Foreign([said_so])).remarks == []
