"""Participants, consent, erasing somebody or a source, and who speaks, in the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from web_browser import browser, page, send

from app.intake.ingest import ingest
from app.intake.roster import digest_of
from app.workbench import Workbench

FILES = {
    "P01.txt": "Interviewer: What is it like?\n\nP01: The zebra scanner loses every third pallet.\n",
    "P02.txt": "Interviewer: And you?\n\nP02: I never count <i>anything</i> at all.\n",
    "notes/call.txt": "P01 called about the zebra scanner.\n",
    "participants.csv": "participant,file,role,consent\n"
    "P01,P01.txt,Clerk,research\nP02,P02.txt,<b>Chief</b>,research\n",
}
STUDY = "/studies/test"


@pytest.fixture
def inside(bench: Workbench, study: str, tmp_path: Path) -> Iterator[TestClient]:
    for name, text in FILES.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ingest(bench, study, [tmp_path / "in"])
    with browser(bench) as found:
        yield found


def source_id(bench: Workbench, name: str) -> str:
    with bench.store.transaction() as tx:
        return tx.sources.id_of("test", name) or ""


def test_participants_are_listed_with_what_they_agreed_to(inside: TestClient) -> None:
    found = page(inside, f"{STUDY}/participants")
    assert "2 people take part" in found.text.replace("\xa0", " ") and "<b>Chief</b>" in found.text
    assert found.headings.count("h1") == 1 and len(found.ids) == len(set(found.ids))
    assert f"{STUDY}/erasure?participant=P01" in found.links


def test_consent_is_saved_and_withdrawal_is_not_a_word_in_a_list(inside: TestClient, bench: Workbench) -> None:
    data = {"participant": "P01", "consent": "research+marketing"}
    answer = send(inside, f"{STUDY}/consent", data, follow_redirects=False)
    assert answer.status_code == 303 and "1 may be quoted in marketing" in page(inside, f"{STUDY}/participants").text
    assert send(inside, f"{STUDY}/consent", {**data, "consent": "withdrawn"}).status_code == 422
    assert send(inside, f"{STUDY}/consent", {**data, "consent": "always"}).status_code == 422
    assert send(inside, f"{STUDY}/consent", {**data, "participant": "P09"}).status_code == 404


def test_somebody_goes_only_when_their_name_is_typed(inside: TestClient, bench: Workbench) -> None:
    before = page(inside, f"{STUDY}/erasure?participant=P01").text
    assert "they speak in it" in before and "it is about them" in before
    wrong = send(inside, f"{STUDY}/erasure", {"participant": "P01", "typed": "P02"})
    assert wrong.status_code == 422 and "Nothing was erased" in wrong.text and source_id(bench, "P01.txt")
    receipt = send(inside, f"{STUDY}/erasure", {"participant": "P01", "typed": " P01 "})
    assert receipt.status_code == 200 and "P01 is erased" in receipt.text
    assert not source_id(bench, "P01.txt") and not source_id(bench, "notes/call.txt")
    assert page(inside, f"{STUDY}/sources").text.count("P02.txt") and "P01" not in page(inside, f"{STUDY}/sources").text
    assert inside.get(f"{STUDY}/erasure?participant=P01").status_code == 404


def test_the_log_tells_participants_apart_and_names_nobody(inside: TestClient, bench: Workbench) -> None:
    send(inside, f"{STUDY}/erasure", {"participant": "P01", "typed": "P02"})
    send(inside, f"{STUDY}/consent", {"participant": "P02", "consent": "research+marketing"})
    send(inside, f"{STUDY}/erasure", {"participant": "P01", "typed": "P01"})
    with bench.store.transaction() as tx:
        told = [(one.action, one.about) for one in reversed(tx.audit_log.newest(9))]
    assert [action for action, _ in told] == ["import", "erase"]
    assert [about for _, about in told] == [f"participant={digest_of('test', one)[:16]}" for one in ("P02", "P01")]


def test_a_source_goes_in_the_same_way(inside: TestClient, bench: Workbench) -> None:
    note = source_id(bench, "notes/call.txt")
    assert "may be imported again" in page(inside, f"{STUDY}/erasure?source={note}").text
    assert send(inside, f"{STUDY}/erasure", {"source": note, "typed": "call.txt"}).status_code == 200
    assert not source_id(bench, "notes/call.txt") and source_id(bench, "P01.txt")
    assert inside.get(f"{STUDY}/erasure").status_code == 422


def test_who_speaks_is_corrected_on_a_page(inside: TestClient, bench: Workbench) -> None:
    path = f"{STUDY}/sources/{source_id(bench, 'P01.txt')}"
    shown = page(inside, f"{path}/speakers")
    assert "Asks the questions" in shown.text and path in shown.links
    told = {"label-0": "Interviewer", "part-0": "interviewer", "label-1": "P01", "part-1": "participant"}
    answer = send(inside, f"{path}/speakers", {**told, "who-1": "P07"}, follow_redirects=False)
    assert answer.status_code == 303
    with bench.store.transaction() as tx:
        source = tx.sources.named("test", "P01.txt")
        people = [one.id for one in tx.participants.all("test")]
    assert source and source.participant_ids == ["P07"] and people == ["P02", "P07"]
    assert send(inside, f"{path}/speakers", {**told, "label-1": "Somebody"}).status_code == 422
    assert send(inside, f"{path}/speakers", {**told, "part-1": "guest"}).status_code == 422
    assert send(inside, f"{path}/speakers", {**told, "part-1": "interviewer"}).status_code == 422


def test_codes_that_are_lost_with_a_correction_are_told(inside: TestClient, bench: Workbench) -> None:
    path = f"{STUDY}/sources/{source_id(bench, 'P02.txt')}"
    send(inside, f"{path}/codes", {"words": "I never count <i>anything</i> at all.", "add": "behavior"})
    told = {
        "label-0": "Interviewer",
        "part-0": "participant",
        "who-0": "P09",
        "label-1": "P02",
        "part-1": "interviewer",
    }
    answer = send(inside, f"{path}/speakers", told)
    assert "was read anew" in answer.text and "&lt;i&gt;anything" in answer.text and "<i>anything" not in answer.text
