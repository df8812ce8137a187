"""What is kept of a CRM: figures without names, and nothing of an account whose only participant withdrew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.intake.crm import account_id
from app.intake.ingest import ingest
from app.workbench import Workbench

Put = Callable[[str, str], Path]
TALK = "Interviewer: What do you do?\n\nP01: I run the warehouse and count every pallet twice.\n"
PEOPLE = "participant,file,role,account,consent\nP01,P01.txt,Head,Fjordlast,research\n"
CRM = "account,industry,stage,lifetime_value\nFjordlast,Logistics,won,10\nPelican Optics,Optics,lost,0\n"


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, content: str) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    return write


def accounts(bench: Workbench, study: str) -> dict[str, float | None]:
    with bench.store.transaction() as tx:
        return {one.account: one.value for one in tx.accounts.each(study)}


def test_accounts_are_kept_under_ids_and_no_name_is_stored(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("participants.csv", PEOPLE)
    folder = put("crm.csv", CRM).parent
    ingest(bench, study, [folder])
    ingest(bench, study, [folder])
    assert accounts(bench, study) == {account_id(study, "Fjordlast"): 10, account_id(study, "pelican  OPTICS"): 0}
    with bench.store.engine.connect() as connection:
        assert "Pelican" not in str(connection.execute(text("SELECT * FROM account")).all())


def test_the_account_of_somebody_who_withdrew_is_left_out_for_good(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("participants.csv", PEOPLE)
    crm = put("crm.csv", CRM)
    ingest(bench, study, [crm.parent])
    put("participants.csv", PEOPLE.replace("research", "withdrawn"))
    ingest(bench, study, [crm.parent])
    assert set(accounts(bench, study)) == {account_id(study, "Pelican Optics")}
    ingest(bench, study, [crm])  # without the table that says who withdrew
    assert set(accounts(bench, study)) == {account_id(study, "Pelican Optics")}


def test_an_account_somebody_else_takes_part_from_stays(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("P02.txt", TALK.replace("P01", "P02").replace("pallet", "crate"))
    put("participants.csv", PEOPLE.replace("research", "withdrawn") + "P02,P02.txt,Clerk,fjordlast,research\n")
    ingest(bench, study, [put("crm.csv", CRM).parent])
    assert account_id(study, "Fjordlast") in accounts(bench, study)


def test_a_table_with_a_broken_number_leaves_what_was_there(bench: Workbench, study: str, put: Put) -> None:
    put("P01.txt", TALK)
    put("participants.csv", PEOPLE)
    folder = put("crm.csv", CRM).parent
    ingest(bench, study, [folder])
    before = accounts(bench, study)
    put("crm.csv", CRM.replace("lost,0", "lost,none yet"))
    report = ingest(bench, study, [folder])
    assert "crm.csv, line 3" in str(report.refused[0]) and accounts(bench, study) == before
