"""Contacts in the browser: sent, read with reasons, taken away; nothing kept. All contacts are invented."""

from fastapi.testclient import TestClient
from web_browser import page, send

ASSIGN = "/studies/flowline/assign"
CONTACTS = b"Record ID,Job Title,Number of Employees\n1,Head of IT,1400\n=1+1,<b>Florist</b>,\n"


def test_the_page_says_what_the_rules_can_tell(reader: TestClient) -> None:
    found = page(reader, ASSIGN)
    assert "9 were assigned, 9 of them rightly" in found.text
    assert found.styled == [] and found.handlers == []
    assert ASSIGN in page(reader, "/studies/flowline").links


def test_contacts_are_shown_with_reasons_and_can_be_taken_away(reader: TestClient) -> None:
    shown = send(reader, ASSIGN, {"as": "page"}, files={"file": ("c.csv", CONTACTS)})
    assert shown.status_code == 200
    assert "2 rows: 1 Answerable IT professional, 1 unassigned, 0 suppressed." in shown.text
    assert "role contains “it”" in shown.text and "<b>Florist" not in shown.text
    taken = send(reader, ASSIGN, {"as": "csv"}, files={"file": ("c.csv", CONTACTS)})
    assert taken.headers["content-disposition"].endswith('filename="flowline-contacts.csv"')
    assert taken.text.splitlines()[2].startswith("3,'=1+1,unassigned")


def test_what_cannot_be_used_is_said(reader: TestClient) -> None:
    assert "No file was chosen" in send(reader, ASSIGN).text
    assert "no column holds what the rules test" in send(reader, ASSIGN, files={"file": ("c.csv", b"a,b\n1,2\n")}).text
