"""What tables hold, and their rows as sources. All examples are invented."""

import pytest

from evals.bench.sample_files import xlsx
from retrieval.errors import UnreadableSource
from retrieval.evidence import Consent, Role, SourceKind
from retrieval.readers import Entry, TableKind, check_table, open_tables, table_entries, withdrawn_in
from retrieval.readers.columns import Field, is_question, name_columns
from retrieval.readers.crm import read_accounts, read_contacts

SURVEY = """Survey of May

Respondent ID;Job Title;E-mail;What is hardest about your day?;How do you decide?;Comments;Consent
R1;Clerk;a@house.example;Counting.;With my boss.;None.;research+marketing
R2;Boss;;;"Alone.
Mostly.";;research
R3;Clerk;;;;;withdrawn
"""
TICKETS = """Ticket ID,Subject,Description,Priority,Created at,Requester,Account
4711,Scanner,"It forgets, again.",high,2024-01-02,Dana Doe,Fjordlast
4712,Slow,It is slow.,low,2024-01-03,Sam Poe,
"""
HUBSPOT = (
    "Record ID,Company name,Industry,Number of Employees,Lifecycle Stage,Phone Number\n"
    "1,Fjordlast,Logistics,1400,Customer,123\n"
)
SALESFORCE = (
    "Contact ID,Last Name,Title,Account Name,Department,Email\nP01,Doe,Head of IT,FJORDLAST ,IT,d@house.example\n"
)


def entries(text: str, name: str = "a.csv", mapping: dict[str, str] | None = None) -> list[Entry]:
    [table] = open_tables(text.encode(), name, mapping)
    return list(table_entries(table))


def kinds(text: str, mapping: dict[str, str] | None = None) -> set[str]:
    return set(open_tables(text.encode(), "a.csv", mapping)[0].kinds)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("start\tend\ttext", {TableKind.SPEECH}),
        ("Speaker,Timestamp,Transcript", {TableKind.SPEECH}),
        ("Timestamp,Email Address,What would help you most?", {TableKind.SURVEY}),
        ("RespondentID,Q1. Your day,Q2: Your tools", {TableKind.SURVEY}),
        ("Date,Account,Note", {TableKind.NOTES}),
        ("Id,Subject,Description,Status", {TableKind.NOTES}),
        ("Case Number,Subject,Description,Status,Contact Name", {TableKind.NOTES}),
        ("Company name,Industry,Number of Employees,Description", {TableKind.CRM}),
        ("Account Name,Billing City,Annual Revenue,Type", {TableKind.CRM}),
        ("participant,role,stage", {TableKind.CRM}),
        ("Account,Industry,Stage,Notes", {TableKind.NOTES, TableKind.CRM}),
    ],
    ids=["Whisper", "a transcript", "Google Forms", "numbered questions", "notes", "tickets", "Salesforce cases",
         "HubSpot",
         "Salesforce accounts", "people", "companies with notes"],
)  # fmt: skip
def test_what_a_table_holds_is_told_from_its_columns(header: str, expected: set[str]) -> None:
    sign = "\t" if "\t" in header else ","
    assert kinds(f"{header}\n{sign.join('x' * (header.count(sign) + 1))}\n") == expected


@pytest.mark.parametrize(
    ("header", "asks"),
    [("What helps?", True), ("Q4: Tools", True), ("How did you hear about us", True),
     ("Which tools do you use *", True),
     ("Company", False), ("When", False), ("Q1 revenue of the company", True), ("Your role", False)],
)  # fmt: skip
def test_columns_that_ask(header: str, asks: bool) -> None:
    assert is_question(header) is asks


def test_the_users_word_goes_before_the_name_of_a_column() -> None:
    columns = name_columns(["Blurb", "Who", "Size"], {"blurb": "note", "Who": "account", "Size": "organisation_size"})
    assert [(column.field, column.name) for column in columns] == [
        (Field.NOTE, "Blurb"), (Field.ACCOUNT, "Who"), (Field.ATTRIBUTE, "organisation_size"),
    ]  # fmt: skip
    assert kinds("Blurb,Who\nx,y\n", {"Blurb": "note", "Who": "account"}) == {TableKind.NOTES}


