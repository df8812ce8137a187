"""Excerpts by participant: a search among some people asks the store first which excerpts are theirs."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("excerpt_by_participant", "excerpt", ["study_id", "participant_id", "id"])


def downgrade() -> None:
    op.drop_index("excerpt_by_participant", "excerpt")
