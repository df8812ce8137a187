"""Outcomes kept: replaced and not doubled, removed, and gone with their study."""

import pytest
from sqlalchemy import text

from app.errors import BadInput, NotFound
from app.intake.studies import delete_study
from app.outcomes.keeping import clear_outcomes, import_outcomes, list_outcomes
from app.workbench import Workbench

from .invented import PEOPLE

TABLE = b"asset,persona,stage,impressions,conversions,period\nGuide,pe_1,top,100,3,May\nGuide,pe_1,top,120,4,June\n"


@pytest.fixture
def ready(bench: Workbench, study: str) -> str:
    """The study with the invented personas."""
    with bench.store.transaction() as tx:
        for position, one in enumerate(PEOPLE):
            tx.results.connection.execute(
                text("INSERT INTO persona (study_id, id, version, position, document) VALUES (:s, :id, 1, :at, :doc)"),
                {"s": study, "id": one.id, "at": position, "doc": one.model_dump_json()},
            )
    return study


def test_the_same_table_again_is_no_doubling(bench: Workbench, ready: str) -> None:
    assert import_outcomes(bench, ready, TABLE, "o.csv") == (2, 0)
    once = list_outcomes(bench, ready)
    assert import_outcomes(bench, ready, TABLE, "o.csv") == (2, 2)
    assert list_outcomes(bench, ready) == once and len(once) == 2


def test_newer_counts_take_the_place_of_the_earlier(bench: Workbench, ready: str) -> None:
    import_outcomes(bench, ready, TABLE, "o.csv")
    import_outcomes(bench, ready, TABLE.replace(b"120,4", b"500,9"), "o.csv")
    assert [(one.period, one.impressions) for one in list_outcomes(bench, ready)] == [("June", 500), ("May", 100)]


def test_of_a_table_with_a_bad_line_nothing_is_kept(bench: Workbench, ready: str) -> None:
    with pytest.raises(BadInput):
        import_outcomes(bench, ready, TABLE + b"Guide,nobody,top,1,1,July\n", "o.csv")
    assert list_outcomes(bench, ready) == []


def test_they_are_removed_and_go_with_their_study(bench: Workbench, ready: str) -> None:
    import_outcomes(bench, ready, TABLE, "o.csv")
    assert (clear_outcomes(bench, ready), clear_outcomes(bench, ready)) == (2, 0)
    import_outcomes(bench, ready, TABLE, "o.csv")
    delete_study(bench, ready)
    with bench.store.transaction() as tx:
        assert tx.outcomes.all(ready) == []


def test_an_unknown_study_is_named(bench: Workbench) -> None:
    for ask in (list_outcomes, clear_outcomes):
        with pytest.raises(NotFound, match="autumn"):
            ask(bench, "autumn")
