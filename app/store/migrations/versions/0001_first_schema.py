"""The first schema: studies, people, sources, excerpts with full text, evidence, and what is made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _study() -> sa.Column[str]:
    return sa.Column("study_id", sa.String, sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)


def _document() -> sa.Column[str]:
    return sa.Column("document", sa.Text, nullable=False)


def _of_source() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["study_id", "source_id"], ["source.study_id", "source.id"], ondelete="CASCADE")


def upgrade() -> None:
    op.create_table("study", sa.Column("id", sa.String, primary_key=True), _document())
    op.create_table("participant", _study(), sa.Column("id", sa.String, primary_key=True), _document())
    op.create_table("withdrawal", _study(), sa.Column("digest", sa.String, primary_key=True))
    _create_sources()
    _create_results()


def _create_sources() -> None:
    op.create_table(
        "source",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("content_sha256", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _document(),
    )
    op.create_index("source_by_name", "source", ["study_id", "name"], unique=True)
    op.create_table(
        "excerpt",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("source_id", sa.String, nullable=False),
        sa.Column("participant_id", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _document(),
        _of_source(),
    )
    op.create_index("excerpt_by_source", "excerpt", ["study_id", "source_id"])
    op.execute(
        "CREATE VIRTUAL TABLE excerpt_text USING fts5("
        "text, content='excerpt', content_rowid='rowid', tokenize='porter unicode61')"
    )
    # Triggers keep the full text in step, also when a row goes by cascade.
    op.execute(
        "CREATE TRIGGER excerpt_added AFTER INSERT ON excerpt BEGIN "
        "INSERT INTO excerpt_text(rowid, text) VALUES (new.rowid, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER excerpt_removed AFTER DELETE ON excerpt BEGIN "
        "INSERT INTO excerpt_text(excerpt_text, rowid, text) VALUES ('delete', old.rowid, old.text); END"
    )
    op.create_table(
        "evidence",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("source_id", sa.String, nullable=False),
        sa.Column("participant_id", sa.String, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        _document(),
        _of_source(),
    )
    op.create_index("evidence_by_place", "evidence", ["study_id", "source_id", "start"])


def _create_results() -> None:
    op.create_table(
        "theme",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        _document(),
    )
    op.create_table("segment_tree", _study(), _document())
    op.create_table(
        "persona",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        _document(),
    )
    op.create_table("refusal", _study(), sa.Column("segment_id", sa.String, primary_key=True), _document())
    op.create_table("provenance", _study(), _document())
    op.create_table(
        "run",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("started", sa.Float, nullable=False),
        _document(),
    )


def downgrade() -> None:
    for table in ("run", "provenance", "refusal", "persona", "segment_tree", "theme", "evidence"):
        op.drop_table(table)
    op.execute("DROP TABLE excerpt_text")
    for table in ("excerpt", "source", "withdrawal", "participant", "study"):
        op.drop_table(table)
