"""Accounts of a CRM by what is measured of them, and the time each source was imported."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIGURES = {"value": sa.Float, "days": sa.Float, "outcome": sa.String, "visits": sa.Float}


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("study_id", sa.String, sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("table_name", sa.String, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("assets", sa.Text, nullable=False),
        *(sa.Column(name, kind) for name, kind in FIGURES.items()),
        sa.Column("demo", sa.Boolean),
        sa.Column("rfp", sa.Boolean),
    )
    op.add_column("source", sa.Column("added", sa.Float))


def downgrade() -> None:
    op.drop_column("source", "added")
    op.drop_table("account")
