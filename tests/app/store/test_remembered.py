"""Answers are kept until anybody commits, and no longer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.study import Study
from app.store import Store, open_store
from app.store.remembered import MOST


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "workbench.sqlite")
    yield store
    store.close()


def names(store: Store, asked: list[str]) -> list[str]:
    def ask() -> list[str]:
        asked.append("asked")
        with store.transaction() as tx:
            return [study.name for study in tx.studies.all()]

    return store.remembered.get("names", ask)


def add(store: Store, name: str) -> None:
    with store.transaction() as tx:
        tx.studies.save(Study(id=name.lower(), name=name))


def test_an_answer_is_asked_for_once(store: Store) -> None:
    asked: list[str] = []
    add(store, "Flow")
    assert names(store, asked) == names(store, asked) == ["Flow"]
    assert len(asked) == 1


def test_a_commit_of_this_process_is_noticed(store: Store) -> None:
    add(store, "Flow")
    assert names(store, []) == ["Flow"]
    add(store, "Stock")
    assert names(store, []) == ["Flow", "Stock"]


def test_a_commit_of_another_is_noticed(store: Store, tmp_path: Path) -> None:
    assert names(store, []) == []
    other = open_store(tmp_path / "workbench.sqlite")
    add(other, "Flow")
    other.close()
    assert names(store, []) == ["Flow"]


def test_an_answer_read_while_somebody_writes_is_not_kept(store: Store) -> None:
    def ask() -> str:
        add(store, "Flow")
        return "before"

    assert store.remembered.get("q", ask) == "before"
    assert store.remembered.get("q", lambda: "after") == "after"


def test_only_the_last_few_are_kept(store: Store) -> None:
    for number in range(MOST + 1):
        store.remembered.get(number, lambda: "first")
    assert store.remembered.get(1, lambda: "again") == "first"
    assert store.remembered.get(0, lambda: "again") == "again"
