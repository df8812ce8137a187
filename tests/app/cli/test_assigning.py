"""`dramatis assign` as its users meet it. All contacts are invented."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_run import sample_run
from typer.testing import CliRunner, Result

from app.cli import assigning, root
from app.errors import BadInput
from app.workbench import Workbench
from retrieval.embeddings import MiniLM
from retrieval.errors import UnreadableSource

GOOD = "Record ID,Job Title\n1,Head of IT\n2,Florist\n"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("assigned"), embedder) as bench:
        yield bench


@pytest.fixture
def contacts(ready: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(assigning, "open_bench", lambda: ready)
    path = tmp_path / "contacts.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def assign(contacts: Path, *words: str) -> Result:
    return CliRunner().invoke(root, ["assign", "flowline", str(contacts), *words])


def test_the_users_own_table_is_left_as_it_is(contacts: Path) -> None:
    refused = assign(contacts, "--out", str(contacts))
    assert isinstance(refused.exception, BadInput) and "the table of contacts itself" in str(refused.exception)
    assert contacts.read_text(encoding="utf-8") == GOOD


def test_json_is_whole_or_nothing(contacts: Path) -> None:
    assert [one["line"] for one in json.loads(assign(contacts, "--json").stdout)] == [2, 3]
    contacts.write_text(f"{GOOD}3,Buyer,too,many\n", encoding="utf-8")
    refused = assign(contacts, "--json")
    assert isinstance(refused.exception, UnreadableSource) and "line 4" in str(refused.exception)
    assert refused.stdout == ""


def test_a_file_is_written_beside_it(contacts: Path) -> None:
    out = contacts.with_name("assigned.csv")
    assert f"Written: {out}" in "".join(assign(contacts, "--out", str(out)).output.splitlines())
    assert out.read_text(encoding="utf-8-sig").startswith("line,Record ID,dramatis_persona,")
