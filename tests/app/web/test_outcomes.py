"""Outcomes in the browser: added as a table, shown beside personas, and ranking briefs."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from web_browser import browser, page, send

from app.briefs.ground import load_ground
from app.outcomes.keeping import list_outcomes
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

FLOWLINE = "/studies/flowline"
HEADER = "asset,persona,stage,impressions,conversions"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("outcomes"), embedder) as found:
        yield found


@pytest.fixture(scope="module")
def reader(bench: Workbench) -> Iterator[TestClient]:
    with browser(bench) as found:
        yield found


def add(reader: TestClient, table: str, name: str = "may.csv"):  # type: ignore[no-untyped-def]
    return send(reader, f"{FLOWLINE}/outcomes", files={"file": (name, table.encode())})


def test_outcomes_are_added_shown_and_removed(reader: TestClient, bench: Workbench) -> None:
    micros = [one for one in load_ground(bench, "flowline").cast.personas if one.kind == "micro"]
    good, bad = micros[0], micros[1]
    for persona in (bad, good):
        send(reader, f"{FLOWLINE}/briefs", {"persona": persona.id, "stage": "middle"})
    assert "Measured" not in page(reader, f"{FLOWLINE}/briefs").text
    assert "Nothing was measured yet" in page(reader, f"{FLOWLINE}/outcomes").text

    answer = add(reader, f"{HEADER}\n<i>Guide</i>,{good.id},middle,1240,38\nPaper,{bad.name},middle,980,4")
    assert answer.status_code == 200 and "2\N{NO-BREAK SPACE}outcomes imported" in answer.text
    found = page(reader, f"{FLOWLINE}/outcomes")
    assert all(shown in found.text for shown in ("1,240", "3.1 %", "2.2 % to 4.2 %", good.name, bad.name))
    assert found.styled == [] and found.handlers == []

    beside = page(reader, f"{FLOWLINE}/personas/{good.id}").text
    assert "What came of what was written" in beside and "2.2 % to 4.2 %" in beside
    assert "What came of" not in page(reader, f"{FLOWLINE}/personas/{micros[2].id}").text
    briefs = page(reader, f"{FLOWLINE}/briefs").text
    assert briefs.index("3.1 % of 1,240, best of 2") < briefs.index("0.4 % of 980, 2nd of 2")

    with bench.store.transaction() as tx:
        left = tx.outcomes.all("flowline")[0].model_copy(update={"persona_id": "pe_gone"})
        tx.outcomes.save("flowline", [left])
    assert "1 outcome of personas that are no more" in page(reader, f"{FLOWLINE}/outcomes").text

    send(reader, f"{FLOWLINE}/outcomes/clear", {})
    assert list_outcomes(bench, "flowline") == []
    with bench.store.transaction() as tx:
        done = [one.action for one in tx.audit_log.each()]
    assert done.count("record outcomes") == 2


def test_what_is_wrong_with_a_table_is_told_by_line(reader: TestClient, bench: Workbench) -> None:
    answer = add(reader, f"{HEADER}\nGuide,<b>nobody</b>,middle,5,9")
    assert answer.status_code == 422 and "line 2: 9 conversions of 5" in answer.text
    assert "<b>nobody" not in add(reader, f"{HEADER}\nGuide,<b>nobody</b>,middle,9,5").text
    assert list_outcomes(bench, "flowline") == []
