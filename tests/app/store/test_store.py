"""The store: transactions, cascades, full text in step with its rows, migrations up and down."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from app.models.evidence import Evidence
from app.models.study import Study
from app.store import Store, open_store
from app.store.database import MIGRATIONS, connect, migrate, newest_revision
from app.store.tables import metadata
from retrieval.evidence import Excerpt, Participant, Quote, Role, Source, SourceKind, Speaker, Turn

WORDS = "We retype figures into three systems."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "deep" / "workbench.sqlite")
    with store.transaction() as tx:
        tx.studies.save(Study(id="s", name="Study"))
        tx.participants.save("s", [Participant(id="P01", attributes={"role": "Clerk"})])
        tx.sources.add("s", source())
        tx.excerpts.add("s", [excerpt()])
        tx.evidence.replace("s", "src_1", [evidence()])
    return store


def source() -> Source:
    return Source(
        id="src_1", name="P01.txt", kind=SourceKind.INTERVIEW, text=WORDS, content_sha256="0" * 64,
        turns=[Turn(start=0, end=len(WORDS), index=0, speaker="P01")],
        speakers=[Speaker(label="P01", role=Role.PARTICIPANT, participant_id="P01")],
    )  # fmt: skip


def excerpt() -> Excerpt:
    return Excerpt(
        id="ex_1", source_id="src_1", participant_id="P01", kind=SourceKind.INTERVIEW, turn=0, start=0, end=len(WORDS),
        text=WORDS,
    )  # fmt: skip


def evidence() -> Evidence:
    return Evidence.of(Quote.cut(source(), 0, len(WORDS), "P01"), {"pain_point": 0.8}, ["pain_point"], "local")


def test_what_was_stored_comes_back_equal(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.sources.all("s") == [source()]
        assert tx.excerpts.get("s", ["ex_1", "ex_2"]) == {"ex_1": excerpt()}
        assert tx.evidence.all("s") == [evidence()]
        assert tx.participants.all("s")[0].attributes == {"role": "Clerk"}


def test_a_failing_block_changes_nothing(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.participants.save("s", [Participant(id="P02")])
        tx.sources.add("s", source())
    with store.transaction() as tx:
        assert [person.id for person in tx.participants.all("s")] == ["P01"]


def test_removing_a_source_takes_excerpts_evidence_and_full_text(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.excerpts.search("s", "figures", 5)
        tx.sources.delete("s", "src_1")
        assert tx.excerpts.all("s") == []
        assert tx.evidence.all("s") == []
        assert tx.excerpts.search("s", "figures", 5) == []


@pytest.mark.parametrize(
    ("query", "within", "found"),
    [
        ("retyping a FIGURE", None, True),
        ("figures", ["ex_1"], True),
        ("figures", ["ex_2"], False),
        ("figures", [], False),
        ("giraffe", None, False),
        ('") OR 1=1 --', None, False),
        ("…", None, False),
    ],
    ids=["stems and case", "right one", "wrong one", "none allowed", "no such word", "query syntax", "no words"],
)
def test_word_search(store: Store, query: str, within: list[str] | None, found: bool) -> None:
    with store.transaction() as tx:
        assert bool(tx.excerpts.search("s", query, 5, within)) is found


def test_word_search_stays_inside_the_study(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.excerpts.search("other", "figures", 5) == []


def test_foreign_keys_and_write_ahead_are_on(store: Store) -> None:
    with store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_migrations_make_the_tables_the_code_declares(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = [one for one in compare_metadata(context, metadata) if "excerpt_text" not in str(one)]
    assert differences == []


def test_opening_again_keeps_everything(store: Store, tmp_path: Path) -> None:
    store.close()
    with open_store(tmp_path / "deep" / "workbench.sqlite").transaction() as tx:
        assert tx.studies.get("s") == Study(id="s", name="Study")


def test_a_database_at_the_newest_revision_is_left_alone(store: Store) -> None:
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == newest_revision()


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    engine = connect(f"sqlite+pysqlite:///{tmp_path / 'down.sqlite'}")
    migrate(engine)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert "excerpt" in inspect(engine).get_table_names()
    engine.dispose()
