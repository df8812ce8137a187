"""Excerpts by place, time and kind: what a search can be limited to without reading their words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PLACES = {"start": sa.Integer, "end": sa.Integer, "time": sa.Float}


def upgrade() -> None:
    for name, kind in PLACES.items():
        op.add_column("excerpt", sa.Column(name, kind))
    if op.get_bind().dialect.name == "sqlite":
        # Triggers keep the full text; these columns are none of its business.
        op.execute(
            """UPDATE excerpt SET start = json_extract(document, '$.start'), "end" = json_extract(document, '$.end')"""
        )
    op.drop_index("excerpt_by_source", "excerpt")
    op.create_index("excerpt_by_place", "excerpt", ["study_id", "source_id", "start", "end", "time", "kind", "id"])


def downgrade() -> None:
    op.drop_index("excerpt_by_place", "excerpt")
    op.create_index("excerpt_by_source", "excerpt", ["study_id", "source_id"])
    for name in PLACES:
        op.drop_column("excerpt", name)
