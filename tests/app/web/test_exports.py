"""The page of exports and its downloads, by whoever asks: a row for each file, and only words one may see."""

import csv
import json
from collections.abc import Iterator
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from team import add, logged_in, quick_hashes, team_app
from web_browser import page

from app.access.principal import owner
from app.api.exports import offered
from app.briefs.writing import write_brief
from app.exports.catalogue import CATALOGUE, Shelf, Words
from app.exports.outgoing import load_outgoing
from app.exports.planning import editorial_csv, editorial_json
from app.models.brief import BriefRequest
from app.models.user import Role
from app.web.shelves import shelves
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

EXPORTS = "/studies/flowline/exports"
CLEARED = [one.name for one in CATALOGUE if one.words is Words.CLEARED]
CLOSED = [one.name for one in CATALOGUE if one.words is Words.ALL]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """The sample study with a brief, and people of every role in it."""
    with sample_run(tmp_path_factory.mktemp("house"), embedder) as bench, quick_hashes():
        write_brief(
            bench, BriefRequest(study_id="flowline", persona=load_outgoing(bench, "flowline").cast.macros[0].id)
        )
        for role in Role:
            add(bench, str(role), role, "flowline")
        yield bench


@pytest.fixture(scope="module")
def people(house: Workbench) -> dict[str, TestClient]:
    app = team_app(house)
    return {str(role): logged_in(app, str(role)) for role in Role}


def test_a_researcher_finds_every_file_with_whose_words_it_holds(people: dict[str, TestClient]) -> None:
    found = page(people["researcher"], EXPORTS)
    assert {f"{EXPORTS}/{one.name}" for one in CATALOGUE} <= set(found.links)
    assert "Everybody’s words: keep it among researchers" in found.text
    assert "Quotes cleared for marketing" in found.text
    assert not found.styled and not found.handlers


def test_a_marketer_finds_and_gets_what_is_cleared_and_nothing_else(people: dict[str, TestClient]) -> None:
    found = page(people["marketer"], EXPORTS)
    assert {f"{EXPORTS}/{name}" for name in CLEARED} <= set(found.links)
    assert not {f"{EXPORTS}/{name}" for name in [*CLOSED, "study.zip"]} & set(found.links)
    assert "Everybody’s words" not in found.text and "Write the files" not in found.text
    # One audience's playbooks stand for all: each takes seconds.
    for name in (one for one in CLEARED if not one.startswith(("playbook-marketing", "playbook-hr"))):
        assert people["marketer"].get(f"{EXPORTS}/{name}").status_code == 200, name
    for name in [*CLOSED, "study.zip"]:
        answer = people["marketer"].get(f"{EXPORTS}/{name}")
        assert answer.status_code == 403 and "editorial.csv" in answer.text, name


def test_files_come_through_the_veil_whole(people: dict[str, TestClient], house: Workbench) -> None:
    out, marketer = load_outgoing(house, "flowline"), people["marketer"]
    assert marketer.get(f"{EXPORTS}/editorial.json").content == editorial_json(out)
    sent = marketer.get(f"{EXPORTS}/editorial.csv")
    assert sent.content == editorial_csv(out)
    assert len(list(csv.reader(StringIO(sent.text, newline="")))) == 2
    assert sent.headers["content-disposition"] == 'attachment; filename="flowline-editorial.csv"'
    assert len(json.loads(marketer.get(f"{EXPORTS}/editorial.json").content)["items"]) == 1


def test_a_writer_takes_nothing_away(people: dict[str, TestClient]) -> None:
    assert people["writer"].get(EXPORTS).status_code == 403
    assert people["writer"].get(f"{EXPORTS}/editorial.csv").status_code == 403


def test_kinds_of_one_file_stand_in_one_row(house: Workbench) -> None:
    (first, *_) = offered(house, "flowline", owner("me"))
    names = ["playbook-sales.html", "playbook-hr.html", "playbook-sales.docx", "playbook-sales.pdf"]
    made = {"what": "It.", "shelf": Shelf.PEOPLE, "words": Words.CLEARED, "needs_personas": True}
    files = [first.model_copy(update={**made, "name": name, "title": name.partition(".")[0]}) for name in names]
    (shelf,) = shelves(files, personas=False)
    assert [row.title for row in shelf.rows] == ["playbook-sales", "playbook-hr"]
    assert [kind for kind, _ in shelf.rows[0].kinds] == ["Web page", "Word", "PDF"]
    assert not shelf.rows[0].ready and shelf.rows[0].cleared


def test_a_table_is_veiled_cell_by_cell() -> None:
    from app.access.veil import Veil, runs
    from app.cells import to_csv
    from app.playbook.words import WITHHELD
    from app.web.veiled import _table

    veil = Veil(frozenset(), frozenset(runs("we hid the ledger")))
    given = to_csv(["one", "two"], [["we hid the ledger", "kept"], ["we hid", "the ledger"]]).decode()
    rows = list(csv.reader(StringIO(_table(veil, given), newline="")))
    assert [len(row) for row in rows] == [2, 2, 2]
    assert rows[1] == [WITHHELD, "kept"]
