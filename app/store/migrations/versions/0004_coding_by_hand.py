"""Coding by hand, a codebook of a study's own, and personas that keep their earlier versions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coding",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("source_id", "participant_id", "code")),
        sa.Column("given", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end", "number")),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("coding_by_place", "coding", ["study_id", "source_id", "code", "start"])
    op.create_table("codebook", _study(), sa.Column("document", sa.Text, nullable=False))
    op.add_column("segment_tree", sa.Column("basis", sa.Text))
    op.add_column("persona", sa.Column("current", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.execute("DELETE FROM persona WHERE NOT current")
    op.drop_column("persona", "current")
    op.drop_column("segment_tree", "basis")
    op.drop_table("codebook")
    op.drop_index("coding_by_place", "coding")
    op.drop_table("coding")


def _study() -> sa.Column[str]:
    return sa.Column("study_id", sa.String, sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)
