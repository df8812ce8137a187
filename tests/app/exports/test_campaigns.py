"""Files for campaigns: none holds an interview's words, and no participant becomes a contact unasked."""

import csv
import json
from collections.abc import Iterator

import pytest
from sample_run import sample_run

from app.exports.catalogue import CATALOGUE, Shelf, find_in_catalogue
from app.exports.outgoing import Outgoing, load_outgoing
from app.workbench import Workbench
from retrieval.embeddings import MiniLM
from retrieval.evidence import Consent


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Outgoing]:
    with sample_run(tmp_path_factory.mktemp("campaigns"), embedder) as bench:
        yield load_outgoing(bench, "flowline")


def rows(out: Outgoing, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(find_in_catalogue(name).make(out).decode("utf-8-sig").splitlines()))


def test_no_file_holds_what_anybody_said(out: Outgoing) -> None:
    quotes = {one.text for persona in out.cast.personas for claim in persona.claims() for one in claim.citations}
    for one in CATALOGUE:
        if one.shelf is Shelf.CAMPAIGNS:
            made = one.make(out).decode()
            assert [quote for quote in quotes if quote in made] == []
            assert one.make(out).decode() == made


def test_only_who_agreed_and_has_a_record_is_a_contact(out: Outgoing) -> None:
    assert rows(out, "contacts.csv") == [], "the sample's table names no records"
    people = [one.model_copy(update={"attributes": {**one.attributes, "Record ID": f"r-{one.id}"}})
              for one in out.cast.participants]  # fmt: skip
    named = Outgoing(out.bench, out.whole.model_copy(update={"participants": people}))
    agreed = {f"r-{one.id}" for one in people if one.consent is Consent.MARKETING and one.id in out.cast.covered}
    assert {one["Record ID"] for one in rows(named, "contacts.csv")} == agreed


def test_suppression_names_rules_and_no_participant(out: Outgoing) -> None:
    found = rows(out, "suppression.csv")
    assert {(one["k"], one["m"]) for one in found} == {("3", str(len(found)))}
    assert {one["operator"] for one in found} <= {"is", "is not", "is at least", "is at most"}
    (rule,) = json.loads(find_in_catalogue("suppression.json").make(out))["rules"]
    assert len(rule["tests"]) == len(found) and rule["known_accounts"] == []


def test_next_actions_follow_from_claims_that_are_there(out: Outgoing) -> None:
    found = rows(out, "next-actions.csv")
    claims = {claim.id for persona in out.cast.personas for claim in persona.grounded_claims()}
    assert {one["intent"] for one in found} == {"early", "mid", "late"}
    assert all(set(one["because_claims"].split()) <= claims for one in found)
    assert any(one["because_claims"] for one in found)


def test_a_study_without_personas_has_files_that_say_nothing(bench: Workbench, study: str) -> None:
    empty = load_outgoing(bench, study)
    bare = Outgoing(bench, empty.whole.model_copy(update={"personas": []}))
    assert rows(bare, "next-actions.csv") == [] and rows(bare, "contacts.csv") == []
