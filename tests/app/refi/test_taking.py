"""Projects into a study: as other tools write them, whole or not at all."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from foreign_project import TALK, WORDS, Document, Foreign, Marked, guid, said

from app.errors import NotFound
from app.intake.erasure import erase_participant
from app.intake.studies import create_study, describe_study
from app.models.coding import HumanCode
from app.refi.taking import take_project
from app.store.codings import CodingRows
from app.workbench import Workbench
from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent, Participant, SourceKind

CRLF = TALK.replace("\n", "\r\n")


def take(bench: Workbench, study: str, tmp_path: Path, project: Foreign) -> dict[str, list[str]]:
    return take_project(bench, study, project.write(tmp_path / "p.qdpx"), "p.qdpx").as_dict()


def decisions(bench: Workbench, study: str) -> list[HumanCode]:
    with bench.store.transaction() as tx:
        return tx.codings.all(study)


def people(bench: Workbench, study: str) -> dict[str, Participant]:
    with bench.store.transaction() as tx:
        return {one.id: one for one in tx.participants.all(study)}


def stored(bench: Workbench, study: str) -> tuple[int, int, int, bool, list[Path]]:
    with bench.store.transaction() as tx:
        counts = tx.sources.count(study), len(tx.participants.all(study)), len(tx.codings.all(study))
        own = tx.codebooks.get(study) is not None
    return (*counts, own, list(bench.settings.files.glob("**/*.*")))


NOTHING = (0, 0, 0, False, [])


def test_words_codes_and_coders_of_another_tool_arrive(bench: Workbench, study: str, tmp_path: Path) -> None:
    report = take(bench, study, tmp_path, Foreign([said()]))
    assert report["imported"] == ["P01.txt"]
    [one] = decisions(bench, study)
    assert (one.quote.text, one.code, one.by, one.given) == (WORDS, "distrust", "Ana", True)
    assert (one.quote.participant_id, one.question, one.source_name) == ("P01", "Why?", "P01.txt")
    assert bench.for_study(study).codebook["distrust"].definition == "Does not rely on it."
    assert "p.qdpx: codes given by people taken: 1, by Ana (1)" in report["codings"]
    with bench.store.transaction() as tx:
        source = tx.sources.all(study)[0]
        assert tx.excerpts.ids_of_source(study, source.id)
    assert source.text == TALK


def counted(file: str, end: str = "\n", *, utf16: bool = False, mark: bool = False) -> Marked:
    """The words as a tool counts them that holds the text with these line ends, in these units."""
    held = TALK.replace("\n", end)
    before, words = held[: held.index(WORDS)], WORDS
    size = (lambda text: len(text.encode("utf-16-le")) // 2) if utf16 else len
    start = size(before) + mark
    return Marked(start, start + size(words), name=f"{WORDS[:15]}…")


@pytest.mark.parametrize(
    "project",
    [
        pytest.param(
            Foreign([Document("P01", CRLF.encode(), [counted(CRLF, "\r\n")])], origin="NVivo 14", braces=True),
            id="NVivo: line ends of Windows, counted as they stand; GUIDs in capitals and braces",
        ),
        pytest.param(
            Foreign([Document("P01", CRLF.encode("utf-8-sig"), [counted(CRLF)])], origin="ATLAS.ti 23"),
            id="ATLAS.ti: line ends of Windows with a byte order mark, each counted as one character",
        ),
        pytest.param(
            Foreign(
                [Document("P01", TALK.encode("utf-8-sig"), [counted(TALK, mark=True)])],
                origin="MAXQDA 2022",
                folder="sources",
            ),
            id="MAXQDA: the folder in small letters; a byte order mark that counts",
        ),
        pytest.param(
            Foreign([Document("P01", CRLF.encode(), [counted(CRLF, "\r\n", utf16=True)])], origin="Tool on .NET"),
            id="UTF-16 units, with line ends of Windows",
        ),
        pytest.param(
            Foreign([Document("P01", TALK.encode(), [counted(TALK, utf16=True)])], origin="Quirkos 2.5"),
            id="UTF-16 units of a text with line feeds",
        ),
        pytest.param(
            Foreign([Document("P01", TALK.encode("utf-16"), [counted(TALK)])], origin="Tool that writes UTF-16"),
            id="a text file in UTF-16",
        ),
        pytest.param(
            Foreign([Document("P01", None, [counted(TALK)], inside=TALK)], origin="QualCoder 3.6"),
            id="the text inside the XML",
        ),
    ],
)
def test_the_words_are_found_however_a_tool_counts(
    bench: Workbench, study: str, tmp_path: Path, project: Foreign
) -> None:
    take(bench, study, tmp_path, project)
    assert [one.quote.text for one in decisions(bench, study)] == [WORDS]
    with bench.store.transaction() as tx:
        assert [one.text for one in tx.sources.all(study)] == [TALK]


def test_cases_are_participants_with_attributes_and_consent(bench: Workbench, study: str, tmp_path: Path) -> None:
    talk = TALK.replace("P01:", "Dana:")
    case = {"Consent": "research+marketing", "role": "Lead, <b>ops</b>".replace("<", "&lt;")}
    project = Foreign([Document("talk", talk.encode())], cases={"P07": (case, ["talk"])})
    take(bench, study, tmp_path, project)
    assert people(bench, study) == {
        "P07": Participant(id="P07", attributes={"role": "Lead, <b>ops</b>"}, consent=Consent.MARKETING)
    }


def test_values_of_a_document_are_those_of_whom_it_is_with(bench: Workbench, study: str, tmp_path: Path) -> None:
    """MAXQDA has variables on documents, Quirkos on cases."""
    document = replace(said(), values={"role": "Warehouse lead", "consent": "research"})
    take(bench, study, tmp_path, Foreign([document]))
    assert people(bench, study)["P01"].attributes == {"role": "Warehouse lead"}


def test_what_a_project_does_not_tell_of_people_stays(bench: Workbench, study: str, tmp_path: Path) -> None:
    told = {"consent": "research+marketing", "role": "lead"}
    take(bench, study, tmp_path, Foreign([said()], cases={"P01": (told, ["P01"])}))
    again = take(bench, study, tmp_path, Foreign([said()], cases={"P01": ({"team": "night"}, ["P01"])}))
    assert again["unchanged"] == ["P01.txt"]
    assert people(bench, study)["P01"] == Participant(
        id="P01", attributes={"role": "lead", "team": "night"}, consent=Consent.MARKETING
    )
    assert len(decisions(bench, study)) == 1


def test_nobody_who_withdrew_is_taken(bench: Workbench, study: str, tmp_path: Path) -> None:
    other = said("P02", TALK.replace("P01", "P02"))
    cases = {"P01": ({"consent": "withdrawn"}, ["P01"]), "P02": ({"consent": "research"}, ["P02"])}
    report = take(bench, study, tmp_path, Foreign([said(), other], cases=cases))
    assert report["withheld"] == ["P01.txt: consent withdrawn"]
    assert report["imported"] == ["P02.txt"]
    assert [one.quote.participant_id for one in decisions(bench, study)] == ["P02"]
    assert people(bench, study).keys() == {"P02"}


def test_nobody_comes_back_who_was_erased(bench: Workbench, study: str, tmp_path: Path) -> None:
    take(bench, study, tmp_path, Foreign([said(), said("P02", TALK.replace("P01", "P02"))]))
    erase_participant(bench, study, "P01")
    report = take(bench, study, tmp_path, Foreign([said()]))
    assert report["withheld"] == ["P01.txt: consent withdrawn"]
    assert people(bench, study).keys() == {"P02"}


def test_codes_on_what_no_participant_says_are_told_and_left_out(bench: Workbench, study: str, tmp_path: Path) -> None:
    asked = TALK.index("What do you do?")
    note = Document("memo", b"Rang the depot. The scanner was down again.", [Marked(0, 15)])
    document = replace(said(), marked=[Marked(asked, asked + 15), *said().marked])
    report = take(bench, study, tmp_path, Foreign([document, note]))
    assert [one.quote.text for one in decisions(bench, study)] == [WORDS]
    assert "p.qdpx: codings left out, since no participant says them: 1" in report["codings"]
    assert "p.qdpx: codings left out, since words of a note are no evidence: 1" in report["codings"]
    with bench.store.transaction() as tx:
        kinds = {one.name: one.kind for one in tx.sources.all(study)}
    assert kinds == {"P01.txt": SourceKind.INTERVIEW, "memo.txt": SourceKind.NOTE}
    assert any(one.startswith("p.qdpx: memo: taken as a note, since") for one in report["skipped"])


def test_of_a_question_marked_with_its_answer_the_answer_is_coded(bench: Workbench, study: str, tmp_path: Path) -> None:
    whole = replace(said(), marked=[Marked(0, len(TALK))])
    report = take(bench, study, tmp_path, Foreign([whole]))
    assert [one.quote.text for one in decisions(bench, study)] == [
        "I run the warehouse 🏭 and count every pallet twice.",
        "The scanner loses them. I do not trust it.",
    ]
    assert "p.qdpx: stretches over several turns, coded in what participants say: 1" in report["codings"]


def test_an_engines_name_in_a_project_of_another_tool_is_a_persons(
    bench: Workbench, study: str, tmp_path: Path
) -> None:
    """Anybody may be called so; only a project of ours is believed."""
    user = "local (Dramatis AI)"
    take(bench, study, tmp_path, Foreign([said(user=user)], users=[user]))
    assert [one.by for one in decisions(bench, study)] == [f"{user} (imported)"]
    with bench.store.transaction() as tx:
        assert tx.evidence.by_engine(study) == []


def test_an_engine_of_ours_gives_evidence_and_anybody_else_is_a_person(
    bench: Workbench, study: str, tmp_path: Path
) -> None:
    engines = ["local (Dramatis AI)", "local (Dramatis AI, not sure)"]
    others = ["local", "Other tool (AI)"]
    start, end = said().marked[0].start, said().marked[0].end
    codes = dict.fromkeys(("Motivation", "Budget", "Distrust", "Fear"), "")
    marked = [Marked(start, end, code, user) for code, user in zip(codes, engines + others, strict=True)]
    users, document = engines + others, replace(said(), marked=marked)
    take(bench, study, tmp_path, Foreign([document], origin="Dramatis 0.0", codes=codes, users=users))
    with bench.store.transaction() as tx:
        [found] = tx.evidence.by_engine(study)
    assert (found.coder, found.firm) == ("local", ["motivation"])
    assert found.codes == {"budget": 0.5, "motivation": 1.0}
    assert {one.by for one in decisions(bench, study)} == {"local (imported)", "Other tool (AI)"}


def test_what_a_study_cannot_hold_is_told(bench: Workbench, study: str, tmp_path: Path) -> None:
    note = f'<Notes><Note guid="{guid("n")}" name="m"><PlainTextContent>x</PlainTextContent></Note></Notes>'
    more = f'{note}<Sets><Set guid="{guid("s")}" name="s"/></Sets>'
    project = Foreign([said(), Document("void", b" "), said("twin")], more=more, cases={"P09": ({}, [])})
    picture = f'<PictureSource guid="{guid("pic")}" name="pic" path="internal://pic.jpg"/></Sources>'
    path = project.write(tmp_path / "p.qdpx")
    with ZipFile(tmp_path / "more.qdpx", "w") as packed, ZipFile(path) as read:
        for one in read.infolist():
            content = read.read(one)
            packed.writestr(one.filename, content.replace(b"</Sources>", picture.encode()))
    report = take_project(bench, study, tmp_path / "more.qdpx", "more.qdpx").as_dict()
    for line in ("pictures: 1", "notes and memos: 1", "sets: 1", "void: its text is empty"):
        assert f"more.qdpx: {line}" in report["skipped"]
    assert any("P09" in one for one in report["skipped"])
    assert any("twin.txt: it holds the same words as P01.txt" in one for one in report["refused"])


@pytest.mark.parametrize(
    ("project", "why"),
    [
        pytest.param(
            Foreign([replace(said(), marked=[Marked(10, 5000)])]), "line 7: .*not in its text", id="beyond the text"
        ),
        pytest.param(Foreign([replace(said(), marked=[Marked(20, 10)])]), "not in its text", id="backwards"),
        pytest.param(
            Foreign([replace(said(), marked=[Marked(0, 10**4000), Marked(0, 1)])]), "line 7", id="4001 digits"
        ),
        pytest.param(Foreign([said(code="Gone")]), "not in the codebook", id="a code that is not there"),
        pytest.param(Foreign([said(user="Eve")]), "not among the users", id="a coder who is not there"),
        pytest.param(
            Foreign([said(), replace(said(), raw=None, inside="x")]), "two elements <TextSource>", id="a GUID twice"
        ),
        pytest.param(
            Foreign([said()], cases={"P01": ({"consent": "perhaps"}, ["P01"])}), "consent “perhaps”",
            id="a consent that is not known",
        ),
        pytest.param(Foreign([Document("P01", b"\x89PNG\x00\x01")]), "binary file", id="a text that is none"),
    ],
)  # fmt: skip
def test_of_a_project_that_cannot_be_used_nothing_is_kept(
    bench: Workbench, study: str, tmp_path: Path, project: Foreign, why: str
) -> None:
    with pytest.raises(UnreadableSource, match=why):
        take(bench, study, tmp_path, project)
    assert stored(bench, study) == NOTHING


def test_a_text_that_is_missing_is_refused(bench: Workbench, study: str, tmp_path: Path) -> None:
    whole = Foreign([said()]).write(tmp_path / "p.qdpx")
    with ZipFile(tmp_path / "less.qdpx", "w") as packed, ZipFile(whole) as read:
        packed.writestr("project.qde", read.read("project.qde"))
    with pytest.raises(UnreadableSource, match="not in the package"):
        take_project(bench, study, tmp_path / "less.qdpx", "less.qdpx")
    assert stored(bench, study) == NOTHING


def test_what_fails_while_it_is_stored_leaves_nothing(
    bench: Workbench, study: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(CodingRows, "save", fails)
    with pytest.raises(RuntimeError, match="disk"):
        take(bench, study, tmp_path, Foreign([said()], cases={"P01": ({"role": "lead"}, ["P01"])}))
    assert stored(bench, study) == NOTHING


def test_a_study_in_use_keeps_its_codes_and_gains_new_ones(bench: Workbench, study: str, tmp_path: Path) -> None:
    take(bench, study, tmp_path, Foreign([said()]))
    codes = {"Distrust": "Other.", "Fear": "Afraid."}
    more = Foreign([said("P02", TALK.replace("P01", "P02"), code="Fear")], codes=codes)
    take(bench, study, tmp_path, more)
    codebook = bench.for_study(study).codebook
    assert codebook["distrust"].definition == "Does not rely on it."
    assert codebook["fear"].definition == "Afraid."
    assert [one.number for one in decisions(bench, study)] == [1, 2]


def test_an_unknown_study_is_told(bench: Workbench, tmp_path: Path) -> None:
    create_study(bench, describe_study("Another"))
    with pytest.raises(NotFound, match="study"):
        take(bench, "none", tmp_path, Foreign([said()]))


def test_codes_on_a_text_that_is_here_under_another_name_are_taken_or_told(
    bench: Workbench, study: str, tmp_path: Path
) -> None:
    take(bench, study, tmp_path, Foreign([said()]))
    same = take(bench, study, tmp_path, Foreign([said("other", user="Ben")]))
    assert any("other.txt: it holds the same words as P01.txt" in one for one in same["refused"])
    assert [(one.by, one.source_name) for one in decisions(bench, study)] == [("Ana", "P01.txt"), ("Ben", "P01.txt")]
    elsewhere = Foreign([said("talk", user="Cleo")], users=["Cleo"], cases={"Dana": ({}, ["talk"])})
    another = take(bench, study, tmp_path, elsewhere)
    assert [one.by for one in decisions(bench, study)] == ["Ana", "Ben"]
    told = "p.qdpx: codings left out, since whoever is named does not say these words in the text that is here: 1"
    assert told in another["codings"]
    assert told not in same["codings"]


def test_an_engines_codes_on_somebody_elses_words_are_told_too(bench: Workbench, study: str, tmp_path: Path) -> None:
    take(bench, study, tmp_path, Foreign([said()]))
    user = "local (Dramatis AI)"
    project = Foreign([said("talk", user=user)], "Dramatis 0.0", users=[user], cases={"Dana": ({}, ["talk"])})
    report = take(bench, study, tmp_path, project)
    assert (
        "p.qdpx: codings left out, since whoever is named does not say these words in the text that is here: 1"
        in report["codings"]
    )
