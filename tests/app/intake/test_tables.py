"""Tables on their way into a study: surveys, tickets, companies, zips of them. All examples are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.intake.ingest import ingest
from app.workbench import Workbench
from evals.bench.sample_files import zipped
from retrieval.evidence import Consent, Participant, Source, SourceKind

TALK = "Interviewer: What do you do?\n\nP01: I run the warehouse, and I count every pallet twice.\n"
SURVEY = "Respondent ID,Role,What do you do?,What would help?\nR1,Clerk,I count.,A scanner.\nR2,Boss,I lead.,\n"
TICKETS = "Ticket ID,Subject,Note\n1,Scanner,It forgets pallets.\n2,Invoice,It came late.\n"
CRM = "Account Name,Industry,Number of Employees,Stage\nFjordlast,Logistics,1400,won\nOther,Glass,3,lost\n"
PEOPLE = "participant,file,account,role\nP01,P01.txt,Fjordlast,Head of warehouse\n"

Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, text: str) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def sources(bench: Workbench, study: str) -> dict[str, Source]:
    with bench.store.transaction() as tx:
        return {source.name: source for source in tx.sources.all(study)}


def people(bench: Workbench, study: str) -> dict[str, Participant]:
    with bench.store.transaction() as tx:
        return {person.id: person for person in tx.participants.all(study)}


def test_a_survey_is_one_source_and_one_participant_a_row(bench: Workbench, study: str, put: Put) -> None:
    report = ingest(bench, study, [put("survey.csv", SURVEY)])
    assert report.imported == ["survey.csv/R1", "survey.csv/R2"]
    assert people(bench, study)["R1"].attributes == {"role": "Clerk"}
    with bench.store.transaction() as tx:
        found = {(one.participant_id, one.text, one.question) for one in tx.excerpts.all(study)}
    assert ("R1", "A scanner.", "What would help?") in found
    assert bench.index.count(study) == len(found)


def test_the_same_table_again_is_nothing(bench: Workbench, study: str, put: Put) -> None:
    path = put("survey.csv", SURVEY)
    ingest(bench, study, [path])
    before = (sources(bench, study), people(bench, study), bench.index.count(study))
    report = ingest(bench, study, [path])
    assert report.unchanged == ["survey.csv/R1", "survey.csv/R2"] and not report.imported
    assert (sources(bench, study), people(bench, study), bench.index.count(study)) == before


def test_a_changed_table_says_which_rows_are_new_changed_and_gone(bench: Workbench, study: str, put: Put) -> None:
    ingest(bench, study, [put("tickets.csv", TICKETS)])
    changed = TICKETS.replace("forgets", "loses").replace("2,Invoice,It came late.", "3,Login,It fails.")
    report = ingest(bench, study, [put("tickets.csv", changed)])
    assert (report.imported, report.replaced, report.removed) == (
        ["tickets.csv/3"],
        ["tickets.csv/1"],
        ["tickets.csv/2"],
    )
    assert set(sources(bench, study)) == {"tickets.csv/1", "tickets.csv/3"}
    with bench.store.transaction() as tx:
        assert bench.index.count(study) == len(tx.excerpts.all(study))


def test_the_rows_of_a_renamed_table_are_not_imported_twice(bench: Workbench, study: str, put: Put) -> None:
    ingest(bench, study, [put("tickets.csv", TICKETS)])
    report = ingest(bench, study, [put("again.csv", TICKETS)])
    assert (
        report.skipped == ["again.csv (rows that another table holds already: 2)"] and len(sources(bench, study)) == 2
    )


def test_a_table_that_breaks_in_the_middle_leaves_nothing(bench: Workbench, study: str, put: Put) -> None:
    broken = put("tickets.csv", TICKETS + "3,a,b,c\n")
    good = put("P01.txt", TALK)
    report = ingest(bench, study, [broken, good])
    assert "tickets.csv, line 4: the row has 4 cells" in str(report.refused[0])
    assert set(sources(bench, study)) == {"P01.txt"}


def test_tickets_are_notes_and_nobodys_words(bench: Workbench, study: str, put: Put) -> None:
    ingest(bench, study, [put("tickets.csv", TICKETS)])
    assert {source.kind for source in sources(bench, study).values()} == {SourceKind.NOTE}
    assert people(bench, study) == {}
    assert not (bench.settings.files / study).exists()


def test_companies_describe_those_who_were_heard(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("participants.csv", PEOPLE)
    report = ingest(bench, study, [put("crm.csv", CRM).parent])
    assert report.described == ["1 participants, by crm.csv", "2 accounts, by crm.csv"] and report.skipped == []
    assert people(bench, study)["P01"].attributes == {
        "account": "Fjordlast", "role": "Head of warehouse", "industry": "Logistics", "organisation_size": "1400",
        "Stage": "won",
    }  # fmt: skip
    assert set(sources(bench, study)) == {"P01.txt"}


def test_what_the_participants_table_says_stays(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("participants.csv", PEOPLE.replace("role", "industry"))
    ingest(bench, study, [put("crm.csv", CRM).parent])
    assert people(bench, study)["P01"].attributes["industry"] == "Head of warehouse"


def test_whoever_withdrew_in_the_survey_is_nowhere(bench: Workbench, study: str, put: Put) -> None:
    consenting = "Respondent ID,What do you do?,Consent\nP01,I count.,withdrawn\nR2,I lead.,research+marketing\n"
    put("P01.txt", TALK)
    put("notes/a.txt", "Rang P01 about the pallets.")
    report = ingest(bench, study, [put("survey.csv", consenting).parent])
    assert report.imported == ["survey.csv/R2"] and len(report.withheld) == 3
    assert people(bench, study) == {"R2": Participant(id="R2", consent=Consent.MARKETING)}


def test_a_survey_adds_to_what_the_table_says_of_a_participant(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("participants.csv", "participant,file,role,consent\nP01,P01.txt,Head,research+marketing\n")
    folder = put("survey.csv", "participant,Role,Region,What helps?\nP01,Clerk,North,A scanner.\n").parent
    for _ in range(2):
        ingest(bench, study, [folder])
        person = people(bench, study)["P01"]
        assert person.attributes == {"role": "Head", "region": "North"} and person.consent is Consent.MARKETING


def test_unknown_columns_in_a_folder_are_skipped_with_a_word(bench: Workbench, study: str, put: Put) -> None:
    path = put("budget.csv", "Q1,Q2\n1,2\n".replace("Q", "Cost "))
    assert "say it with --map" in ingest(bench, study, [path.parent]).skipped[0]
    assert "cannot be told from its columns" in str(ingest(bench, study, [path]).refused[0])


def test_the_user_can_say_what_a_column_is(bench: Workbench, study: str, put: Put) -> None:
    path = put("log.csv", "When,Blurb\n2024,They want an offer.\n")
    report = ingest(bench, study, [path], columns={"Blurb": "note"})
    assert report.imported == ["log.csv/row 2"]


def test_a_transcript_in_a_table_is_one_interview(bench: Workbench, study: str, put: Put) -> None:
    report = ingest(bench, study, [put("P01.csv", "Speaker,Text\nInterviewer,Why?\nP01,Because I count.\n")])
    assert report.imported == ["P01.csv"] and list(people(bench, study)) == ["P01"]


def test_a_zip_is_a_folder_in_one_file(bench: Workbench, study: str, tmp_path: Path) -> None:
    files = {"P01.txt": TALK, "notes/a.md": "They want an offer.", "participants.csv": PEOPLE, "crm.csv": CRM,
             "bad.docx": "x",
             "survey.csv": SURVEY}  # fmt: skip
    (tmp_path / "study.zip").write_bytes(zipped({f"spring/{name}": text.encode() for name, text in files.items()}))
    report = ingest(bench, study, [tmp_path / "study.zip"])
    assert set(report.imported) == {"P01.txt", "notes/a.md", "survey.csv/R1", "survey.csv/R2"}
    assert [str(error).split(":")[0] for error in report.refused] == ["bad.docx"]
    assert people(bench, study)["P01"].attributes["industry"] == "Logistics"
    assert ingest(bench, study, [tmp_path / "study.zip"]).imported == []


def test_many_rows_are_saved_in_batches(bench: Workbench, study: str, put: Put) -> None:
    rows = "".join(f"{n},The scanner forgot pallet {n}.\n" for n in range(700))
    report = ingest(bench, study, [put("tickets.csv", f"id,note\n{rows}")])
    assert len(report.imported) == 700 and bench.index.count(study) == 700
