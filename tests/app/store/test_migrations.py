"""Databases made by the first schema, with data in them, come up to the newest with nothing lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from app.store.database import MIGRATIONS, connect, migrate
from app.store.store import Store
from retrieval.evidence import Consent, Excerpt, Participant, Role, Source, SourceKind, Speaker, Turn
from retrieval.scope import Scope

WORDS = "Why? Three times a week."
TURNS = [
    Turn(start=0, end=4, index=0, speaker="Dana", time_start=1.0),
    Turn(start=5, end=len(WORDS), index=1, speaker="P01", time_start=4.5),
]


def source(id: str, turns: list[Turn]) -> Source:
    speakers = [Speaker(label="Dana", role=Role.INTERVIEWER), Speaker(label="P01", role=Role.PARTICIPANT)]
    return Source(
        id=id, name=id, kind=SourceKind.INTERVIEW, text=WORDS, content_sha256=id, turns=turns, speakers=speakers
    )


SOURCES = [source("timed", TURNS), source("plain", [one.model_copy(update={"time_start": None}) for one in TURNS])]
SOURCE = text(
    "INSERT INTO source (study_id, id, name, content_sha256, text, document) "
    "VALUES ('s', :id, :id, :id, :words, :document)"
)
# As the first version wrote them: neither context nor time.
DOCUMENT = {"start": 5, "end": len(WORDS), "participant_id": "P01", "kind": "interview", "turn": 1, "question": "Why?"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite+pysqlite:///{tmp_path / 'old.sqlite'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    yield engine
    engine.dispose()


@pytest.fixture
def upgraded(engine: Engine) -> Store:
    """A store whose sources and excerpts were written under the first schema."""
    with engine.begin() as connection:
        connection.execute(text('INSERT INTO study (id, document) VALUES (\'s\', \'{"id": "s", "name": "Study"}\')'))
    store = Store(engine)
    with store.transaction() as tx:
        tx.participants.save("s", [Participant(id="P01", consent=Consent.MARKETING)])
    with engine.begin() as connection:
        for one in SOURCES:
            connection.execute(
                SOURCE, {"id": one.id, "words": WORDS, "document": one.model_dump_json(exclude={"text"})}
            )
            values = {"id": f"ex_{one.id}", "source": one.id, "text": WORDS[5:]}
            document = json.dumps(DOCUMENT | {"id": values["id"], "source_id": one.id})
            connection.execute(
                text(
                    "INSERT INTO excerpt (study_id, id, source_id, participant_id, kind, text, document) "
                    "VALUES ('s', :id, :source, 'P01', 'interview', :text, :document)"
                ),
                values | {"document": document},
            )
    migrate(engine)
    return store


def test_old_excerpts_get_their_place_and_the_time_of_their_turn(upgraded: Store) -> None:
    rows = 'SELECT id, start, "end", time FROM excerpt ORDER BY id'
    with upgraded.engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(rows))]
    assert found == [("ex_plain", 5, len(WORDS), None), ("ex_timed", 5, len(WORDS), 4.5)]


def test_old_excerpts_load_without_a_context(upgraded: Store) -> None:
    with upgraded.transaction() as tx:
        plain, timed = tx.excerpts.all("s")
        assert tx.excerpts.surroundings("s", [plain, timed]) == [("", ""), ("", "")]
    assert isinstance(plain, Excerpt) and (plain.context, plain.time) == (None, None)
    assert (timed.context, timed.time, timed.text) == (None, 4.5, "Three times a week.")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(since=4.0), {"ex_timed"}),
        (Scope(until=4.0), set()),
        (Scope(sources=frozenset({"plain"})), {"ex_plain"}),
        (Scope(people=frozenset({"P01"})), {"ex_plain", "ex_timed"}),
    ],
    ids=["late enough", "too late", "source", "participant"],
)
def test_old_excerpts_are_found_by_filters(upgraded: Store, scope: Scope, expected: set[str]) -> None:
    with upgraded.transaction() as tx:
        assert tx.excerpts.within("s", scope, scope.people) == expected


def test_old_excerpts_are_found_by_words_and_go_with_their_source(upgraded: Store) -> None:
    with upgraded.transaction() as tx:
        assert {hit.id for hit in tx.excerpts.search("s", "week", 5)} == {"ex_plain", "ex_timed"}
        tx.sources.delete("s", "timed")
        assert {hit.id for hit in tx.excerpts.search("s", "week", 5)} == {"ex_plain"}


def test_outcomes_come_and_go_with_their_migration(upgraded: Store) -> None:
    with upgraded.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0009")
        assert not inspect(connection).has_table("outcome")
    migrate(upgraded.engine)
    with upgraded.transaction() as tx:
        assert tx.outcomes.all("s") == []
