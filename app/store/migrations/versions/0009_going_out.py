"""What goes out of the house: which version of a persona is published, and briefs."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _study() -> sa.Column[str]:
    return sa.Column("study_id", sa.String, sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "publication",
        _study(),
        sa.Column("persona_id", sa.String, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "brief",
        _study(),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("persona_id", sa.String, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("brief")
    op.drop_table("publication")