def test_an_answer_stands_under_its_question() -> None:
    first, second = entries(SURVEY.replace("withdrawn", "research"), "survey.csv")
    assert first.source.name == "survey.csv/R1" and first.source.kind is SourceKind.INTERVIEW
    assert first.source.text.startswith("Question: What is hardest about your day?\n\nR1: Counting.")
    assert [turn.of(first.source.text) for turn, _ in first.source.participant_turns()] == [
        "Counting.", "With my boss.", "None.",
    ]  # fmt: skip
    assert [speaker.role for speaker in first.source.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
    assert first.participant is not None and first.participant.attributes == {"role": "Clerk"}
    assert (first.participant.consent, first.consent_told) == (Consent.MARKETING, True)
    assert [turn.of(second.source.text) for turn in second.source.turns] == ["How do you decide?", "Alone.\nMostly."]
    assert "house.example" not in first.source.model_dump_json()


def test_who_withdrew_is_told_from_the_survey_itself() -> None:
    [table] = open_tables(SURVEY.encode(), "survey.csv")
    assert withdrawn_in(table) == {"R3"}


def test_what_is_left_out_of_a_table_is_said() -> None:
    [table] = open_tables(SURVEY.encode(), "survey.csv")
    assert table.remarks() == [
        "rows above the names of the columns, left out: 1", "columns left out (they name or reach a person): E-mail",
    ]  # fmt: skip


def test_a_ticket_is_a_note_under_its_facts() -> None:
    first, second = entries(TICKETS, "tickets.csv")
    text = first.source.text
    assert text == "Account: Fjordlast\nDate: 2024-01-02\nPriority: high\n\nScanner\n\nIt forgets, again."
    assert [turn.of(text) for turn in first.source.turns] == ["Scanner\n\nIt forgets, again."]
    assert first.source.kind is SourceKind.NOTE and first.source.participant_ids == []
    assert [one.source.name for one in (first, second)] == ["tickets.csv/4711", "tickets.csv/4712"]


def test_a_row_that_moved_is_the_same_source_and_one_that_changed_is_not() -> None:
    head, one, two = TICKETS.splitlines()
    before = [entry.source.id for entry in entries("\n".join([head, one, two]))]
    moved = [entry.source.id for entry in entries("\n".join([head, two, one]), "renamed.csv")]
    changed = [entry.source.id for entry in entries("\n".join([head, one, two.replace("slow.", "fast.")]))]
    assert moved == before[::-1] and changed[0] == before[0] and changed[1] != before[1]


@pytest.mark.parametrize(
    ("rows", "names"),
    [("1,a\n1,b\n", ["a.csv/1", "a.csv/1 (row 3)"]), (",a\n,a\n", ["a.csv/row 2", "a.csv/row 3"])],
    ids=["an id twice", "no id"],
)
def test_every_row_has_a_name_of_its_own(rows: str, names: list[str]) -> None:
    found = entries(f"id,note\n{rows}")
    assert [entry.source.name for entry in found] == names and len({entry.source.id for entry in found}) == 2


def test_respondents_without_an_id_are_numbered_within_their_table() -> None:
    found = entries("What helps?,Role\nA scanner,Clerk\n", "deep/May survey.csv")
    assert [entry.source.participant_ids for entry in found] == [["May survey-2"]]


def test_surveymonkeys_second_header_row_is_part_of_the_header() -> None:
    text = "Respondent ID,What helps?,Which of these do you use?,\n,Open-Ended Response,Pen,Paper\n1,A scanner,yes,no\n"
    [entry] = entries(text)
    assert "Question: Which of these do you use? – Paper\n\na-1: no" not in entry.source.text
    assert (
        "Question: Which of these do you use? – Paper" in entry.source.text
        and "Question: What helps?" in entry.source.text
    )


def test_qualtrics_three_header_rows_are_one() -> None:
    ids = '"{""ImportId"":""_recordId""}","{""ImportId"":""QID1_TEXT""}"'
    [entry] = entries(f"ResponseId,Q1\nResponse ID,What would help you?\n{ids}\nR_1,A scanner\n")
    assert entry.source.text.startswith("Question: What would help you?") and entry.source.name == "a.csv/R_1"


def test_companies_describe_the_accounts_that_are_asked_for() -> None:
    [table] = open_tables(HUBSPOT.encode(), "hubspot.csv")
    [account] = read_accounts(table, {"fjordlast", "Other"})
    assert (account.name, account.attributes) == (
        "fjordlast", {"industry": "Logistics", "organisation_size": "1400", "customer_status": "Customer"},
    )  # fmt: skip


def test_contacts_describe_participants_and_never_name_them() -> None:
    [table] = open_tables(SALESFORCE.encode(), "contacts.csv")
    [contact] = read_contacts(table, {"P01", "P02"})
    assert (contact.participant_id, contact.account) == ("P01", "FJORDLAST")
    assert contact.attributes == {"role": "Head of IT", "Department": "IT"}
    assert list(read_accounts(table, {"Fjordlast"})) == []


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a,b\n1,2\n", r"cannot be told from its columns \(“a”, “b”\).*--map", 1),
        ("id,note\n", "no rows below its header", None),
        ("1,2\n3,4\n", "no line with the names of the columns", None),
        ("id,note\n1,a\n2,b,c\n", "row has 3 cells, but there are 2", 3),
        ("id,What helps?,Consent\n1,a,research\n2,b,\n", "consent is not filled in", 3),
        ("id,What helps?,Consent\n1,a,maybe\n", "consent “maybe” is not known", 2),
    ],
    ids=["unknown columns", "only a header", "only numbers", "a cell too many", "no consent", "unknown consent"],
)
def test_tables_that_cannot_be_used_say_why(text: str, words: str, line: int | None) -> None:
    with pytest.raises(UnreadableSource, match=words) as refusal:
        for table in open_tables(text.encode(), "a.csv"):
            check_table(table)
    assert refusal.value.line == line


def test_a_workbook_gives_the_table_of_its_sheet() -> None:
    [table] = open_tables(xlsx([["Ticket ID", "Note"], ["7", "It forgets."]]), "book.xlsx")
    assert [entry.source.name for entry in table_entries(table)] == ["book.xlsx/7"]
